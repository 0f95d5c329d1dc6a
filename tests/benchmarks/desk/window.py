"""The real window on a large dealership, driven tab by tab, and how long each thing took."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog

from dealer_desktop.dao import lists
from dealer_desktop.services import cars, customers, orders, stories
from dealer_desktop.services.tables import TableQuery
from tests.benchmarks.floor import seconds
from tests.benchmarks.inventory.floors import PAGE, Floor, spelled
from tests.benchmarks.inventory.window import Bench

KINDS = ("cars", "orders", "payments", "deliveries", "customers")
WORDS = {
    "cars": ("vesta", "B-77"),
    "orders": ("орлов", "79120012"),
    "payments": ("лебедев", "T-100"),
    "deliveries": ("TR-3", "соколов"),
    "customers": ("юлия", "buyer3"),
}
FORMS = (
    ("orders", "editOrderAction"),
    ("orders", "linesAction"),
    ("orders", "takePaymentAction"),
    ("orders", "cancelOrderAction"),
    ("cars", "editCarAction"),
    ("cars", "sellCarAction"),
    ("customers", "editCustomerAction"),
)
Figures = dict[str, tuple[float, float | None]]
"""Milliseconds, and their ratio to the floor's."""


class Desk(Bench):
    """Any tab of the window; ``tab``, ``model`` and ``table`` are those of the one that is in front."""

    def use(self, kind: str) -> None:
        tab = self.window.list_tab(kind)
        assert tab is not None
        self.tab, self.model, self.table = tab, tab.model, tab.table
        self.window.tabs.setCurrentWidget(tab)
        self.settle()

    def select(self, number: int) -> None:
        self.table.selectRow(number)

    def action(self, name: str) -> QAction:
        found: QAction | None = self.window.findChild(QAction, name)
        assert found is not None, name
        return found

    def until(self, what: Callable[[], Any]) -> float:
        """Seconds until ``what`` is so."""
        start = time.perf_counter()
        while not what():
            self.application.processEvents()
            if time.perf_counter() - start > 60:
                raise TimeoutError
        return time.perf_counter() - start

    def dialog(self) -> QDialog | None:
        top = QApplication.activeModalWidget() or QApplication.activeWindow()
        return top if isinstance(top, QDialog) and top.isVisible() else None


def measure(url: str, folder: Path, rounds: int) -> Figures:
    desk = Desk(url, folder)
    floor = Floor(url, 10, desk.table.size())
    found: Figures = {}
    try:
        for kind in KINDS:
            desk.use(kind)
            found |= _sorts(desk, floor, kind, rounds)
            found |= _searches(desk, floor, kind)
        found |= _cards(desk, floor, rounds)
        found |= _forms(desk)
        found |= _stalls(desk)
    finally:
        floor.close()
        desk.close()
    return found


def _sorts(desk: Desk, floor: Floor, kind: str, rounds: int) -> Figures:
    """By every column that a person can click, both ways."""
    window = lists.window_of(kind)
    sorts = dict.fromkeys(column.sort for column in desk.model.columns if column.sort)
    found: Figures = {}
    for sort in sorts:
        taken: list[float] = []
        floors: list[float] = []
        for turn in range(2 * rounds):
            query = TableQuery(kind, sort=sort, descending=turn % 2 == 1)
            taken.append(desk.first_rows(query))
            page = [desk.model.id_at(number) for number in range(min(PAGE, desk.model.rowCount()))]
            ids = ",".join(str(each) for each in page if each is not None)
            sql = spelled(window.select.where(window.id == _any(ids)))
            floors.append(seconds(lambda sql=sql: floor._painted(sql)))
        ms = 1000 * statistics.median(taken)
        found[f"{kind} by {sort}"] = ms, statistics.median(a / b for a, b in zip(taken, floors, strict=True))
    return found


def _any(ids: str) -> Any:
    return sa.any_(sa.literal_column(f"'{{{ids}}}'::bigint[]"))


