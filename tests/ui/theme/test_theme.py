"""Everything can be read: contrast of every text colour on every ground it stands on, icons that exist, one family."""

import itertools
import math
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


# What an eye without one kind of cone sees of linear RGB (Machado, Oliveira and Fernandes 2009, severity 1.0).
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    """CIE Lab (D65) of ``colour`` as that eye sees it."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    r, g, b = (min(1.0, max(0.0, sum(m * v for m, v in zip(row, linear, strict=True)))) for row in EYES[eye])
    white = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_the_colours_of_pictures_are_told_apart(tokens: theme.Tokens, eye: str) -> None:
    """Ten times what an eye can just tell apart, and each clear of its ground."""
    for one, other in itertools.combinations([*tokens.chart, tokens.surface], 2):
        assert math.dist(seen(one, eye), seen(other, eye)) >= 23, f"{one} and {other}"
    for colour in tokens.chart:
        assert contrast(colour, tokens.surface) >= 3


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
