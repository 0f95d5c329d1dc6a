"""Connections are cut, held up and swallowed under writes and reads; then a link that is slow, with a window on it.

No acknowledged write is lost or doubled, every read ends, and both go on after each fault.
"""

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.services import Connections, open_connections, tables
from tests.long.failovers import Program, wait_for
from tests.server import cluster_seller, selling
from tests.server.bare_servers import bare_server
from tests.server.cluster_seller import Done
from tests.services.cutting_proxy import CuttingProxy

DATABASE = "dealer"
LIMITS = DbConfig(
    read_timeout=1.0, answer_timeout=2.0, connect_timeout=2, idle_in_transaction_timeout=1_000, lock_timeout=1_500
)
THREADS = 3
"""That sell, and as many that read."""
SLOW = 0.1
"""Seconds each way."""


class Busy:
    """Threads that sell and read through the proxy, and what came of it."""

    def __init__(self, url: str) -> None:
        self.done: list[Done] = []
        self.reads: list[float] = []
        """How many seconds each took, however it ended."""
        self.refused: Counter[str] = Counter()
        self.good_reads = 0
        self._stop = threading.Event()
        self._connections = [open_connections(url, LIMITS) for _ in range(2)]
        self._threads = [
            threading.Thread(target=work, args=(self._connections[0],))
            for work in (self._sell, self._read)
            for _ in range(THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def _sell(self, opened: Connections) -> None:
        while not self._stop.is_set():
            selling.sell_one(opened.session_maker, cluster_seller.patient(self.done.append))

    def _read(self, opened: Connections) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                tables.first_page(opened.reader, tables.TableQuery("orders"))
                self.good_reads += 1
            except DealerError as error:
                self.refused[type(error).__name__] += 1
            self.reads.append(time.monotonic() - began)
            time.sleep(0.02)

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a question never ended"
        for connections in self._connections:
            connections.close()


def main(rounds: int = 300) -> None:
    """Raises where something was lost or doubled, or never ended."""
    from dealer_desktop.server import upgrade
    from dealer_desktop.server.connect import connect

    dice = random.Random(300)
    faults: Counter[str] = Counter()
    with bare_server() as server:
        with connect(server.url()) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        url = server.url(name=DATABASE)
        upgrade.upgrade(url)
        with CuttingProxy(url) as proxy:
            busy = Busy(proxy.url)
            for round_ in range(rounds):
                time.sleep(dice.uniform(0, 0.2))
                kind = ("cut", "delayed", "swallowed")[round_ % 3]
                faults[kind] += 1
                if kind == "cut":
                    proxy.cut()
                elif kind == "delayed":
                    proxy.hold(dice.choice((0.3, 0.9, 2.5)))
                else:
                    proxy.silence()
                sold, read = len(busy.done), busy.good_reads
                wait_for(lambda sold=sold, read=read: len(busy.done) > sold and busy.good_reads > read, kind)
            busy.end()
        found = cluster_seller.faults(url, busy.done)
        assert found == [], found
        again = sum(one.lost > 0 for one in busy.done)
        print(
            f"{rounds} faults ({', '.join(f'{count} {kind}' for kind, count in faults.items())}) under {THREADS} who "
            f"sell and {THREADS} who read: {len(busy.done)} acts acknowledged, {again} of them sent"
            f" again, 0 lost, 0 doubled; {len(busy.reads)} reads, the longest {max(busy.reads):.1f} s, "
            f"{dict(busy.refused)}"
        )
        _slow_link(url)


def _slow_link(url: str) -> None:
    with CuttingProxy(url) as proxy, tempfile.TemporaryDirectory() as folder:
        proxy.latency = SLOW
        began = time.monotonic()
        window = Program("tests.server.cluster_window", proxy.url, Path(folder))
        wait_for(lambda: window.lines and window.lines[-1]["rows"], "the window over the slow link")
        opened = time.monotonic() - began
        seller = Program("tests.server.cluster_seller", proxy.url, Path(folder))
        wait_for(lambda: len(seller.lines) >= 12, "sales over the slow link", 120)
        shown = window.lines[-1]["rows"]
        wait_for(lambda: window.lines[-1]["rows"] > shown, "what was sold, in the window")
        assert all(line.get("connected", True) for line in window.lines), "it was called lost"
        for program in (seller, window):
            program.end()
        acts, closed = [line["ended"] - line["began"] for line in seller.lines], window.lines[-1]["closed"]
        print(
            f"a link of {2 * SLOW * 1000:.0f} ms: the window had its list after {opened:.1f} s and never called the "
            f"connection lost; an act takes {sorted(acts)[len(acts) // 2]:.1f} s; closed in {closed:.2f} s"
        )


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:2]))
