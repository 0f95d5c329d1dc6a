"""The stock as the window knows it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Entry, Form, Found, MakeTab, OpenNewForm, Section
from dealer_desktop.ui.widgets import signs

if TYPE_CHECKING:
    from dealer_desktop.services.rows import CarRow


def _tab() -> MakeTab:
    from dealer_desktop.ui.inventory.tab import InventoryTab

    return InventoryTab


def _forms() -> Mapping[str, Form]:
    from dealer_desktop.ui.inventory.car.dialog import CarDialog
    from dealer_desktop.ui.inventory.car.review_dialog import ReviewDialog
    from dealer_desktop.ui.inventory.car.stock_dialogs import BackOnSaleDialog, HoldDialog
    from dealer_desktop.ui.inventory.reports.dialog import ReportDialog
    from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog

    return {
        "carDialog": Form(CarDialog),
        "holdCarDialog": Form(HoldDialog),
        "backOnSaleDialog": Form(BackOnSaleDialog),
        "reportDialog": Form(ReportDialog),
        "reviewDialog": Form(ReviewDialog),
        "newOrderDialog": Form(NewOrderDialog),
    }


def _new_forms() -> Mapping[str, OpenNewForm]:
    from dealer_desktop.ui.inventory.car.dialog import CarDialog

    return {"carDialog": lambda context, parent: CarDialog(context, parent=parent)}


def _entry(car: "CarRow") -> Entry:
    return Entry(f"{car.title}, {car.year}", car.vin, signs.car_sign(car.status))


SECTION = Section(
    name="inventory",
    words=lambda: _("Inventory"),
    tab=_tab,
    kind="cars",
    forms=_forms,
    new_forms=_new_forms,
    found=Found(lambda: _("All of these in the inventory"), _entry),
)
