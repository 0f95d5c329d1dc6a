"""Several prices at once: all of them as they were shown, or none."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import InvalidInput, NotFound, PricesChanged
from dealer_desktop.services import cars
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import ChangePrices


def change(*prices: tuple[int, Any, Any]) -> ChangePrices:
    given = [{"car_id": car_id, "seen": seen, "price": price} for car_id, seen, price in prices]
    return parse(ChangePrices, request_id=uuid4(), prices=given)


def prices(shop: Any) -> list[Decimal]:
    return [row[0] for row in shop.sql("SELECT price FROM cars ORDER BY id")]


def test_all_are_saved_with_one_entry_each(shop: Any) -> None:
    one, two, three = shop.car(price=100), shop.car(price=200), shop.car(price=300)
    given = change((one.id, 100, 90), (two.id, 200, 180), (three.id, 300, 300))
    assert cars.change_prices(shop.maker, given) == 2
    assert cars.change_prices(shop.maker, given) == 2, "sent again, it is not done again"
    assert prices(shop) == [90, 180, 300]
    changed = "SELECT count(*) FROM audit_log WHERE table_name = 'cars' AND action = 'UPDATE'"
    assert shop.one(changed) == 2


def test_one_that_was_changed_meanwhile_keeps_all_as_they_are(shop: Any) -> None:
    one, two = shop.car(price=100), shop.car(price=200)
    shop.sql("UPDATE cars SET price = 210 WHERE id = %s", two.id)
    with pytest.raises(PricesChanged) as refused:
        cars.change_prices(shop.maker, change((one.id, 100, 90), (two.id, 200, 180)))
    assert refused.value.car_ids == [two.id]
    assert prices(shop) == [100, 210]


def test_one_that_is_gone_or_no_price_keeps_all_as_they_are(shop: Any) -> None:
    one = shop.car(price=100)
    with pytest.raises(NotFound):
        cars.change_prices(shop.maker, change((one.id, 100, 90), (10**9, 200, 180)))
    with pytest.raises(InvalidInput):
        change((one.id, 100, -1))
    assert prices(shop) == [100]


def test_an_order_keeps_its_total(shop: Any) -> None:
    order = shop.order()
    cars.change_prices(shop.maker, change((order.car_id, 1_000_000, 900_000)))
    assert shop.read_order(order.id).total_amount == 1_000_000
