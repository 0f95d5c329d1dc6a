"""A report on paper, in both languages."""

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from dealer_desktop.documents import report_paper
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.services.rows import ReportRow

from .conftest import CAR, DEALER

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
INSPECTION = {
    "form": "technical_inspection/1", "inspector": "А. Сорокин", "date": "2026-11-23", "mileage_km": 48_500,
    "verdict": "conditional", "comment": "Сначала <b>колодки</b>\nпотом шины", "lift": {"height_mm": 1_800},
    "points": {"body": {"mark": "attention", "paint_um": 180}, "engine": {"mark": "ok"},
               "brakes_front": {"mark": "defect", "pads_mm": 1.5, "note": "менять"}},
}  # fmt: skip


def words(data: dict[str, Any], language: str, kind: ReportType = ReportType.TECHNICAL_INSPECTION) -> str:
    """The paper as a person reads it."""
    paper = report_paper(ReportRow(1, 1, kind, data, AT), CAR, DEALER, language, at=AT)
    body = re.sub(r"<style>.*?</style>", "", paper.html, flags=re.DOTALL)
    assert "\u202f" not in body  # the paper's face has none
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def test_an_inspection_in_russian() -> None:
    text = words(INSPECTION, "ru")
    for part in (
        "Техосмотр", "LADA Niva Legend, 2021", "VIN XTA21214072046351", "К продаже после ремонта",
        "1 дефект, 1 замечание. Проверено пунктов: 3 из 22", "Осмотрел А. Сорокин", "Дата осмотра 23.11.2026",
        "Пробег 48 500 км", "Дефекты: 1 Тормоза передние Дефект 1,5 мм · менять",
        "Требует внимания: 1 Кузов и ЛКП Внимание 180 мкм", "В порядке: 1 Двигатель Норма",
        "Не проверено: 19 Стёкла · Световые приборы",
        "Сначала <b>колодки</b> потом шины", "Осмотрел, подпись", "Ещё в этом отчёте", "Lift Height mm 1800",
    ):  # fmt: skip
        assert part in text, part
    assert text.index("Дефекты: 1") < text.index("Требует внимания") < text.index("В порядке")


def test_the_same_in_english() -> None:
    text = words(INSPECTION, "en")
    for part in ("For sale after repair", "Front brakes Defect 1.5 mm · менять", "Inspected on 23 Nov 2026"):
        assert part in text, part


@pytest.mark.parametrize("language", ["ru", "en"])
def test_somebody_elses_json_is_facts(language: str) -> None:
    data = {"Источник": "<script>", "ДТП": [{"дата": "2020"}], "n": {f"k{n}": n for n in range(600)}}
    text = words(data, language, ReportType.VIN_CHECK)
    assert "Источник <script>" in text and "Дата 2020" in text and "K7 7" in text and "K599" not in text
    assert words({}, language)
    assert "подпись" not in text and "signature" not in text
