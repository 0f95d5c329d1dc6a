"""What the dealership does: one public function is one transaction. Screens hold a ``Connections`` and call these."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dealer_desktop.services.transactions.connections import Connections, Reader, SessionMaker, Ticket, open_connections

__all__ = ["Connections", "Reader", "SessionMaker", "Ticket", "open_connections"]

_LATER = (
    *("approvals", "car_photos", "cars", "costs", "customers", "hand_status", "orders", "payments", "photo_files"),
    "trade_ins",
)
"""Services that the first screen offers and does not need: with what they rest on, a tenth of the time of a start."""


def load() -> None:
    """Import them now, on a thread where nobody waits."""
    for name in _LATER:
        import_module(f"{__name__}.{name}")


class _Later:
    """A service that is imported when it is first asked for something; until then it only has a name.

    What is put in the place of one of its functions is put there for everybody, as with the module itself.
    """

    _name: str

    def __init__(self, name: str) -> None:
        self.__dict__["_name"] = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(import_module(self._name), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(import_module(self._name), name)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> _Later:
        """``from dealer_desktop.services import cars`` in a module that is there before anything is done with cars."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return _Later(f"{__name__}.{name}")
