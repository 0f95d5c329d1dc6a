"""Spans of days that people ask for: today, this week, last month, own days; and the same length before."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto


class PeriodKind(StrEnum):
    TODAY = auto()
    YESTERDAY = auto()
    WEEK = auto()
    LAST_WEEK = auto()
    MONTH = auto()
    LAST_MONTH = auto()
    QUARTER = auto()
    YEAR = auto()
    OWN = "other"
    """The days are typed."""


class Step(StrEnum):
    """What a picture draws as one point; the values are PostgreSQL's for ``date_trunc``."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()


@dataclass(frozen=True, slots=True)
class Days:
    """From ``first`` to ``last``, both included, by the dealer's clock."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Days":
        """As many days, that end where these begin."""
        end = self.first - timedelta(days=1)
        return Days(end - timedelta(days=self.length - 1), end)

    @property
    def step(self) -> Step:
        """So that a picture has neither one point nor hundreds."""
        return Step.DAY if self.length <= 45 else Step.WEEK if self.length <= 200 else Step.MONTH

    def points(self) -> tuple[date, ...]:
        """The first day of every step, the one that is cut at the beginning too."""
        found = [first_of(self.first, self.step)]
        while (following := next_of(found[-1], self.step)) <= self.last:
            found.append(following)
        return tuple(found)

    def within(self, point: date) -> "Days":
        """The days of the step that begins with ``point``, as far as they are among these."""
        return Days(max(point, self.first), min(next_of(point, self.step) - timedelta(days=1), self.last))


def days_of(kind: PeriodKind, today: date) -> Days | None:
    """What ``kind`` means on that day; of what has begun, up to that day. None for own days: the person types them."""
    yesterday = today - timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    first_of_month = today.replace(day=1)
    last_month = first_of_month - timedelta(days=1)
    return {
        PeriodKind.TODAY: Days(today, today),
        PeriodKind.YESTERDAY: Days(yesterday, yesterday),
        PeriodKind.WEEK: Days(monday, today),
        PeriodKind.LAST_WEEK: Days(monday - timedelta(days=7), monday - timedelta(days=1)),
        PeriodKind.MONTH: Days(first_of_month, today),
        PeriodKind.LAST_MONTH: Days(last_month.replace(day=1), last_month),
        PeriodKind.QUARTER: Days(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), today),
        PeriodKind.YEAR: Days(today.replace(month=1, day=1), today),
    }.get(kind)


def first_of(day: date, step: Step) -> date:
    """The first day of the step that ``day`` is in; weeks begin on Monday."""
    if step is Step.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step is Step.MONTH else day


def next_of(point: date, step: Step) -> date:
    if step is Step.MONTH:
        return (point.replace(day=1) + timedelta(days=32)).replace(day=1)
    return point + timedelta(days=7 if step is Step.WEEK else 1)
