"""The language in use: chosen, or the system's."""

import subprocess
import sys
import threading

import pytest

from dealer_desktop.core import i18n, paths
from dealer_desktop.core.i18n import gettext, ngettext

LOCALES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:ru"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_auto_follows_the_system(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str) -> None:
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    i18n.set_language("auto")
    assert i18n.language() == language


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        i18n.set_language("de")
    assert i18n.language() == "en"


def test_russian_counts_in_three_forms() -> None:
    singular, plural = "{count} problem found: {problems}", "{count} problems found: {problems}"
    i18n.set_language("ru")
    forms = {number: ngettext(singular, plural, number) for number in (1, 2, 5, 11, 21, 22, 25)}
    assert forms[1] == forms[21]
    assert forms[2] == forms[22]
    assert forms[5] == forms[11] == forms[25]
    assert len(set(forms.values())) == 3


def test_a_document_speaks_its_own_language_on_its_own_thread() -> None:
    heard: list[str] = []
    with i18n.speaking("ru"):
        assert gettext("Say why.") == "Укажите причину."
        other = threading.Thread(target=lambda: heard.append(gettext("Say why.")))
        other.start()
        other.join()
    assert heard == ["Say why."]
    assert gettext("Say why.") == "Say why."


def test_no_words_are_asked_for_at_import_time() -> None:
    """They would stay in the language that was in use then."""
    code = """
import importlib, pkgutil, sys
from dealer_desktop.core import i18n
asked = []
for name in ("gettext", "ngettext", "pgettext", "_"):
    setattr(i18n, name, lambda *words: asked.append(words) or words[0])
import dealer_desktop
failed = []
for module in pkgutil.walk_packages(dealer_desktop.__path__, "dealer_desktop."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(asked)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=paths.product_root(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
