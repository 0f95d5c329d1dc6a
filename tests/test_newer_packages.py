"""A newer package in the folder of the settings is noticed, offered and started; nothing else is."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.core import newer_packages, settings
from dealer_desktop.server.connect import connect
from dealer_desktop.services import pc_checks
from dealer_desktop.ui.widgets.banner import Banner


def package(folder: Path, version: str, does: str = "") -> Path:
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "version.txt").write_text(version)
    executable = folder / newer_packages.EXECUTABLE
    executable.write_text(f"#!/bin/sh\n{does}\n")
    executable.chmod(0o755)
    return executable


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Новые версии"
    folder.mkdir()
    monkeypatch.setenv("UPDATES__FOLDER", str(folder))
    settings.reload()
    return folder


def test_the_newest_by_number_is_found_and_no_other(share: Path) -> None:
    assert newer_packages.newest("0.9.2") is None
    package(share / "old", "0.9.1")
    package(share / "next", "0.9.10")
    package(share / "later", "0.10")
    package(share / "words", "99 and more")
    (share / "half" / "_internal").mkdir(parents=True)
    (share / "half" / "_internal" / "version.txt").write_text("7.0")
    found = newer_packages.newest("0.9.2")
    assert found == newer_packages.Package("0.10", share / "later" / newer_packages.EXECUTABLE)
    assert newer_packages.newest("0.10.0") is None
    # Put there itself, not in a folder of its own.
    package(share, "1.0")
    found = newer_packages.newest("0.9.2")
    assert found is not None
    assert found.version == "1.0"


def test_beside_a_package_that_runs_its_neighbours_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = package(tmp_path / "ours", "0.9")
    package(tmp_path / "DealerDesktop 99", "99.0")
    assert newer_packages.newest() is None
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(ours))
    found = newer_packages.newest()
    assert found is not None
    assert found.version == "99.0"


def test_a_share_that_is_not_there_is_doctors_to_tell(share: Path) -> None:
    check = pc_checks.of_newer()
    assert check is not None
    assert check.problem is None
    share.rmdir()
    assert newer_packages.newest() is None
    check = pc_checks.of_newer()
    assert check is not None
    assert "Check UPDATES__FOLDER" in str(check.problem)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the package")
def test_it_is_offered_and_started_instead(qtbot: QtBot, share: Path, tmp_path: Path, database_url: str) -> None:
    told = tmp_path / "told"
    package(share / "new", "99.0", f'echo "$PYINSTALLER_RESET_ENVIRONMENT" > "{told}.half"; mv "{told}.half" "{told}"')
    window = application.start(["dealer-desktop"], Place(url=database_url, settings=tmp_path / "w.ini"))
    try:
        qtbot.waitUntil(lambda: window.findChild(QPushButton, "startNewerButton") is not None, timeout=20_000)
        banner = window.findChild(Banner, "newerBanner")
        assert banner is not None
        assert "99.0" in banner.words
        assert banner.isVisible()
        window.findChild(QPushButton, "startNewerButton").click()
        qtbot.waitUntil(told.exists, timeout=20_000)
        assert told.read_text() == "1\n"
        assert not window.isVisible()
    finally:
        application.close(window)


def test_a_program_that_is_too_old_offers_the_one_that_is_not(
    qtbot: QtBot, share: Path, tmp_path: Path, database_url: str
) -> None:
    package(share / "new", "99.0")
    with connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f00dfeed0001'")
    window = application.start(["dealer-desktop"], Place(url=database_url, settings=tmp_path / "w.ini"))
    try:
        page = window.start_page
        qtbot.waitUntil(lambda: page.has_failed, timeout=20_000)
        # A sentence for whoever sells, one for the admin.
        assert "ask an admin" in page.words
        assert "For the admin: the database has revision f00dfeed0001" in page.words
        words = page.findChild(QLabel, "startText")
        assert words is not None
        assert words.height() >= words.heightForWidth(words.width())  # nothing of it is cut
        offer = page.findChild(QLabel, "startOffer")
        assert offer is not None
        qtbot.waitUntil(offer.isVisible, timeout=20_000)
        assert "99.0" in offer.text()
        button = page.findChild(QPushButton, "startNewerButton")
        assert button is not None
        assert button.isVisible()
        page.show_progress("Starting…")
        assert not button.isVisible()
    finally:
        application.close(window)
