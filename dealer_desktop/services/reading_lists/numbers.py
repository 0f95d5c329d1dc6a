"""Numbers of one column: which mark is the decimal one. A cell cannot say what ``12,500`` is; a column usually can."""

import re
from decimal import Decimal
from functools import lru_cache

from dealer_desktop.services.reading_lists import units

_SPACE = r"[\s\u00a0\u2007\u2009\u202f'’]"
_CELL = re.compile(
    rf"(?P<before>\D{{0,40}}?)(?P<number>[-+\u2212]?\d[\d.,]*(?:{_SPACE}\d[\d.,]*)*|[-+\u2212]?[.,]\d+)(?P<after>\D{{0,40}})",
    re.DOTALL,
)
_SPACED = re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{2,3}})*{_SPACE}\d{{3}}(?:[.,]\d*)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")
_KOPECKS = re.compile(r"(?i)(\d)\s*(?:руб[а-я]*\.?|р\.?|₽)\s*(\d\d)\s*коп[а-я]*\.?$")


@lru_cache(maxsize=2048)
def number_in(text: str) -> tuple[str, str, str] | None:
    """What stands before, as, and after the one number of a cell; None where it does not hold exactly one."""
    if len(text) > 100:
        return None
    match = _CELL.fullmatch(_KOPECKS.sub(r"\1,\2 руб", text.strip()))
    return (match["before"], match["number"], match["after"]) if match else None


class DecimalMark:
    """Learns from the texts of a column, then reads them."""

    def __init__(self) -> None:
        self._sure = {".": 0, ",": 0}
        """Numbers with both marks, or one mark again and again, by the mark that must be the decimal one."""
        self._decimals = {".": 0, ",": 0}
        """Numbers that end in one or two decimals, or in four and more."""
        self._doubtful: dict[str, list[str]] = {".": [], ",": []}
        self._count = {".": 0, ",": 0}
        self.doubtful = ""
        """A text that reads two ways, where no other of the column decides: taken as thousands."""
        self.odd = ""
        """A text whose decimals stand against a column of thousands: refused."""

    def learn(self, text: str) -> None:
        found = number_in(text)
        if found is None or units.words_of(found[0] + " " + found[2]).scale != 1:
            return
        digits = found[1].lstrip("-+\u2212").rstrip(".,")
        points, commas = digits.count("."), digits.count(",")
        if points and commas:
            self._sure["." if digits.rfind(".") > digits.rfind(",") else ","] += 1
        elif points > 1 or commas > 1:
            self._sure["," if points else "."] += 1
        elif points or commas:
            mark = "." if points else ","
            if _is_doubtful(digits, mark):
                self._count[mark] += 1
                if len(self._doubtful[mark]) < 3:
                    self._doubtful[mark].append(text)
            else:
                self._decimals[mark] += 1
                if not self.odd:
                    self.odd = text

    def settle(self) -> None:
        """After the last text."""
        self.doubtful = ""
        told = ""
        for mark, other in ((".", ","), (",", ".")):
            if not self._count[mark] or self._sure[mark] or self._sure[other]:
                continue
            if not self._decimals[other] or self._decimals[mark]:
                told = told or (self._doubtful[mark][0] if self._is_thousands(mark) else "")
        self.doubtful = told

    def _is_thousands(self, mark: str) -> bool:
        """Whether ``12,500`` with this mark is twelve thousand."""
        if self._sure["."] or self._sure[","]:
            return not self._sure[mark]
        return self._count[mark] > self._decimals[mark]

    def read(self, number: str) -> Decimal | None:
        """The number; None where it can be read in two ways, or in none."""
        sign = -1 if number[:1] in "-\u2212" else 1
        digits = number.lstrip("-+\u2212").rstrip(".,")
        if not digits or not any(map(str.isdigit, digits)):
            return None
        spaced = bool(re.search(_SPACE, digits))
        if spaced:
            if not _SPACED.fullmatch(digits):
                return None
            digits = re.sub(_SPACE, "", digits)
        plain = self._canonical(digits, spaced)
        return None if plain is None else sign * Decimal(plain)

    def _canonical(self, digits: str, spaced: bool) -> str | None:
        points, commas = digits.count("."), digits.count(",")
        if not points and not commas:
            return digits
        if points and commas:
            mark, other = (".", ",") if digits.rfind(".") > digits.rfind(",") else (",", ".")
            whole, _mark, fraction = digits.partition(mark)
            if digits.count(mark) > 1 or self._sure[other] > self._sure[mark] or not _GROUPED.fullmatch(whole):
                return None
            return f"{whole.replace(other, '')}.{fraction}"
        mark = "." if points else ","
        if points + commas > 1:
            return digits.replace(mark, "") if _GROUPED.fullmatch(digits) and not self._sure[mark] else None
        whole, _mark, fraction = digits.partition(mark)
        if _is_doubtful(digits, mark) and not spaced:
            return whole + fraction if self._is_thousands(mark) else None
        other = "," if mark == "." else "."
        if not spaced and (self._sure[other] or (self._count[mark] and self._is_thousands(mark))):
            # This mark parts thousands in the column, and here it does not.
            return None
        return f"{whole or '0'}.{fraction}"


def _is_doubtful(digits: str, mark: str) -> bool:
    head, _mark, tail = digits.partition(mark)
    return len(tail) == 3 and 1 <= len(head) <= 3 and head.isdigit() and head != "0"
