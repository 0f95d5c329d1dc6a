"""What the demo's dealership found when it looked at a car: filled forms, and what a service said as JSON."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from dealer_desktop.demo.stock import DemoCar
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import POINTS, Entry, Form, Mark, Point, Verdict, written

_INSPECTORS = ("А. Сорокин", "В. Мельник", "Т. Ахмедов")
_NOTES = {
    "body": ("перекрашено левое переднее крыло", "ржавчина на пороге справа"),
    "glass": ("скол на лобовом, не растёт", "трещина на лобовом"),
    "engine": ("заменить масло через 1 000 км", "стук при холодном пуске"),
    "fluids": ("запотевание клапанной крышки", "течь антифриза"),
    "clutch": ("схватывает высоко", "буксует"),
    "suspension": ("стойки стабилизатора к замене", "люфт шаровой опоры"),
    "brakes_front": ("колодок на 5 000 км", "менять колодки и диски"),
    "brakes_rear": ("износ в пределах нормы", "менять колодки"),
    "tyres_front": ("неравномерный износ", "протектор ниже нормы"),
    "battery": ("пусковой ток 70 %", "не держит заряд"),
    "air_conditioning": ("слабо охлаждает, заправить", "не работает"),
    "interior": ("потёртость сиденья водителя", "прожог обивки"),
}
"""What asks for attention at a point, and what is a defect there."""


def inspection(car: DemoCar, day: date, random: Random) -> dict[str, Any]:
    """A technical inspection, as its form stores it."""
    kind = ReportType.TECHNICAL_INSPECTION
    manual = car.values["transmission"] == "manual"
    entries = {
        point.key: _found(point, random)
        for point in POINTS[kind]
        if point.key != "clutch" or manual  # an automatic one has no pedal to try
    }
    marks = [entry.mark for entry in entries.values()]
    return written(
        Form(
            kind,
            entries,
            author=random.choice(_INSPECTORS),
            day=day,
            mileage_km=car.values["mileage"],
            verdict=Verdict.CONDITIONAL if Mark.DEFECT in marks else Verdict.GOOD,
            comment="К продаже после устранения дефектов." if Mark.DEFECT in marks else "",
        )
    )


def _found(point: Point, random: Random) -> Entry:
    chance = random.random()
    watched, broken = _NOTES.get(point.key, ("", ""))
    mark, note = Mark.OK, ""
    if watched and chance < 0.06:
        mark, note = Mark.DEFECT, broken
    elif watched and chance < 0.22:
        mark, note = Mark.ATTENTION, watched
    return Entry(mark, _measured(point, mark, random), note)


def _measured(point: Point, mark: Mark, random: Random) -> Decimal | None:
    """As far from new as the mark says."""
    if point.measure is None:
        return None
    good, watched, bad = {
        "paint_um": ((95, 140), (160, 260), (300, 900)),
        "pads_mm": ((7, 10), (4, 5), (1, 2)),
        "tread_mm": ((5, 8), (3, 4), (1, 2)),
    }[point.measure.key]
    low, high = {Mark.OK: good, Mark.ATTENTION: watched, Mark.DEFECT: bad}[mark]
    return Decimal(random.randint(low, high))


def vin_check(car: DemoCar, day: date, random: Random) -> dict[str, Any]:
    """A VIN check: mostly by the form, at times as the JSON of a service."""
    accidents = random.choice((0, 0, 0, 0, 1))
    owners = random.choice((1, 1, 2, 2, 3))
    mileage = max(0, car.values["mileage"] - random.randint(300, 4_000))
    if random.random() < 0.3:
        return {
            "Источник": "Проверка по открытым базам",
            "VIN": car.values["vin"],
            "Владельцев по ПТС": owners,
            "ДТП": accidents,
            "Ремонтные работы": "Замена заднего бампера" if accidents else "не найдены",
            "Залог": "нет",
            "Розыск": "нет",
            "Ограничения": "нет",
            "Пробег по базам, км": mileage,
        }
    entries = {key: Entry(Mark.OK) for key in ("wanted", "pledge", "restrictions", "title", "taxi")}
    entries["owners"] = Entry(Mark.OK, Decimal(owners))
    entries["mileage_records"] = Entry(Mark.OK, Decimal(mileage))
    hit = Entry(Mark.ATTENTION, Decimal(1), "замена заднего бампера")
    entries["accidents"] = hit if accidents else Entry(Mark.OK, Decimal(0))
    return written(
        Form(
            ReportType.VIN_CHECK,
            entries,
            author="Проверка по открытым базам",
            day=day,
            verdict=Verdict.CONDITIONAL if accidents else Verdict.GOOD,
        )
    )
