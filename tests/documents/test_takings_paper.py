"""The takings on paper, in both languages."""

import html
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dealer_desktop.documents import takings_paper
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services.takings import Takings, TakingsLine

from .conftest import DEALER

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LINES = (
    TakingsLine(PaymentMeans.CASH, 7, "Анна <b>Петрова</b>", 2, Decimal("300000.50"), Decimal("0.25")),
    TakingsLine(PaymentMeans.CARD, 7, "Анна <b>Петрова</b>", 1, Decimal(200_000), Decimal(0)),
    TakingsLine(PaymentMeans.CARD, None, None, 1, Decimal(5), Decimal(0)),
)


def words(language: str, first: date, last: date) -> str:
    """The paper as a person reads it."""
    paper = takings_paper(Takings(first, last, LINES), DEALER, language, at=AT)
    body = re.sub(r"<style>.*?</style>", "", paper.html, flags=re.DOTALL)
    assert "\u202f" not in body  # the paper's face has none
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "ru",
            (
                "Выручка 24.11.2026", "По способу оплаты", "Наличные 2 300 000,50 ₽ 0,25 ₽ 300 000,25 ₽",
                "Карта 2 200 005,00 ₽ 0,00 ₽ 200 005,00 ₽", "Анна <b>Петрова</b> 3 500 000,50 ₽ 0,25 ₽ 500 000,25 ₽",
                "Не указано, кто принял 1 5,00 ₽", "4 500 005,50 ₽ 0,25 ₽ 500 005,25 ₽",
            ),
        ),
        ("en", ("Takings 24 Nov 2026", "By who took it",
                "Nobody named 1 5.00 ₽", "4 500,005.50 ₽ 0.25 ₽ 500,005.25 ₽")),
    ],
)  # fmt: skip
def test_every_sum_is_there(language: str, parts: tuple[str, ...]) -> None:
    text = words(language, date(2026, 11, 24), date(2026, 11, 24))
    for part in parts:
        assert part in text, part


def test_a_span_of_days_has_two_ends() -> None:
    assert "24.11.2026 – 30.11.2026" in words("ru", date(2026, 11, 24), date(2026, 11, 30))
