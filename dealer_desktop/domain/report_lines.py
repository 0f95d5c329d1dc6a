"""Somebody else's JSON as lines to read: headings, and label beside value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dealer_desktop.core.i18n import gettext as _

MOST = 400
"""Lines of one sheet: a report of thousands is cut, and says so."""
_DEEPEST = 20
"""Headings under one another. What is entered here is never so deep, but other programs write reports too."""
_LONGEST = 2_000
"""Characters of one value."""
_LINE = 500
"""Characters; a longer value counts as several lines: hundreds of the longest would hold the window for seconds."""


@dataclass(frozen=True)
class Section:
    heading: str
    """Empty for what stands at the top."""
    lines: tuple[tuple[str, str], ...]
    """Label and value."""


def sections(data: Any, most: int = MOST) -> tuple[tuple[Section, ...], bool]:
    """The sections of ``data``, whatever JSON it is, and whether something had to be left out."""
    found: list[Section] = []
    left = most
    for section in _sections("", data if isinstance(data, Mapping) else {"": data}, most, 0):
        if left <= 0:
            return tuple(found), True
        lines: list[tuple[str, str]] = []
        for label, value in section.lines:
            if left <= 0:
                found.append(Section(section.heading, tuple(lines)))
                return tuple(found), True
            lines.append((label, value))
            left -= max(1, len(value) // _LINE)
        found.append(Section(section.heading, tuple(lines)))
        left -= bool(section.heading)
    return tuple(found), False


def _sections(heading: str, data: Mapping[str, Any], most: int, depth: int) -> Iterator[Section]:
    """Plain values first, as one list; what has parts of its own follows under its heading."""

    def is_plain(value: Any) -> bool:
        return depth >= _DEEPEST or not _has_parts(value)

    plain = ((_heading(key), _plain(value)) for key, value in data.items() if is_plain(value))
    lines = tuple(islice(plain, most + 1))
    if lines or heading:
        yield Section(heading, lines)
    for key, value in data.items():
        if is_plain(value):
            continue
        under = _heading(key)
        for part in value if isinstance(value, list | tuple) else [value]:
            yield from _sections(under, part if isinstance(part, Mapping) else {"": part}, most, depth + 1)
            under = ""


def _has_parts(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value)
    return isinstance(value, list | tuple) and any(isinstance(v, Mapping | list | tuple) for v in value)


def _heading(key: str) -> str:
    """A JSON name as a person would write it: ``brake_pads`` becomes ``Brake pads``."""
    text = _cut(str(key).replace("_", " ").strip())
    return text[:1].upper() + text[1:]


def _plain(value: Any) -> str:
    if value is True or value is False:
        return _("yes") if value else _("no")
    if value is None or value in ("", {}):
        return "–"
    if _has_parts(value):
        return "…"
    if isinstance(value, list | tuple):
        return _cut(", ".join(_plain(part) for part in value[:_LONGEST])) or "–"
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
