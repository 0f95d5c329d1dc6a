"""What a VIN, a change and a report say in words."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dealer_desktop.core import i18n
from dealer_desktop.domain import vin
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.services.rows import DealerRow, HistoryRow, ReportRow
from dealer_desktop.ui.inventory.car import field_words, vin_hints
from dealer_desktop.ui.inventory.reports.sheet import ReportSheet
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.facts import Facts

DEALER = DealerRow(1, "Auto", None, None, None, None, "RUB", "RU", "Europe/Moscow")


@pytest.fixture
def russian() -> Any:
    i18n.set_language("ru")
    yield
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("number", "decoded", "hint"),
    [
        ("XWEG341ADM0012873", "Kia, 2021, Russia", "No check digit: usual for a Russian VIN."),
        ("1HGCM82633A004352", "Honda, 2003, United States", ""),
        (
            "1HGCM82633A004353",
            "Honda, 2003, United States",
            "The check digit does not fit: compare the VIN with the car.",
        ),
        ("WAUZZZF40J0012265", "Audi, 2018, Germany", "No check digit: usual outside North America."),
        ("JZX100-0123456", "", ""),
    ],
)
def test_a_vin_in_words(number: str, decoded: str, hint: str) -> None:
    facts = vin.decode(number)
    assert vin_hints.decoded(facts) == decoded
    assert vin_hints.hint(number, facts) == hint


def test_a_vin_in_russian_words(russian: None) -> None:
    assert vin_hints.decoded(vin.decode("XTA219410L0123456")) == "АвтоВАЗ, 2020, Россия"


def test_a_maker_is_suggested_as_the_make_it_sells() -> None:
    assert vin_hints.make(vin.decode("XTA219410L0123456")) == "LADA"


def entry(before: dict[str, Any] | None, after: dict[str, Any] | None, table: str = "cars") -> HistoryRow:
    at = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)
    return HistoryRow(1, at, "i.ivanova", table, 1, "UPDATE", before, after)


def test_a_change_in_words() -> None:
    price = entry({"price": 2200000.0, "status": "available"}, {"price": 2185000.0, "status": "reserved"})
    (told,) = field_words.changes([price], DEALER)
    assert told.words == "Price: 2,200,000\u00a0₽ → 2,185,000\u00a0₽\nStatus: Available → Reserved"
    assert (told.when, told.who) == ("21 Nov 2026, 14:05", "i.ivanova")


def test_what_nobody_would_see_is_no_change() -> None:
    assert field_words.changes([entry({"updated_at": "a"}, {"updated_at": "b"})], DEALER) == []
    assert field_words.changes([entry({"url": "a"}, {"url": "b"}, "car_photos")], DEALER) == []


def test_values_that_cannot_be_read_are_shown_as_they_are() -> None:
    assert field_words.value_words("status", "stolen", "RUB") == "stolen"
    assert field_words.value_words("price", "much", "RUB") == "much"
    assert field_words.value_words("arrived_on", date(2026, 11, 19), "RUB") == "19 Nov 2026"
    assert field_words.value_words("color", None, "RUB") == "–"


def test_a_report_is_a_sheet_to_read(context: UiContext, keep: Any) -> None:
    data = {
        "mileage_km": 48_200,
        "clean": True,
        "owners": ["A", "B"],
        "brakes": {"front_pads": "70 %", "<b>rear</b>": "worn"},
        "empty": None,
    }
    report = ReportRow(1, 1, ReportType.TECHNICAL_INSPECTION, data, datetime(2026, 11, 21, tzinfo=UTC))
    sheet = ReportSheet(report, context)
    keep(sheet)
    lists = sheet.findChildren(Facts)
    assert lists[0].value("Mileage km") == "48200"
    assert lists[0].value("Clean") == "yes"
    assert lists[0].value("Owners") == "A, B"
    assert lists[1].value("Front pads") == "70 %"
    assert lists[1].value("<b>rear</b>") == "worn"
