"""The payments as the window knows them."""

from collections.abc import Mapping

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Form, MakeTab, Picture, Section


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


SECTION = Section(
    name="payments",
    words=lambda: _("Payments"),
    tab=_tab,
    kind="payments",
    forms=_forms,
    pictures=(
        Picture("refund", "refundPaymentAction", "refundDialog"),
        Picture("correct-payment", "correctPaymentAction", "correctPaymentDialog"),
        Picture("takings-today", "takingsAction", "takingsDialog"),
        Picture("move-payment", "movePaymentAction", "movePaymentDialog"),
    ),
)