def _searches(desk: Desk, floor: Floor, kind: str) -> Figures:
    """Letter by letter, each after the answer to the one before."""
    taken: list[float] = []
    ratios: list[float] = []
    for word in WORDS[kind]:
        desk.tab.search_for("")
        desk.settle()
        for letter in word:
            with desk.listening() as said:
                taken.append(desk.keystroke(letter))
                statements = [one for one in said if "LIMIT" in one[0]][:1]
            desk.settle()
            if statements:
                ratios.append(taken[-1] / floor.said(statements))
    desk.tab.search_for("")
    desk.settle()
    worst = 1000 * max(taken)
    return {
        f"{kind}: keystroke to first rows": (1000 * statistics.median(taken), statistics.median(ratios)),
        f"{kind}: the slowest keystroke": (worst, None),
    }


def _cards(desk: Desk, floor: Floor, rounds: int) -> Figures:
    """What is read when a row is selected, through the services, of its statements said again."""
    reader = desk.connections.reader
    middle = {kind: [row[0] for row in floor.raw.execute(_SOME[kind]).fetchall()] for kind in _SOME}
    reads: dict[str, Callable[[int], object]] = {
        "cars": lambda id: cars.details(reader, id),
        "orders": lambda id: orders.details(reader, id),
        "customers": lambda id: customers.card(reader, id),
        "story of an order": lambda id: stories.of_order(reader, id),
    }
    found: Figures = {}
    for kind, read in reads.items():
        taken, ratios = [], []
        for id in middle.get(kind, middle["orders"])[: 3 * rounds]:
            with desk.listening() as said:
                taken.append(seconds(lambda read=read, id=id: read(id)))
            again = [one for one in said if one[0].lstrip().startswith(("SELECT", "WITH"))]
            ratios.append(taken[-1] / seconds(lambda again=again: _say(floor, again)))
        found[f"card: {kind}"] = 1000 * statistics.median(taken), statistics.median(ratios)
    return found


def _say(floor: Floor, statements: Sequence[tuple[str, dict[str, Any]]]) -> None:
    for sql, given in statements:
        floor.raw.execute(sql.encode(), given).fetchall()


_SOME = {
    "cars": "SELECT id FROM cars WHERE id % 997 = 0 ORDER BY id LIMIT 30",
    "orders": "SELECT id FROM orders WHERE id % 499 = 0 ORDER BY id DESC LIMIT 30",
    "customers": "SELECT DISTINCT user_id FROM orders WHERE id % 499 = 0 ORDER BY 1 LIMIT 30",
}


def _forms(desk: Desk) -> Figures:
    """From the action to the form on the screen."""
    found: Figures = {}
    for kind, name in FORMS:
        desk.use(kind)
        filters = {"cars": {"status": ["available"]}, "orders": {"status": ["pending"]}}.get(kind, {})
        desk.ids(TableQuery(kind, sort="id", descending=True, filters=filters))
        desk.select(0)
        desk.settle()
        action = desk.action(name)
        if not action.isEnabled():
            continue
        action.trigger()
        taken = desk.until(desk.dialog)
        desk.settle()
        dialog = desk.dialog()
        assert dialog is not None
        dialog.reject()
        desk.until(lambda: desk.dialog() is None)
        desk.settle()
        found[f"form: {name}"] = 1000 * taken, None
    return found


def _stalls(desk: Desk) -> Figures:
    def tabs() -> Iterator[int]:
        for kind in (*KINDS, *KINDS):
            tab = desk.window.list_tab(kind)
            assert tab is not None
            desk.window.tabs.setCurrentWidget(tab)
            yield 150

    def sorting() -> Iterator[int]:
        desk.use("payments")
        for sort in ("car", "customer_name", "amount", "vin"):
            desk.model.set_query(TableQuery("payments", sort=sort))
            while desk.model.is_asking:
                yield 5

    def selecting() -> Iterator[int]:
        desk.use("orders")
        for number in range(12):
            desk.select(number)
            yield 120

    scripts = {"switching tabs": tabs, "sorting": sorting, "selecting rows": selecting}
    found: Figures = {}
    for words, script in scripts.items():
        desk.longest_stall(script)  # the first time everything is made
        desk.settle()
        found[f"longest stall while {words} (aim: under 50 ms)"] = 1000 * desk.longest_stall(script), None
        desk.settle()
    return found


def main(url: str, rounds: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(url, Path(folder), int(rounds))))


if __name__ == "__main__":
    main(*sys.argv[1:])
