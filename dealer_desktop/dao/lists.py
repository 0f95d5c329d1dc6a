"""Every list that people look through: a new one is its window, and a line here."""

from typing import Any

from dealer_desktop.dao import car_window, customer_window, delivery_window, order_window, payment_window, staff_window
from dealer_desktop.dao.window import Window

WINDOWS: tuple[Window[Any], ...] = (
    car_window.WINDOW,
    order_window.WINDOW,
    payment_window.WINDOW,
    delivery_window.WINDOW,
    customer_window.WINDOW,
    staff_window.WINDOW,
)


def window_of(kind: str) -> Window[Any]:
    """The window of that list. Raises ValueError where there is none."""
    for window in WINDOWS:
        if window.kind == kind:
            return window
    raise ValueError(f"no list is called {kind!r}")
