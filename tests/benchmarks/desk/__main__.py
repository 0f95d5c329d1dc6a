"""The command: fills a bundled database, drives the window on it in a process of its own, prints the table."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from dealer_desktop.server import embedded, upgrade
from dealer_desktop.server.throwaway import remove, throwaway_folder
from tests.benchmarks.desk import __doc__ as what
from tests.benchmarks.desk import dealership


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.desk", description=what)
    parser.add_argument("--cars", type=int, default=500_000)
    parser.add_argument("--orders", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3, help="how often each figure is taken; the median is told")
    parser.add_argument("--json", type=Path, help="where the figures go as well")
    parser.add_argument("--keep", type=Path, help="a folder in which the filled database stays for the next run")
    given = parser.parse_args()
    folder = given.keep or throwaway_folder()
    try:
        with embedded.ensure_running(folder) as server:
            upgrade.upgrade(server.url)
            raw = psycopg.connect(server.url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
            if raw.execute("SELECT EXISTS (SELECT FROM orders)").fetchone() == (False,):
                print(f"{given.cars:,} cars, {given.orders:,} orders…", file=sys.stderr, flush=True)
                dealership.fill(raw, given.cars, given.orders)
            raw.close()
            run = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.desk.window", server.url, str(given.rounds)],
                env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM") or "offscreen"},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
    finally:
        if given.keep is None:
            remove(folder)
    figures: dict[str, list[float | None]] = json.loads(run.stdout.splitlines()[-1])
    print(f"{'ms':>8} {'of raw':>8}")
    for words, (taken, ratio) in figures.items():
        print(f"{taken:>8.1f} {'' if ratio is None else f'{ratio:.2f}':>8}  {words}")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
