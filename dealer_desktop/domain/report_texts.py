"""A report's points, marks and verdicts in the person's language, whatever language it was entered in."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import POINTS, Entry, Form, Mark, Measure, Point, Verdict, read

ICONS = {
    Mark.OK: ("check-circle", "green"),
    Mark.ATTENTION: ("warning", "amber"),
    Mark.DEFECT: ("x-circle", "red"),
    Mark.NOT_CHECKED: ("minus-circle", "grey"),
}
"""The sign and the tone that stand beside a mark's word on the screen."""
_SAID = ("verdict", "conclusion", "result", "заключение", "вывод", "итог")
_LONGEST = 60
"""Characters of another program's verdict that have room in a list."""


def mark(kind: ReportType, which: Mark) -> str:
    inspected = kind is ReportType.TECHNICAL_INSPECTION
    match which:
        case Mark.OK:
            return pgettext("mark", "OK") if inspected else pgettext("mark", "Clear")
        case Mark.ATTENTION:
            return pgettext("mark", "Attention")
        case Mark.DEFECT:
            return pgettext("mark", "Defect") if inspected else pgettext("mark", "Problem")
        case Mark.NOT_CHECKED:
            return pgettext("mark", "Not checked")


def marks(kind: ReportType, which: Mark) -> str:
    """The heading above all points with this mark."""
    match which:
        case Mark.OK:
            return pgettext("marks", "In order")
        case Mark.ATTENTION:
            return pgettext("marks", "Needs attention")
        case Mark.DEFECT:
            defects = kind is ReportType.TECHNICAL_INSPECTION
            return pgettext("marks", "Defects") if defects else pgettext("marks", "Problems")
        case Mark.NOT_CHECKED:
            return pgettext("marks", "Not checked")


def verdict(kind: ReportType, which: Verdict) -> str:
    inspected = kind is ReportType.TECHNICAL_INSPECTION
    match which:
        case Verdict.GOOD:
            return pgettext("verdict", "Ready for sale") if inspected else pgettext("verdict", "Nothing against a sale")
        case Verdict.CONDITIONAL:
            return pgettext("verdict", "For sale after repair") if inspected else pgettext("verdict", "To be clarified")
        case Verdict.BAD:
            return pgettext("verdict", "Not for sale") if inspected else pgettext("verdict", "Must not be sold")


def author(kind: ReportType) -> str:
    inspected = kind is ReportType.TECHNICAL_INSPECTION
    return pgettext("report", "Inspected by") if inspected else pgettext("report", "Source")


def day(kind: ReportType) -> str:
    inspected = kind is ReportType.TECHNICAL_INSPECTION
    return pgettext("report", "Inspected on") if inspected else pgettext("report", "Checked on")


def groups() -> dict[str, str]:
    """The headings of the checklist, by the group's name."""
    return {
        "outside": pgettext("inspection", "Outside"),
        "drive": pgettext("inspection", "Engine and drive"),
        "chassis": pgettext("inspection", "Chassis"),
        "electrics": pgettext("inspection", "Electrics"),
        "inside": pgettext("inspection", "Inside"),
        "papers": pgettext("inspection", "Papers and test drive"),
        "law": pgettext("vin check", "Legal standing"),
        "past": pgettext("vin check", "History"),
    }


def points() -> dict[str, str]:
    """The words of every point, by its name."""
    return _points(i18n.language())


