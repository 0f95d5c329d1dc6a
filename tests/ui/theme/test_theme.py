"""Everything can be read: contrast of every text colour on every ground it stands on, icons that exist, one family."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

import dealer_desktop.ui
from dealer_desktop.ui import theme

TEXTS = ("text", "second", "accent", "green", "amber", "grey", "red")


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read_wherever_it_stands(tokens: theme.Tokens) -> None:
    for tone in TEXTS:
        for ground in ("surface", "selection", "window"):
            ratio = contrast(tokens.tone(tone), tokens.tone(ground))
            assert ratio >= 4.5, f"{tone} on {ground}: {ratio:.2f}"
    for tone, ground in (
        ("text", "subtle"),
        ("second", "subtle"),
        ("text", "hover"),
        ("text", "match"),
        ("second", "match"),
        ("text", "amber_ground"),
        ("text", "red_ground"),
        ("on_accent", "accent_fill"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
    ):
        ratio = contrast(tokens.tone(tone), tokens.tone(ground))
        assert ratio >= 4.5, f"{tone} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_focus_ring_can_be_seen(tokens: theme.Tokens) -> None:
    for ground in ("surface", "window", "subtle", "selection"):
        assert contrast(tokens.accent, tokens.tone(ground)) >= 3


def test_every_icon_that_is_named_exists(qapp: QApplication) -> None:
    folder = Path(dealer_desktop.ui.__file__).parent
    named = re.compile(r"""(?:icon|IconLabel|set_icon)\(\s*"([a-z-]+)\"""")
    names = {name for file in folder.rglob("*.py") for name in named.findall(file.read_text("utf-8"))}
    assert len(names) > 10
    for name in names:
        assert not theme.icon(name).isNull(), name


def test_one_family_in_four_sizes(qapp: QApplication) -> None:
    roles = ("small", "base", "medium", "strong", "title", "price", "number")
    assert {QFontInfo(theme.font(role)).family() for role in roles} == {"Inter"}
    assert {theme.font(role).pixelSize() for role in roles} == {12, 13, 16, 24}
    mono = QFontMetricsF(theme.font("mono"))
    assert len({mono.horizontalAdvance(character) for character in "WI10M"}) == 1
