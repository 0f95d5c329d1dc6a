"""A car's fields and what became of them, in words: for the history, for conflicts, for what an import will store."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarCondition, CarStatus, EngineType, Transmission
from dealer_desktop.services.rows import DealerRow, HistoryRow
from dealer_desktop.ui.sales import history_words
from dealer_desktop.ui.widgets.changes import Change, in_words, tell, updated

_HIDDEN = {"id", "created_at", "updated_at", "search"}


def field_name(field: str) -> str:
    """What a car's field is called on screens."""
    names = {
        "vin": _("VIN"),
        "make": _("Make"),
        "model": _("Model"),
        "year": _("Year"),
        "mileage": _("Mileage, km"),
        "price": _("Price"),
        "condition": _("Condition"),
        "color": _("Color"),
        "engine_type": _("Engine"),
        "transmission": _("Transmission"),
        "status": _("Status"),
        "description": _("Description"),
        "stock_number": _("Stock number"),
        "location": _("Location"),
        "arrived_on": _("Arrived"),
        "hold_note": _("On hold for"),
        "held_until": _("On hold until"),
    }
    return names.get(field, field)


def value_words(field: str, value: Any, currency: str) -> str:
    """A car's field as screens write it, from a row's value or from the history's JSON."""
    return in_words(value, lambda: _written(field, value, currency))


def _written(field: str, value: Any, currency: str) -> str:
    match field:
        case "price":
            amount = Decimal(str(value))
            return formats.money(amount, currency, cents=amount != amount.to_integral_value())
        case "mileage":
            return formats.number(int(value))
        case "status":
            return names.car_status(CarStatus(value))
        case "condition":
            return names.condition(CarCondition(value))
        case "engine_type":
            return names.engine_type(EngineType(value))
        case "transmission":
            return names.transmission(Transmission(value))
        case "arrived_on" | "held_until":
            return formats.day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(value)


def changes(history: Iterable[HistoryRow], dealer: DealerRow) -> list[Change]:
    """What happened to the car and what its orders did, in the order of ``history``."""
    return tell(history, dealer.timezone, lambda entry: _sentence(entry, dealer.currency))


def _sentence(entry: HistoryRow, currency: str) -> str:
    if entry.table_name == "orders":
        return history_words.of_car(entry)
    if entry.table_name != "cars":
        return ""
    if entry.before is None:
        return _("Came into stock")

    def line(field: str, old: Any, new: Any) -> str:
        if field in _HIDDEN:
            return ""
        if field == "description":
            return _("Description changed")
        return f"{field_name(field)}: {value_words(field, old, currency)} → {value_words(field, new, currency)}"

    return updated(entry, line)
