"""What is declared of the lists fits the database, the rows and the window."""

import dataclasses
from typing import Any

import psycopg
import pytest

from dealer_desktop.dao import backdating, lists
from dealer_desktop.dao.window import Window
from dealer_desktop.server.connect import connect
from dealer_desktop.ui.window import sections

each_list = pytest.mark.parametrize("window", lists.WINDOWS, ids=lambda window: window.kind)


@pytest.fixture
def told_tables(database_url: str) -> frozenset[str]:
    """The tables of which each kind of change is told to every window."""
    with connect(database_url) as connection:
        found = connection.execute(
            """SELECT event_object_table, event_manipulation FROM information_schema.triggers
               WHERE action_statement ~ 'notify'"""
        ).fetchall()
    events: dict[str, set[str]] = {}
    for table, event in found:
        events.setdefault(table, set()).add(event)
    return frozenset(table for table, all_of in events.items() if all_of >= {"INSERT", "UPDATE", "DELETE"})


@each_list
def test_whatever_a_list_tells_of_is_notified(window: Window[Any], told_tables: frozenset[str]) -> None:
    assert window.table in window.shown_tables
    assert window.shown_tables <= told_tables


@each_list
def test_a_row_begins_with_its_id(window: Window[Any]) -> None:
    assert dataclasses.fields(window.row)[0].name == "id"
    assert len(dataclasses.fields(window.row)) == len(window.select.selected_columns)


@each_list
def test_each_list_has_a_tab(window: Window[Any]) -> None:
    section = sections.section_of(window.kind)
    assert section is not None and section.kind == window.kind


def test_an_orders_row_tells_of_what_belongs_to_it() -> None:
    told = lists.window_of("orders").shown_tables
    assert told == {"orders", "order_lines", "cars", "car_photos", "users", "payments", "deliveries"}


def test_names_are_given_once() -> None:
    kinds = [window.kind for window in lists.WINDOWS]
    names = [section.name for section in sections.SECTIONS]
    assert len({*kinds}) == len(kinds)
    assert len({*names}) == len(names)


def test_every_moment_that_the_database_stamps_may_be_dated_back(database_url: str) -> None:
    with connect(database_url) as connection:
        cursor = connection.cursor(row_factory=psycopg.rows.tuple_row)
        stamped = cursor.execute(
            """SELECT table_name, column_name FROM information_schema.columns
               WHERE table_schema = 'public'
                 AND column_name IN ('created_at', 'updated_at', 'completed_at', 'opened_at', 'closed_at')"""
        ).fetchall()
    assert {(table, column) for table, columns in backdating.COLUMNS.items() for column in columns} == {*stamped}
