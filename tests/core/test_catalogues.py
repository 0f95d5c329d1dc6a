"""Every sentence a person can meet has its Russian: complete, with the same placeholders, said one way only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from dealer_desktop.core import paths

ROOT = paths.product_root()
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"\{([\w.]*)[^{}]*\}|%\((\w+)\)[sd]")


@dataclass(frozen=True)
class Key:
    """What a translation is looked up by."""

    words: str
    context: str | None
    plural: str | None = None

    def __str__(self) -> str:
        return f"{self.context}|{self.words}" if self.context else self.words


def placeholders(text: str) -> set[str]:
    return {found[1] or found[2] for found in _PLACEHOLDER.finditer(text)}


def used() -> dict[Key, str]:
    """Every string of the program and of its templates, with where it stands."""
    found: dict[Key, str] = {}
    methods = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract"), ("**.j2", "jinja2.ext:babel_extract")]
    # A template that cannot be parsed must not pass as one without words.
    options = {pattern: {"silent": "false"} for pattern in ("**.html", "**.j2")}
    for folder in (ROOT / "dealer_desktop", ROOT / "resources"):
        for file, line, words, _comments, context in extract_from_dir(folder, methods, options, keywords=KEYWORDS):
            singular, plural = (words[0], words[1]) if isinstance(words, tuple) else (words, None)
            found.setdefault(Key(singular, context, plural), f"{folder.name}/{file}:{line}")
    return found


def catalogue(language: str = "ru") -> Iterator[tuple[Path, Message]]:
    for file in sorted((ROOT / "resources" / "locale" / language).glob("*.po")):
        with file.open("rb") as text:
            for message in read_po(text, locale=language, abort_invalid=True):
                if message.id:
                    yield file, message


def texts(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


def key(message: Message) -> Key:
    if isinstance(message.id, tuple):
        return Key(message.id[0], message.context, message.id[1])
    return Key(message.id, message.context)


USED = used()
RUSSIAN = {key(message): message for _file, message in catalogue()}


SOURCES = sorted({where.rsplit(":", 1)[0] for where in USED.values()})


@pytest.mark.parametrize("source", SOURCES)
def test_everything_is_said_in_russian(source: str) -> None:
    wrong = [
        f"{USED[wanted]}: {trouble}"
        for wanted in USED
        if USED[wanted].rsplit(":", 1)[0] == source
        for trouble in troubles(wanted)
    ]
    assert wrong == []


def troubles(wanted: Key) -> Iterator[str]:
    """What is wrong with the Russian of ``wanted``."""
    message = RUSSIAN.get(wanted)
    if message is None:
        yield f"no Russian for {str(wanted)!r}"
        return
    if not all(texts(message)) or message.fuzzy:
        yield f"the Russian for {str(wanted)!r} is not finished"
    if len(texts(message)) != (3 if wanted.plural else 1):
        yield f"the Russian for {str(wanted)!r} has the wrong number of forms"
    names = placeholders(wanted.plural or wanted.words)
    for text in texts(message):
        if placeholders(text) != names:
            yield f"{text!r} has other placeholders than {str(wanted)!r}"


def test_the_russian_is_written_with_care() -> None:
    careless = []
    for wanted, message in RUSSIAN.items():
        last = wanted.words.rstrip()[-1:]
        for text in texts(message):
            if text != text.strip() and wanted.words == wanted.words.strip():
                careless.append(f"{text!r} has spaces around it")
            if re.search(r"[“”]", text):
                careless.append(f"{text!r}: Russian quotation marks are « and »")
            # “No.” is “№”, but a sentence ends alike.
            ends = " " in wanted.words and last in ".…:?!" and not wanted.words.lower().endswith(" no.")
            if ends and text.rstrip()[-1:] != last:
                careless.append(f"{text!r} does not end as {wanted.words!r} does")
    assert careless == []


def test_nothing_is_said_in_two_ways() -> None:
    said: dict[Key, tuple[Path, Message]] = {}
    for file, message in catalogue():
        earlier = said.setdefault(key(message), (file, message))
        assert texts(earlier[1]) == texts(message), (
            f"{str(key(message))!r} is translated differently in {earlier[0].name} and {file.name}"
        )


def test_no_translation_is_left_without_its_sentence() -> None:
    left = [f"{file.name}: {key(message)}" for file, message in catalogue() if key(message) not in USED]
    assert left == [], "these are no longer in the source, or are misspelt"
