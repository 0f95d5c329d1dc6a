"""What the forms of selling look like where something is wrong, is asked, or where there is nothing yet."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from dealer_desktop.services.rows import OrderRow
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.rehearsal.subjects import Subjects
from dealer_desktop.ui.session.context import UiContext

_TOO_MUCH = "999 999 999"
_WEEKS = 12
"""Ahead, where nothing is planned yet."""


@dataclass(frozen=True)
class _Moment:
    """A form opened on a record, typed into and, where it says so, saved in vain."""

    name: str
    kind: str
    record: int
    action: str
    dialog: str
    typed: Mapping[str, str] = field(default_factory=dict)
    presses: tuple[str, ...] = ("saveButton",)


def refusals(
    robot: Robot, context: UiContext, subjects: Subjects, settle: Callable[[], None]
) -> Iterator[tuple[str, QWidget]]:
    """Each picture's name and what is on it, shown while it is taken. Nothing is saved."""
    tabs = {"cars": "inventoryTab"}
    for moment in _moments(subjects):
        robot.show_tab(tabs.get(moment.kind, f"{moment.kind}Tab"))
        context.show(moment.kind, moment.record)
        settle()
        robot.act(moment.action)
        dialog: QDialog = robot.dialog(moment.dialog)
        for name, text in moment.typed.items():
            robot.type(robot.find(QWidget, name, dialog), text)
        settle()
        for name in moment.presses:
            robot.click(robot.find(QAbstractButton, name, dialog))
        settle()
        yield moment.name, dialog
        dialog.reject()
        settle()
        context.drafts.forget_all()


def _moments(subjects: Subjects) -> Iterator[_Moment]:
    due, payment = subjects.due, subjects.refundable
    new = ("newOrderAction", "newOrderDialog")
    yield _Moment("new-order-refused", "orders", due.id, *new)
    yield _Moment("new-order-known", "orders", due.id, *new, {"customerName": due.customer_name[:4]}, ())
    yield _Moment("new-order-asked", "cars", subjects.car.id, "sellCarAction", "newOrderDialog", _otherwise(due))
    yield _Moment("edit-order-refused", "orders", due.id, "editOrderAction", "orderDialog", {"totalAmount": _TOO_MUCH})
    paying = ("takePaymentAction", "takePaymentDialog")
    yield _Moment("take-payment-refused", "orders", due.id, *paying, {"amount": _TOO_MUCH})
    planning = ("planPaymentsAction", "paymentPlanDialog")
    yield _Moment("plan-payments-refused", "orders", subjects.unplanned.id, *planning, {"parts": "99"})
    correcting = ("correctPaymentAction", "correctPaymentDialog")
    yield _Moment("correct-payment-refused", "payments", payment.id, *correcting, {"amount": "0"})
    changing = ("editDeliveryAction", "editDeliveryDialog")
    yield _Moment("edit-delivery-refused", "deliveries", subjects.on_its_way.id, *changing, {"deliveryDate": "31.02."})
    weeks = ("weekAfterButton",) * _WEEKS
    week = ("weekViewAction", "weekViewDialog")
    yield _Moment("delivery-week-empty", "deliveries", subjects.on_its_way.id, *week, presses=weeks)
    if due.user_id is not None:
        editing = ("editCustomerAction", "customerDialog")
        yield _Moment("edit-customer-refused", "customers", due.user_id, *editing, {"email": "anna@"})


def _otherwise(order: OrderRow) -> Mapping[str, str]:
    """The order's customer under another name, so that it is asked whose name that is."""
    reached = {"customerPhone": order.customer_phone or "", "customerEmail": order.customer_email or ""}
    first, _space, rest = order.customer_name.partition(" ")
    return {"customerName": f"{first[0]}. {rest}", **{name: text for name, text in reached.items() if text}}
