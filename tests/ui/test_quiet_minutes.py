"""What is done while nobody works is not done while somebody does."""

import threading

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
    minutes = QuietMinutes(QObject(form), work, heard.append, minute_ms=20)
    minutes.start()
    qtbot.wait(150)
    assert runs == []
    form.hide()
    qtbot.waitUntil(lambda: heard[:1] == ["old"], timeout=5000)
    assert runs[0] != threading.main_thread().name
    minutes.stop()
    heard.clear()
    qtbot.wait(100)
    assert heard == []