@lru_cache
def _points(_language: str) -> dict[str, str]:
    return {
        "body": pgettext("inspection", "Body and paint"),
        "glass": pgettext("inspection", "Glass"),
        "lights": pgettext("inspection", "Lights"),
        "engine": pgettext("inspection", "Engine"),
        "fluids": pgettext("inspection", "Fluids and leaks"),
        "exhaust": pgettext("inspection", "Exhaust"),
        "transmission": pgettext("inspection", "Transmission"),
        "clutch": pgettext("inspection", "Clutch"),
        "suspension": pgettext("inspection", "Suspension"),
        "steering": pgettext("inspection", "Steering"),
        "brakes_front": pgettext("inspection", "Front brakes"),
        "brakes_rear": pgettext("inspection", "Rear brakes"),
        "tyres_front": pgettext("inspection", "Front tyres"),
        "tyres_rear": pgettext("inspection", "Rear tyres"),
        "battery": pgettext("inspection", "Battery"),
        "electrics": pgettext("inspection", "Electrics, fault codes"),
        "air_conditioning": pgettext("inspection", "Air conditioning"),
        "interior": pgettext("inspection", "Interior"),
        "safety": pgettext("inspection", "Belts and airbags"),
        "documents": pgettext("inspection", "Papers, VIN plates"),
        "keys": pgettext("inspection", "Keys and tools"),
        "test_drive": pgettext("inspection", "Test drive"),
        "wanted": pgettext("vin check", "Theft, wanted"),
        "pledge": pgettext("vin check", "Pledge"),
        "restrictions": pgettext("vin check", "Registration restrictions"),
        "title": pgettext("vin check", "Title document"),
        "owners": pgettext("vin check", "Owners"),
        "accidents": pgettext("vin check", "Accidents"),
        "mileage_records": pgettext("vin check", "Recorded mileage"),
        "taxi": pgettext("vin check", "Taxi, car sharing"),
        "recalls": pgettext("vin check", "Recalls"),
    }


def point(which: Point) -> str:
    return points()[which.key]


def measure(which: Measure) -> str:
    """What the number says, for those who cannot see where it stands."""
    return {
        "paint_um": _("Thickest paint, µm"),
        "pads_mm": _("Pads, mm"),
        "tread_mm": _("Tread, mm"),
        "count": _("How many"),
        "mileage_km": _("Mileage, km"),
    }[which.key]


def unit(which: Measure) -> str:
    """What stands behind the number; a count has nothing there."""
    return {
        "paint_um": pgettext("unit", "µm"),
        "pads_mm": pgettext("unit", "mm"),
        "tread_mm": pgettext("unit", "mm"),
        "mileage_km": pgettext("unit", "km"),
    }.get(which.key, "")


def measured(which: Point, value: Decimal | None) -> str:
    """``180 µm``; empty where nothing was measured."""
    if value is None or which.measure is None:
        return ""
    return "\u00a0".join(filter(None, (formats.number(value), unit(which.measure))))


def finding(which: Point, entry: Entry) -> str:
    """What was measured and noted at a point, in one line."""
    return " · ".join(filter(None, (measured(which, entry.measure), entry.note)))


def counts(form: Form) -> str:
    """``2 defects, 3 remarks``; that there are none, if anything was checked; else empty."""
    bad, warned = len(form.marked(Mark.DEFECT)), len(form.marked(Mark.ATTENTION))
    told = []
    if bad and form.kind is ReportType.TECHNICAL_INSPECTION:
        told.append(ngettext("{count} defect", "{count} defects", bad).format(count=bad))
    elif bad:
        told.append(ngettext("{count} problem", "{count} problems", bad).format(count=bad))
    if warned:
        told.append(ngettext("{count} remark", "{count} remarks", warned).format(count=warned))
    if not told and form.marked(Mark.OK):
        told.append(_("no remarks"))
    return ", ".join(told)


def checked(form: Form) -> str:
    """``12 of 22 points checked``."""
    whole = len(POINTS[form.kind])
    done = whole - len(form.marked(Mark.NOT_CHECKED))
    return _("{done} of {count} points checked").format(done=done, count=whole)


def told(form: Form) -> str:
    """``2 defects, 3 remarks. 12 of 22 points checked``."""
    found = counts(form)
    return ". ".join(filter(None, (found[:1].upper() + found[1:], checked(form))))


def in_one_line(kind: ReportType, data: Any) -> str:
    """What a list of reports says of this one: the counts, else its verdict; empty where nothing can be told."""
    form = read(kind, data)
    if form is not None:
        return counts(form) or (verdict(kind, form.verdict) if form.verdict is not None else "")
    for key, value in data.items() if isinstance(data, Mapping) else ():
        if str(key).lower() in _SAID and isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST:
            return value.strip()
    return ""


def tone(kind: ReportType, data: Any) -> Mark | None:
    """The worst mark of a report that was entered by form: the sign beside it in a list."""
    form = read(kind, data)
    if form is None:
        return None
    return next((which for which in (Mark.DEFECT, Mark.ATTENTION, Mark.OK) if form.marked(which)), None)
