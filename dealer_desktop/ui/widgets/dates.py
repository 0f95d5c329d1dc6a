"""Days as people write them."""

import re
from datetime import date

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


def read_day(text: str, today: date | None = None) -> date | None:
    """29.11.2026, 29.11.26, 29.11 (this year), 2026-11-29, 29 Nov 2026, Nov 29, 29 ноября 2026; None for no date."""
    today = today or date.today()
    text = text.strip().lower()[:40]
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _day(*(int(part) for part in found.groups()))
    if found := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})(?:[./ -](\d{2}|\d{4}))?\.?", text):
        day, month, year = found.groups()
        return _day(_year(year, today), int(month), int(day))
    if found := re.fullmatch(r"(\d{1,2})\s+([a-zа-яё]+)\.?,?(?:\s+(\d{2}|\d{4}))?(?:\s*г\.?)?", text):
        day, name, year = found.groups()
        return _day(_year(year, today), _MONTHS.get(name[:3], 0), int(day))
    if found := re.fullmatch(r"([a-zа-яё]+)\.?\s+(\d{1,2}),?(?:\s+(\d{4}))?", text):
        name, day, year = found.groups()
        return _day(_year(year, today), _MONTHS.get(name[:3], 0), int(day))
    return None


def _year(text: str | None, today: date) -> int:
    if text is None:
        return today.year
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
