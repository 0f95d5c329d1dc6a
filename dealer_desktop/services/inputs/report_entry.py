"""A report's form as it was typed becomes its data (``report_form``), or is refused in words at each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import quantities
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import POINTS, Entry, Form, Mark, Measure, Verdict, form_of, written
from dealer_desktop.services.inputs import fields

NOTE = 500
COMMENT = 5_000


@dataclass(frozen=True)
class TypedPoint:
    mark: Mark = Mark.NOT_CHECKED
    measure: str = ""
    note: str = ""


def point_field(key: str) -> str:
    """Under which name a point of the form is refused."""
    return f"point_{key}"


def filled_form(
    kind: ReportType,
    points: Mapping[str, TypedPoint],
    *,
    today: date,
    author: str = "",
    day: object = None,
    mileage: str = "",
    verdict: str | None = None,
    comment: str = "",
) -> dict[str, Any]:
    """The data of a report; ``today`` is the dealer's.

    Raises InvalidInput, by ``author``, ``day``, ``mileage``, ``comment`` and ``point_`` with the point's name.
    """
    wrong: dict[str, str] = {}

    def read(name: str, reader: Any, value: object) -> Any:
        try:
            return reader(value)
        except ValueError as error:
            wrong[name] = str(error)
            return None

    entries = {}
    for point in POINTS[kind]:
        typed = points.get(point.key, TypedPoint())
        entry = read(point_field(point.key), lambda value, point=point: _entry(value, point.measure), typed)
        if entry is not None and entry != Entry():
            entries[point.key] = entry
    form = Form(
        kind,
        entries,
        author=read("author", lambda value: fields.text(value, limit=200), author) or "",
        day=read("day", lambda value: _day(value, today), day),
        mileage_km=read("mileage", fields.mileage, mileage),
        verdict=read("verdict", fields.choice(Verdict), verdict),
        comment=read("comment", lambda value: fields.text(value, limit=COMMENT, lines=True), comment) or "",
    )
    if not wrong and not form.entries and not form.comment:
        wrong[point_field(POINTS[kind][0].key)] = _("Nothing is marked yet. Mark what was checked.")
    if wrong:
        raise InvalidInput(wrong)
    return written(form)


def refuse_other_form(kind: ReportType, data: Mapping[str, Any]) -> None:
    """A pasted report that says which form it is must be of that kind. Raises ValueError."""
    other = form_of(data)
    if other is not None and other is not kind:
        raise ValueError(_("This report says that it is of the other kind. Choose that kind above."))


def _entry(typed: TypedPoint, measure: Measure | None) -> Entry:
    note = fields.text(typed.note, limit=NOTE) or ""
    return Entry(typed.mark, measured(typed.measure, measure) if measure is not None else None, note)


def measured(typed: str, measure: Measure) -> Decimal | None:
    """The number that was typed; None where there is none. Raises ValueError."""
    if not typed.strip():
        return None
    try:
        value = quantities.amount(typed)
    except quantities.UnreadableNumber:
        value = Decimal(-1)
    if not 0 <= value <= measure.highest or round(value, measure.decimals) != value:
        words = _("Enter a number from {lowest} to {highest}.") if measure.decimals else _whole_words()
        raise ValueError(words.format(lowest=0, highest=formats.number(measure.highest)))
    return value


def _whole_words() -> str:
    return _("Enter a whole number from {lowest} to {highest}.")


def _day(value: object, today: date) -> date | None:
    day = fields.day(value)
    if day is not None and day > today:
        raise ValueError(_("This day has not come yet. Enter the day of the check."))
    return day
