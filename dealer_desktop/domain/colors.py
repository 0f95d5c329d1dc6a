"""The usual colours of cars in both languages: a price list's word, told in the reader's language.

What is stored stays as the dealer wrote it; what stands in no line here ("Снежная королева") is shown as it is.
"""

from functools import cache

_TABLE = """
    White              Белый
    Pearl white        Белый перламутр
    Black              Чёрный
    Gray               Серый
    Dark gray          Тёмно-серый
    Light gray         Светло-серый
    Silver             Серебристый
    Blue               Синий
    Dark blue          Тёмно-синий
    Light blue         Голубой
    Red                Красный
    Dark red           Тёмно-красный
    Burgundy           Бордовый
    Cherry             Вишнёвый
    Green              Зелёный
    Dark green         Тёмно-зелёный
    Light green        Светло-зелёный
    Beige              Бежевый
    Brown              Коричневый
    Orange             Оранжевый
    Yellow             Жёлтый
    Gold               Золотистый
    Purple             Фиолетовый
    Pink               Розовый
    Turquoise          Бирюзовый
    Bronze             Бронзовый
    Champagne          Шампань
    Graphite           Графитовый
"""
_ALSO = {
    "grey": "gray",
    "dark grey": "dark gray",
    "light grey": "light gray",
    "maroon": "burgundy",
    "navy": "dark blue",
}


def color(name: str | None, language: str) -> str:
    """``name`` in ``ru`` or ``en`` where it is known in the other language; else as it was written."""
    written = name or ""
    known = _known()
    key = _key(written)
    pair = known.get(_ALSO.get(key, key))
    if pair is None:
        return written
    english, russian = pair
    if _is_russian(key) == (language == "ru"):
        return written  # the dealer's own word: "Grey" stays British
    told = russian if language == "ru" else english
    return told if written[:1].isupper() else told[:1].lower() + told[1:]


@cache
def _known() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for line in _TABLE.strip().splitlines():
        english, russian = (part.strip() for part in line.strip().split("  ", 1))
        known[_key(english)] = known[_key(russian)] = (english, russian)
    return known


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def _is_russian(key: str) -> bool:
    return any("а" <= letter <= "я" for letter in key)
