"""The history in the words of the screens: every field that the database keeps has a name, every value is written."""

import pytest
import sqlalchemy as sa

from dealer_desktop.domain.record_words import telling
from dealer_desktop.domain.record_words.writing import Manner
from dealer_desktop.models import Base
from dealer_desktop.models.rules import kept

MANNER = Manner("RUB", "Europe/Moscow", {5: "Anna"})
COMPUTED = {"search", "search_description", "updated_at", "written_in", "created_at"}


@pytest.mark.parametrize("table", [each.table for each in kept.TABLES])
def test_every_field_that_is_kept_has_its_words(table: str) -> None:
    assert table in telling.tables()
    assert telling.record(table, 7) != f"{table} 7"
    missing = [
        column.name
        for column in Base.metadata.tables[table].columns
        if column.name not in COMPUTED | telling._HIDDEN and telling.field_name(table, column.name) == column.name
    ]
    assert missing == []


def test_the_newest_tables_are_among_what_one_filters_by() -> None:
    assert {each.table for each in kept.TABLES} <= set(telling.tables())


@pytest.mark.parametrize("table", [each.table for each in kept.TABLES])
def test_every_value_of_an_enum_has_its_words(table: str) -> None:
    columns = [column for column in Base.metadata.tables[table].columns if isinstance(column.type, sa.Enum)]
    for column in columns:
        assert isinstance(column.type, sa.Enum)
        words = [telling.value_words(table, column.name, value, MANNER) for value in column.type.enums]
        assert not set(words) & set(column.type.enums)
        assert len(set(words)) == len(words)


def test_a_change_in_words() -> None:
    told = telling.difference(
        "payments", "UPDATE",
        {"status": "pending", "paid_at": None, "amount": 1000.5, "taken_by": 5, "created_at": 1},
        {"status": "paid", "paid_at": "2026-01-05T10:00:00+00:00", "amount": 900, "taken_by": 6, "created_at": 2},
        MANNER,
    )  # fmt: skip
    assert told == (
        "Amount: 1,000.50\u00a0₽ → 900.00\u00a0₽; Status: Expected → Paid; "
        "Received: – → 5 Jan 2026, 13:00; Taken by: Anna → 6"
    )


def test_what_came_and_what_went() -> None:
    assert telling.difference("reviews", "INSERT", None, {"rating": 5, "id": 1}, MANNER) == "Added: Rating: 5"
    assert telling.difference("reviews", "DELETE", {"rating": 5, "id": 1}, None, MANNER) == "Removed: Rating: 5"


def test_personal_data_and_pictures_are_named_only() -> None:
    told = telling.difference("customer_details", "UPDATE", {"document": "***"}, {"document": "***"}, MANNER)
    assert told == "Passport changed"
    assert telling.difference("dealer", "UPDATE", {"logo": "sha256:a"}, {"logo": "sha256:b"}, MANNER) == "Logo changed"


def test_what_is_none_of_ours_is_told_as_it_is() -> None:
    """A table of a newer program, a value of an older one, a field that is long gone."""
    assert telling.difference("wishes", "UPDATE", {"a": 1}, {"a": None}, MANNER) == "a: 1 → –"
    assert telling.record("wishes", 3) == "wishes 3"
    assert telling.value_words("cars", "status", "stolen", MANNER) == "stolen"
    assert telling.value_words("payments", "paid_at", "yesterday", MANNER) == "yesterday"
    assert telling.value_words("orders", "gone", [1], MANNER) == "[1]"
    long = telling.difference("cars", "UPDATE", {"description": "a"}, {"description": "b " * 500}, MANNER)
    assert len(long) < 120
