"""The payments as the window knows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Entry, Form, Found, MakeTab, Picture, Section
from dealer_desktop.ui.widgets import signs

if TYPE_CHECKING:
    from dealer_desktop.services.rows import PaymentRow


def _tab() -> MakeTab:
    from dealer_desktop.ui.payments.tab import PaymentsTab

    return PaymentsTab


def _forms() -> Mapping[str, Form]:
    from dealer_desktop.ui.sales.correct_payment_dialog import CorrectPaymentDialog
    from dealer_desktop.ui.sales.move_payment_dialog import MovePaymentDialog
    from dealer_desktop.ui.sales.payment_arrived_dialog import PaymentArrivedDialog
    from dealer_desktop.ui.sales.refund_dialog import RefundDialog

    return {
        "refundDialog": Form(RefundDialog),
        "paymentArrivedDialog": Form(PaymentArrivedDialog),
        "correctPaymentDialog": Form(CorrectPaymentDialog),
        "movePaymentDialog": Form(MovePaymentDialog),
    }


def _entry(payment: "PaymentRow") -> Entry:
    words = f"{payment.id} · {payment.customer_name} · {formats.amount(payment.amount)}"
    return Entry(words, payment.car_title, signs.payment_sign(payment.status))


SECTION = Section(
    name="payments",
    words=lambda: _("Payments"),
    tab=_tab,
    kind="payments",
    forms=_forms,
    found=Found(lambda: _("All of these payments"), _entry),
    pictures=(
        Picture("refund", "refundPaymentAction", "refundDialog"),
        Picture("correct-payment", "correctPaymentAction", "correctPaymentDialog"),
        Picture("takings-today", "takingsAction", "takingsDialog"),
        Picture("cash-drawers", "drawerAction", "drawerDialog"),
        Picture("move-payment", "movePaymentAction", "movePaymentDialog"),
    ),
)
