"""Cells to the values of a car: what files do to them is undone, then the form's own rules decide (inputs.fields)."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeGuard, TypeVar

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import cleaning
from dealer_desktop.domain.enums import CarCondition, EngineType, Transmission
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import DESCRIPTION, NAME
from dealer_desktop.services.reading_lists import units, words
from dealer_desktop.services.reading_lists.dates import DayOrder
from dealer_desktop.services.reading_lists.headers import plain
from dealer_desktop.services.reading_lists.numbers import DecimalMark, number_in
from dealer_desktop.services.reading_lists.units import KM_PER_MILE
from dealer_desktop.services.spreadsheet_safety import as_written

__all__ = ["KM_PER_MILE", "LENIENT", "Column", "Unfit", "Value", "as_text", "is_nothing"]

Value = str | int | Decimal | date | None
E = TypeVar("E", bound=StrEnum)

LENIENT = ("engine_type", "transmission", "arrived_on")
"""A cell that cannot be one of these leaves it empty, and is told; the car is taken."""

_NOTHING = {
    "", "-", "—", "–", "?", "n a", "na", "nan", "null", "none", "nil", "unknown", "not specified", "undefined",
    "no data", "нет", "нет данных", "не указан", "не указано", "не указана", "неизвестно",
    "не определен", "отсутствует",
}  # fmt: skip
_AROUND_YEAR = re.compile(r"^my\s*(?=\d{4}$)|\s*(?:г\.?\s*в\.?|г\.?|год[а]?)$", re.IGNORECASE)
_DATED_YEAR = re.compile(r"(?:\d{1,2}[./-]){1,2}((?:19|20)\d\d)|((?:19|20)\d\d)[./-][01]\d(?:[./-]\d\d)?(?:[ T].*)?")
_ERROR = re.compile(r"#[A-ZА-Я/0]{3,11}[!?]|#N/A|#Н/Д|(?:Err|Ошибка):\d{3}")
"""What spreadsheets show where a formula has no value."""
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_FIRST_SERIAL = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar: the number 2019 shown as a date is a day in 1905."""
_IN_THOUSANDS = {"price": Decimal(100_000), "mileage": Decimal(2_000)}
"""From here on a number of a column in thousands is whole already."""
_ON_REQUEST = re.compile(
    r"(?i)по\W*запросу|договор|call|request|уточн|звоните|tba|tbd|poa|anfrage|sur demande|consultar|zapytaj"
)

_UNSEEN = object()


class Unfit(ValueError):
    """A cell that cannot be the field's value; ``str()`` says why."""


