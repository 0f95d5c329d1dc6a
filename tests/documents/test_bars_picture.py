"""Pictures on paper: bars are as long as their values, and what is written in them is only written."""

import base64
from xml.etree import ElementTree

import pytest

from dealer_desktop.documents.bars_picture import COLOURS, Column, lying, upright
from dealer_desktop.documents.pictures import Picture

SVG = "{http://www.w3.org/2000/svg}"


def parts(picture: Picture, kind: str) -> list[ElementTree.Element]:
    text = base64.b64decode(picture.uri.removeprefix("data:image/svg+xml;base64,"))
    return ElementTree.fromstring(text).findall(f"{SVG}{kind}")  # noqa: S314: our own text


def test_lying_bars_are_as_long_as_their_values() -> None:
    drawn = lying([Column("Лада <b>", (30.0,)), Column("Kia", (15.0,), 1), Column("УАЗ", (0.0,))])
    long = [float(bar.get("width", "")) for bar in parts(drawn, "rect")]
    assert long[0] == pytest.approx(2 * long[1], abs=0.02)
    assert long[2] == 0
    assert [bar.get("fill") for bar in parts(drawn, "rect")] == [COLOURS[0], COLOURS[1], COLOURS[0]]
    assert [text.text for text in parts(drawn, "text")] == ["Лада <b>", "30", "Kia", "15", "УАЗ", "0"]


def test_upright_bars_stand_on_zero_or_hang_from_it() -> None:
    drawn = upright([Column("01.11", (200.0, -100.0)), Column("02.11", (0.0, 50.0))], ("Sold for", "Takings"))
    squares, bars = parts(drawn, "rect")[:2], parts(drawn, "rect")[2:]
    assert [each.get("fill") for each in squares] == list(COLOURS)
    up, down, none, small = ((float(bar.get("y", "")), float(bar.get("height", ""))) for bar in bars)
    assert up[0] + up[1] == pytest.approx(down[0], abs=0.1)
    assert (up[1], none[1]) == (pytest.approx(2 * down[1], abs=0.1), 0)
    assert small[1] == pytest.approx(down[1] / 2, abs=0.1)
