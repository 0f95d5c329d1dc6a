"""Amounts, distances and whole numbers as people type them, units included: "1,5 млн", "850 т.р.", "85k mi".

A unit is understood or refused in words, never dropped: 1.50 is not what "1,5 млн" means. Used by forms, filters and
imports alike.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TypeVar

from babel import Locale

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.cleaning import clean

V = TypeVar("V")
KM_PER_MILE = Decimal("1.609344")
_CENT = Decimal("0.01")
_MAX_MONEY = Decimal("9999999999.99")
"""The largest value of ``numeric(12,2)``."""
_LONGEST = 100
"""Characters of a number; what is longer is a paste that went wrong."""

_THOUSAND, _MILLION, _BILLION = Decimal(1_000), Decimal(1_000_000), Decimal(1_000_000_000)


def _each(words: str, meaning: V) -> dict[str, V]:
    return dict.fromkeys(words.split(), meaning)


_SCALES = {
    **_each("тыс тысяч тысяча тысячи т к k thousand thousands thsd tsd ths", _THOUSAND),
    **_each("млн миллион миллиона миллионов лям м m mln mio million millions kk кк", _MILLION),
    **_each("млрд миллиард bn billion", _BILLION),
}
_GLUED = {"тр": ("т", "р"), "труб": ("т", "руб"), "ткм": ("т", "км"), "тыскм": ("тыс", "км"), "тысруб": ("тыс", "руб")}
"""Written as one word where points or spaces should be."""
_KM, _MILES = "km", "mi"
_DISTANCES = {
    **_each("км km kms километр километра километров kilometer kilometers kilometre kilometres", _KM),
    **_each("mi mile miles миль миля мили", _MILES),
}
_CURRENCIES = {
    **_each("₽ р p руб рубль рубля рублей rub rur", "RUB"),
    **_each("долл доллар доллара долларов dollar dollars us$ usd", "USD"),
    **_each("евро euro euros", "EUR"),
    **_each("тенге тг", "KZT"),
    **_each("грн гривна гривен", "UAH"),
    **_each("юань юаня юаней yuan rmb", "CNY"),
    **_each("йена йен иена иен yen", "JPY"),
}
_PLAIN = _each("г год года лет y yr year years км km дн день дня дней d day days шт pcs", True)
"""What may stand behind a whole number and changes nothing of it."""

_GAPS = re.compile(r"(?<=[\d.,])[\s'’`]+(?=[\d.,])")
_WORD = re.compile(r"[^\W\d_]+|[¢£¥$\u20a0-\u20cf]")
_WHOLE_TEXT = re.compile(r"(-?)([^\d.,-]*(?:(?<=[^\W\d_])\.)?[^\d.,-]*)(-?)\s*([.,]?\d[\d.,]*)(\D*)")
_STRANGE = re.compile(r"[^\w.,\s¢£¥$\u20a0-\u20cf]|_")
"""What stands beside no number: its words are letters and signs of currencies."""
_GROUPED = re.compile(r"(?:\d+|\d{1,3}(?:[.,]\d{3})+)?")


class UnreadableNumber(ValueError):
    """The text is no number, or one that money cannot hold."""


class UnitRefused(UnreadableNumber):
    """There is a number, and beside it a word that is not understood or not taken here. ``str`` tells it in words."""


@dataclass(frozen=True)
class Quantity:
    """A number with what was written beside it."""

    value: Decimal
    """Multiplied out: 1500000 for "1,5 млн"."""
    unit: str
    """What is left of the words: "km", "mi", a currency's word as typed ("$", "руб"), or empty."""


