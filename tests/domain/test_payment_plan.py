"""Plans of payments: whatever the total, the parts and the days, they add up."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dealer_desktop.domain.payment_plan import MOST_PARTS, Interval, due_on, plan, with_rest

totals = st.decimals("0.01", "9999999999.99", places=2)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(totals, st.integers(1, MOST_PARTS), days, st.sampled_from(Interval))
def test_a_plan_adds_up(total: Decimal, parts: int, first: date, interval: Interval) -> None:
    assume(total >= Decimal("0.01") * parts)
    made = plan(total, parts, first, interval)
    assert sum(part.amount for part in made) == total
    assert len(made) == parts
    assert all(part.amount > 0 and part.amount == part.amount.quantize(Decimal("0.01")) for part in made)
    assert made[0].due_date == first
    assert all(one.due_date < other.due_date for one, other in pairwise(made))
    # The last takes the rest, which is less than a part and a unit for each of the others.
    assert {part.amount for part in made[:-1]} in ({made[0].amount}, set())
    assert made[-1].amount >= made[0].amount or parts == 1


@given(totals, st.integers(1, MOST_PARTS))
def test_parts_come_as_near_as_whole_units_can(total: Decimal, parts: int) -> None:
    assume(total >= parts)
    amounts = [part.amount for part in plan(total, parts, date(2026, 11, 29), Interval.MONTH)]
    assert max(amounts) - min(amounts) < parts + 1


@given(days, st.integers(0, MOST_PARTS))
def test_months_keep_the_day_or_end_with_the_month(first: date, number: int) -> None:
    due = due_on(first, number, Interval.MONTH)
    assert (due.year * 12 + due.month) - (first.year * 12 + first.month) == number
    assert due.day <= first.day
    if due.day < first.day:
        assert date.fromordinal(due.toordinal() + 1).day == 1


def test_a_month_after_the_31st() -> None:
    due = [part.due_date for part in plan(Decimal(100), 4, date(2026, 1, 31), Interval.MONTH)]
    assert due == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.parametrize(
    ("total", "parts", "first"),
    [("0.02", 3, date(2026, 1, 1)), ("100", 0, date(2026, 1, 1)), ("100", 61, date(2026, 1, 1)), ("9", 2, date.max)],
)
def test_what_cannot_be_planned_is_refused(total: str, parts: int, first: date) -> None:
    with pytest.raises(ValueError, match=r"part|interval"):
        plan(Decimal(total), parts, first, Interval.WEEK)


@given(st.lists(totals, min_size=2, max_size=12), st.data())
def test_the_parts_below_share_what_a_change_leaves(amounts: list[Decimal], data: st.DataObject) -> None:
    total = sum(amounts, Decimal(0))
    changed = data.draw(st.integers(0, len(amounts) - 2))
    amounts[changed] = data.draw(totals)
    settled = with_rest(amounts, total, changed)
    above, below = amounts[: changed + 1], settled[changed + 1 :]
    assert list(settled[: changed + 1]) == above
    if total - sum(above, Decimal(0)) >= Decimal("0.01") * len(below):
        assert sum(settled, Decimal(0)) == total
        assert min(below) > 0
        assert max(below) - min(below) < len(below) + 1
    else:
        assert settled == tuple(amounts)


def test_the_last_part_itself_is_the_persons() -> None:
    assert with_rest([Decimal(50), Decimal(20)], Decimal(100), 1) == (Decimal(50), Decimal(20))
