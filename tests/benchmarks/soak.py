"""``python -m tests.benchmarks.soak MINUTES``: a window stays open while other programs sell; nothing of it may grow.

Each minute it prints the window's memory (private and resident), its open files (sockets too), its threads, and the
server's connections. It raises where the last third of the time stands above the first by more than noise.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.long.failovers import DATABASE, Program, wait_for
from tests.server.bare_servers import bare_server

SELLERS = 2
PAUSE = "0.5"
"""Seconds between two sales of each."""
LOOKS_A_MINUTE = 6
GROWTH_MB = 40
"""Of memory, in an hour or less: allocators never give back all that they had at the busiest moment."""
GROWTH = 3
"""Of files and connections."""


def main(minutes: int = 60) -> None:
    """Raises where memory, files or connections grew."""
    from dealer_desktop.server import upgrade
    from dealer_desktop.server.connect import connect

    with bare_server() as server, tempfile.TemporaryDirectory() as folder:
        with connect(server.url()) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        url = server.url(name=DATABASE)
        upgrade.upgrade(url)
        sellers = [Program("tests.server.cluster_seller", url, Path(folder), PAUSE) for _ in range(SELLERS)]
        window = Program("tests.server.cluster_window", url, Path(folder))
        wait_for(lambda: window.lines and window.lines[-1]["rows"], "the window")
        process = psutil.Process(window.process.pid)
        looks: list[tuple[float, float, int, int, int]] = []
        with connect(url) as connection:
            count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            for look in range(minutes * LOOKS_A_MINUTE):
                time.sleep(60 / LOOKS_A_MINUTE)
                memory = process.memory_full_info()
                row = connection.execute(count).fetchone()
                assert row is not None
                looks.append((memory.uss / 2**20, memory.rss / 2**20, process.num_fds(), process.num_threads(), row[0]))
                if look % LOOKS_A_MINUTE == LOOKS_A_MINUTE - 1:
                    sold = sum(len(seller.lines) for seller in sellers)
                    private, resident, files, threads, connections = looks[-1]
                    print(
                        f"{(look + 1) // LOOKS_A_MINUTE:3} min: {private:.1f} MB private, {resident:.1f} MB resident, "
                        f"{files} files, {threads} threads, {connections} connections of all, {sold} acts, "
                        f"{window.lines[-1]['rows']} cars in the list",
                        flush=True,
                    )
        for program in (window, *sellers):
            program.end()
    third = max(len(looks) // 3, 1)
    names = ("MB private", "MB resident", "files", "threads", "connections")
    allowed = (GROWTH_MB, GROWTH_MB, GROWTH, GROWTH, GROWTH)
    for number, (name, most) in enumerate(zip(names, allowed, strict=True)):
        first = statistics.median(look[number] for look in looks[:third])
        last = statistics.median(look[number] for look in looks[-third:])
        print(f"{name}: {first:.1f} in the first third, {last:.1f} in the last")
        assert last - first <= most, f"{name} grew"


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:2]))
