"""What stands on the price tag, in both languages."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from dealer_desktop.documents import code, price_tag
from dealer_desktop.domain.enums import CarCondition

from .conftest import CAR, DEALER

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def words(text: str) -> str:
    """A document's text as a person reads it."""
    body = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def test_the_tag_in_russian() -> None:
    paper = price_tag(CAR, DEALER, "ru", at=AT)
    assert paper.title == "Ценник LADA Niva Legend XTA21214072046351"
    text = words(paper.html)
    for part in (
        "Автосалон «Уральские моторы»", "+7 343 200-11-22", "LADA Niva Legend", "Год выпуска 2021", "Пробег 48 500 км",
        "Состояние С пробегом", "Двигатель Бензин", "Коробка Механика", "Цвет тёмно-зелёный", "1 234 567 ₽",
        "VIN XTA21214072046351", "Складской номер A-1042", "Напечатано 24.11.2026, 17:00",
    ):  # fmt: skip
        assert part in text, part


def test_the_tag_in_english_with_cents_and_in_the_dealers_currency() -> None:
    car = replace(CAR, price=Decimal("18500.50"), condition=CarCondition.NEW)
    text = words(price_tag(car, replace(DEALER, currency="USD"), "en", at=AT).html)
    for part in ("$18,500.50", "Mileage 48,500 km", "Condition New", "Engine Gasoline", "Stock number A-1042"):
        assert part in text, part


def test_a_car_without_a_price_is_on_request() -> None:
    car = replace(CAR, price=Decimal("0.00"))
    assert "Цена по запросу" in words(price_tag(car, DEALER, "ru").html)
    assert "Price on request" in words(price_tag(car, DEALER, "en").html)


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(CAR, color=None, engine_type=None, transmission=None, stock_number=None)
    text = words(price_tag(bare, DEALER, "ru").html)
    for label in ("Цвет", "Двигатель", "Коробка", "Складской"):
        assert label not in text


def test_the_code_holds_vin_and_stock_number() -> None:
    assert code.square("XTA21214072046351 A-1042") in price_tag(CAR, DEALER, "ru").html
    assert code.square("XTA21214072046351") in price_tag(replace(CAR, stock_number=None), DEALER, "ru").html


@pytest.mark.parametrize("model", ["<b>Bold</b>", "{{ 7 * 7 }}", "Ё" * 199])
def test_names_are_shown_as_typed(model: str) -> None:
    assert html.escape(f"LADA {model}") in price_tag(replace(CAR, model=model), DEALER, "ru").html
