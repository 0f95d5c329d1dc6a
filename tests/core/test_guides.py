"""The guides say what stands in the window, in both languages alike, and nothing in them leads nowhere."""

import re
from pathlib import Path

import pytest

from dealer_desktop.core import guides, i18n, paths
from dealer_desktop.core.guides import GUIDES, Section
from tests.core.test_catalogues import USED

ROOT = paths.product_root()
LANGUAGES = i18n.LANGUAGES
TWINS = tuple(guide for guide in GUIDES if guide != "failover")
"""Those that are translated: for who runs a cluster English is enough."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[[^\]]*\]\(([^)]+)\)")
_MOST_BYTES = 1_500_000
_SPEAKS_OF_ITSELF = {"bold", "так"}
"""How the guide says what its bold letters mean."""


def plain(words: str) -> str:
    return words.replace("&", "").removesuffix("…").removesuffix(":")


def in_russian() -> dict[str, set[str]]:
    """What each of the program's words is in Russian: some have several, by what they are about."""
    speak = i18n.translations("ru")
    found: dict[str, set[str]] = {}
    for key in USED:
        said = speak.pgettext(key.context, key.words) if key.context else speak.gettext(key.words)
        found.setdefault(plain(key.words), set()).add(plain(said))
    return found


RUSSIAN = in_russian()


def bold(guide: str, language: str) -> list[list[str]]:
    """By section."""
    text = guides.page(guide, language)
    parts = re.split(r"(?m)^#+ ", re.sub(r"(?s)```.*?```", "", text))[1:]
    return [[plain(each) for each in _BOLD.findall(part) if each not in _SPEAKS_OF_ITSELF] for part in parts]


@pytest.mark.parametrize("guide", TWINS)
def test_twins_have_the_same_parts(guide: str) -> None:
    english, russian = (guides.sections(guide, language) for language in LANGUAGES)
    assert guides.file_of(guide, "ru") != guides.file_of(guide, "en"), "there is no Russian one"
    assert [(each.level, each.places) for each in english] == [(each.level, each.places) for each in russian]
    pictures = [re.findall(r"pictures/([\w-]+)-(?:en|ru)\.png", guides.page(guide, each)) for each in LANGUAGES]
    assert pictures[0] == pictures[1]
    code = [sorted(re.findall(r"(?s)```.*?```|`[^`]+`", guides.page(guide, each))) for each in LANGUAGES]
    assert code[0] == code[1], "commands and settings are the same in every language"


@pytest.mark.parametrize("guide", TWINS)
def test_what_is_bold_stands_in_the_window_so(guide: str) -> None:
    wrong = []
    for title, english, russian in zip(
        [section.title for section in guides.sections(guide, "en")], bold(guide, "en"), bold(guide, "ru"), strict=True
    ):
        wrong += [f"{title}: the window does not say {words!r}" for words in english if words not in RUSSIAN]
        if not wrong and len(english) != len(russian):
            wrong.append(f"{title}: {english} and {russian}")
        left = list(russian)
        for words in english:
            same = next((each for each in left if each in RUSSIAN.get(words, ())), None)
            if same is None:
                wrong.append(f"{title}: {words!r} is {RUSSIAN.get(words)} in Russian, which stands nowhere in {left}")
            else:
                left.remove(same)
    assert wrong == []


def places_of_the_program() -> set[str]:
    """Every tab and dialog, by the names in the source."""
    found = set()
    for file in (ROOT / "dealer_desktop" / "ui").rglob("*.py"):
        text = file.read_text("utf-8")
        found |= set(re.findall(r'"([a-z]\w+(?:Dialog|Assistant))"', text))
        found |= {f"{name}Tab" for name in re.findall(r'Section\(\s*name="(\w+)"', text)}
    return found - {"helpDialog"}


def test_every_tab_and_dialog_is_told_about_once() -> None:
    told = [place for section in guides.everything("en") for place in section.places]
    assert sorted(told) == sorted(set(told)), "F1 has two sections to choose from"
    missing = places_of_the_program() - set(told)
    assert missing == set(), "name them below the heading that tells about them: <!-- F1: ... -->"
    gone = set(told) - places_of_the_program() - {"startPage", "photoView", "reportSheet"}
    assert gone == set(), "there is no such tab or dialog any more"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", GUIDES)
def test_no_link_leads_nowhere(guide: str, language: str) -> None:
    """Inside the package only the guides and their pictures are there."""
    language = language if guide in TWINS else "en"
    for link in _LINK.findall(guides.page(guide, language)):
        page, _hash, anchor = link.partition("#")
        if page.startswith("https://"):
            continue
        file = paths.guides() / page if page else guides.file_of(guide, language)
        assert file.is_file(), link
        if page.startswith("pictures/"):
            assert page.endswith(f"-{language}.png"), link
            continue
        name, _dot, _rest = file.name.partition(".")
        assert name in GUIDES, f"{link}: not in the package"
        assert guides.file_of(name, language) == file, f"{link}: the other language"
        if anchor:
            assert anchor in {section.anchor for section in guides.sections(name, language)}, link


def test_the_pictures_are_used_and_small() -> None:
    pictures = set((paths.guides() / "pictures").iterdir())
    used = {
        paths.guides() / link
        for guide in GUIDES
        for language in LANGUAGES
        for link in _LINK.findall(guides.page(guide, language))
        if link.startswith("pictures/")
    }
    assert pictures == used, "draw them with .ci/guide-pictures"
    assert sum(picture.stat().st_size for picture in pictures) < _MOST_BYTES


def test_the_package_and_the_wheel_have_the_guides() -> None:
    """Both list what is taken along."""
    wheel = (ROOT / "pyproject.toml").read_text("utf-8")
    pages = {guides.file_of(guide, language) for guide in GUIDES for language in LANGUAGES}
    for file in (*pages, paths.guides() / "pictures"):
        assert f'"docs/{file.name}" = "dealer_desktop/_data/docs/{file.name}"' in wheel
    listed = re.compile(r"GUIDES = \((.+)\)")
    package, ours = (ROOT / "build.spec").read_text("utf-8"), Path(guides.__file__).read_text("utf-8")
    assert listed.findall(package) == listed.findall(ours) != []


def test_sections_are_found_by_words() -> None:
    def titles(words: str, language: str) -> set[str]:
        return {section.title for section in guides.containing(words, language)}

    assert "Selling a car" in titles("FIRST payment", "en")
    assert titles("черновик", "ru") == {"Ничего не теряется"}
    assert titles("заблокировать ОКНО", "ru") == {"Вход в программу"}
    assert titles("еще не поступил", "ru") == titles("ещё не поступил", "ru") == {"Приём оплаты"}
    assert titles("xyzzy", "en") == set()


def test_a_comment_about_places_is_not_shown() -> None:
    for guide in GUIDES:
        for language in LANGUAGES:
            assert "<!--" not in guides.page(guide, language)
    found = guides.about("newOrderDialog", "ru")
    assert isinstance(found, Section)
    assert found.title == "Продажа автомобиля"
    assert guides.about("nowhere", "ru") is None
