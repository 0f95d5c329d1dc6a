"""Reports: pasted JSON is taken or refused in words, a form as it was typed becomes the stored shape."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import Mark, Verdict, read
from dealer_desktop.services import cars
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.report_data import MAX_BYTES, readable_report
from dealer_desktop.services.inputs.report_entry import TypedPoint, filled_form, refuse_other_form
from dealer_desktop.services.inputs.reports import ReportInput

from .conftest import Shop

TODAY = date(2026, 11, 24)

json_texts = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=40,
).map(lambda value: json.dumps(value, ensure_ascii=False))

# A number that no float holds exactly comes back as the digits that were written.
storable = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | st.text(max_size=12),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=12,
    ),
    max_size=4,
).map(lambda value: json.dumps(value, ensure_ascii=False))


def refusal(value: object) -> str:
    with pytest.raises(ValueError) as refused:
        readable_report(value)
    assert type(refused.value) is ValueError
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste the report's JSON here."),
        ("[1]", "one JSON object"),
        ('"text"', "one JSON object"),
        ('{\n  "a": 1,,\n}', "line 2, character 10"),
        ('{"a": NaN}', "not readable"),
        ('{"a": -Infinity}', "not readable"),
        ('{"a": 1e999}', "not readable"),
        ('{"a": "\\ud800"}', "not readable"),
        ('{"a": ' + "9" * 5_000 + "}", "not readable"),
        ('{"a": "\\u0000"}', "control characters"),
        ('{"b": {"\\u0000": 1}}', "control characters"),
        ('{"a": 1, "b": {"x": 1, "x": 2}}', "“x” stands twice"),
        ('{"a": 1, "a": 1}', "“a” stands twice"),
        ('{"a":' * 9 + "1" + "}" * 9, "at most 8 levels"),
        ("[" * 100_000, "not readable"),
        ('{"a":' * 30_000, "not readable"),
        ('{"a": "' + "x" * MAX_BYTES + '"}', "at most 200 kB"),
        ('{"a": "' + "я" * (MAX_BYTES // 2) + '"}', "at most 200 kB"),
        ("{" * 10_000_000, "at most 200 kB"),
    ],
)
def test_what_is_refused_and_with_which_words(text: str, words: str) -> None:
    assert words in refusal(text)


def test_what_is_taken() -> None:
    assert readable_report('\ufeff{"a": [1, 2.5, null, true, "ё"]}') == {"a": [1, 2.5, None, True, "ё"]}
    assert readable_report('{"a":' * 8 + "1" + "}" * 8)
    # Six characters, not the character NUL.
    assert readable_report('{"a": "\\\\u0000"}') == {"a": "\\u0000"}


@given(st.text(max_size=200) | json_texts | st.text('{}[]",:0123456789eE+-.\\ntu ', max_size=60))
def test_no_text_fails_otherwise_than_in_words(text: str) -> None:
    try:
        found = readable_report(text)
    except ValueError as error:
        assert type(error) is ValueError and str(error)
    else:
        assert isinstance(found, dict)


@given(text=storable)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_taken_is_stored_and_read_back(shop: Shop, text: str) -> None:
    car_id = shop.one("SELECT min(id) FROM cars") or shop.car().id
    try:
        report = parse(ReportInput, request_id=uuid4(), car_id=car_id, report_type="vin_check", data=text)
    except InvalidInput as error:
        assert set(error.facts["fields"]) == {"data"}
        return
    saved = cars.add_report(shop.maker, report)
    # jsonb knows neither 1.0 nor -0.0 apart from 1 and 0.
    assert saved.data == report.data


def form(points: dict[str, TypedPoint], **more: Any) -> dict[str, Any]:
    return filled_form(ReportType.TECHNICAL_INSPECTION, points, today=TODAY, **more)


def wrong(make: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        make()
    return dict(refused.value.facts["fields"])


def test_a_form_as_it_was_typed() -> None:
    data = form(
        {
            "body": TypedPoint(Mark.ATTENTION, " 1 80", "  left wing "),
            "brakes_front": TypedPoint(Mark.DEFECT, "1,5", ""),
            "glass": TypedPoint(),
        },
        author=" A. Sorokin ",
        day="24.11.2026",
        mileage="48 500",
        verdict="bad",
        comment="Sell it\r\nlater",
    )
    assert data == {
        "form": "technical_inspection/1", "inspector": "A. Sorokin", "date": "2026-11-24", "mileage_km": 48_500,
        "verdict": "bad", "comment": "Sell it\nlater",
        "points": {"body": {"mark": "attention", "paint_um": 180, "note": "left wing"},
                   "brakes_front": {"mark": "defect", "pads_mm": 1.5}},
    }  # fmt: skip
    found = read(ReportType.TECHNICAL_INSPECTION, data)
    assert found is not None and found.verdict is Verdict.BAD and not found.rest


@pytest.mark.parametrize("typed", ["x", "-1", "31", "1.55", "1e5", "9" * 200, "\0"])
def test_a_measure_that_is_none(typed: str) -> None:
    assert set(wrong(lambda: form({"brakes_front": TypedPoint(Mark.OK, typed, "")}))) == {"point_brakes_front"}


def test_counts_are_whole() -> None:
    points = {"owners": TypedPoint(Mark.OK, "1.5", "")}
    found = wrong(lambda: filled_form(ReportType.VIN_CHECK, points, today=TODAY))
    assert found == {"point_owners": "Enter a whole number from 0 to 999."}


def test_everything_wrong_is_told_at_once() -> None:
    points = {"body": TypedPoint(Mark.OK, "much", ""), "glass": TypedPoint(Mark.OK, "", "x" * 600)}
    found = wrong(lambda: form(points, day="2027-01-01", mileage="far", author="\0", comment="y" * 6_000))
    assert set(found) == {"point_body", "point_glass", "day", "mileage", "author", "comment"}


def test_an_empty_form_says_what_to_do() -> None:
    assert wrong(lambda: form({})) == {"point_body": "Nothing is marked yet. Mark what was checked."}
    assert form({}, comment="Looks well")["comment"] == "Looks well"


def test_a_pasted_form_of_the_other_kind_is_noticed() -> None:
    with pytest.raises(ValueError, match="other kind"):
        refuse_other_form(ReportType.VIN_CHECK, {"form": "technical_inspection/1"})
    refuse_other_form(ReportType.VIN_CHECK, {"form": "vin_check/1"})
    refuse_other_form(ReportType.VIN_CHECK, {"form": 1})


def test_one_request_id_makes_one_report(shop: Shop) -> None:
    report = parse(
        ReportInput, request_id=uuid4(), car_id=shop.car().id, report_type="technical_inspection",
        data=form({"engine": TypedPoint(Mark.OK)}),
    )  # fmt: skip
    first, second = (cars.add_report(shop.maker, report) for _time in range(2))
    assert first.id == second.id
    assert shop.sql("SELECT data->'points'->'engine'->>'mark' FROM car_reports") == [("ok",)]


@pytest.mark.parametrize(
    ("stored", "read_back"),
    [
        ("[1, 2]", [1, 2]),
        ('"text"', "text"),
        ("null", {}),
        ("1e400", 10**400),
        ("[" * 3_000 + "]" * 3_000, None),
        (json.dumps({"a": ["x" * 1_000] * 1_500}), None),
        ("9" * 6_000, None),
    ],
)
def test_what_other_programs_stored_is_read_or_left_out(shop: Shop, stored: str, read_back: Any) -> None:
    car = shop.car()
    shop.sql(
        "INSERT INTO car_reports (car_id, report_type, data) VALUES (%s, 'vin_check', %s::jsonb) RETURNING id",
        car.id, stored,
    )  # fmt: skip
    [report] = cars.details(shop.reader, car.id).reports
    assert report.data == read_back
