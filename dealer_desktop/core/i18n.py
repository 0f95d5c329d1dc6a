"""Words in the person's language: English in the source, other languages in ``resources/locale/<language>/*.po``.

The catalogues are read as text, so that a checkout, a wheel and a package need no compile step; one subject, one file.
"""

import gettext as gettext_module
import io
import locale
import os
import sys
from collections.abc import Iterator
from functools import lru_cache

from dealer_desktop.core import paths

LANGUAGES = ("en", "ru")

_language = "en"
_translations: gettext_module.NullTranslations = gettext_module.NullTranslations()


def language() -> str:
    """The language in use: ``en`` or ``ru``."""
    return _language


def set_language(choice: str) -> None:
    """Use ``ru`` or ``en``; ``auto`` follows the system, and English where the system speaks neither."""
    global _language, _translations
    _language = system_language() if choice == "auto" else choice
    if _language not in LANGUAGES:
        raise ValueError(choice)
    _translations = translations(_language)


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
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale=language)
    for file in sorted((paths.resources() / "locale" / language).glob("*.po")):
        with file.open("rb") as text:
            for message in read_po(text, locale=language):
                if message.id:
                    merged[message.id] = message
    if not len(merged):
        return gettext_module.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)


def gettext(message: str) -> str:
    """``message`` in the language in use. Call it when the words are shown, never at import."""
    return _translations.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form for ``number``, which the caller then fills in."""
    return _translations.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """``message`` where the same English word needs two translations."""
    return _translations.pgettext(context, message)


_ = gettext
