"""A process that sells through a cluster's URL and is told of every act by itself; whoever waits presses Retry.

``python -m tests.server.cluster_seller URL [PAUSE]``: a line of JSON for each act that was acknowledged, until its
input ends; ``PAUSE`` seconds between two sales.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from dealer_desktop.core.errors import Busy, ConnectionLost, DealerError
from dealer_desktop.core.server_errors import ReadOnlyServer
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.server.connect import connect
from dealer_desktop.services import open_connections
from tests.server import selling


@dataclass(frozen=True)
class Done:
    """One act that was acknowledged."""

    name: str
    request_id: str
    id: int
    began: float
    ended: float
    """By ``time.time()``."""
    lost: int
    """How often nobody knew what became of it, and it was sent again."""


def patient(acknowledged: Callable[[Done], object]) -> Callable[[str, int, Callable[[UUID], int]], int]:
    """What ``selling.sell_one`` does each act by: the same request again until it is acknowledged."""

    def do(name: str, _about: int, action: Callable[[UUID], int]) -> int:
        request_id, began, lost = uuid4(), time.time(), 0
        while True:
            try:
                made = action(request_id)
            except DealerError as error:
                if not isinstance(error, ConnectionLost | Busy | ReadOnlyServer):
                    raise
                lost += 1
                time.sleep(0.05)
            else:
                acknowledged(Done(name, str(request_id), made, began, time.time(), lost))
                return made

    return do


_KINDS = {"car": "cars", "order": "orders", "deposit": "payments", "balance": "payments"}


def faults(url: str, done: list[Done]) -> list[str]:
    """What was lost or doubled of what was acknowledged; nothing, if all is well."""
    found = []
    with connect(url) as connection:
        known = {str(row[0]) for row in connection.execute("SELECT request_id FROM requests")}
        for one in done:
            there = connection.execute(f"SELECT 1 FROM {_KINDS[one.name]} WHERE id = %s", [one.id]).fetchone()  # type: ignore[arg-type]
            if one.request_id not in known or there is None:
                found.append(f"lost: {one}")
        doubled = """SELECT order_id, amount, count(*) FROM payments GROUP BY 1, 2 HAVING count(*) > 1
            UNION ALL SELECT car_id, 0, count(*) FROM orders GROUP BY 1 HAVING count(*) > 1"""
        found += [f"doubled: {row}" for row in connection.execute(doubled)]
        if len({one.request_id for one in done}) != len({(_KINDS[one.name], one.id) for one in done}):
            found.append("two acts gave the same record")
        sums = "SELECT count(*) FROM orders WHERE paid_total <> (SELECT coalesce(sum(amount), 0) FROM payments "
        wrong = connection.execute(sums + "WHERE order_id = orders.id AND status = 'paid')").fetchone()
        if wrong != (0,):
            found.append(f"orders whose sums are wrong: {wrong}")
    return found


def main(url: str, pause: float = 0) -> None:
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
    connections = open_connections(url, DbConfig())
    do: Any = patient(lambda one: print(json.dumps(asdict(one)), flush=True))
    while not stopped.is_set():
        selling.sell_one(connections.session_maker, do)
        stopped.wait(pause)
    connections.close()


if __name__ == "__main__":
    main(sys.argv[1], *(float(each) for each in sys.argv[2:3]))
