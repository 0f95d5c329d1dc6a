"""``python -m tests.benchmarks.inventory.memory URL``: the megabytes of the whole window, all its rows there.

A process of its own for each size, so that only the number of rows tells them apart.
"""

import gc
import sys
import tempfile
from pathlib import Path

import psutil

from dealer_desktop.services.tables import TableQuery
from tests.benchmarks.inventory.window import Bench


def main(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(url, Path(folder))
        for sort in ("price", "mileage"):
            bench.ids(TableQuery("cars", sort=sort))
        for step in range(100):
            bench.jump(step / 100)
        gc.collect()
        print(psutil.Process().memory_info().rss / 1e6)
        bench.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
