"""The rows for pictures: ten years of sales that the page adds up, then nothing; the rules hold again afterwards."""

from datetime import date

import psycopg
import pytest

from dealer_desktop.domain.periods import Days
from dealer_desktop.server import rehearsal_rows
from dealer_desktop.services import numbers
from tests.services.conftest import Shop, shop

__all__ = ["shop"]


def test_ten_years_and_nothing(shop: Shop, database_url: str) -> None:
    for make in ("Kia", "Лада"):
        shop.car(make=make)
    shop.sql("INSERT INTO users (email, full_name, role) VALUES ('s@x.example', 'Анна', 'salesperson')")
    days = Days(date(date.today().year - 11, 1, 1), date.today())
    rehearsal_rows.ten_years(database_url)
    found = numbers.read(shop.reader, days, with_profit=True)
    canceled = shop.one("SELECT count(*) FROM orders WHERE status = 'canceled'")
    assert found.figures.orders.canceled == canceled > 0
    assert found.figures.sold.count == rehearsal_rows.SALES - canceled
    assert found.figures.sold.total == found.figures.takings.all.total
    assert found.figures.profit is not None
    assert found.figures.profit.all.profit > 0
    assert len({point.day.year for point in found.points if point.sold}) >= 10
    rehearsal_rows.nothing(database_url)
    empty = numbers.read(shop.reader, days, with_profit=True)
    assert (empty.figures.sold.count, empty.now.cars, empty.needs) == (0, 0, ())
    with pytest.raises(psycopg.errors.CheckViolation):
        shop.sql("UPDATE users SET role = 'customer' WHERE full_name = 'Анна'")
