"""Twenty programs at once, each a process with connections of its own."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.services import fighting

ROOT = Path(__file__).parents[2]
PROCESSES = 20


def fight(url: str, what: str, ids: list[int]) -> Counter[str]:
    """How the attempts of all processes ended, which begin together."""
    command = [sys.executable, "-m", "tests.services.fighting", url, what, *map(str, ids)]
    fighters = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for fighter in fighters:
        assert fighter.stdout and fighter.stdout.readline() == "ready\n"
    for fighter in fighters:
        assert fighter.stdin
        fighter.stdin.write("go\n")
        fighter.stdin.flush()
    said = [fighter.communicate()[0] for fighter in fighters]
    assert all(fighter.returncode == 0 for fighter in fighters)
    return Counter(line for words in said for line in words.splitlines())


def deadlocks(shop: Any) -> int:
    # What a backend counted becomes visible when it has gone.
    return int(shop.one("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))


def test_fifty_cars_are_sold_once_each(shop: Any, database_url: str) -> None:
    cars = [shop.car().id for _ in range(50)]
    ended = fight(database_url, "cars", cars)
    assert ended == {"made": 50, "CarNotAvailable": 50 * (PROCESSES - 1)}
    assert shop.one("SELECT count(*) FROM orders") == shop.one("SELECT count(DISTINCT car_id) FROM orders") == 50
    assert shop.one("SELECT count(*) FROM cars WHERE status = 'reserved'") == 50
    assert deadlocks(shop) == 0


def test_an_order_is_never_paid_above_its_total(shop: Any, database_url: str) -> None:
    order = shop.order()
    ended = fight(database_url, "order", [order.id])
    # A million in payments of 30,000: the 34th would be too much. Once 10,000 are left, each further one is refused.
    attempts = PROCESSES * fighting.PAYMENTS
    assert ended == {"made": 33, "BalanceExceeded": attempts - 33}
    assert shop.one("SELECT sum(amount) FROM payments WHERE order_id = %s", order.id) == 990_000
    assert deadlocks(shop) == 0
