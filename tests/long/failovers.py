"""Primaries die under five selling programs and an open window; the synchronous standby takes over each time.

None of what was acknowledged may be lost or doubled, all sell again soon after each promotion, and the window says
within three seconds that it has no connection. Each old primary comes back by ``pg_rewind``, as
``docs/failover.md`` has it.
"""

import atexit
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from dealer_desktop.core import paths
from tests.server import cluster_seller
from tests.server.cluster_seller import Done
from tests.server.standbys import cluster_url, pair

SELLERS = 5
DATABASE = "dealer"


class Program:
    """One of the programs, and the lines that it wrote. None is left where a run breaks off (``kill_all``)."""

    _begun: "list[Program]" = []

    def __init__(self, module: str, url: str, folder: Path, *more: str) -> None:
        self.lines: list[dict[str, Any]] = []
        self._errors = (folder / f"{module}-{time.monotonic_ns()}.log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, url, *more],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(paths.product_root()), "QT_QPA_PLATFORM": "offscreen"} | _home(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        Program._begun.append(self)
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @classmethod
    def kill_all(cls) -> None:
        for program in cls._begun:
            program.process.kill()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(json.loads(line))

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        code = self.process.wait(60)
        self._reading.join(10)
        self._errors.seek(0)
        assert code == 0, self._errors.read()[-3000:]


def _home(folder: Path) -> dict[str, str]:
    """Nobody's own settings are read, and none are left."""
    kinds = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    return dict.fromkeys(kinds, str(folder))


atexit.register(Program.kill_all)


def wait_for(what: Any, words: str = "", seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"it never came: {words}"
        time.sleep(0.01)


def main(rounds: int = 20, frozen: int = 2) -> None:
    """``frozen`` further primaries hang instead of dying. Raises where something acknowledged was lost or doubled."""
    from dealer_desktop.server import upgrade
    from dealer_desktop.server.connect import connect

    dice = random.Random(19)
    again: list[float] = []
    told: list[float] = []
    back: list[float] = []
    with pair() as (first, second), tempfile.TemporaryDirectory() as folder:
        with connect(first.url()) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        upgrade.upgrade(first.url(DATABASE))
        second.run("standby", first)
        first.be_synchronous_with(second)
        url = cluster_url((first, second), DATABASE)
        sellers = [Program("tests.server.cluster_seller", url, Path(folder)) for _ in range(SELLERS)]
        window = Program("tests.server.cluster_window", url, Path(folder))
        wait_for(lambda: all(len(seller.lines) > 3 for seller in sellers), "sellers")
        wait_for(lambda: window.lines and window.lines[-1]["rows"], "the window")
        primary, standby = first, second
        for round_ in range(rounds + frozen):
            time.sleep(dice.uniform(0.5, 2))
            wait_for(lambda: window.lines[-1]["connected"])
            began = time.time()
            (primary.stop if round_ < rounds else primary.freeze)()
            away = time.time()
            # Where it is promoted at once, the window has found the new primary before it could say anything.
            time.sleep(dice.uniform(0, 4))
            standby.run("promote")
            promoted = time.time()
            wait_for(lambda since=promoted: any(one["ended"] > since for one in lines(sellers)))
            again.append(min(one["ended"] for one in lines(sellers) if one["ended"] > promoted) - promoted)
            wait_for(lambda since=began: window.lines[-1]["connected"] and window.lines[-1]["at"] > since)
            said = [line for line in window.lines if line["at"] > began]
            told += [max(line["at"] - away, 0.0) for line in said if not line["connected"]][:1]
            back.append(max(said[-1]["at"] - promoted, 0.0))
            primary.stop()  # a hung one is fenced only now
            primary.run("rejoin", standby)
            standby.be_synchronous_with(primary)
            primary, standby = standby, primary
        for program in (*sellers, window):
            program.end()
        done = [Done(**line) for line in lines(sellers)]
        found = cluster_seller.faults(primary.url(DATABASE), done)
    assert found == [], found
    assert max(told) < 3, told
    hung, hung_back = again[rounds:], back[rounds:]
    again, back = again[:rounds], back[:rounds]
    print(
        f"{rounds} failovers under {SELLERS} selling programs and an open window: {len(done)} acts acknowledged, "
        f"{sum(one.lost > 0 for one in done)} of them sent again, 0 lost, 0 doubled; selling again after the promotion "
        f"within {max(again):.2f} s at most, {sorted(again)[len(again) // 2]:.2f} s usually; the window said so within "
        f"{max(told):.2f} s of the death ({len(told)} times) and was back {max(back):.1f} s after a promotion at most; "
        f"it closed in {window.lines[-1]['closed']:.2f} s"
    )
    if frozen:
        print(
            f"{frozen} from a primary that hung and held on to its connections: selling again after {max(hung):.1f} s, "
            f"the window was back {max(hung_back):.1f} s after the promotion"
        )


def lines(sellers: list[Program]) -> list[dict[str, Any]]:
    return [line for seller in sellers for line in list(seller.lines)]


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:3]))
