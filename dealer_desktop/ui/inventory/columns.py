"""What the inventory's table shows of a car."""

from decimal import Decimal

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import colors, names
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.tables import RIGHT, Column
from dealer_desktop.ui.widgets.signs import Sign, car_sign


def _sign(car: CarRow) -> Sign:
    return car_sign(car.status)


def car_columns(currency_symbol: str, *, with_costs: bool = False) -> tuple[Column, ...]:
    """Status, VIN, car, year, mileage, price and days in stock; the others wait until a person chooses them.

    ``with_costs``: what the managers' windows have besides.
    """
    return (*_of_everybody(currency_symbol), *(_of_managers(currency_symbol) if with_costs else ()))


def _of_managers(currency_symbol: str) -> tuple[Column, ...]:
    # No sorting: what is sorted by stands in the car's row, which everybody reads.
    costs, margin = _("Costs, {currency}"), _("Margin, {currency}")
    return (
        Column("costs", costs.format(currency=currency_symbol), lambda car: _money(car.costs), 112, RIGHT, hidden=True),
        Column(
            "margin",
            margin.format(currency=currency_symbol),
            lambda car: _money(car.margin),
            112,
            RIGHT,
            tone=lambda car: "red" if (car.margin or 0) < 0 else "",
            drops=True,
            luxury=True,
        ),
    )


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else formats.amount(amount)


def _of_everybody(currency_symbol: str) -> tuple[Column, ...]:
    return (
        Column("status", _("Status"), lambda car: names.car_status(car.status), 120, sort="status", sign=_sign),
        Column("vin", _("VIN"), lambda car: car.vin, 152, sort="vin", mono=True, searched=True),
        Column("car", _("Car"), lambda car: car.title, 200, sort="make", searched=True, stretch=True),
        Column("year", _("Year"), lambda car: str(car.year), 60, RIGHT, sort="year"),
        Column("mileage", _("Mileage, km"), lambda car: formats.number(car.mileage), 104, RIGHT, sort="mileage"),
        Column(
            "price",
            _("Price, {currency}").format(currency=currency_symbol),
            lambda car: formats.amount(car.price),
            104,
            RIGHT,
            sort="price",
            whole=True,
        ),
        Column(
            "days",
            _("Days in stock"),
            lambda car: formats.number(car.days_in_stock),
            132,
            RIGHT,
            sort="days_in_stock",
            drops=True,
        ),
        Column("condition", _("Condition"), _condition, 112, sort="condition", hidden=True),
        Column("color", _("Color"), _color, 120, sort="color", hidden=True, searched=True),
        Column("engine", _("Engine"), _engine, 104, sort="engine_type", hidden=True),
        Column("transmission", pgettext("card", "Transmission"), _transmission, 120, sort="transmission", hidden=True),
        Column(
            "stock_number",
            pgettext("card", "Stock number"),
            lambda car: car.stock_number or "",
            128,
            sort="stock_number",
            hidden=True,
            searched=True,
        ),
        Column(
            "location", pgettext("card", "Location"), lambda car: car.location or "", 136, sort="location", hidden=True
        ),
        Column("arrived", _("Arrived"), lambda car: formats.day(car.arrived_on), 112, sort="arrived_on", hidden=True),
        Column("reserved_for", _("Reserved for"), _reserved_for, 160, sort="reserved_for", hidden=True),
    )


def _color(car: CarRow) -> str:
    return colors.color(car.color, i18n.language())


def _condition(car: CarRow) -> str:
    return names.condition(car.condition)


def _engine(car: CarRow) -> str:
    return names.engine_type(car.engine_type) if car.engine_type else ""


def _transmission(car: CarRow) -> str:
    return names.transmission(car.transmission) if car.transmission else ""


def _reserved_for(car: CarRow) -> str:
    return car.order_by or car.hold_note or ""
