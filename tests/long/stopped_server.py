"""The whole server stands still (SIGSTOP) for 5 to 60 seconds while twenty programs sell and a window is open.

The window says so within three seconds and comes back by itself; all go on selling; nothing is lost or doubled.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.long.failovers import DATABASE, Program, lines, wait_for
from tests.server import cluster_seller
from tests.server.cluster_seller import Done
from tests.server.standbys import Node
from tests.server.standbys import throwaway_folder as new_folder

PROGRAMS = 20
STOPS = (5, 10, 20, 40, 60)
"""Seconds."""


def main(longest: int = 60) -> None:
    """Raises where something acknowledged was lost or doubled, or did not go on."""
    from dealer_desktop.server import upgrade
    from dealer_desktop.server.connect import connect
    from dealer_desktop.server.throwaway import remove

    told, back, again = [], [], []
    node = Node(new_folder(), "db1")
    try:
        node.make_first()
        with connect(node.url()) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        url = node.url(DATABASE)
        upgrade.upgrade(url)
        with tempfile.TemporaryDirectory() as folder:
            window = Program("tests.server.cluster_window", url, Path(folder))
            sellers = [Program("tests.server.cluster_seller", url, Path(folder)) for _ in range(PROGRAMS)]
            wait_for(lambda: all(seller.lines for seller in sellers), "every program sells", 180)
            for seconds in (stop for stop in STOPS if stop <= longest):
                wait_for(lambda: window.lines and window.lines[-1]["connected"], "the window is connected")
                stopped = time.time()
                node.freeze()
                away = time.time()
                time.sleep(seconds)
                node.thaw()
                thawed = time.time()
                wait_for(lambda since=thawed: any(one["ended"] > since for one in lines(sellers)), "they sell again")
                again.append(min(one["ended"] for one in lines(sellers) if one["ended"] > thawed) - thawed)
                wait_for(lambda: window.lines[-1]["connected"], "the window is connected again")
                said = [line["at"] for line in window.lines if line["at"] > stopped and not line["connected"]]
                told.append(max(said[0] - away, 0.0))
                back.append(max(window.lines[-1]["at"] - thawed, 0))
            for program in (*sellers, window):
                program.end()
            done = [Done(**line) for line in lines(sellers)]
        found = cluster_seller.faults(url, done)
    finally:
        node.stop()
        remove(node.folder)
    assert found == [], found
    print(
        f"{PROGRAMS} programs at work, the server stopped {len(told)} times for up to {longest} s: {len(done)} acts "
        f"acknowledged, {sum(one.lost > 0 for one in done)} of them sent again, 0 lost, 0 doubled; the window said so "
        f"within {max(told):.2f} s; they sold again {max(again):.1f} s, the window was back {max(back):.1f} s after it"
    )


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:2]))
