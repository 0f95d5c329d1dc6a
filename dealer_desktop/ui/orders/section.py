"""The orders as the window knows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Entry, Form, Found, MakeTab, OpenNewForm, Picture, Section
from dealer_desktop.ui.widgets import signs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dealer_desktop.services.rows import OrderDetails, OrderRow
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.widgets.form_dialog import FormDialog


def _tab() -> MakeTab:
    from dealer_desktop.ui.orders.tab import OrdersTab

    return OrdersTab


def _forms() -> Mapping[str, Form]:
    from dealer_desktop.services import orders
    from dealer_desktop.ui.sales.cancel_order_dialog import CancelOrderDialog
    from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog
    from dealer_desktop.ui.sales.payment_plan_dialog import PaymentPlanDialog
    from dealer_desktop.ui.sales.take_payment_dialog import TakePaymentDialog

    return {
        "orderDialog": Form(_edit),
        "anotherCarDialog": Form(_another_car),
        "orderLinesDialog": Form(_lines, read=orders.details),
        "takePaymentDialog": Form(TakePaymentDialog),
        "paymentPlanDialog": Form(PaymentPlanDialog),
        "cancelOrderDialog": Form(CancelOrderDialog),
        "deliveryDialog": Form(DeliveryDialog.schedule),
        "tradeInDialog": Form(_trade_in, read=orders.details),
        "completeOrderDialog": Form(_complete, read=orders.details),
    }


def _new_forms() -> Mapping[str, OpenNewForm]:
    from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog

    return {"newOrderDialog": lambda context, parent: NewOrderDialog(context, parent=parent)}


def _edit(context: "UiContext", order: "OrderRow", parent: "QWidget") -> "FormDialog | None":
    from dealer_desktop.services.moves import Step, why_not
    from dealer_desktop.ui.sales.order_dialog import OrderDialog

    return OrderDialog(context, order, parent) if why_not(Step.EDIT_ORDER, order) is None else None


def _another_car(context: "UiContext", order: "OrderRow", parent: "QWidget") -> "FormDialog | None":
    from dealer_desktop.services.moves import Step, why_not
    from dealer_desktop.ui.sales.another_car_dialog import AnotherCarDialog

    return AnotherCarDialog(context, order, parent) if why_not(Step.ANOTHER_CAR, order) is None else None


def _trade_in(context: "UiContext", details: "OrderDetails", parent: "QWidget") -> "FormDialog | None":
    from dealer_desktop.services.moves import Step, why_not
    from dealer_desktop.ui.sales.trade_in_dialog import TradeInDialog

    return TradeInDialog.of(context, details, parent) if why_not(Step.TRADE_IN, details.order) is None else None


def _lines(context: "UiContext", details: "OrderDetails", parent: "QWidget") -> "FormDialog | None":
    from dealer_desktop.services.moves import Step, why_not
    from dealer_desktop.ui.sales.order_lines_dialog import OrderLinesDialog

    return OrderLinesDialog(context, details, parent) if why_not(Step.CHANGE_LINES, details.order) is None else None


def _complete(context: "UiContext", details: "OrderDetails", parent: "QWidget") -> "FormDialog | None":
    from dealer_desktop.services.moves import Step, why_not
    from dealer_desktop.ui.sales.complete_order_dialog import CompleteOrderDialog

    return CompleteOrderDialog(context, details, parent) if why_not(Step.COMPLETE, details.order) is None else None


def _entry(order: "OrderRow") -> Entry:
    words = _("{number}, {customer}").format(number=order.id, customer=order.customer_name)
    return Entry(words, order.car_title, signs.order_sign(order.status))


def _half(order: "OrderRow") -> Mapping[str, str]:
    return {"amount": formats.amount((order.balance / 2).quantize(order.balance))}


SECTION = Section(
    name="orders",
    words=lambda: _("Orders"),
    tab=_tab,
    kind="orders",
    forms=_forms,
    new_forms=_new_forms,
    found=Found(lambda: _("All of these orders"), _entry),
    pictures=(
        Picture("take-payment", "takePaymentAction", "takePaymentDialog", _half),
        Picture("edit-order", "editOrderAction", "orderDialog"),
        Picture("order-lines", "linesAction", "orderLinesDialog"),
        Picture("trade-in", "tradeInAction", "tradeInDialog"),
        Picture("profit", "profitAction", "profitDialog"),
        Picture("another-car", "anotherCarAction", "anotherCarDialog"),
        Picture("cancel-order", "cancelOrderAction", "cancelOrderDialog"),
        Picture("print", "printOrderAction", "printDialog"),
        Picture("contract", "printContractAction", "printDialog"),
        Picture("handover", "printHandoverAction", "handoverDialog"),
        Picture("print-many", "printSelectedAction", "printManyDialog"),
    ),
)
