"""Takings are what the payments say, to the kopeck: on histories with refunds, corrections and moved money."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealer_desktop.core.errors import DealerError, FileNotWritten
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services import payments, tables, takings
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import CorrectionInput, MoveInput
from dealer_desktop.services.tables import Range, TableQuery

ZONE = ZoneInfo("Europe/Moscow")
METHODS = list(PaymentMeans)
NOW = datetime.now(UTC)

steps = st.lists(
    st.tuples(
        st.sampled_from(["take", "take", "take", "expect", "refund", "correct", "move"]),
        st.integers(0, 30),
        st.decimals("0.01", "400000", places=2),
        st.sampled_from(METHODS),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=12,
)


def play(shop: Any, people: list[int], order_ids: list[int], step: tuple[str, int, Decimal, PaymentMeans, int]) -> None:
    """One step of a history; what the rules refuse is left out, as a person would."""
    what, which, amount, method, days_ago = step
    order_id = order_ids[which % len(order_ids)]
    paid = [row[0] for row in shop.sql("SELECT id FROM payments WHERE status = 'paid' ORDER BY id")]
    at = NOW - timedelta(days=days_ago)
    try:
        if what == "take":
            # By another program, since nobody is signed in here who would be named.
            taken_by = (*people, None)[which % (len(people) + 1)]
            shop.sql(TAKE, order_id, amount, method.value, at, taken_by)
        elif what == "expect":
            shop.expect(order_id, amount, method=method)
        elif not paid:
            return
        elif what == "refund":
            shop.refund(paid[which % len(paid)], amount, method=method, paid_at=at)
        elif what == "correct":
            given = parse(
                CorrectionInput, request_id=uuid4(), payment_id=paid[which % len(paid)], amount=amount, method=method
            )
            payments.correct(shop.maker, given)
        else:
            wanted = parse(MoveInput, request_id=uuid4(), payment_id=paid[which % len(paid)], order_id=order_id)
            payments.move(shop.maker, wanted)
    except (DealerError, psycopg.errors.CheckViolation):
        return


TAKE = (
    "INSERT INTO payments (order_id, amount, method, paid_at, taken_by, status, payment_type)"
    " VALUES (%s, %s, %s, %s, %s, 'paid', 'deposit')"
)
BENEATH = """
    SELECT p.method::text, p.taken_by, count(*),
        coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0), coalesce(sum(-p.amount) FILTER (WHERE p.amount < 0), 0)
    FROM payments p
    WHERE p.status = 'paid'
        AND (p.paid_at AT TIME ZONE (SELECT timezone FROM dealer))::date BETWEEN %s AND %s
    GROUP BY p.method, p.taken_by
"""


@pytest.fixture
def desk_of_two(shop: Any) -> Iterator[tuple[Any, list[int], list[int]]]:
    """Two people of the staff, and three orders of one customer."""
    add = "INSERT INTO users (email, full_name, role) VALUES (%s, %s, 'salesperson') RETURNING id"
    people = [shop.one(add, f"{name}@takings.example", name) for name in ("Анна", "Борис")]
    made = [shop.order().id for _number in range(3)]
    yield shop, people, made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.integers(0, 5), st.integers(0, 5))
def test_takings_are_what_the_rows_say(desk_of_two: Any, history: list[Any], first_ago: int, length: int) -> None:
    shop, people, order_ids = desk_of_two
    for step in history:
        play(shop, people, order_ids, step)
    zone = ZoneInfo(shop.one("SELECT timezone FROM dealer"))
    first = (NOW - timedelta(days=first_ago)).astimezone(zone).date()
    last = first + timedelta(days=length)
    found = takings.read(shop.reader, first, last)
    beneath = {(row[0], row[1]): row[2:] for row in shop.sql(BENEATH, first, last)}
    shown = {(line.method.value, line.person_id): (line.count, line.received, line.given_back) for line in found.lines}
    assert shown == beneath
    assert found.all.total == sum((row[1] - row[2] for row in beneath.values()), Decimal(0))
    # Each number's rows, as the list finds them, sum to it.
    for method, sums in found.by_method.items():
        filters = {"status": ["paid"], "paid_at": Range(first, last), "method": [method]}
        assert tables.totals(shop.reader, TableQuery("payments", filters=filters))["amount"] == sums.total
    for (person, _name), sums in found.by_person.items():
        filters = {"status": ["paid"], "paid_at": Range(first, last), "taken_by": [person], "refund": True}
        given_back = -tables.totals(shop.reader, TableQuery("payments", filters=filters))["amount"]
        assert given_back == sums.given_back
    own = takings.read(shop.reader, first, last, people[0])
    assert {line.person_id for line in own.lines} <= {people[0]}
    assert own.all.total == sum((row[1] - row[2] for (_m, who), row in beneath.items() if who == people[0]), Decimal(0))


def test_a_day_is_the_dealers(shop: Any) -> None:
    order = shop.order()
    shop.sql("UPDATE dealer SET timezone = 'Asia/Vladivostok'")
    shop.pay(order.id, 100, paid_at=datetime(2026, 3, 1, 13, 59, tzinfo=UTC))
    shop.pay(order.id, 10, paid_at=datetime(2026, 3, 1, 14, 1, tzinfo=UTC))
    assert takings.read(shop.reader, date(2026, 3, 1), date(2026, 3, 1)).all.total == 100
    assert takings.read(shop.reader, date(2026, 3, 2), date(2026, 3, 2)).all.total == 10


@pytest.mark.parametrize("name", ["day.csv", "day.xlsx"])
def test_what_is_shown_is_written(shop: Any, tmp_path: Path, name: str) -> None:
    payment = shop.pay(shop.order(customer_name="=1+1").id, "300000.50", method="card").payment
    shop.refund(payment.id, "0.25")
    found = takings.read(shop.reader, date(2020, 1, 1), date(2100, 1, 1))
    file = tmp_path / name
    assert takings.export(found, file) == 1
    if name.endswith(".csv"):
        lines = file.read_text("utf-8-sig").splitlines()
    else:
        from python_calamine import CalamineWorkbook

        sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
        lines = [",".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row) for row in sheet]
    assert lines[0].split(",")[:2] == ["Method", "Taken by"]
    assert "300000.50,0.25,300000.25" in lines[1]
    assert lines[-1].startswith("Total") and lines[-1].endswith("300000.25")
    with pytest.raises(FileNotWritten):
        takings.export(found, tmp_path / "day.pdf")
