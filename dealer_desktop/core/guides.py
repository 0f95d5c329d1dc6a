"""The guides in ``docs/``, as the window shows them: pages of Markdown, cut into sections that tell about places.

A section says below its heading which places it is about, by the names of tabs and dialogs, so that F1 there opens it:

    ## Selling a car
    <!-- F1: inventoryTab, newOrderDialog -->
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dealer_desktop.core import paths

GUIDES = ("salesperson", "manager", "admin", "failover")
"""Each is ``docs/NAME.md``, with a twin ``docs/NAME.LANGUAGE.md`` in another language; without one it is English."""
_HEADING = re.compile(r"(#{1,4}) +(.+?) *$")
_PLACES = re.compile(r"<!-- F1: (.+?) -->")
_COMMENT = re.compile(r"<!--.+?-->\n?")


@dataclass(frozen=True)
class Section:
    guide: str
    number: int
    """Of the heading in its page, counted from 0: the same in every language."""
    level: int
    title: str
    anchor: str
    """As a link inside the page names it."""
    places: tuple[str, ...]
    text: str
    """Up to the next heading, without marks."""


def file_of(guide: str, language: str) -> Path:
    """In that language, or in English."""
    folder = paths.guides()
    twin = folder / f"{guide}.{language}.md"
    return twin if twin.is_file() else folder / f"{guide}.md"


def page(guide: str, language: str) -> str:
    """The page's Markdown without what concerns the machine. Raises OSError."""
    return _COMMENT.sub("", file_of(guide, language).read_text("utf-8"))


@cache
def sections(guide: str, language: str) -> tuple[Section, ...]:
    """Of one page, in its order. Raises OSError."""
    return tuple(_cut(guide, file_of(guide, language).read_text("utf-8")))


def everything(language: str) -> tuple[Section, ...]:
    """The sections of all guides."""
    return tuple(section for guide in GUIDES for section in sections(guide, language))


def about(place: str, language: str) -> Section | None:
    """The section that tells about the tab or dialog of that name."""
    return next((section for section in everything(language) if place in section.places), None)


def containing(words: str, language: str) -> tuple[Section, ...]:
    """The sections in which every one of ``words`` stands, in any case; ё and е are one letter."""
    wanted = _plain(words).split()
    return tuple(
        section
        for section in everything(language)
        if all(word in _plain(f"{section.title} {section.text}") for word in wanted)
    )


def anchor_of(title: str) -> str:
    """As GitHub makes it of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _plain(words: str) -> str:
    return words.casefold().replace("ё", "е")


def _cut(guide: str, text: str) -> Iterator[Section]:
    made: Section | None = None
    lines: list[str] = []
    number = 0
    in_code = False
    for line in text.splitlines():
        in_code ^= line.startswith("```")
        heading = None if in_code else _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        if made is not None:
            yield _filled(made, lines)
            number += 1
        title = heading[2].replace("`", "").replace("*", "")
        made = Section(guide, number, len(heading[1]), title, anchor_of(title), (), "")
        lines = []
    if made is not None:
        yield _filled(made, lines)


def _filled(section: Section, lines: list[str]) -> Section:
    text = "\n".join(lines)
    named = _PLACES.search(text)
    places = tuple(named[1].replace(" ", "").split(",")) if named else ()
    text = re.sub(r"!\[(.*?)\]\(.*?\)|\[(.*?)\]\(.*?\)|[*`|]", r"\1\2", _COMMENT.sub("", text))
    return replace(section, places=places, text=text)
