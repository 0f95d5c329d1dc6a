"""The stored shape of a report that was entered by form, and its words in both languages."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.core import i18n
from dealer_desktop.domain import report_lines, report_texts
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import POINTS, Entry, Form, Mark, Point, Verdict, form_of, read, written

INSPECTION = {
    "form": "technical_inspection/1",
    "inspector": "А. Сорокин",
    "date": "2026-11-24",
    "mileage_km": 48_500,
    "verdict": "conditional",
    "comment": "После замены колодок",
    "points": {
        "body": {"mark": "attention", "paint_um": 180, "note": "крыло перекрашено"},
        "engine": {"mark": "ok"},
        "brakes_front": {"mark": "defect", "pads_mm": 1.5},
    },
}


@pytest.fixture(params=["ru", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


def entries(point: Point) -> st.SearchStrategy[Entry]:
    measure = point.measure
    number: st.SearchStrategy[Decimal | None] = st.none()
    if measure is not None:
        number |= st.decimals(0, measure.highest, places=measure.decimals)
    return st.builds(Entry, st.sampled_from(Mark), number, st.text(max_size=20))


def forms(kind: ReportType) -> st.SearchStrategy[Form]:
    return st.builds(
        Form,
        st.just(kind),
        st.fixed_dictionaries({}, optional={point.key: entries(point) for point in POINTS[kind]}).map(
            lambda found: {key: entry for key, entry in found.items() if entry != Entry()}
        ),
        author=st.text(max_size=20),
        day=st.none() | st.dates(),
        mileage_km=st.none() | st.integers(0, 9_999_999),
        verdict=st.none() | st.sampled_from(Verdict),
        comment=st.text(max_size=20),
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=12,
)


def test_the_shape_other_programs_read() -> None:
    form = read(ReportType.TECHNICAL_INSPECTION, INSPECTION)
    assert form is not None and not form.rest
    assert (form.author, form.day, form.mileage_km) == ("А. Сорокин", date(2026, 11, 24), 48_500)
    assert form.verdict is Verdict.CONDITIONAL
    assert form.entries["brakes_front"] == Entry(Mark.DEFECT, Decimal("1.5"))
    assert written(form) == INSPECTION
    assert form_of(INSPECTION) is ReportType.TECHNICAL_INSPECTION
    assert read(ReportType.VIN_CHECK, INSPECTION) is None


@pytest.mark.parametrize("kind", ReportType)
@given(data=st.data())
def test_what_is_written_is_read_back(kind: ReportType, data: st.DataObject) -> None:
    form = data.draw(forms(kind))
    assert read(kind, json.loads(json.dumps(written(form)))) == form


@pytest.mark.parametrize("kind", ReportType)
@given(found=st.dictionaries(st.sampled_from(["inspector", "source", "date", "mileage_km", "verdict", "comment", "x"]),
                             json_values), points=json_values | st.dictionaries(
                                 st.sampled_from(["body", "brakes_front", "owners", "pledge", "roof"]),
                                 json_values | st.dictionaries(
                                     st.sampled_from(["mark", "note", "paint_um", "pads_mm", "count", "y"]),
                                     json_values | st.sampled_from(["ok", "defect"]))))  # fmt: skip
def test_whatever_stands_in_it_is_read_and_nothing_is_hidden(
    kind: ReportType, found: dict[str, Any], points: Any
) -> None:
    data = {"form": f"{kind.value}/1", **found, "points": points}
    form = read(kind, data)
    assert form is not None
    told = json.dumps(written(form), default=str) + json.dumps(form.rest, default=str)
    for name in found:
        # What was read is written again, the rest is kept as it was.
        assert name in told or found[name] in ("", None)
    report_texts.told(form)
    report_texts.in_one_line(kind, data)
    report_lines.sections(form.rest)


def test_everything_has_its_words(language: str) -> None:
    words = report_texts.points()
    assert set(words) == {point.key for points in POINTS.values() for point in points}
    assert len(set(words.values())) == len(words)
    for kind, points in POINTS.items():
        for point in points:
            assert point.group in report_texts.groups()
            if point.measure is not None:
                assert report_texts.measure(point.measure)
                assert report_texts.measured(point, Decimal("12.5")).startswith("12")
        assert len({report_texts.mark(kind, mark) for mark in Mark}) == len(Mark)
        assert len({report_texts.verdict(kind, verdict) for verdict in Verdict}) == len(Verdict)


def test_a_report_in_one_line(language: str) -> None:
    ru = language == "ru"
    inspected = ReportType.TECHNICAL_INSPECTION
    assert report_texts.in_one_line(inspected, INSPECTION) == ("1 дефект, 1 замечание" if ru else "1 defect, 1 remark")
    clean = {"form": "vin_check/1", "points": {"pledge": {"mark": "ok"}}}
    assert report_texts.in_one_line(ReportType.VIN_CHECK, clean) == ("замечаний нет" if ru else "no remarks")
    assert report_texts.tone(ReportType.VIN_CHECK, clean) is Mark.OK
    bad = {"form": "vin_check/1", "points": {"pledge": {"mark": "defect"}, "wanted": {"mark": "defect"}}}
    assert report_texts.in_one_line(ReportType.VIN_CHECK, bad) == ("2 проблемы" if ru else "2 problems")
    empty = {"form": "vin_check/1", "verdict": "bad"}
    assert report_texts.in_one_line(ReportType.VIN_CHECK, empty) == ("Продавать нельзя" if ru else "Must not be sold")
    assert report_texts.in_one_line(inspected, {"Заключение": "К продаже", "x": 1}) == "К продаже"
    assert report_texts.in_one_line(inspected, {"x": 1}) == ""
    assert report_texts.tone(inspected, {"x": 1}) is None


def test_somebody_elses_json_is_told_line_by_line() -> None:
    data = {"mileage_km": 1, "parts": [{"name": "door"}, {"name": "hood"}], "clean": True, "none": None, "deep": {}}
    found, is_cut = report_lines.sections(data)
    assert not is_cut
    assert found[0].lines == (("Mileage km", "1"), ("Clean", "yes"), ("None", "–"), ("Deep", "–"))
    assert [(s.heading, s.lines) for s in found[1:]] == [
        ("Parts", (("Name", "door"),)), ("", (("Name", "hood"),))
    ]  # fmt: skip


def test_a_report_of_thousands_is_cut() -> None:
    found, is_cut = report_lines.sections({f"k{n}": n for n in range(5_000)})
    assert is_cut and sum(len(section.lines) for section in found) == report_lines.MOST
    long, is_cut = report_lines.sections({f"k{n}": "слово " * 330 for n in range(500)})
    assert is_cut and 50 <= sum(len(section.lines) for section in long) <= 150
    largest, is_cut = report_lines.sections({f"k{n}": "x" * 1_990 for n in range(100)})
    assert not is_cut and len(largest[0].lines) == 100  # as large as one that is entered here may be
    many, is_cut = report_lines.sections({f"k{n}": {"a": n} for n in range(5_000)})
    assert is_cut and len(many) <= report_lines.MOST
