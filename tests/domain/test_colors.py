"""A colour is told in the reader's language where it is a usual one, and never changed otherwise."""

import pytest

from dealer_desktop.domain.colors import color


@pytest.mark.parametrize(
    ("written", "language", "told"),
    [
        ("Белый", "en", "White"),
        ("Белый", "ru", "Белый"),
        ("White", "ru", "Белый"),
        ("White", "en", "White"),
        ("чёрный", "en", "black"),
        ("Черный", "en", "Black"),
        ("темно-синий", "en", "dark blue"),
        ("Dark  Blue", "ru", "Тёмно-синий"),
        ("Grey", "ru", "Серый"),
        ("Grey", "en", "Grey"),
        ("Снежная королева", "en", "Снежная королева"),
        ("Blue/black", "ru", "Blue/black"),
        ("", "ru", ""),
        (None, "en", ""),
    ],
)
def test_the_readers_own_word(written: str | None, language: str, told: str) -> None:
    assert color(written, language) == told
