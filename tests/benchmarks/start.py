"""``python -m tests.benchmarks.start``: from the start of the process to the window, and to its first row, on a
database that runs already, beside a bare PySide6 window with one psycopg query. Each in a process of its own, in turn.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

from dealer_desktop import demo
from dealer_desktop.server import embedded, upgrade
from dealer_desktop.server.throwaway import remove, throwaway_folder
from dealer_desktop.services import open_connections

AIMS = {"window": 1.5, "rows": 3.0}


def main() -> None:
    """Prints the median of each and its ratio to the floor's; with ``--json``, as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    print(_report(measure(given.rounds), as_json=given.json))


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Median seconds of "window" and "rows", of the "product" and of the "floor"."""
    folder = throwaway_folder()
    server = embedded.ensure_running(folder)
    taken: dict[str, list[dict[str, float]]] = {"product": [], "floor": []}
    try:
        upgrade.upgrade(server.url)
        connections = open_connections(server.url)
        demo.fill(connections, folder)
        connections.close()
        for turn in range(rounds + 1):
            for which, found in taken.items():
                one = _child(which, server.url)
                if turn:  # the first of each fills the disk's cache
                    found.append(one)
    finally:
        server.release()
        remove(folder)
    return {
        which: {key: statistics.median(one[key] for one in found) for key in AIMS} for which, found in taken.items()
    }


def _child(which: str, url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-c", _PRODUCT if which == "product" else _FLOOR, url],
            env={
                **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
                "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM") or "offscreen",
                "XDG_CONFIG_HOME": folder,
                "LOG__DIR": folder,
            },
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


_PRODUCT = """
import json, sys, time
BEGAN = time.time()
import dealer_desktop.core.settings  # before Qt, as the command line does
from dealer_desktop import application
from PySide6.QtCore import QEventLoop, QTimer
window = application.start(["dealer-desktop"], application.Place(url=sys.argv[1]))
def until(there):
    # In a waiting event loop, as the program's own is: one that asks for events all the time takes the interpreter
    # from the threads that import.
    loop, look = QEventLoop(), QTimer(interval=5)
    look.timeout.connect(lambda: there() and loop.quit())
    look.start()
    loop.exec()
    return time.time() - BEGAN
found = {"window": until(lambda: window.isVisible() and not window.grab().isNull())}
def has_rows():
    tabs = getattr(window, "tabs", None)  # not findChild, which makes the tabs that nobody looks at
    table = tabs.currentWidget().table if tabs is not None else None
    model = table.model() if table is not None else None
    if model is None or not table.isVisible() or model.rowCount() == 0:
        return False
    return model.index(0, 1).data() not in (None, "", "…")
found["rows"] = until(has_rows)
print(json.dumps(found), flush=True)
application.close(window)
"""

_FLOOR = """
import json, sys, time
BEGAN = time.time()
import psycopg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
application = QApplication([])
window, table, model = QMainWindow(), QTableView(), QStandardItemModel()
window.setCentralWidget(table)
window.resize(1366, 768)
window.show()
QCoreApplication.processEvents()
found = {"window": time.time() - BEGAN}
with psycopg.connect(sys.argv[1].replace("postgresql+psycopg://", "postgresql://")) as connection:
    for row in connection.execute("SELECT * FROM cars ORDER BY id LIMIT 100"):
        model.appendRow([QStandardItem(str(value)) for value in row])
table.setModel(model)
QCoreApplication.processEvents()
found["rows"] = time.time() - BEGAN
print(json.dumps(found), flush=True)
"""


def _report(found: dict[str, dict[str, float]], *, as_json: bool) -> str:
    ratios = {key: found["product"][key] / found["floor"][key] for key in AIMS}
    if as_json:
        return json.dumps({"seconds": found, "ratios": ratios})
    lines = ["| | product | bare | ratio | aim |", "| --- | ---: | ---: | ---: | --- |"]
    for key, words in (("window", "window on the screen"), ("rows", "first row on the screen")):
        ours, bare = found["product"][key], found["floor"][key]
        lines.append(f"| {words} | {ours:.2f} s | {bare:.2f} s | {ratios[key]:.2f} | at most {AIMS[key]} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
