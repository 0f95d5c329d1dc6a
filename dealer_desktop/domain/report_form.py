"""The shape of a report that was entered by form: what ``car_reports.data`` holds, for this program and for others.

    {"form": "technical_inspection/1",      # the kind of report, and the version of this shape
     "inspector": "A. Sorokin",             # who looked; "source" in a VIN check: which service said it
     "date": "2026-11-24",                  # of the inspection or the check (ISO 8601)
     "mileage_km": 48500,                   # at the inspection
     "verdict": "conditional",              # good, conditional, bad
     "comment": "Sell after new pads.",
     "points": {
       "body": {"mark": "attention", "paint_um": 180, "note": "left front wing repainted"},
       "brakes_front": {"mark": "defect", "pads_mm": 1.5},
       "engine": {"mark": "ok"}}}

A mark is ok, attention, defect or not_checked. Points and measures are those of ``POINTS``, whose names never change;
whatever is empty is left out, a point that was not checked too. Texts are as they were typed, everything else is told
in the reader's language (``report_words``). A report without ``form`` is somebody else's JSON (``report_lines``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dealer_desktop.domain.enums import ReportType

VERSION = 1


class Mark(StrEnum):
    OK = "ok"
    ATTENTION = "attention"
    DEFECT = "defect"
    NOT_CHECKED = "not_checked"


class Verdict(StrEnum):
    GOOD = "good"
    CONDITIONAL = "conditional"
    BAD = "bad"


@dataclass(frozen=True)
class Measure:
    """A number that belongs to a point. Its name ends in its unit: µm, mm, km; a count has none."""

    key: str
    highest: int
    decimals: int = 0


@dataclass(frozen=True)
class Point:
    key: str
    group: str
    measure: Measure | None = None


_PAINT = Measure("paint_um", 5_000)
_PADS = Measure("pads_mm", 30, 1)
_TREAD = Measure("tread_mm", 30, 1)
_COUNT = Measure("count", 999)
_MILEAGE = Measure("mileage_km", 9_999_999)

POINTS: dict[ReportType, tuple[Point, ...]] = {
    ReportType.TECHNICAL_INSPECTION: (
        Point("body", "outside", _PAINT),
        Point("glass", "outside"),
        Point("lights", "outside"),
        Point("engine", "drive"),
        Point("fluids", "drive"),
        Point("exhaust", "drive"),
        Point("transmission", "drive"),
        Point("clutch", "drive"),
        Point("suspension", "chassis"),
        Point("steering", "chassis"),
        Point("brakes_front", "chassis", _PADS),
        Point("brakes_rear", "chassis", _PADS),
        Point("tyres_front", "chassis", _TREAD),
        Point("tyres_rear", "chassis", _TREAD),
        Point("battery", "electrics"),
        Point("electrics", "electrics"),
        Point("air_conditioning", "electrics"),
        Point("interior", "inside"),
        Point("safety", "inside"),
        Point("documents", "papers"),
        Point("keys", "papers"),
        Point("test_drive", "papers"),
    ),
    ReportType.VIN_CHECK: (
        Point("wanted", "law"),
        Point("pledge", "law"),
        Point("restrictions", "law"),
        Point("title", "law"),
        Point("owners", "past", _COUNT),
        Point("accidents", "past", _COUNT),
        Point("mileage_records", "past", _MILEAGE),
        Point("taxi", "past"),
        Point("recalls", "past", _COUNT),
    ),
}
AUTHOR = {ReportType.TECHNICAL_INSPECTION: "inspector", ReportType.VIN_CHECK: "source"}
"""Under which name the report says who made it."""


@dataclass(frozen=True)
class Entry:
    """What was found at one point."""

    mark: Mark = Mark.NOT_CHECKED
    measure: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Form:
    """A filled form."""

    kind: ReportType
    entries: Mapping[str, Entry]
    """By the point's name; those that are left out were not checked."""
    author: str = ""
    day: date | None = None
    mileage_km: int | None = None
    verdict: Verdict | None = None
    comment: str = ""
    rest: Mapping[str, Any] = field(default_factory=dict)
    """What another program put beside it."""

    def marked(self, mark: Mark) -> tuple[Point, ...]:
        """The points with this mark, in the form's order."""
        return tuple(point for point in POINTS[self.kind] if self.entry(point).mark is mark)

    def entry(self, point: Point) -> Entry:
        return self.entries.get(point.key, Entry())


