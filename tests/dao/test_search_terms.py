"""How a search box's text is taken apart."""

import pytest

from dealer_desktop.dao.search_terms import patterns


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("   ", []),
        ("Веста", [("%веста%", "%vesta%")]),
        ("ЁЖ", [("% еж%",)]),
        ("зелёный", [("%зеленый%", "%zelenyy%", "%zelenyi%", "%zeleny%")]),
        ("la ve", [("% la%",), ("% ve%",)]),
        ("100%", [("%100\\%%",)]),
        ("a_b", [("%a\\_b%",)]),
        ("a\\b", [("%a\\\\b%",)]),
        ("20", [("% 20%",)]),
        ("+7 (912) 345", [("%7912345%",)]),
        ("8 912 345", [("%8912345%", "% 7912345%")]),
        ("89123456789", [("%89123456789%", "% 79123456789%")]),
        ("345-67-89", [("%345-67-89%", "%3456789%")]),
        ("№ 12", [("% 12%",)]),
        ("#12", [("% 12%",)]),
        ("№12", [("% 12%",)]),
        ("О’Нил", [("%о_нил%",)]),
        ("О'Нил", [("%о_нил%",)]),
        ("Иванов И.И.", [("%иванов%", "%ivanov%"), ("% и%",), ("% и%",)]),
        ("И.И.Иванов", [("% и%",), ("% и%",), ("%иванов%", "%ivanov%")]),
        ("ХТА210990", [("%хта210990%", "%xta210990%")]),
        ("\u202aХТА2109\u200b90", [("%хта210990%", "%xta210990%")]),
        ("anna@example.ru\u200b", [("%anna@example.ru%",)]),
        ("Анна 8 912", [("%анна%", "%anna%"), ("%8912%", "% 7912%")]),
    ],
)
def test_patterns(typed: str, expected: list[tuple[str, ...]]) -> None:
    assert patterns(typed) == expected


def test_two_numbers_that_are_no_phone_are_two_words() -> None:
    assert patterns("2019 1042") == [("%2019%",), ("%1042%",)]


def test_a_pasted_book_is_not_looked_at() -> None:
    assert len(patterns("word " * 1_000_000)) == 12
