"""Dates of one column: whether the day or the month comes first."""

import re
from datetime import date, datetime

from dealer_desktop.core import i18n

_MONTHS = (
    "янв|jan|ene|sty", "фев|feb|fev|lut", "мар|mar", "апр|apr|avr|abr|kwi", "май|мая|may|mai|maj", "июн|jun|cze",
    "июл|jul|lip", "авг|aug|ago|sie", "сен|sep|wrz", "окт|oct|okt|paz", "ноя|nov|lis", "дек|dec|dez|dic|gru",
)  # fmt: skip
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.?\s+(?P<month>[^\W\d]{3,10})\.?,?\s+(?P<year>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d]{3,10})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})")
_SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T].*)?")
_AROUND = re.compile(r"(?i)^(?:пн|вт|ср|чт|пт|сб|вс|mon|tue|wed|thu|fri|sat|sun)[.,]*\s+(?=\d)|\s*г(?:\.|ода?)?$")
"""A day of the week before, the word for year behind."""


class DayOrder:
    """Whether ``03/04/2026`` of this column is the 3rd of April or the 4th of March."""

    def __init__(self) -> None:
        self._day_first = self._month_first = False
        self.doubtful = ""
        """A text that is two days, where no other of the column decides."""
        self.month_first: bool | None = None
        """What a person said."""
        self.refuse_doubtful = False
        """Nobody said it, and a guess is not wanted."""

    def learn(self, text: str) -> None:
        match = _SLASHED.fullmatch(text.strip())
        if match and len(match[1]) <= 2:
            self._day_first |= int(match[1]) > 12
            self._month_first |= int(match[2]) > 12
            if (
                "/" in text
                and int(match[1]) <= 12
                and int(match[2]) <= 12
                and match[1].lstrip("0") != match[2].lstrip("0")
            ):
                self.doubtful = self.doubtful or text.strip()

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubtful) and self._day_first == self._month_first

    def read(self, text: str) -> date | None:
        """The date; None where the text is none, or two."""
        text = _AROUND.sub("", text.strip()).strip()
        try:
            match = _SLASHED.fullmatch(text)
            if match is None:
                in_words = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
                if in_words is not None and (month := _month(in_words["month"])):
                    return date(int(in_words["year"]), month, int(in_words["day"]))
                return datetime.fromisoformat(text[:40]).date()
            first, second, third = int(match[1]), int(match[2]), int(match[3])
            if len(match[1]) == 4:
                return date(first, second, third)
            if len(match[3]) == 3:
                return None
            year = _whole_year(third) if len(match[3]) <= 2 else third
            if self._is_month_first(text, first, second):
                return date(year, first, second)
            if (
                "/" in text
                and self.refuse_doubtful
                and self.month_first is None
                and self.is_doubtful
                and first != second
            ):
                return None if first <= 12 and second <= 12 else date(year, second, first)
            return date(year, second, first)
        except ValueError:
            return None

    def _is_month_first(self, text: str, first: int, second: int) -> bool:
        """Only slashes are ever American."""
        if "/" not in text or first > 12:
            return False
        if self.month_first is not None:
            return self.month_first
        if self._is_unknown():
            return second > 12
        # A column that does not tell is read as the person's language writes dates.
        return self._month_first or (not self._day_first and i18n.language() == "en")

    def _is_unknown(self) -> bool:
        return self.refuse_doubtful and self.month_first is None and self.is_doubtful


def _whole_year(two_digits: int) -> int:
    """The century that is not in the future: ``99`` is 1999."""
    this_century = two_digits + 2000
    return this_century if this_century <= date.today().year + 1 else this_century - 100


def _month(name: str) -> int:
    """1 to 12 for a month's name or its beginning; 0 for another word."""
    start = name[:3].lower()
    return next((number for number, starts in enumerate(_MONTHS, start=1) if start in starts.split("|")), 0)
