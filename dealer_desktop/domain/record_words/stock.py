"""Cars and what belongs to them."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarCondition, CarStatus, CostKind, EngineType, ReportType, Transmission
from dealer_desktop.domain.record_words.writing import (
    Fields,
    changed,
    day,
    money,
    number,
    one_of,
    person,
    round_money,
    text,
    yes_no,
)


def cars() -> Fields:
    return {
        "vin": (_("VIN"), text),
        "make": (_("Make"), text),
        "model": (_("Model"), text),
        "year": (_("Year"), text),
        "mileage": (_("Mileage, km"), number),
        "price": (_("Price"), round_money),
        "condition": (_("Condition"), one_of(CarCondition, names.condition)),
        "color": (_("Color"), text),
        "engine_type": (_("Engine"), one_of(EngineType, names.engine_type)),
        "transmission": (_("Transmission"), one_of(Transmission, names.transmission)),
        "status": (_("Status"), one_of(CarStatus, names.car_status)),
        "description": (_("Description"), text),
        "stock_number": (_("Stock number"), text),
        "location": (_("Location"), text),
        "title_number": (_("Title document"), text),
        "registration_number": (_("Registration"), text),
        "arrived_on": (_("Arrived"), day),
        "hold_note": (_("On hold for"), text),
        "held_until": (_("On hold until"), day),
    }


def car_photos() -> Fields:
    return {
        "car_id": (_("Car"), text),
        "url": (_("File"), text),
        "is_main": (_("Main photo"), yes_no),
        "position": (_("Place"), text),
    }


def car_reports() -> Fields:
    return {
        "car_id": (_("Car"), text),
        "report_type": (_("Kind of report"), one_of(ReportType, names.report_type)),
        "data": (_("Report"), changed),
    }


def reviews() -> Fields:
    return {
        "car_id": (_("Car"), text),
        "customer_name": (_("Customer"), text),
        "user_id": (_("Customer's account"), person),
        "rating": (_("Rating"), text),
        "comment": (_("Comment"), text),
    }


def car_costs() -> Fields:
    return {
        "car_id": (_("Car"), text),
        "kind": (_("Kind"), one_of(CostKind, names.cost_kind)),
        "amount": (_("Amount"), money),
        "incurred_on": (_("Day"), day),
        "note": (_("Note"), text),
        "order_id": (_("Order"), text),
        "line_id": (pgettext("history", "Line of the order"), text),
    }
