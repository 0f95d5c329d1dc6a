"""The command: fills a bundled database, measures at each size, prints the table and writes it as JSON."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from dealer_desktop.server import embedded, upgrade
from dealer_desktop.server.throwaway import remove, throwaway_folder
from tests.benchmarks.inventory import __doc__ as what
from tests.benchmarks.inventory import imports, rivals, stock

SIZES = (10_000, 100_000, 1_000_000)
IMPORTED = 100_000
# Key, what it says, the aim.
LINES = (
    ("first rows", "first rows on screen, of raw LIMIT 100 and a bare paint", "at most 2"),
    ("first rows, ms", "    in ms", ""),
    ("count", "exact count and scroll bar, the slowest sort, of raw string_agg", "at most 1.5"),
    ("count, ms", "    in ms, all sorts", ""),
    ("jump", "jump anywhere, of a raw fetch of that page and a bare paint", "at most 1.5"),
    ("jump, ms", "    in ms", ""),
    ("jump at 99 % to 1 %", "a jump to 99 %, of one to 1 %", "1"),
    ("keystroke", "keystroke to first results, of the same SQL in raw psycopg and a bare paint", "at most 1.5"),
    ("keystroke, ms", "    in ms", ""),
    ("stall while idle, ms", "longest stall of the event loop in ms: idle", ""),
    ("stall while loading, ms", "    while loading", "under 50"),
    ("stall while typing, ms", "    while typing", "under 50"),
    ("stall while dragging, ms", "    while dragging the scroll bar", "under 50"),
    ("stall while refreshing, ms", "    while another PC moves a car to elsewhere in the list", "under 50"),
    ("memory", "memory in MB above that of the smallest", "at most 40"),
    ("import", f"rate of an import of {IMPORTED:,} cars, of raw COPY's without triggers", "at least 0.33"),
    ("qt, s", "Qt's QSqlTableModel: seconds until all rows are there", ""),
    ("qt, MB", "    its megabytes", ""),
    ("orm, s", "every car by the ORM: seconds until all rows are there", ""),
    ("orm, MB", "    its megabytes", ""),
)


def child(module: str, *given: str, environment: Mapping[str, str] | None = None) -> Any:
    """What ``module`` of this package prints as JSON, run in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.inventory.{module}", *given],
        env={**(environment or os.environ), "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM") or "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return json.loads(run.stdout.splitlines()[-1]) if run.returncode == 0 and run.stdout else None


def measure(url: str, raw: psycopg.Connection[Any], rounds: int) -> dict[str, float]:
    """Everything at the size that the database has now."""
    found: dict[str, float] = child("window", url, str(rounds))
    found["memory"] = child("memory", url)
    with tempfile.TemporaryDirectory() as folder:
        found["import"] = imports.ratio(url, raw, Path(folder), IMPORTED)
    for name in rivals.RIVALS:
        rival = child("rivals", name, url, environment=rivals.environment())
        if rival is not None:
            found[f"{name}, s"] = rival["seconds"]
            found[f"{name}, MB"] = rival["megabytes"]
    return found


def table(figures: Mapping[int, Mapping[str, float]]) -> str:
    """Markdown, a column a size."""
    sizes = list(figures)
    lines = [
        "| | " + " | ".join(f"{size:,}" for size in sizes) + " | aim |",
        "| --- |" + " ---: |" * len(sizes) + " --- |",
    ]
    for key, words, aim in LINES:
        cells = [_cell(figures[size].get(key)) for size in sizes]
        lines.append(f"| {words.strip() if not words.startswith(' ') else '&nbsp;' + words.strip()} | "
                     + " | ".join(cells) + f" | {aim} |")  # fmt: skip
    return "\n".join(lines)


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def sizes_up_to(rows: int) -> Sequence[int]:
    return [*(size for size in SIZES if size < rows), rows]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.inventory", description=what)
    parser.add_argument("--rows", type=int, default=SIZES[-1], help="cars in the largest stock")
    parser.add_argument("--rounds", type=int, default=5, help="how often each figure is taken; the median is told")
    parser.add_argument(
        "--json", type=Path, default=Path("inventory-benchmark.json"), help="where the figures go as well"
    )
    given = parser.parse_args()
    figures: dict[int, dict[str, float]] = {}
    folder = throwaway_folder()
    try:
        with embedded.ensure_running(folder) as server:
            upgrade.upgrade(server.url)
            raw = psycopg.connect(server.url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
            for size in sizes_up_to(given.rows):
                print(f"{size:,} cars…", file=sys.stderr, flush=True)
                stock.fill(raw, size)
                figures[size] = measure(server.url, raw, given.rounds)
            raw.close()
    finally:
        remove(folder)
    least = min(size_figures["memory"] for size_figures in figures.values())
    for size_figures in figures.values():
        size_figures["memory"] -= least
    print(table(figures))
    given.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