def written(form: Form) -> dict[str, Any]:
    """``form`` as it is stored."""
    points: dict[str, Any] = {}
    for point in POINTS[form.kind]:
        entry = form.entry(point)
        if entry == Entry():
            continue
        points[point.key] = {"mark": entry.mark.value}
        if point.measure is not None and entry.measure is not None:
            points[point.key][point.measure.key] = _number(entry.measure)
        if entry.note:
            points[point.key]["note"] = entry.note
    values: dict[str, Any] = {
        "form": _name(form.kind),
        AUTHOR[form.kind]: form.author,
        "date": form.day.isoformat() if form.day is not None else None,
        "mileage_km": form.mileage_km,
        "verdict": form.verdict.value if form.verdict is not None else None,
        "comment": form.comment,
    }
    return {key: value for key, value in values.items() if value not in (None, "")} | {"points": points}


def read(kind: ReportType, data: Any) -> Form | None:
    """A stored report as a form; None where it is somebody else's JSON, of whatever kind.

    What cannot be read is in ``rest``: nothing that a program wrote is hidden.
    """
    if not isinstance(data, Mapping) or data.get("form") != _name(kind):
        return None
    left = {key: value for key, value in data.items() if key != "form"}
    entries, strange = _read_points(kind, left.pop("points", {}))
    if strange:
        left["points"] = strange
    return Form(
        kind,
        entries,
        author=_taken(left, AUTHOR[kind], _text) or "",
        day=_taken(left, "date", _day),
        mileage_km=_taken(left, "mileage_km", _whole),
        verdict=_taken(left, "verdict", Verdict),
        comment=_taken(left, "comment", _text) or "",
        rest=left,
    )


def form_of(data: Mapping[str, Any]) -> ReportType | None:
    """Which form ``data`` says it is."""
    return next((kind for kind in ReportType if data.get("form") == _name(kind)), None)


def _name(kind: ReportType) -> str:
    return f"{kind.value}/{VERSION}"


def _read_points(kind: ReportType, stored: Any) -> tuple[dict[str, Entry], Any]:
    """The entries, and what is none."""
    if not isinstance(stored, Mapping):
        return {}, stored
    known = {point.key: point for point in POINTS[kind]}
    entries: dict[str, Entry] = {}
    strange: dict[str, Any] = {}
    for key, value in stored.items():
        point = known.get(key)
        if point is None or not isinstance(value, Mapping):
            strange[key] = value
            continue
        left = dict(value)
        measure = _taken(left, point.measure.key, _measure) if point.measure is not None else None
        if measure is not None and point.measure is not None and not 0 <= measure <= point.measure.highest:
            left[point.measure.key], measure = value[point.measure.key], None
        mark = _taken(left, "mark", Mark) or Mark.NOT_CHECKED
        entries[key] = Entry(mark, measure, _taken(left, "note", _text) or "")
        if left:
            strange[key] = left
    return entries, strange


def _taken(left: dict[str, Any], key: str, reader: Any) -> Any:
    """The value of ``key`` as ``reader`` reads it, taken out of ``left``; where it is none it stays there."""
    if key not in left:
        return None
    try:
        found = reader(left[key])
    except (TypeError, ValueError):
        return None
    del left[key]
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MILEAGE.highest:
        raise TypeError
    return value


def _measure(value: Any) -> Decimal:
    if type(value) not in (int, float):
        raise TypeError
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError
    return number


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
