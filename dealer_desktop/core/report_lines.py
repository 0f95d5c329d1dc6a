"""Somebody else's JSON as lines to read: headings, and label beside value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dealer_desktop.core.i18n import gettext as _

MOST = 400
"""Lines of one sheet: a report of thousands is cut, and says so."""


@dataclass(frozen=True)
class Section:
    heading: str
    """Empty for what stands at the top."""
    lines: tuple[tuple[str, str], ...]
    """Label and value."""


def sections(data: Mapping[str, Any], most: int = MOST) -> tuple[tuple[Section, ...], bool]:
    """The sections of ``data``, and whether something had to be left out."""
    found: list[Section] = []
    left = most
    for section in _sections("", data):
        if left <= 0:
            return tuple(found), True
        lines = section.lines[:left]
        found.append(Section(section.heading, lines))
        if len(lines) < len(section.lines):
            return tuple(found), True
        left -= len(lines) + bool(section.heading)
    return tuple(found), False


def _sections(heading: str, data: Mapping[str, Any]) -> Iterator[Section]:
    """Plain values first, as one list; what has parts of its own follows under its heading."""
    lines = tuple((_heading(key), _plain(value)) for key, value in data.items() if not _has_parts(value))
    if lines or heading:
        yield Section(heading, lines)
    for key, value in data.items():
        if not _has_parts(value):
            continue
        under = _heading(key)
        for part in value if isinstance(value, list | tuple) else [value]:
            yield from _sections(under, part if isinstance(part, Mapping) else {"": part})
            under = ""


def _has_parts(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value)
    return isinstance(value, list | tuple) and any(isinstance(v, Mapping | list | tuple) for v in value)


def _heading(key: str) -> str:
    """A JSON name as a person would write it: ``brake_pads`` becomes ``Brake pads``."""
    text = str(key).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _plain(value: Any) -> str:
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_plain(part) for part in value) or "–"
    return "–" if value is None or value == "" or value == {} else str(value)
