"""The menu's backup and file for support: chosen in the file dialog, written off the GUI thread, stopped on demand."""

import threading
import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from dealer_desktop.server import backup
from dealer_desktop.server.connect import connect
from dealer_desktop.ui import jobs
from tests.commands.test_history import CAR
from tests.models.conftest import Logins
from tests.ui.desk import Desk
from tests.ui.window.conftest import OpenFor


def choose(desk: Desk, action: str, file: Path) -> None:
    """Press the menu's action, in the dialog of backups its button, and name the file."""
    desk.action(action).trigger()
    if action == "backupAction":
        desk.click(desk.find(QPushButton, "saveButton", desk.dialog("backupDialog")))
    asked = next(found for found in desk.window.findChildren(QFileDialog, "saveFileDialog") if found.isVisible())
    asked.selectFile(str(file))
    asked.accept()


def test_an_admin_saves_the_database(desk: Desk, database_url: str, empty_database_url: str, tmp_path: Path) -> None:
    with connect(database_url) as connection:
        connection.execute(CAR, [50])
    file = tmp_path / "saved.dealer-backup"
    choose(desk, "backupAction", file)
    desk.settle()
    assert desk.told() == f"The database is saved to {file}."
    backup.restore(empty_database_url, file)
    with connect(empty_database_url) as connection:
        assert connection.execute("SELECT count(*) FROM cars").fetchone() == (50,)


def test_a_backup_is_stopped(
    qtbot: QtBot, desk: Desk, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on = threading.Event(), threading.Event()
    copy_out = backup.copy_out

    def slowly(*given: object) -> object:
        reading.set()
        assert go_on.wait(30)
        return copy_out(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "copy_out", slowly)
    choose(desk, "backupAction", tmp_path / "saved.dealer-backup")
    assert reading.wait(30)
    (job,) = jobs.board().named
    assert job.name == "Back up the database"
    job.cancel()
    go_on.set()
    desk.settle()
    assert list(tmp_path.glob("*saved*")) == []


def test_a_fault_is_said(desk: Desk, tmp_path: Path) -> None:
    choose(desk, "supportAction", tmp_path / "no such folder" / "support.zip")
    desk.settle()
    assert "cannot be written" in desk.words(desk.dialog("errorDialog"))


def test_the_file_for_support_tells_what_doctor_tells(desk: Desk, tmp_path: Path) -> None:
    choose(desk, "supportAction", tmp_path / "support.zip")
    desk.settle()
    assert desk.told() == f"The file for support is written to {tmp_path / 'support.zip'}."
    with zipfile.ZipFile(tmp_path / "support.zip") as archive:
        assert "PostgreSQL: 18" in archive.read("findings.txt").decode()


def test_a_backup_is_the_admins(pc: OpenFor, logins: Logins, tmp_path: Path) -> None:
    logins.person("admin")
    desk = pc(logins.person("manager").login)
    assert desk.window.findChild(QAction, "backupAction") is None
    # It was written for whoever is there.
    choose(desk, "supportAction", tmp_path / "support.zip")
    desk.settle()
    assert (tmp_path / "support.zip").is_file()
