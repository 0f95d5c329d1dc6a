"""The real window on a stock, driven as a person drives it, and how long each thing took."""

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dealer_desktop.services import dealer, open_connections
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.session.changes import ChangeFeed
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables.model import WindowedTableModel
from dealer_desktop.ui.window.main_window import MainWindow
from tests.benchmarks.inventory.floors import PAGE, Floor

SORTS = ("price", "year", "mileage", "make", "days_in_stock")
DEPTHS = (0.01, 0.25, 0.5, 0.75, 0.99)
WORDS = ("lada", "камри", "серый", "B-77")
_PAUSE_MS = 100
_LONGEST_WAIT_MS = 120_000


class _Painted(QObject):
    """Whether ``widget`` was painted while the model showed what was asked last."""

    def __init__(self, widget: QWidget, model: WindowedTableModel) -> None:
        super().__init__(widget)
        self.yes = False
        self._model = model
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject."""
        if event.type() == QEvent.Type.Paint and self._model._asked_for == self._model.query:
            self.yes = True
        return False


class Bench:
    """The inventory tab of a whole window on the database at ``url``, all rows there."""

    def __init__(self, url: str, folder: Path) -> None:
        self.application = QApplication.instance() or QApplication([])
        assert isinstance(self.application, QApplication)
        theme.install(self.application, "light")
        self.connections = open_connections(url)
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        context = UiContext(self.connections, ChangeFeed(), dealer.get(self.connections.reader), settings)
        self.window = MainWindow(settings)
        self.window.resize(QSize(1440, 900))
        self.window.show()
        self.window.open_database(context)
        assert jobs.wait_for_all(_LONGEST_WAIT_MS)
        tab = self.window.list_tab("cars")
        assert tab is not None
        self.tab, self.model, self.table = tab, tab.model, tab.table

    def close(self) -> None:
        self.window.close()
        assert jobs.wait_for_all(_LONGEST_WAIT_MS)
        self.connections.close()

    # -- what is timed ------------------------------------------------------------------------------------------------

    def first_rows(self, query: TableQuery) -> float:
        """From the question to its first rows on the screen, in seconds; then waits for the rest."""
        taken = self._until_painted(lambda: self.model.set_query(query))
        self.settle()
        return taken

    def ids(self, query: TableQuery) -> float:
        """From the question to the exact count and scroll bar."""
        start = time.perf_counter()
        self._until(self.model.loaded, lambda: self.model.set_query(query))
        taken = time.perf_counter() - start
        self.settle()
        return taken

    def jump(self, depth: float) -> float:
        """From the scroll bar's move to the rows there on the screen."""
        bar = self.table.verticalScrollBar()
        self.model.forget(None)
        start = time.perf_counter()
        bar.setValue(round(bar.maximum() * depth))
        first, last = self.table.window_rows()
        while any(self.model.row(number) is None for number in range(first, last + 1)):
            self._until(self.model.rows_read, lambda: None)
        self.table.viewport().repaint()
        taken = time.perf_counter() - start
        self.settle()
        return taken

    def keystroke(self, letter: str) -> float:
        """From one key in the search box to the first rows of its answer on the screen."""
        return self._until_painted(lambda: self.press(letter))

    def press(self, letter: str) -> None:
        """A key of any alphabet in the search box; QTest knows Latin letters only."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            self.application.sendEvent(self.tab.search, event)

    @contextmanager
    def listening(self) -> Iterator[list[tuple[str, dict[str, Any]]]]:
        """Every statement that is sent meanwhile, with its parameters."""
        said: list[tuple[str, dict[str, Any]]] = []
        engine = self.connections.reader._engine

        def keep(_connection: Any, _cursor: Any, sql: str, given: Any, _context: Any, _many: bool) -> None:
            said.append((sql, dict(given)))

        sa.event.listen(engine, "before_cursor_execute", keep)
        try:
            yield said
        finally:
            sa.event.remove(engine, "before_cursor_execute", keep)

    # -- the event loop -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Until nothing is on its way any more, nor waits for its turn to be asked or painted."""
        for _again in range(2):
            assert jobs.wait_for_all(_LONGEST_WAIT_MS)
            QTest.qWait(_PAUSE_MS)

    def _until_painted(self, begin: Callable[[], None]) -> float:
        """Seconds from ``begin`` until the rows that it asks for are on the screen."""
        viewport = self.table.viewport()
        start = time.perf_counter()
        painted: list[_Painted] = []

        def ask() -> None:
            begin()
            painted.append(_Painted(viewport, self.model))

        self._until(self.model.rows_read, ask)
        if not painted[0].yes:
            viewport.repaint()
        taken = time.perf_counter() - start
        viewport.removeEventFilter(painted[0])
        return taken

    def _until(self, signal: Any, begin: Callable[[], None]) -> None:
        loop = QEventLoop()
        signal.connect(loop.quit)
        begin()
        QTimer.singleShot(_LONGEST_WAIT_MS, loop.quit)
        loop.exec()
        signal.disconnect(loop.quit)

    def longest_stall(self, script: Callable[[], Iterator[int]]) -> float:
        """The longest time, in seconds, that the event loop did not turn while ``script`` ran.

        ``script`` yields the milliseconds after which it goes on.
        """
        longest, last = 0.0, time.perf_counter()

        def beat() -> None:
            nonlocal longest, last
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

        loop = QEventLoop()
        steps = script()

        def step() -> None:
            pause = next(steps, None)
            if pause is None:
                loop.quit()
            else:
                QTimer.singleShot(pause, step)

        heart = QTimer(interval=1)
        heart.timeout.connect(beat)
        heart.start()
        QTimer.singleShot(0, step)
        loop.exec()
        heart.stop()
        return longest


