"""Characters that nobody sees never make two things of one, nor nothing into something."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.domain import vin
from dealer_desktop.domain.cleaning import clean, latin, number_key

UNSEEN = [
    "\u00ad",
    "\u034f",
    "\u061c",
    "\u115f",
    "\u180e",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202c",
    "\u202e",
    "\u2060",
    "\u2066",
    "\u2069",
    "\u3164",
    "\ufe0f",
    "\ufeff",
    "\U000e0020",
]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
@pytest.mark.parametrize("text", ["XTA210990Y2765432", "Анна Зуева", "1 234 567,89", "anna@example.ru", ""])
def test_a_text_is_the_same_with_and_without_what_nobody_sees(text: str, unseen: str) -> None:
    half = len(text) // 2
    assert clean(f"{unseen}{text}{unseen}") == text
    assert clean(text[:half] + unseen + text[half:]) == text
    assert clean(unseen * 3) == ""


@pytest.mark.parametrize("text", ["👩‍🔧 механик", "❤️", "می‌خواهم", "क्‍ष", "two\nlines\tand a tab", "#️⃣"])
def test_what_is_seen_stays(text: str) -> None:
    assert clean(text) == text


def test_a_letter_of_two_characters_is_one() -> None:
    assert clean("и\u0306") == "й"


@pytest.mark.parametrize(
    "other", ["tx-100500", "TX-100500\u200b", " TX-100500 ", "ТХ-100500", "тх-100500", "TX- 100500"]
)
def test_numbers_that_a_person_takes_for_the_same_have_one_key(other: str) -> None:
    assert number_key(other) == number_key("TX-100500")


@pytest.mark.parametrize("other", ["TX-100501", "TX100500", "ТЖ-100500"])
def test_other_numbers_have_another_key(other: str) -> None:
    assert number_key(other) != number_key("TX-100500")


def test_a_vin_is_read_with_them() -> None:
    assert vin.normalise("\u202aХТА210990Y2765432\u202c\u200b") == "XTA210990Y2765432"
    assert latin("хта") == "xta"


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more_and_never_adds(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert number_key(number_key(text)) == number_key(text)
    assert set(once) <= set(unicodedata.normalize("NFC", text)) | set(text)
