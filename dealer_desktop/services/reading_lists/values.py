"""Cells to the values of a car: what files do to them is undone, then the form's own rules decide (inputs.fields)."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeGuard, TypeVar

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import CarCondition, EngineType, Transmission
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import DESCRIPTION, NAME
from dealer_desktop.services.reading_lists.headers import plain
from dealer_desktop.services.reading_lists.numbers import DayOrder, DecimalMark, canonical, number_in
from dealer_desktop.services.spreadsheet_safety import as_written

Value = str | int | Decimal | date | None
E = TypeVar("E", bound=StrEnum)

KM_PER_MILE = Decimal("1.609344")
"""The international mile."""

_NOTHING = {
    "", "-", "—", "–", "?", "n a", "na", "nan", "null", "none", "nil", "unknown", "not specified", "undefined",
    "no data", "нет", "нет данных", "не указан", "не указано", "не указана", "неизвестно",
    "не определен", "отсутствует",
}  # fmt: skip
_MILES = re.compile(r"(?:mi|mls?|miles?|миль|мил[яи])\.?", re.IGNORECASE)
_KILOMETRES = re.compile(r"(?:kms?|км|kilomet(?:er|re)s|километров)\.?", re.IGNORECASE)
_THOUSANDS = re.compile(r"тыс\.?", re.IGNORECASE)
_YEAR_WORDS = re.compile(r"\s*(?:г\.?\s*в\.?|г\.?|год[а]?)$", re.IGNORECASE)
_ERROR = re.compile(r"#[A-ZА-Я/0]{3,11}[!?]|#N/A|#Н/Д|(?:Err|Ошибка):\d{3}")
"""What spreadsheets show where a formula has no value."""
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
# An old encoding has no rouble sign, and a question mark stands there.
_CURRENCY = re.compile(r"(?:[A-Za-zА-Яа-яЁё]{0,6}\.?|[₽$€£¥₸₴?])(?:,?-)?")

_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    CarCondition: {
        CarCondition.NEW: "new|brand new|новый|новая|новое|нов",
        CarCondition.USED: "used|pre owned|preowned|certified pre owned|second hand|secondhand|б у|бу|с пробегом"
        "|подержанный|подержанная|подержанное|бывший в употреблении",
    },
    EngineType: {
        EngineType.HYBRID: "hybrid|phev|hev|mhev|plug in|гибрид|гибридный|гибридная",
        EngineType.ELECTRIC: "electric|ev|bev|электро|электрический|электромобиль|электричество|электродвигатель",
        EngineType.DIESEL: "diesel|дизель|дизельный|дизельное|дт|tdi|dci|cdi",
        EngineType.GASOLINE: "gasoline|petrol|gas|benzin|бензин|бензиновый|бензиновое|бенз|аи 92|аи 95|аи 98",
    },
    Transmission: {
        Transmission.CVT: "cvt|вариатор|вариаторная|бесступенчатая|variator",
        # A robotised gearbox is driven like an automatic one; the customer's model has no third word.
        Transmission.AUTOMATIC: "automatic|auto|at|a t|tiptronic|автомат|авт|автоматическая|акпп|ат|робот"
        "|роботизированная|ркпп|амт|amt|dsg|dct|robot",
        Transmission.MANUAL: "manual|stick|mt|m t|механика|мех|механическая|мкпп|мт|ручная",
    },
}


_UNSEEN = object()


class Unfit(ValueError):
    """A cell that cannot be the field's value; ``str()`` says why."""


def as_text(cell: object) -> str:
    """A cell of a text file or a spreadsheet as the text that a person sees in it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.strip()
        # What our own exports put before a formula's sign, so that no spreadsheet runs it.
        return as_written(text)
    if isinstance(cell, bool):
        return _("TRUE") if cell else _("FALSE")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time.min else cell).isoformat()
    return str(cell)


def _is_plain(cell: object) -> TypeGuard[str]:
    """Whether the cell is digits and nothing else, as most numbers of most files are."""
    return isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) <= 15


def is_nothing(text: str, field: str) -> bool:
    """Whether a cell says that nothing is known: ``N/A``, ``no_color``, ``нет данных``, its own column's name."""
    if len(text) > 40:
        return False
    name, own = plain(text), field.replace("_", " ")
    return name in _NOTHING or name in (own, f"no {own}")


