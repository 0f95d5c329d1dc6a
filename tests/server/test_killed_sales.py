"""kill -9 of the app and of PostgreSQL in the middle of work: every acknowledged sale is there, and nothing twice."""

import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from dealer_desktop.server import embedded, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.services import cars, open_connections, orders, payments
from tests.server import selling
from tests.server.conftest import ROOT, kill_server

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL")


def sell_until_killed(folder: Path, seconds: float) -> list[dict[str, Any]]:
    """What the process said until it and its PostgreSQL were killed, ``seconds`` after its first sale began."""
    app = subprocess.Popen(
        [sys.executable, "-m", "tests.server.selling", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert app.stdout
    lines = [app.stdout.readline()]
    assert lines[0], "the process sold nothing"

    def kill() -> None:
        # Either may die first.
        if random.random() < 0.5:
            app.kill()
            kill_server(folder)
        else:
            kill_server(folder)
            app.kill()

    timer = threading.Timer(seconds, kill)
    timer.start()
    lines += app.stdout.readlines()
    timer.join()
    app.wait()
    # The last line may be cut in two.
    return [json.loads(line) for line in lines if line.endswith("\n")]


def test_every_acknowledged_sale_is_found_after_a_kill_of_everything(throwaway: Path) -> None:
    with embedded.ensure_running(throwaway) as server:
        upgrade.upgrade(server.url)
    done: list[dict[str, Any]] = []
    for _ in range(5):
        said = sell_until_killed(throwaway, random.uniform(0.3, 1.5))
        done += [words for words in said if "done" in words]
        with embedded.ensure_running(throwaway) as server:
            if "intent" in said[-1]:
                done.append(press_save_again(server.url, said[-1]))
            with connect(server.url) as connection:
                paid = "SELECT id, order_id FROM payments WHERE amount"
                rows = {
                    "car": dict(connection.execute("SELECT id, status FROM cars").fetchall()),
                    "order": dict(connection.execute("SELECT id, car_id FROM orders").fetchall()),
                    "deposit": dict(connection.execute(f"{paid} = 150000").fetchall()),
                    "balance": dict(connection.execute(f"{paid} > 150000").fetchall()),
                }
                told = connection.execute(
                    """
                    SELECT o.id, o.status, c.status, o.total_amount,
                           coalesce(sum(p.amount) FILTER (WHERE p.status = 'paid'), 0)
                      FROM orders o JOIN cars c ON c.id = o.car_id LEFT JOIN payments p ON p.order_id = o.id
                     GROUP BY o.id, c.id
                    """
                ).fetchall()
        for words in done:
            assert words["id"] in rows[words["done"]], f"{words} was acknowledged and is lost"
            if words["about"]:
                assert rows[words["done"]][words["id"]] == words["about"]
        for kind, found in rows.items():
            assert len(found) == len([words for words in done if words["done"] == kind]), f"a {kind} is there twice"
        for number, order_status, car_status, total, so_far in told:
            assert car_status == "reserved", number
            assert order_status == ("paid" if so_far == total else "pending"), number
            assert so_far <= total
    assert len(done) > 20


def press_save_again(url: str, intent: dict[str, Any]) -> dict[str, Any]:
    """The same form once more: whatever became of the first try, it happens exactly once."""
    opened = open_connections(url)
    writes, request_id, about = opened.session_maker, UUID(intent["request_id"]), intent["about"]
    try:
        match intent["intent"]:
            case "car":
                made = cars.add(writes, selling.car(request_id)).id
            case "order":
                made = orders.make(writes, selling.order(request_id, about)).order.id
            case kind:
                amount = selling.DEPOSIT if kind == "deposit" else selling.PRICE - selling.DEPOSIT
                made = payments.take(writes, selling.payment(request_id, about, amount)).payment.id
    finally:
        opened.close()
    return {"done": intent["intent"], "about": about, "id": made}
