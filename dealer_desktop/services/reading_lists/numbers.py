"""Numbers and dates of one column: which mark is the decimal one, and whether the day or the month comes first.

One cell cannot say what ``12,500`` is; a column of them usually can.
"""

import re
from datetime import date, datetime

from dealer_desktop.core import i18n

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]")
_CORE = re.compile(
    r"(?P<before>\D{0,12}?)(?P<number>[-+\u2212]?\d[\d.,]*|[-+\u2212]?[.,]\d+)(?P<after>[^\d]{0,16})", re.DOTALL
)
_MONTHS = (
    "янв|jan", "фев|feb", "мар|mar", "апр|apr", "май|мая|may", "июн|jun",
    "июл|jul", "авг|aug", "сен|sep", "окт|oct", "ноя|nov", "дек|dec",
)  # fmt: skip
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.?\s+(?P<month>[^\W\d]{3,9})\.?,?\s+(?P<year>\d{4})(?:\s*г(?:\.|ода)?)?")
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})")
_SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T].*)?")


class DecimalMark:
    """Learns from the texts of a column, then reads them."""

    def __init__(self) -> None:
        self._points = self._commas = 0
        self.doubtful = ""
        """A text that reads two ways, where no other of the column decides: taken as thousands."""

    @property
    def mark(self) -> str:
        """``.`` or ``,``; empty where the column contradicts itself."""
        if self._points and self._commas:
            return ""
        return "," if self._commas else "."

    def learn(self, text: str) -> None:
        found = number_in(text)
        if found is None:
            return
        digits = found[1].lstrip("-+\u2212")
        points, commas = digits.count("."), digits.count(",")
        if points and commas:
            self._vote("." if digits.rfind(".") > digits.rfind(",") else ",")
        elif points > 1 or commas > 1:
            self._vote("," if points else ".")
        elif points or commas:
            mark = "." if points else ","
            head, _mark, tail = digits.partition(mark)
            if len(tail) != 3 or not 1 <= len(head) <= 3 or head == "0":
                self._vote(mark)
            else:
                self.doubtful = self.doubtful or text
                self._doubtful_mark = mark

    _doubtful_mark = ""

    def settle(self) -> None:
        """After the last text: where only doubtful ones were seen they are thousands."""
        if self._points or self._commas:
            self.doubtful = ""
        elif self._doubtful_mark:
            self._vote("," if self._doubtful_mark == "." else ".")

    def _vote(self, mark: str) -> None:
        if mark == ".":
            self._points += 1
        else:
            self._commas += 1


def number_in(text: str) -> tuple[str, str, str] | None:
    """What stands before, as, and after the number of a cell, without spaces; None where it is not one number."""
    match = _CORE.fullmatch(_SPACES.sub("", text)) if len(text) <= 100 else None
    return (match["before"], match["number"], match["after"]) if match else None


def canonical(number: str, mark: str) -> str | None:
    """``1.234,50`` as ``1234.50``; None where it is no number with this decimal mark."""
    other = "," if mark == "." else "."
    sign = "-" if number[:1] in "-\u2212" else ""
    digits = number.lstrip("-+\u2212").rstrip(".,")
    whole, _mark, fraction = digits.partition(mark)
    if other in whole:
        if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{2,3}})*{re.escape(other)}\d{{3}}", whole):
            return None
        whole = whole.replace(other, "")
    if not (whole or fraction).isdigit() or (fraction and not fraction.isdigit()):
        return None
    return f"{sign}{whole or '0'}.{fraction}" if fraction else f"{sign}{whole}"


class DayOrder:
    """Whether ``03/04/2026`` of this column is the 3rd of April or the 4th of March."""

    def __init__(self) -> None:
        self._day_first = self._month_first = False

    def learn(self, text: str) -> None:
        match = _SLASHED.fullmatch(text.strip())
        if match and len(match[1]) <= 2:
            self._day_first |= int(match[1]) > 12
            self._month_first |= int(match[2]) > 12

    def read(self, text: str) -> date | None:
        """The date; None where the text is none."""
        text = text.strip()
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
            year = third + 2000 if len(match[3]) <= 2 else third
            # Only slashes are ever American; a column that does not tell is read as the person's language writes dates.
            month_first = self._month_first or ("/" in text and not self._day_first and i18n.language() == "en")
            return (
                date(year, first, second) if month_first and second <= 31 and first <= 12 else date(year, second, first)
            )
        except ValueError:
            return None


def _month(name: str) -> int:
    """1 to 12 for a month's name or its beginning in either language; 0 for another word."""
    start = name[:3].lower()
    return next((number for number, starts in enumerate(_MONTHS, start=1) if start in starts.split("|")), 0)
