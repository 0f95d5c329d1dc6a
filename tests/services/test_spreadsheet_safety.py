"""No text of ours runs as a formula in a spreadsheet."""

import pytest

from dealer_desktop.services.spreadsheet_safety import as_written, defused

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"  # full-width and small forms too: some spreadsheets take them for the signs
UNSEEN = [
    "",
    " ",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\u200b",
    "\u00ad",
    "\u202e",
    "\t",
    "\r",
    "\n",
    "\r\n \t",
    "\x00",
    "\x0b",
]


@pytest.mark.parametrize("sign", list(SIGNS))
@pytest.mark.parametrize("before", UNSEEN)
def test_what_may_be_a_formula_stands_behind_an_apostrophe(before: str, sign: str) -> None:
    text = f"{before}{sign}cmd|' /C calc'!A0"
    assert defused(text) == f"'{text}"
    assert as_written(defused(text)) == text


@pytest.mark.parametrize("text", ["\tHonda", "\rHonda", "\nHonda"])
def test_a_beginning_that_leaves_the_cell_is_kept_in_it(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert as_written(defused(text)) == text


@pytest.mark.parametrize("text", ["", " ", "Лада", "A-6", "1+1", "a=b", "№ 5", "“=”", " Лада"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == as_written(text) == text
