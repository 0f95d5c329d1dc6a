"""The dialogs of backups and of what doctor finds, as an admin works with them on this PC's own database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.server import embedded, in_use, kept_backups
from dealer_desktop.server.throwaway import remove
from dealer_desktop.services import backups
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.window.doctor_dialog import DoctorDialog
from tests.ui.desk import Desk


def test_what_doctor_finds_is_shown_and_copied(desk: Desk) -> None:
    dialog = desk.start("doctorAction", "doctorDialog")
    assert isinstance(dialog, DoctorDialog)
    desk.settle()
    table = desk.find(QTableWidget, "findingsTable", dialog)
    names = [table.item(row, 0).text() for row in range(table.rowCount())]
    for name in ("Dealer Desktop", "Locale", "Fonts", "Printers", "Room on this PC", "Photos", "Database"):
        assert name in names, names
    assert {"PostgreSQL", "Login", "Clocks"} <= set(names), names
    said = desk.find(Banner, "doctorBanner", dialog).words
    assert said == "Nothing is wrong." or "found." in said
    desk.click(desk.find(QPushButton, "copyButton", dialog))
    assert "PostgreSQL: 18" in QApplication.clipboard().text()
    desk.click(desk.find(QPushButton, "againButton", dialog))
    desk.settle()
    assert table.rowCount() == len(names)


@pytest.fixture
def own(tmp_path: Path, qtbot: object) -> Iterator[tuple[Desk, Path]]:
    """A window on a bundled database of its own."""
    folder = embedded.throwaway_folder()
    settings = tmp_path / "window.ini"
    window = application.start(["dealer-desktop"], Place(folder, settings=settings))
    desk = Desk(window)
    desk.wait(lambda: window.context is not None, "the database is open")
    desk.settle()
    yield desk, folder
    application.close(window)
    QSettings(str(settings), QSettings.Format.IniFormat).sync()
    remove(folder)


def test_an_old_backup_is_told_and_one_is_made_and_put_back_beside(own: tuple[Desk, Path]) -> None:
    desk, folder = own
    button = desk.window.findChild(QPushButton, "backupButton")
    assert button is not None
    assert not button.isVisible()
    desk.window.status.tell_backup("The last backup is 4 days old.")
    desk.click(button)
    dialog = desk.dialog("backupDialog")
    desk.settle()
    assert "None was made yet." in desk.words(dialog)
    desk.click(desk.find(QPushButton, "keepNowButton", dialog))
    desk.settle()
    banner = desk.find(Banner, "backupBanner", dialog)
    assert "was tried" in banner.words
    assert len(kept_backups.kept(folder)) == 1
    table = desk.find(QTableWidget, "keptTable", dialog)
    assert table.rowCount() == 1
    assert "0 hours old" in desk.words(dialog)
    restore = desk.find(QPushButton, "restoreKeptButton", dialog)
    assert not restore.isEnabled()
    table.selectRow(0)
    desk.click(restore)
    desk.settle()
    assert "in the new database dealer_" in banner.words
    desk.click(desk.find(QPushButton, "useRestoredButton", dialog))
    desk.settle()
    assert "start it again" in banner.words
    assert in_use.read(folder).startswith("dealer_2")
    assert backups.kept(str(folder))[0].size > 0
