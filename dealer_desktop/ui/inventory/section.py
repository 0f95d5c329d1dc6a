"""The stock as the window knows it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.section import Entry, Form, Found, MakeTab, OpenNewForm, Picture, Section
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
    from dealer_desktop.ui.inventory.costs.dialog import CostsDialog
    from dealer_desktop.ui.inventory.reports.dialog import ReportDialog
    from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog

    return {
        "carDialog": Form(CarDialog),
        "holdCarDialog": Form(HoldDialog),
        "backOnSaleDialog": Form(BackOnSaleDialog),
        "reportDialog": Form(ReportDialog),
        "costsDialog": Form(CostsDialog),
        "reviewDialog": Form(ReviewDialog),
        "newOrderDialog": Form(NewOrderDialog),
    }


def _new_forms() -> Mapping[str, OpenNewForm]:
    from dealer_desktop.ui.inventory.car.dialog import CarDialog
    from dealer_desktop.ui.inventory.prices_dialog import ChangePricesDialog

    return {
        "carDialog": lambda context, parent: CarDialog(context, parent=parent),
        "changePricesDialog": lambda context, parent: ChangePricesDialog(context, (), parent),
    }


def _entry(car: "CarRow") -> Entry:
    return Entry(f"{car.title}, {car.year}", car.vin, signs.car_sign(car.status))


def _inspected(car: "CarRow") -> Mapping[str, str]:
    return {
        "inspector": "А. Сорокин",
        "mileage": formats.number(car.mileage),
        "point_body_mark": "2",
        "point_body_measure": "180",
        "point_body_note": "Левое крыло перекрашено",
        "point_glass_mark": "1",
        "point_lights_mark": "3",
    }


SECTION = Section(
    name="inventory",
    words=lambda: _("Inventory"),
    tab=_tab,
    kind="cars",
    forms=_forms,
    new_forms=_new_forms,
    found=Found(lambda: _("All of these in the inventory"), _entry),
    pictures=(
        Picture(
            "new-order",
            "sellCarAction",
            "newOrderDialog",
            lambda _car: {"customerName": "Сергей Волков", "customerPhone": "8 912 345-67-89"},
        ),
        Picture("help", "helpAction", "helpDialog"),
        Picture("keys", "keysAction", "keysDialog"),
        Picture("edit-car", "editCarAction", "carDialog"),
        Picture("change-prices", "changePricesAction", "changePricesDialog", lambda _car: {"change": "5"}),
        Picture("hold-car", "holdCarAction", "holdCarDialog"),
        Picture("costs", "costsAction", "costsDialog"),
        Picture("add-report", "addReportAction", "reportDialog", _inspected),
        Picture("add-review", "addReviewAction", "reviewDialog", lambda _car: {"rating": "4"}),
        Picture("price-tag", "printPriceTagAction", "printDialog"),
    ),
)
