"""The bundled database backs itself up: a day's file, one before an upgrade, each restored once before it counts."""

import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dealer_desktop import opening
from dealer_desktop.server import archives, kept_backups, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.kept_backups import BackupRefused
from tests.server.conftest import one, start

CAR = (
    "INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
    " VALUES ('XTA217030C0000001', 'LADA', 'Vesta', 2020, 0, 1000000, 'used')"
)


def test_a_day_has_one_backup_that_came_back(throwaway: Path) -> None:
    with start(throwaway) as server:
        upgrade.upgrade(server.url)
        with connect(server.url) as connection:
            connection.execute(CAR)
        assert kept_backups.is_due(throwaway)
        assert opening.keep_backup(server) == ""
        (file,) = kept_backups.kept(throwaway)
        with archives.opened(file) as archive:
            assert archive.tables["cars"].rows == 1
        assert file.stat().st_mode & 0o077 == 0
        assert not kept_backups.is_due(throwaway)
        assert opening.keep_backup(server) == ""
        assert kept_backups.kept(throwaway) == [file]
        # The trial left nothing.
        assert one(server.url, "SELECT count(*) FROM pg_database WHERE datname LIKE 'dealer_trial%'") == 0
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        assert kept_backups.is_due(throwaway, tomorrow)


def test_an_upgrade_saves_first_what_it_changes(throwaway: Path) -> None:
    with start(throwaway) as server:
        upgrade.upgrade(server.url, revision="0004")
        with connect(server.url) as connection:
            connection.execute(CAR)
        opening._upgrade(server.url, lambda _words: None, server)
        assert upgrade.status(server.url) is upgrade.SchemaStatus.CURRENT
        (file,) = kept_backups.kept(throwaway)
        with archives.opened(file) as archive:
            assert archive.revision == "0004"
            assert archive.tables["cars"].rows == 1


def test_the_last_fourteen_stay(throwaway: Path) -> None:
    folder = kept_backups.folder_of(throwaway)
    folder.mkdir(parents=True)
    for day in range(1, 21):
        (folder / f"2020-01-{day:02} 03-00-00.dealer-backup").write_bytes(b"")
    with start(throwaway) as server:
        upgrade.upgrade(server.url)
        newest = kept_backups.keep(server)
        kept = kept_backups.kept(throwaway)
        assert kept[0] == newest
        assert len(kept) == kept_backups.KEPT
        assert kept[-1].name.startswith("2020-01-08")


def test_a_backup_that_does_not_come_back_is_said_and_does_not_count(throwaway: Path) -> None:
    with start(throwaway) as server:
        upgrade.upgrade(server.url)
        with connect(server.url) as connection:
            # Somebody switched the rules off: a reserved car that nobody has an order or a hold for.
            connection.execute("ALTER TABLE cars DISABLE TRIGGER USER")
            connection.execute(CAR)
            connection.execute("UPDATE cars SET status = 'reserved'")
            connection.execute("ALTER TABLE cars ENABLE TRIGGER USER")
        with pytest.raises(BackupRefused, match="cars_held_for_whom"):
            kept_backups.keep(server)
        assert kept_backups.kept(throwaway) == []
        # It is not tried again each minute.
        assert not kept_backups.is_due(throwaway)
        assert kept_backups.is_due(throwaway, datetime.now(UTC) + timedelta(minutes=61))
        # Before an upgrade it is better than nothing, and no reason to keep everybody from working.
        kept_backups.before_upgrade(server)
        refused = list(kept_backups.folder_of(throwaway).glob("*.refused-backup"))
        assert len(refused) == 1
        with archives.opened(refused[0]) as archive:
            assert archive.tables["cars"].rows == 1


def test_it_is_said_when_the_last_one_is_old(throwaway: Path) -> None:
    assert kept_backups.warning(throwaway) == ""
    with start(throwaway) as server:
        upgrade.upgrade(server.url)
        later = datetime.now(UTC) + timedelta(days=4)
        assert "has no backup yet" in kept_backups.warning(throwaway, later)
        kept_backups.keep(server)
        assert kept_backups.warning(throwaway, datetime.now(UTC) + timedelta(days=2)) == ""
        assert "4 days old" in kept_backups.warning(throwaway, later + timedelta(hours=1))


def _keep(folder: str) -> None:
    with start(Path(folder)) as server:
        kept_backups.keep(server)


def test_one_that_is_killed_leaves_nothing_that_counts(throwaway: Path) -> None:
    with start(throwaway) as server:
        upgrade.upgrade(server.url)
        begun = multiprocessing.get_context("spawn").Process(target=_keep, args=[str(throwaway)])
        begun.start()
        folder = kept_backups.folder_of(throwaway)
        deadline = time.monotonic() + 60
        while not list(folder.glob("*.untried")) and time.monotonic() < deadline:
            time.sleep(0.005)
        assert begun.pid is not None
        os.kill(begun.pid, signal.SIGKILL)
        begun.join()
        assert kept_backups.kept(throwaway) == []
        kept_backups.keep(server)
        assert len(kept_backups.kept(throwaway)) == 1
        assert list(folder.glob("*.untried")) == []
        assert one(server.url, "SELECT count(*) FROM pg_database WHERE datname LIKE 'dealer_trial%'") == 0