def amount(text: str, currency: str | None = None) -> Decimal:
    """Read an amount however it was typed or pasted, in currency units with two decimals.

    Takes decimal commas and points, spaces of every kind, ``1.234,56``, ``1,234.56``, ``1 234 567 ₽``, thousands and
    millions in both languages. A single separator before exactly three digits is read by the language in use:
    ``1,234`` is 1234 in English and refused in Russian, where it would be a price with a tenth of a kopeck.

    ``currency`` is the ISO code that amounts are in here: others are refused. None takes any currency's sign.

    Raises UnreadableNumber; UnitRefused, with what to do, where the unit is the trouble.
    """
    found = read(text)
    if found.unit and not is_currency(found.unit):
        raise UnitRefused(_unknown(found.unit))
    if found.unit and currency is not None and not is_currency(found.unit, currency):
        words = _("Amounts are in {currency} here, and this one is in {other}. Convert it.")
        raise UnitRefused(words.format(currency=formats.currency_symbol(currency), other=found.unit))
    return exact_amount(found.value)


def kilometres(text: str, unit: str = _KM) -> int:
    """Read a distance in whole kilometres; ``unit`` ("km", "mi") is what a number without one is in.

    Raises UnreadableNumber, or UnitRefused in words.
    """
    found = read(text, grouped=True)
    if found.unit and found.unit not in (_KM, _MILES):
        raise UnitRefused(_unknown(found.unit))
    if found.value != found.value.to_integral_value():
        raise UnreadableNumber(text[:40])
    value = found.value * KM_PER_MILE if (found.unit or unit) == _MILES else found.value
    if abs(value) >= 10**15:
        raise UnreadableNumber(text[:40])
    return int(value.to_integral_value(ROUND_HALF_UP))


def whole(text: str) -> int:
    """A whole number such as a year or a count of days; "г.", "км", "дн." may stand behind it, a multiple not.

    Raises UnreadableNumber, or UnitRefused in words.
    """
    sign, before, digits, after = _split(text)
    for word in [*_words(before), *_words(after)]:
        if word not in _PLAIN:
            raise UnitRefused(_unknown(word))
    value = _number(digits, grouped=True)
    if value != value.to_integral_value() or len(digits) > 20 or value >= 10**15:
        raise UnreadableNumber(text[:40])
    return int(sign * value)


def read(text: str, *, grouped: bool = False) -> Quantity:
    """The number of ``text``, multiplied out, and its unit. ``grouped``: of what has no decimals by nature (km), so
    that ``120.000`` is 120000 in every language. Raises UnreadableNumber, or UnitRefused in words.
    """
    sign, before, digits, after = _split(text)
    scale, unit = units([*_words(before), *_words(after)])
    if grouped and scale > _THOUSAND:
        raise UnitRefused(_unknown((before + after).strip()))
    if scale == 1:
        return Quantity(sign * _number(digits, grouped=grouped), unit)
    return Quantity(sign * _scaled(digits, scale), unit)


def units(words: list[str]) -> tuple[Decimal, str]:
    """What the words of a unit mean together: the multiple (1, 1000, ...), and "km", "mi" or a currency's word.

    ``["тыс", "руб"]`` is (1000, "руб"). Raises UnitRefused in words for anything else.
    """
    scale, unit = Decimal(1), ""
    for given in words:
        for word in _GLUED.get(given, (given,)):
            if word in _SCALES and scale == 1:
                scale = _SCALES[word]
            elif not unit and word in _DISTANCES:
                unit = _DISTANCES[word]
            elif not unit and is_currency(word):
                unit = word
            else:
                raise UnitRefused(_unknown(given))
    return scale, unit


def is_currency(word: str, currency: str | None = None) -> bool:
    """Whether ``word`` names a currency (an ISO code, a sign, a usual word), or that ``currency``."""
    codes = _currency_words().get(word.lower().rstrip("."), ())
    return bool(codes) if currency is None else currency in codes


@cache
def _currency_words() -> dict[str, frozenset[str]]:
    """Codes of the currencies that a word or sign may mean, by the word in lower case."""
    found: dict[str, set[str]] = {word: {code} for word, code in _CURRENCIES.items()}
    for language in ("en", "ru"):
        known = Locale.parse(language)
        for code in map(str, known.currencies):
            sign = str(known.currency_symbols.get(code, code))
            for word in (code, sign, re.sub(r"[^\W\d_]", "", sign), *_WORD.findall(sign)):
                if word.strip():
                    found.setdefault(word.strip().lower().rstrip("."), set()).add(code)
    for word in (*_SCALES, *_DISTANCES):
        found.pop(word, None)
    return {word: frozenset(codes) for word, codes in found.items()}


