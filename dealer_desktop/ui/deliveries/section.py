"""The deliveries as the window knows them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Form, MakeTab, Picture, Section

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from dealer_desktop.services.rows import DeliveryRow
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.widgets.form_dialog import FormDialog


def _tab() -> MakeTab:
    from dealer_desktop.ui.deliveries.tab import DeliveriesTab

    return DeliveriesTab


def _forms() -> Mapping[str, Form]:
    from dealer_desktop.ui.sales.fail_delivery_dialog import FailDeliveryDialog

    return {
        "deliveryDialog": Form(_next_step),
        "editDeliveryDialog": Form(_edit),
        "failDeliveryDialog": Form(FailDeliveryDialog),
    }


def _next_step(context: "UiContext", delivery: "DeliveryRow", parent: "QWidget") -> "FormDialog | None":
    from dealer_desktop.services.moves import DELIVERY_MOVES
    from dealer_desktop.ui.sales.delivery_dialog import DeliveryDialog

    return DeliveryDialog.advance(context, delivery, parent) if DELIVERY_MOVES[delivery.status] else None


def _edit(context: "UiContext", delivery: "DeliveryRow", parent: "QWidget") -> "FormDialog | None":
    from dealer_desktop.ui.sales.edit_delivery_dialog import EditDeliveryDialog

    return EditDeliveryDialog(context, delivery, parent) if delivery.status.is_open else None


SECTION = Section(
    name="deliveries",
    words=lambda: _("Deliveries"),
    tab=_tab,
    kind="deliveries",
    forms=_forms,
    pictures=(
        Picture("advance-delivery", "advanceDeliveryAction", "deliveryDialog"),
        Picture("edit-delivery", "editDeliveryAction", "editDeliveryDialog"),
        Picture("delivery-week", "weekViewAction", "weekViewDialog"),
        Picture("fail-delivery", "failDeliveryAction", "failDeliveryDialog"),
    ),
)
