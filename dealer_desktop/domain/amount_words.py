"""An amount of money in words, as contracts and receipts write it beside the figures.

Russian: the whole part in words with the currency in its case, the hundredths in two digits ("сто рублей 05 копеек").
English: the same in its own words ("one hundred roubles 05 kopecks").
"""

from dataclasses import dataclass
from decimal import Decimal

LIMIT = Decimal("1e12")
"""From here on there are no words; ``numeric(12,2)`` ends far below."""

_ONES = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
_TEENS = [
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
]
_TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
_HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]
_SCALES = (
    None,
    ("тысяча", "тысячи", "тысяч"),
    ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
)

_EN_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_SCALES = ("", "thousand", "million", "billion")

Forms = tuple[str, str, str]
"""With 1, with 2 to 4, with 5 and more."""


@dataclass(frozen=True)
class _Currency:
    ru: Forms
    ru_cents: Forms
    en: tuple[str, str]
    en_cents: tuple[str, str]


_CENTS: Forms = ("цент", "цента", "центов")
_CURRENCIES = {
    "RUB": _Currency(
        ("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек"), ("rouble", "roubles"), ("kopeck", "kopecks")
    ),
    "USD": _Currency(
        ("доллар США", "доллара США", "долларов США"), _CENTS, ("US dollar", "US dollars"), ("cent", "cents")
    ),
    "EUR": _Currency(("евро", "евро", "евро"), _CENTS, ("euro", "euros"), ("cent", "cents")),
    "BYN": _Currency(
        ("белорусский рубль", "белорусских рубля", "белорусских рублей"),
        ("копейка", "копейки", "копеек"),
        ("Belarusian rouble", "Belarusian roubles"),
        ("kopeck", "kopecks"),
    ),
    "KZT": _Currency(("тенге", "тенге", "тенге"), ("тиын", "тиына", "тиынов"), ("tenge", "tenge"), ("tiyn", "tiyn")),
}


def in_words(amount: Decimal, currency: str, language: str) -> str:
    """``amount`` (two digits behind the point) in ``ru`` or ``en``, beginning with a capital letter.

    A currency that has no words here is named by its ISO 4217 code. Raises ValueError from ``LIMIT`` on.
    """
    if not abs(amount) < LIMIT:
        raise ValueError(amount)
    hundredths = int((abs(amount) * 100).to_integral_value())
    whole, cents = divmod(hundredths, 100)
    said = _CURRENCIES.get(currency)
    if language == "ru":
        units = _form(whole, said.ru) if said else currency
        parts = f"{cents:02d} {_form(cents, said.ru_cents)}" if said else f"{cents:02d}/100"
        text, minus = f"{number_ru(whole)} {units} {parts}", "минус "
    else:
        units = said.en[whole != 1] if said else currency
        parts = f"{cents:02d} {said.en_cents[cents != 1]}" if said else f"{cents:02d}/100"
        text, minus = f"{number_en(whole)} {units} {parts}", "minus "
    if amount < 0:
        text = minus + text
    return text[0].upper() + text[1:]


def number_ru(value: int) -> str:
    """A whole number from 0 on, masculine."""
    if value == 0:
        return _ONES[0]
    words: list[str] = []
    for power in range(len(_SCALES) - 1, -1, -1):
        three = value // 1000**power % 1000
        scale = _SCALES[power]
        if three:
            words += _three_ru(three, feminine=power == 1)
            if scale:
                words.append(_form(three, scale))
    return " ".join(words)


def _three_ru(value: int, *, feminine: bool) -> list[str]:
    hundreds, rest = divmod(value, 100)
    words = [_HUNDREDS[hundreds - 1]] if hundreds else []
    if 10 <= rest < 20:
        return [*words, _TEENS[rest - 10]]
    tens, ones = divmod(rest, 10)
    if tens:
        words.append(_TENS[tens - 2])
    if ones:
        words.append({1: "одна", 2: "две"}.get(ones, _ONES[ones]) if feminine else _ONES[ones])
    return words


def number_en(value: int) -> str:
    """A whole number from 0 on."""
    if value == 0:
        return _EN_ONES[0]
    words: list[str] = []
    for power in range(len(_EN_SCALES) - 1, -1, -1):
        three = value // 1000**power % 1000
        if three:
            words += [*_three_en(three), *([_EN_SCALES[power]] if power else [])]
    return " ".join(words)


def _three_en(value: int) -> list[str]:
    hundreds, rest = divmod(value, 100)
    words = [_EN_ONES[hundreds], "hundred"] if hundreds else []
    if 0 < rest < 20:
        words.append(_EN_ONES[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        words.append(_EN_TENS[tens - 2] + (f"-{_EN_ONES[ones]}" if ones else ""))
    return words


def _form(value: int, forms: Forms) -> str:
    """The form of a Russian noun after ``value``."""
    if value % 100 in range(11, 15):
        return forms[2]
    return forms[0] if value % 10 == 1 else forms[1] if value % 10 in (2, 3, 4) else forms[2]
