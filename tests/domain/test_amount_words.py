"""Amounts in words: against a list written by hand, and read back into the number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.domain.amount_words import in_words

# Written by hand, by the rules of the Russian numeral (§ "Склонение числительных") and of English style.
LIST = [
    ("0.00", "Ноль рублей 00 копеек", "Zero roubles 00 kopecks"),
    ("0.01", "Ноль рублей 01 копейка", "Zero roubles 01 kopeck"),
    ("1.00", "Один рубль 00 копеек", "One rouble 00 kopecks"),
    ("2.02", "Два рубля 02 копейки", "Two roubles 02 kopecks"),
    ("4.11", "Четыре рубля 11 копеек", "Four roubles 11 kopecks"),
    ("5.21", "Пять рублей 21 копейка", "Five roubles 21 kopecks"),
    ("11.12", "Одиннадцать рублей 12 копеек", "Eleven roubles 12 kopecks"),
    ("14.14", "Четырнадцать рублей 14 копеек", "Fourteen roubles 14 kopecks"),
    ("21.00", "Двадцать один рубль 00 копеек", "Twenty-one roubles 00 kopecks"),
    ("40.44", "Сорок рублей 44 копейки", "Forty roubles 44 kopecks"),
    ("90.90", "Девяносто рублей 90 копеек", "Ninety roubles 90 kopecks"),
    ("100.00", "Сто рублей 00 копеек", "One hundred roubles 00 kopecks"),
    ("111.10", "Сто одиннадцать рублей 10 копеек", "One hundred eleven roubles 10 kopecks"),
    ("1000.00", "Одна тысяча рублей 00 копеек", "One thousand roubles 00 kopecks"),
    ("2001.00", "Две тысячи один рубль 00 копеек", "Two thousand one roubles 00 kopecks"),
    ("11000.00", "Одиннадцать тысяч рублей 00 копеек", "Eleven thousand roubles 00 kopecks"),
    (
        "21022.00",
        "Двадцать одна тысяча двадцать два рубля 00 копеек",
        "Twenty-one thousand twenty-two roubles 00 kopecks",
    ),
    ("1000000.00", "Один миллион рублей 00 копеек", "One million roubles 00 kopecks"),
    (
        "1234567.00",
        "Один миллион двести тридцать четыре тысячи пятьсот шестьдесят семь рублей 00 копеек",
        "One million two hundred thirty-four thousand five hundred sixty-seven roubles 00 kopecks",
    ),
    ("2000003.03", "Два миллиона три рубля 03 копейки", "Two million three roubles 03 kopecks"),
    (
        "5012000.00",
        "Пять миллионов двенадцать тысяч рублей 00 копеек",
        "Five million twelve thousand roubles 00 kopecks",
    ),
    (
        "999999999.99",
        "Девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять рублей "
        "99 копеек",
        "Nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine roubles "
        "99 kopecks",
    ),
    ("-3.50", "Минус три рубля 50 копеек", "Minus three roubles 50 kopecks"),
]


@pytest.mark.parametrize(("amount", "russian", "english"), LIST)
def test_the_list(amount: str, russian: str, english: str) -> None:
    assert in_words(Decimal(amount), "RUB", "ru") == russian
    assert in_words(Decimal(amount), "RUB", "en") == english


def test_other_currencies() -> None:
    assert in_words(Decimal("2.01"), "USD", "ru") == "Два доллара США 01 цент"
    assert in_words(Decimal("5"), "EUR", "en") == "Five euros 00 cents"
    assert in_words(Decimal("1.50"), "CNY", "ru") == "Один CNY 50/100"
    with pytest.raises(ValueError, match="1E"):
        in_words(Decimal("1E+12"), "RUB", "ru")


# What each word is worth, written without a look at how they are made.
RU_SMALL = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
RU = {
    **{word: value for value, word in enumerate(RU_SMALL.split(" "))}, "одна": 1, "две": 2,
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70,
    "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500,
    "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
EN_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
EN = {
    **{word: value for value, word in enumerate(EN_SMALL.split(" "))},
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"тысяч": 10**3, "миллион": 10**6, "миллиард": 10**9, "thousand": 10**3, "million": 10**6, "billion": 10**9}


def read_back(text: str) -> Decimal:
    total, part = 0, 0
    *words, cents, _hundredths = text.lower().replace("-", " ").split()
    for word in words:
        scale = next((SCALES[stem] for stem in sorted(SCALES, key=len, reverse=True) if word.startswith(stem)), 0)
        if scale:
            total, part = total + part * scale, 0
        elif word == "hundred":
            part *= 100
        elif word.startswith(("рубл", "rouble")):
            total += part
        else:
            part += {**RU, **EN}[word]
    return Decimal(total) + Decimal(int(cents)) / 100


@given(st.decimals(min_value=0, max_value=Decimal("999999999.99"), places=2), st.sampled_from(["ru", "en"]))
def test_read_back_it_is_the_number(amount: Decimal, language: str) -> None:
    assert read_back(in_words(amount, "RUB", language)) == amount
