"""What is handed to the services about cash drawers."""

from dealer_desktop.services.inputs.base import Amount, Input, Name, OptionalReason, Price, Reason


class OpenDrawer(Input):
    """``opening_amount``: what was counted in it."""

    name: Name
    opening_amount: Price
    note: OptionalReason = None


class MoveCash(Input):
    """Cash put in (``goes_in``) or taken out; ``amount`` is above zero."""

    drawer_id: int
    amount: Amount
    goes_in: bool = True
    reason: Reason


class CloseDrawer(Input):
    """``counted_amount``: counted before anybody was shown what is expected."""

    drawer_id: int
    counted_amount: Price
    note: OptionalReason = None
