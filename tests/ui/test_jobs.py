"""The one way off the GUI thread."""

import threading
import time
import weakref
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from dealer_desktop.core.errors import NotFound, SearchCanceled
from dealer_desktop.ui import jobs


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def test_the_result_comes_back_on_the_gui_thread(owner: QObject, qtbot: QtBot) -> None:
    seen: list[object] = []
    gui = QThread.currentThread()
    jobs.run(
        owner,
        lambda number: (number + 1, threading.current_thread() is threading.main_thread()),
        41,
        done=lambda result: seen.append((result, QThread.currentThread() is gui)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [((42, False), True)]


def test_an_error_goes_to_who_asked(owner: QObject, qtbot: QtBot) -> None:
    seen: list[Exception] = []

    def fail() -> None:
        raise NotFound

    jobs.run(owner, fail, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], NotFound)


def test_an_error_that_nobody_asked_for_is_told_by_the_board(owner: QObject, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.board().unhandled) as told:
        jobs.run(owner, lambda: 1 // 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_canceled_search_is_told_to_nobody(owner: QObject) -> None:
    seen: list[object] = []

    def search() -> None:
        raise SearchCanceled

    jobs.run(owner, search, done=seen.append, failed=seen.append)
    assert jobs.wait_for_all()
    assert seen == []


def test_nothing_is_called_once_the_owner_is_gone(owner: QObject) -> None:
    seen: list[object] = []
    go = threading.Event()
    jobs.run(owner, go.wait, done=seen.append)
    delete(owner)
    go.set()
    assert jobs.wait_for_all()
    assert seen == []


def test_a_canceled_job_tells_its_ticket_and_calls_nothing(owner: QObject) -> None:
    class Ticket:
        canceled = 0

        def cancel(self) -> None:
            self.canceled += 1

    ticket, go = Ticket(), threading.Event()
    seen: list[Any] = []
    job = jobs.run(owner, go.wait, done=seen.append, ticket=ticket)
    job.cancel()
    job.cancel()
    go.set()
    assert jobs.wait_for_all()
    assert (ticket.canceled, seen) == (1, [])


def test_progress_and_stop(owner: QObject, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []

    def count(job: jobs.Job) -> int:
        for number in range(1, 1_000_000):
            job.report(number, 1_000_000)
            if job.is_canceled():
                return number
            time.sleep(0.001)
        return 0

    job = jobs.run(owner, count, takes_job=True, name="Counting")
    job.progressed.connect(lambda done, total: told.append((done, total)))
    assert [running.name for running in jobs.board().named] == ["Counting"]
    qtbot.waitUntil(lambda: len(told) > 2)
    job.cancel()
    assert jobs.board().named == []
    assert jobs.wait_for_all()
    assert told[0][1] == 1_000_000
    assert len(told) < 100, "the GUI thread is not flooded"


def test_wait_for_all_gives_up(owner: QObject) -> None:
    go = threading.Event()
    jobs.run(owner, go.wait)
    assert not jobs.wait_for_all(100)
    go.set()
    assert jobs.wait_for_all()


def test_closing_waits_for_writes_only(owner: QObject) -> None:
    reading, writing = threading.Event(), threading.Event()
    jobs.run(owner, reading.wait)
    jobs.run(owner, writing.wait, writes=True)
    assert not jobs.wait_for_all(100, only_writes=True)
    writing.set()
    assert jobs.wait_for_all(only_writes=True)
    reading.set()
    assert jobs.wait_for_all()


def test_nothing_is_kept_of_a_job_that_is_done(owner: QObject, qtbot: QtBot) -> None:
    class Result:
        pass

    kept: list[weakref.ref[Result]] = []

    def work() -> Result:
        result = Result()
        kept.append(weakref.ref(result))
        return result

    for _ in range(20):
        jobs.run(owner, work, done=lambda _result: None)
    assert jobs.wait_for_all()
    # The thread that hands a result over lets go of it a moment after the GUI thread has it.
    qtbot.waitUntil(lambda: len(kept) == 20 and not any(ref() for ref in kept))