def measure(url: str, folder: Path, rounds: int) -> dict[str, float]:
    """All ratios to the floors and all stalls, at the size that the database has now."""
    bench = Bench(url, folder)
    shown = bench.table.horizontalHeader()
    columns = sum(not shown.isSectionHidden(number) for number in range(shown.count()))
    floor = Floor(url, columns, bench.table.size())
    try:
        found = {**_questions(bench, floor, rounds), **_jumps(bench, floor, rounds), **_keys(bench, floor)}
        return {**found, **_stalls(bench, floor, rounds)}
    finally:
        floor.close()
        bench.close()


def _questions(bench: Bench, floor: Floor, rounds: int) -> dict[str, float]:
    """Each question is another one than what is shown; each sort is asked in both directions."""
    first: list[float] = []
    first_ms: list[float] = []
    ids: dict[str, list[float]] = {sort: [] for sort in SORTS}
    ids_ms: list[float] = []
    for turn in range(rounds):
        for sort in SORTS:
            query = TableQuery("cars", sort=sort, descending=turn % 2 == 0)
            taken = bench.first_rows(query)
            first.append(taken / floor.first_rows(query))
            first_ms.append(taken * 1000)
            query = TableQuery("cars", sort=sort, descending=turn % 2 == 1)
            taken = bench.ids(query)
            ids[sort].append(taken / floor.ids(query))
            ids_ms.append(taken * 1000)
    return {
        "first rows": statistics.median(first),
        "first rows, ms": statistics.median(first_ms),
        "count": max(map(statistics.median, ids.values())),
        "count, ms": statistics.median(ids_ms),
    }


def _jumps(bench: Bench, floor: Floor, rounds: int) -> dict[str, float]:
    ratios: list[float] = []
    at: dict[float, list[float]] = {depth: [] for depth in DEPTHS}
    chance = random.Random(1)
    for _turn in range(rounds):
        for depth in DEPTHS:
            near = depth + chance.uniform(-0.005, 0.005)
            taken = bench.jump(near)
            first, _last = bench.table.window_rows()
            page = [bench.model.id_at(number) for number in range(first, first + PAGE)]
            ratios.append(taken / floor.page([one for one in page if one is not None]))
            at[depth].append(taken)
    return {
        "jump": statistics.median(ratios),
        "jump, ms": 1000 * statistics.median(time for times in at.values() for time in times),
        "jump at 99 % to 1 %": statistics.median(at[0.99]) / statistics.median(at[0.01]),
    }


def _keys(bench: Bench, floor: Floor) -> dict[str, float]:
    """Each letter after the answer to the one before it; the floor says the statements of that answer again."""
    ratios: list[float] = []
    taken_ms: list[float] = []
    for word in WORDS:
        bench.tab.search_for("")
        bench.settle()
        for letter in word:
            with bench.listening() as said:
                taken = bench.keystroke(letter)
                # The first page's; the others are the ids and the counts.
                statements = [one for one in said if "LIMIT" in one[0]][:1]
            bench.settle()
            ratios.append(taken / floor.said(statements))
            taken_ms.append(taken * 1000)
    bench.tab.search_for("")
    bench.settle()
    return {"keystroke": statistics.median(ratios), "keystroke, ms": statistics.median(taken_ms)}


def _stalls(bench: Bench, floor: Floor, rounds: int) -> dict[str, float]:
    bar = bench.table.verticalScrollBar()

    def idle() -> Iterator[int]:
        yield 1000

    def load() -> Iterator[int]:
        for sort in ("price", "make", "days_in_stock"):
            bench.model.set_query(TableQuery("cars", sort=sort))
            while bench.model.is_asking:
                yield 5

    def typing() -> Iterator[int]:
        for letter in "vesta серый":
            bench.press(letter)
            yield 90
        while bench.model.is_asking:
            yield 5
        bench.tab.search_for("")
        while bench.model.is_asking:
            yield 5

    def drag() -> Iterator[int]:
        for step in range(120):
            bar.setValue(round(bar.maximum() * step / 120))
            yield 16

    def refresh() -> Iterator[int]:
        bench.model.set_query(TableQuery("cars", sort="price"))
        while bench.model.is_asking:
            yield 5
        moved = bench.model.id_at(bench.model.rowCount() * 2 // 3)
        for price in (600_000, 5_000_000, 3_000_000):
            floor.raw.execute("UPDATE cars SET price = %s WHERE id = %s", (price, moved))
            bench.model.refresh_ids()
            while bench.model.is_asking:
                yield 5

    scripts = {"idle": idle, "loading": load, "typing": typing, "dragging": drag, "refreshing": refresh}
    found = {}
    for name, script in scripts.items():
        longest = []
        for _turn in range(rounds):
            longest.append(1000 * bench.longest_stall(script))
            bench.settle()
        found[f"stall while {name}, ms"] = statistics.median(longest)
    return found


def main(url: str, rounds: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(url, Path(folder), int(rounds))))


if __name__ == "__main__":
    main(*sys.argv[1:])