class Column:
    """Reads the cells of one column as one field, having learnt from them how its numbers and dates are written."""

    def __init__(self, field: str, *, miles: bool = False) -> None:
        self.field = field
        self.miles = miles
        self.numbers = DecimalMark()
        self.days = DayOrder()
        self._read: Callable[[object], Value] = _READERS[field].__get__(self)
        self._seen: dict[object, Value] = {}

    def learn(self, cell: object) -> None:
        if isinstance(cell, str) and not _is_plain(cell):
            if self.field in ("mileage", "price"):
                self.numbers.learn(cell)
            elif self.field == "arrived_on":
                self.days.learn(cell)

    def read(self, cell: object) -> Value:
        """The value; None where the cell is empty. Raises Unfit."""
        known = self._seen.get(cell, _UNSEEN)
        if known is not _UNSEEN:
            return known  # type: ignore[return-value]
        if isinstance(cell, str) and cell[:1] in "#EО" and _ERROR.fullmatch(cell.strip()):
            return None
        try:
            value = self._read(cell)
        except Unfit:
            raise
        except ValueError as error:
            raise Unfit(str(error)) from None
        # VINs and descriptions are seen once; makes, colours and years again and again.
        if len(self._seen) < 5_000 and not (isinstance(cell, str) and len(cell) > 60) and type(cell) is not bool:
            self._seen[cell] = value
        return value

    # -- one reader a field -------------------------------------------------------------------------------------------

    def _vin(self, cell: object) -> Value:
        text = as_text(cell)
        if _ROUNDED.fullmatch(text):
            raise Unfit(_("A spreadsheet took this VIN for a number and rounded it: enter it as text."))
        return fields.vin(text)

    def _name(self, cell: object) -> Value:
        return fields.text(as_text(cell), limit=NAME)

    def _optional_name(self, cell: object) -> Value:
        text = as_text(cell)
        return None if is_nothing(text, self.field) else fields.text(text, limit=NAME)

    def _description(self, cell: object) -> Value:
        text = as_text(cell)
        return None if is_nothing(text, self.field) else fields.text(text, limit=DESCRIPTION, lines=True)

    def _year(self, cell: object) -> Value:
        if isinstance(cell, date):
            return fields.year(cell.year)
        return fields.year(_YEAR_WORDS.sub("", as_text(cell)[:100]))

    def _price(self, cell: object) -> Value:
        if _is_plain(cell):
            return fields.money_from_zero(int(cell))
        number = self._number(cell, after=_CURRENCY, before=_CURRENCY)
        if number is None:
            return fields.money_from_zero(as_text(cell))
        if not isinstance(cell, str):
            # What a spreadsheet computed has more digits than money has.
            number = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
        elif number != number.quantize(Decimal("0.01")):
            raise Unfit(_("An amount has at most two decimals."))
        return fields.money_from_zero(number.quantize(Decimal("0.01")))

    def _mileage(self, cell: object) -> Value:
        if _is_plain(cell) and not self.miles:
            return fields.mileage(int(cell))
        unit = number_in(cell) if isinstance(cell, str) else None
        miles, thousand = self.miles, False
        if unit is not None and unit[2]:
            rest = _THOUSANDS.sub("", unit[2])
            thousand = rest != unit[2]
            miles = bool(_MILES.fullmatch(rest)) or (miles and not _KILOMETRES.fullmatch(rest))
            if rest and not _MILES.fullmatch(rest) and not _KILOMETRES.fullmatch(rest):
                return fields.mileage(as_text(cell))
        number = self._number(cell, after=None, before=None)
        if number is None:
            return fields.mileage(as_text(cell))
        kilometres = number * (1000 if thousand else 1) * (KM_PER_MILE if miles else 1)
        return fields.mileage(int(kilometres.to_integral_value(ROUND_HALF_UP)))

    def _arrived_on(self, cell: object) -> Value:
        if isinstance(cell, date):
            return fields.day(cell)
        text = as_text(cell)
        if is_nothing(text, self.field):
            return None
        return fields.day(self.days.read(text) or text)

    def _condition(self, cell: object) -> Value:
        return _choice(CarCondition, as_text(cell), self.field)

    def _engine_type(self, cell: object) -> Value:
        return _choice(EngineType, as_text(cell), self.field)

    def _transmission(self, cell: object) -> Value:
        return _choice(Transmission, as_text(cell), self.field)

    def _number(self, cell: object, *, before: re.Pattern[str] | None, after: re.Pattern[str] | None) -> Decimal | None:
        """The number of a cell by the column's decimal mark; None where the form's own reading must decide."""
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            text: str | None = repr(cell)
        else:
            parts = number_in(as_text(cell))
            if parts is None or not self.numbers.mark:
                return None
            if (
                (before and not before.fullmatch(parts[0]))
                or (not before and parts[0])
                or (after and not after.fullmatch(parts[2]))
            ):
                return None
            text = canonical(parts[1], self.numbers.mark)
        try:
            number = Decimal(text or "")
        except InvalidOperation:
            return None
        return number if number.is_finite() and abs(number) < 10**15 else None


_READERS: dict[str, Callable[[Column, object], Value]] = {
    "vin": Column._vin,
    "make": Column._name,
    "model": Column._name,
    "year": Column._year,
    "mileage": Column._mileage,
    "price": Column._price,
    "condition": Column._condition,
    "color": Column._optional_name,
    "engine_type": Column._engine_type,
    "transmission": Column._transmission,
    "description": Column._description,
    "stock_number": Column._optional_name,
    "location": Column._optional_name,
    "arrived_on": Column._arrived_on,
}


def _choice(kind: type[E], text: str, field: str) -> E | None:
    """One of ``kind`` by its value or by what dealers call it in either language, also among others: ``2.0 TDI``."""
    if is_nothing(text, field):
        return None
    words = f" {plain(text[:200])} "
    whole = words.strip()
    known = _WORDS[kind]
    for member, names in known.items():
        if whole == member.value or whole in names.split("|"):
            return kind(member)
    for member, names in known.items():
        if any(f" {name} " in words for name in names.split("|") if len(name) > 2):
            return kind(member)
    return fields.choice(kind)(text[:200])
