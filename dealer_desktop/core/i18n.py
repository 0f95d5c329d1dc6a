"""Words in the person's language: English in the source, other languages in ``resources/locale/<language>/*.po``.

The catalogues are read as text, so that a checkout, a wheel and a package need no compile step; one subject, one file.
"""

import gettext as gettext_module
import io
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from dealer_desktop.core import paths

LANGUAGES = ("en", "ru")

_language = "en"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
"""The language of one document, on the thread that makes it."""


def language() -> str:
    """The language in use: ``en`` or ``ru``."""
    return _spoken.get() or _language


def set_language(choice: str) -> None:
    """Use ``ru`` or ``en``; ``auto`` follows the system, and English where the system speaks neither."""
    global _language
    chosen = system_language() if choice == "auto" else choice
    if chosen not in LANGUAGES:
        raise ValueError(choice)
    _language = chosen


@contextmanager
def speaking(choice: str) -> Iterator[None]:
    """Words and formats in the language ``choice`` within this block, on this thread only: paper in the customer's
    language while the window keeps its own."""
    if choice not in LANGUAGES:
        raise ValueError(choice)
    before = _spoken.set(choice)
    try:
        yield
    finally:
        _spoken.reset(before)


def system_language() -> str:
    for candidate in _system_locales():
        short = candidate.replace("-", "_").split("_")[0].split(".")[0].lower()
        if short in LANGUAGES:
            return short
    return "en"


def _system_locales() -> Iterator[str]:
    if sys.platform == "win32":
        import ctypes

        yield locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        yield from filter(None, os.environ.get(variable, "").split(":"))
    try:
        yield locale.getlocale()[0] or ""
    except ValueError:
        return


@lru_cache
def translations(language: str) -> gettext_module.NullTranslations:
    """The whole catalogue of one language; empty for English, whose words stand in the source."""
    files = sorted((paths.resources() / "locale" / language).glob("*.po"))
    if not files:
        return gettext_module.NullTranslations()
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale=language)
    for file in files:
        with file.open("rb") as text:
            for message in read_po(text, locale=language):
                if message.id:
                    merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)


def gettext(message: str) -> str:
    """``message`` in the language in use. Call it when the words are shown, never at import."""
    return translations(language()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form for ``number``, which the caller then fills in."""
    return translations(language()).ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """``message`` where the same English word needs two translations."""
    return translations(language()).pgettext(context, message)


_ = gettext
