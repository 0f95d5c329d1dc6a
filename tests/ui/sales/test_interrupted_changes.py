"""What was typed into an edit, another car or new prices when the program died is offered, and saved once."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.services import another_car
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.orders import AnotherCar
from dealer_desktop.ui import jobs
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.session.drafts import Draft
from dealer_desktop.ui.window.main_window import MainWindow
from tests.services.conftest import Shop
from tests.ui.form_hands import OpenWindow, banner, press


def leave(context: UiContext, form: str, record: tuple[str, int] | None, values: dict[str, str], **more: Any) -> Draft:
    kind, number = record or ("", None)
    key = {"orderDialog": "order", "anotherCarDialog": "anotherCar"}.get(form, "changePrices")
    key = f"{key}/{number}" if record else key
    draft = Draft(key, values, uuid4(), form, kind, number, words="A form", is_open=True, **more)
    context.drafts.keep(draft)
    assert jobs.wait_for_all()
    return draft


def use(window: MainWindow, name: str) -> Any:
    """Open what is offered and take the draft."""
    press(window, "openUnfinishedButton")
    dialog = Robot(window).dialog(name)
    press(dialog, "useDraftButton")
    return dialog


def test_an_edit_goes_on_where_it_was(start: OpenWindow, context: UiContext, shop: Shop) -> None:
    order = shop.order()
    leave(context, "orderDialog", ("orders", order.id), {"delivery_address": "Казань"})
    press(use(start(), "orderDialog"), "saveButton")
    assert shop.read_order(order.id).delivery_address == "Казань"


def test_a_final_order_is_no_longer_edited(start: OpenWindow, context: UiContext, shop: Shop) -> None:
    order = shop.order()
    leave(context, "orderDialog", ("orders", order.id), {"delivery_address": "Казань"})
    shop.cancel(order.id)
    window = start()
    press(window, "openUnfinishedButton")
    assert "no longer fits" in banner(window)


@pytest.mark.parametrize("was_saved", [False, True])
def test_another_car_that_was_just_being_saved_is_taken_once(
    start: OpenWindow, context: UiContext, shop: Shop, was_saved: bool
) -> None:
    order, other = shop.order(), shop.car(price=1_200_000)
    shop.pay(order.id, 100_000)
    values = {"car_id": f"#{other.id}", "total_amount": "1,200,000", "reason": "Другая"}
    draft = leave(context, "anotherCarDialog", ("orders", order.id), values, sent=True)
    if was_saved:
        typed = {"order_id": order.id, "car_id": other.id, "total_amount": "1200000", "reason": "Другая"}
        another_car.take(shop.maker, parse(AnotherCar, request_id=draft.request_id, **typed))
    window = start()
    if was_saved:
        assert "was saved already" in banner(window)
    else:
        dialog = use(window, "anotherCarDialog")
        Robot(window).wait(lambda: dialog.car.car is not None, "the car is there again")
        press(dialog, "saveButton")
    assert shop.one("SELECT count(*) FROM orders") == 2
    assert shop.one("SELECT sum(amount) FROM payments WHERE status = 'paid'") == Decimal(100_000)
    made = shop.read_order(shop.one("SELECT id FROM orders WHERE car_id = %s", other.id))
    assert (made.total_amount, made.paid) == (1_200_000, 100_000)


def test_new_prices_bring_their_cars_again(start: OpenWindow, context: UiContext, shop: Shop) -> None:
    one, two = shop.car(price=100_000), shop.car(price=200_000)
    values = {"way": "lower_by_sum", "change": "1000", "rounding": "0"}
    leave(context, "changePricesDialog", None, values, more={"cars": [one.id, two.id]})
    window = start()
    dialog = use(window, "changePricesDialog")
    Robot(window).wait(lambda: dialog.table.rowCount() == 2, "both cars are shown")
    press(dialog, "saveButton")
    assert [row[0] for row in shop.sql("SELECT price FROM cars ORDER BY id")] == [99_000, 199_000]