def exact_amount(value: Decimal) -> Decimal:
    """``value`` with two decimals. Raises UnreadableNumber where it has more, or is more than money can hold."""
    if not value.is_finite() or abs(value) > _MAX_MONEY or (rounded := value.quantize(_CENT)) != value:
        raise UnreadableNumber(str(value)[:40])
    return rounded


def _split(text: str) -> tuple[int, str, str, str]:
    """The sign, the words before, the digits and the words behind."""
    if len(text) > _LONGEST:
        raise UnreadableNumber(text[:40])
    plain = _GAPS.sub("", clean(text).replace("\u2212", "-").strip())
    found = _WHOLE_TEXT.fullmatch(plain)
    if found is None or (found[1] and found[3]) or _STRANGE.search(found[2] + found[5]):
        raise UnreadableNumber(text[:40])
    return (-1 if found[1] or found[3] else 1), found[2], found[4], found[5]


def _words(text: str) -> list[str]:
    # A sign may have letters on it: "US$", "R$", "CN¥".
    found = re.findall(r"[^\W\d_]{1,3}[¢£¥$\u20a0-\u20cf]|[^\W\d_]+|[¢£¥$\u20a0-\u20cf]", text.lower())
    parts: list[str] = []
    for word in found:
        # "m$" is a million and a sign, "us$" is one sign.
        parts += [word] if len(word) == 1 or is_currency(word) or word.isalpha() else [word[:-1], word[-1]]
    return parts


def _number(digits: str, *, grouped: bool) -> Decimal:
    if grouped:
        digits = re.sub(r"[.,]0*$", "", re.sub(r"[.,](?=\d{3}(\D|$))", "", digits))
        if not re.fullmatch(r"\d{1,30}", digits):
            raise UnreadableNumber(digits[:40])
        return Decimal(digits)
    mark = _decimal_mark(digits)
    return _decimal(digits, mark, decimals=2)


def _scaled(digits: str, scale: Decimal) -> Decimal:
    """Before a multiple a fraction may be long: "1,250 млн". Before a thousand "1,250" says nothing for certain."""
    one_mark = len(re.findall("[.,]", digits)) == 1
    if one_mark and re.search(r"[.,]\d{3}$", digits) and scale == _THOUSAND:
        raise UnitRefused(_("It is not clear what {number} thousand is. Type the whole number.").format(number=digits))
    mark = next(iter(re.findall("[.,]", digits))) if one_mark else _decimal_mark(digits)
    return _decimal(digits, mark, decimals=9) * scale


def _decimal(digits: str, mark: str, *, decimals: int) -> Decimal:
    whole, _mark, fraction = digits.rpartition(mark) if mark else (digits, "", "")
    if not _GROUPED.fullmatch(whole):
        raise UnreadableNumber(digits[:40])
    plain = re.sub(r"[.,]", "", whole) + ("." + fraction if mark else "")
    if not re.fullmatch(rf"\d{{1,30}}(\.\d{{0,{decimals}}})?|\.\d{{1,{decimals}}}", plain):
        raise UnreadableNumber(digits[:40])
    return Decimal(plain)


def _decimal_mark(digits: str) -> str:
    """Which of ``.`` and ``,`` is the decimal mark in ``digits``; empty where there is none."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return ""
    mark = digits[last]
    other = "," if mark == "." else "."
    if other in digits[:last]:
        return mark if digits.count(mark) == 1 else "?"
    if digits.count(mark) > 1:
        return ""
    if len(digits) - last - 1 == 3 and mark == ("," if i18n.language() == "en" else "."):
        return ""
    return mark


def _unknown(word: str) -> str:
    return _("“{word}” is not understood here. Type the number alone.").format(word=word[:20])