def as_text(cell: object) -> str:
    """A cell of a text file or a spreadsheet as the text that a person sees in it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = cell.strip() if cell.isascii() else cleaning.clean(cell).strip()
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
    # None of these words has a digit, and most stock numbers do.
    if len(text) > 40 or text[-1:].isdigit():
        return False
    name, own = plain(text), field.replace("_", " ")
    return name in _NOTHING or name in (own, f"no {own}")


class Column:
    """Reads the cells of one column as one field, having learnt from them how its numbers and dates are written."""

    def __init__(self, field: str, *, miles: bool = False) -> None:
        self.field = field
        self.miles = miles
        self.scale = 1
        """What the column's name multiplies by: 1000 for ``Цена, тыс. руб.``"""
        self.currency = ""
        """The dealer's; amounts in another one are refused. Empty: any is taken."""
        self.part: Callable[[str], str] | None = None
        """Takes out of a cell what is meant, where it holds more than the field."""
        self.refuses_all = False
        """Nobody said what the column's numbers are: none of them is taken."""
        self.is_quality = False
        """Whether a column of conditions tells how good the cars are."""
        self.takes_letters = True
        """Whether N and U are New and Used; not in a column of Y and N."""
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
            elif self.field == "condition" and len(cell) < 40:
                self.takes_letters &= cell.strip().casefold() not in ("y", "yes", "да")
                self.is_quality |= words.is_quality(cell)

    def read(self, cell: object) -> Value:
        """The value; None where the cell is empty. Raises Unfit."""
        if self.refuses_all:
            raise Unfit(_("Nobody has said yet what this column holds."))
        known = self._seen.get(cell, _UNSEEN)
        if known is not _UNSEEN:
            return known  # type: ignore[return-value]
        if isinstance(cell, str) and cell[:1] in "#EО" and _ERROR.fullmatch(cell.strip()):
            return None
        given = cell
        try:
            if self.part is not None:
                cell = self.part(as_text(cell))
            value = self._read(cell)
        except Unfit:
            raise
        except ValueError as error:
            raise Unfit(str(error)) from None
        # VINs and descriptions are seen once; makes, colours and years again and again.
        if len(self._seen) < 5_000 and not (isinstance(cell, str) and len(cell) > 60) and type(cell) is not bool:
            self._seen[given] = value
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
            serial = (date(cell.year, cell.month, cell.day) - _FIRST_SERIAL).days
            return fields.year(serial if fields.FIRST_YEAR <= serial <= date.today().year + 1 else cell.year)
        text = _AROUND_YEAR.sub("", as_text(cell)[:100].strip())
        if dated := _DATED_YEAR.fullmatch(text):
            text = dated[1] or dated[2]
        return fields.year(text)

    def _price(self, cell: object) -> Value:
        if _is_plain(cell) and self.scale == 1:
            return fields.money_from_zero(int(cell))
        text = as_text(cell)
        if not text:
            return None
        if _ON_REQUEST.search(text[:100]):
            raise Unfit(_("The price is not named."))
        number, beside = self._number(cell)
        if number is None:
            return fields.money_from_zero(self._refused(text))
        if beside.distance:
            raise Unfit(_not_understood(beside.distance))
        if self.currency and beside.currency not in ("", self.currency):
            raise Unfit(
                _("The amount is in {currency}, and the dealership counts in {own}.").format(
                    currency=beside.currency if beside.currency != "?" else _("another currency"), own=self.currency
                )
            )
        if not isinstance(cell, str):
            # What a spreadsheet computed has more digits than money has.
            number = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
        elif number != number.quantize(Decimal("0.01")):
            raise Unfit(_("An amount has at most two decimals."))
        return fields.money_from_zero(number.quantize(Decimal("0.01")))

    def _mileage(self, cell: object) -> Value:
        if _is_plain(cell) and not self.miles and self.scale == 1:
            return fields.mileage(int(cell))
        text = as_text(cell)
        if not text:
            return None
        number, beside = self._number(cell)
        if number is None:
            return fields.mileage(self._refused(text))
        if beside.currency:
            raise Unfit(_not_understood(beside.currency))
        miles = beside.distance == "mi" or (self.miles and beside.distance != "km")
        kilometres = number * (KM_PER_MILE if miles else 1)
        return fields.mileage(int(kilometres.to_integral_value(ROUND_HALF_UP)))

    def _arrived_on(self, cell: object) -> Value:
        if not isinstance(cell, date):
            text = as_text(cell)
            if is_nothing(text, self.field):
                return None
            cell = self.days.read(text)
            if cell is None:
                if self.days.doubtful:
                    raise Unfit(_("This may be two different days: the day or the month comes first."))
                cell = text
        found = fields.day(cell)
        # Another PC's day may have begun already.
        if found is not None and found > date.today() + timedelta(days=1):
            raise Unfit(_("This day is still to come."))
        return found

    def _condition(self, cell: object) -> Value:
        text = as_text(cell)
        if self.is_quality and text:
            raise Unfit(_("The column tells how good a car is, not whether it is new or used."))
        if len(text) == 1 and text in "nNuU" and not self.takes_letters:
            return _choice(CarCondition, f"{text}?", self.field, words.condition)
        return _choice(CarCondition, text, self.field, words.condition)

    def _engine_type(self, cell: object) -> Value:
        return _choice(EngineType, as_text(cell), self.field, words.engine)

    def _transmission(self, cell: object) -> Value:
        return _choice(Transmission, as_text(cell), self.field, words.transmission)

    def _number(self, cell: object) -> tuple[Decimal | None, units.Words]:
        """The number of a cell, in ones, and the words beside it; None where it is none, or more than one."""
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            number, beside = Decimal(repr(cell)), units.Words()
        else:
            parts = number_in(as_text(cell))
            if parts is None:
                return None, units.Words()
            beside = units.words_of(f"{parts[0]} {parts[2]}")
            if beside.unknown:
                raise Unfit(_not_understood(beside.unknown))
            read = (DecimalMark() if beside.scale != 1 else self.numbers).read(parts[1])
            if read is None:
                raise Unfit(_("This number can be read in two ways, and the column does not say which is meant."))
            number = read
        if not number.is_finite() or abs(number) >= 10**15:
            return None, beside
        if beside.scale != 1:
            return number * beside.scale, beside
        if self.scale != 1 and number >= _IN_THOUSANDS[self.field]:
            raise Unfit(_("The column is in thousands, but this number is not."))
        return number * self.scale, beside

    def _refused(self, text: str) -> str:
        """``text``, which the form's own reading is to refuse in its words: what it would take is no number here."""
        return text if not any(map(str.isdigit, text)) or len(text) > 100 else f"{text[:50]} ?"


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


def _choice(kind: type[E], text: str, field: str, known: Callable[[str], E | None]) -> E | None:
    """One of ``kind`` by its value or by what dealers call it. Raises Unfit."""
    if is_nothing(text, field):
        return None
    found = known(text)
    return found if found is not None else fields.choice(kind)(text[:200])


def _not_understood(word: str) -> str:
    return _("“{word}” beside the number is not understood.").format(word=word)
