"""Garbage goes on the window's thread, whoever makes it."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from dealer_desktop.ui.garbage import Collector


class _Circle:
    """In a circle of references, so that only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector() -> Iterator[None]:
    was_enabled = gc.isenabled()
    owner = QObject()
    Collector(owner, every_ms=5, first_ms=5)
    yield
    owner.deleteLater()
    if was_enabled:
        gc.enable()


def _circles_on_another_thread(freed_on: list[str]) -> None:
    def work() -> None:
        for _ in range(3000):
            weakref.finalize(_Circle(), lambda: freed_on.append(threading.current_thread().name))

    thread = threading.Thread(target=work, name="pool")
    thread.start()
    thread.join()


@pytest.mark.usefixtures("collector")
def test_what_a_pools_thread_leaves_behind_is_freed_on_the_windows_thread(qtbot: QtBot) -> None:
    freed_on: list[str] = []
    _circles_on_another_thread(freed_on)
    assert freed_on == []
    qtbot.waitUntil(lambda: len(freed_on) == 3000, timeout=10_000)
    assert set(freed_on) == {threading.main_thread().name}


@pytest.mark.usefixtures("collector")
def test_what_lives_on_for_a_while_is_freed_too(qtbot: QtBot) -> None:
    """It grew old in a younger generation: the older ones have their turn as well."""
    old = _Circle()
    gone = weakref.ref(old)
    gc.collect(1)
    gc.collect(1)
    del old

    def has_gone() -> bool:
        freed: list[str] = []
        _circles_on_another_thread(freed)
        return gone() is None

    qtbot.waitUntil(has_gone, timeout=20_000)
