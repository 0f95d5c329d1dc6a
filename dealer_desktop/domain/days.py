"""Days as people write them."""

import re
from datetime import date

from dealer_desktop.domain.cleaning import clean

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan янв", "feb фев", "mar мар", "apr апр", "may май мая", "jun июн",
            "jul июл", "aug авг", "sep сен", "oct окт", "nov ноя", "dec дек",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


_YEARS_AHEAD = 10
"""A year of two digits further ahead than this is one of the last century."""


def read(text: str, today: date | None = None, *, year_needed: bool = False) -> date | None:
    """29.11.2026, 29/11/26, 29,11,2026, 29112026, 29.11 (this year, unless ``year_needed``), 2026-11-29, 29 Nov 2026,
    Nov 29, 29 ноября 2026; None for no date. "99" is 1999.
    """
    today = today or date.today()
    text = clean(text).strip().lower()
    if len(text) > 40:
        return None
    if found := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", text):
        return _day(*(int(part) for part in found.groups()))
    if found := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", text):
        day, month, year = found.groups()
        turned = _day(int(text[:4]), int(text[4:6]), int(text[6:]))
        return turned if int(year) < 1800 else _day(int(year), int(month), int(day)) or turned
    found = re.fullmatch(r"(\d{1,2})[.,/ -]\s*(\d{1,2})(?:[.,/ -]\s*(\d{2}|\d{4})\s*(?:г\.?)?)?\.?", text)
    found = found or re.fullmatch(r"(\d{1,2})\s+([a-zа-яё]+)\.?,?(?:\s+(\d{2}|\d{4}))?(?:\s*г\.?)?", text)
    if found:
        day, month, year = found.groups()
    elif found := re.fullmatch(r"([a-zа-яё]+)\.?\s+(\d{1,2}),?(?:\s+(\d{4}))?", text):
        month, day, year = found.groups()
    else:
        return None
    if year is None and year_needed:
        return None
    return _day(_year(year, today), int(month) if month.isdecimal() else _MONTHS.get(month[:3], 0), int(day))


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + _YEARS_AHEAD else year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
