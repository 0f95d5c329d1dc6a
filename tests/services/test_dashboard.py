"""The numbers of this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from sqlalchemy import event

from dealer_desktop.services import dashboard


def test_each_number_counts_what_it_says(shop: Any) -> None:
    shop.car(price=300_000)
    shop.pay(shop.order(car_id=shop.car(price=500_000).id).id, 100_000)
    canceled = shop.order(car_id=shop.car(price=700_000).id)
    shop.pay(canceled.id, 50_000)
    shop.cancel(canceled.id)
    shop.schedule(shop.paid_order(car_id=shop.car(price=900_000).id).id, delivery_date="2020-01-01")
    numbers = dashboard.numbers(shop.reader)
    assert (numbers.available, numbers.reserved, numbers.stock_value) == (2, 2, Decimal(2_400_000))
    assert (numbers.active_orders, numbers.due, numbers.give_back) == (2, Decimal(400_000), Decimal(50_000))
    assert (numbers.deliveries, numbers.overdue_deliveries) == (1, 1)


def test_what_is_sold_while_they_are_read_counts_in_none_of_them(shop: Any) -> None:
    car = shop.car(price=500_000)

    with _after_the_first_question(shop, lambda: shop.order(car_id=car.id)):
        numbers = dashboard.numbers(shop.reader)
    assert (numbers.available, numbers.active_orders, numbers.due) == (1, 0, Decimal(0))
    assert dashboard.numbers(shop.reader).active_orders == 1


@contextmanager
def _after_the_first_question(shop: Any, act: Any) -> Iterator[None]:
    engine = shop.reader._engine
    acts = [act]

    def on_answer(*_: Any) -> None:
        if acts:
            acts.pop()()

    event.listen(engine, "after_cursor_execute", on_answer)
    yield
    event.remove(engine, "after_cursor_execute", on_answer)
