"""What is done while nobody works is not done while somebody does."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dealer_desktop.ui.session.quiet_minutes import QuietMinutes


def test_it_waits_for_nobody_to_work_and_runs_off_the_windows_thread(qtbot: QtBot) -> None:
    runs: list[str] = []
    heard: list[str] = []

    def work() -> str:
        runs.append(threading.current_thread().name)
        return "old"

    form = QDialog()
    qtbot.addWidget(form)
    form.setModal(True)
    form.show()
    QCursor.setPos(10, 10)
    minutes = QuietMinutes(QObject(form), minute_ms=20)
    minutes.told.connect(heard.append)
    minutes.start(work)
    qtbot.wait(150)
    assert runs == []
    form.hide()
    qtbot.waitUntil(lambda: heard[:1] == ["old"], timeout=5000)
    assert runs[0] != threading.main_thread().name
    minutes.stop()
    heard.clear()
    qtbot.wait(100)
    assert heard == []


def test_its_owner_goes_without_the_garbage_collector(qtbot: QtBot) -> None:
    """Which may run on any thread, where Qt's objects must not be freed: two windows hung for ever."""

    class Owner(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.minutes = QuietMinutes(self)
            self.minutes.told.connect(self.hear)
            self.minutes.start(str)

        def hear(self, words: str) -> None:
            """Nothing."""

    gc.collect()
    gc.disable()
    try:
        owner = Owner()
        owner.minutes.stop()
        gone = weakref.ref(owner)
        del owner
        assert gone() is None
    finally:
        gc.enable()
