"""Names of columns, in the two languages and the many habits of dealers, to the fields of a car."""

import re
from collections.abc import Iterable
from functools import lru_cache

from dealer_desktop.core.i18n import gettext as _

_ALIASES = {
    "vin": "vin|vin code|vin number|vin no|vin номер|vin код|вин|вин код|вин номер|номер vin|код vin"
    "|chassis|chassis number|идентификационный номер|номер кузова|vin номер кузова"
    "|vehicle identification number",
    "make": "make|brand|maker|manufacturer|car make|car brand|vehicle make|марка|бренд|производитель"
    "|изготовитель|марка автомобиля|марка авто|марка тс",
    "model": "model|car model|vehicle model|model name|модель|модель автомобиля|модель авто|модель тс",
    "year": "year|model year|year of manufacture|production year|manufacture year|год|год выпуска|г в|год в"
    "|модельный год|год производства|год изготовления",
    "mileage": "mileage|odometer|odometer reading|kilometers|kilometres|kilometrage|miles|km|km driven|пробег"
    "|одометр|километраж|показания одометра|пробег км|км",
    "price": "price|asking price|sale price|selling price|list price|retail price|price of car|цена|стоимость"
    "|цена продажи|розничная цена|цена авто|цена автомобиля|прайс",
    "condition": "condition|new used|car condition|vehicle condition|состояние|состояние автомобиля|новый б у"
    "|новый с пробегом",
    "color": "color|colour|exterior color|exterior colour|body color|body colour|цвет|цвет кузова"
    "|цвет автомобиля|окраска",
    "engine_type": "engine type|engine|fuel|fuel type|двигатель|тип двигателя|топливо|тип топлива|вид топлива",
    "transmission": "transmission|transmission type|gearbox|gear box|кпп|тип кпп|коробка|коробка передач|трансмиссия",
    "description": "description|comment|comments|note|notes|remark|remarks|описание|комментарий|комментарии"
    "|примечание|примечания",
    "stock_number": "stock number|stock no|stock|stock id|stock nr|inventory number|складской номер|складской number"
    "|номер на складе|инвентарный номер|внутренний номер",
    "location": "location|place|showroom|parking|место|местонахождение|место стоянки|площадка|расположение"
    "|где стоит|стоянка|филиал",
    "arrived_on": "arrived on|arrived|arrival|arrival date|in stock since|received|received on|date received"
    "|дата поступления|поступил|поступление|прибыл|дата прибытия|дата прихода|на складе с",
}
_BY_ALIAS = {alias: field for field, aliases in _ALIASES.items() for alias in aliases.split("|")}
_BY_ALIAS |= {field.replace("_", " "): field for field in _ALIASES}
_UNITS = re.compile(r"\b(km|км|mi|miles?|миль|мили|usd|eur|rub|kzt|byn|руб|рублей|тенге|р|number|шт)$")
_MILES = re.compile(r"\b(mi|mls|miles?|мил[ьия])\b")
_KILOMETRES = re.compile(r"\b(kms?|kilomet(?:er|re)s|км)\b")


def field_of(header: object) -> str:
    """The field that a column's name means; empty where it means none."""
    return _field_of(header) if isinstance(header, str) and len(header) < 100 else ""


@lru_cache(maxsize=4096)
def _field_of(header: str) -> str:
    whole = plain(header)
    candidates = [whole, plain(re.split(r"[(,\[:]", header, maxsplit=1)[0])]
    candidates += [_UNITS.sub("", name).strip() for name in candidates]
    return next((_BY_ALIAS[name] for name in candidates if name in _BY_ALIAS), "")


def plain(name: str) -> str:
    """A name in small letters without punctuation: ``engineType`` and ``Engine_type:`` are ``engine type``."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r"[\W_]+", " ", parted.casefold().replace("ё", "е").replace("№", " number ")).strip()


def unit_of(header: str) -> str:
    """``mi`` or ``km`` where the name of a mileage column says so, else empty."""
    name = plain(header)
    if _MILES.search(name):
        return "mi"
    return "km" if _KILOMETRES.search(name) else ""


def recognised(cells: Iterable[object]) -> int:
    """How many different fields a row names, if it is the row of headers."""
    return len({field for cell in cells if (field := field_of(cell))})


def label(field: str) -> str:
    """The field's name for people, as exports write it and imports recognise it."""
    match field:
        case "vin":
            return _("VIN")
        case "make":
            return _("Make")
        case "model":
            return _("Model")
        case "year":
            return _("Year")
        case "mileage":
            return _("Mileage, km")
        case "price":
            return _("Price")
        case "condition":
            return _("Condition")
        case "color":
            return _("Color")
        case "engine_type":
            return _("Engine")
        case "transmission":
            return _("Transmission")
        case "description":
            return _("Description")
        case "stock_number":
            return _("Stock number")
        case "location":
            return _("Location")
        case "arrived_on":
            return _("Arrived on")
    return field
