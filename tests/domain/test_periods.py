"""Spans of days, and what a picture makes of them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.domain.periods import Days, PeriodKind, days_of

SUNDAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (PeriodKind.TODAY, SUNDAY, SUNDAY),
        (PeriodKind.YESTERDAY, date(2026, 11, 28), date(2026, 11, 28)),
        (PeriodKind.WEEK, date(2026, 11, 23), SUNDAY),
        (PeriodKind.LAST_WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (PeriodKind.MONTH, date(2026, 11, 1), SUNDAY),
        (PeriodKind.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
        (PeriodKind.QUARTER, date(2026, 10, 1), SUNDAY),
        (PeriodKind.YEAR, date(2026, 1, 1), SUNDAY),
    ],
)
def test_what_people_call_them(kind: PeriodKind, first: date, last: date) -> None:
    assert days_of(kind, SUNDAY) == Days(first, last)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_every_day_is_in_one_point(first: date, more: int) -> None:
    days = Days(first, first + timedelta(days=more))
    inside = [days.within(point) for point in days.points()]
    assert inside[0].first == days.first and inside[-1].last == days.last
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(inside))
    assert days.before.length == days.length
    assert days.before.last + timedelta(days=1) == days.first


def test_no_days_are_none() -> None:
    with pytest.raises(ValueError):
        Days(SUNDAY, SUNDAY - timedelta(days=1))
