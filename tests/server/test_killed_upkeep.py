"""Killed at any moment, an upgrade and a restore are whole or undone, and the next run finishes: the short version of
``tests/long/killed_upkeep.py``, which kills the nightly backup, ``db init`` and ``db move`` too.
"""

from pathlib import Path

from dealer_desktop.server import backup
from dealer_desktop.server.embedded import BundledServer
from tests.long.killed_upkeep import Databases, fill_old, restores, upgrades


def test_killed_upgrades_and_restores_lose_nothing(server: BundledServer, tmp_path: Path) -> None:
    databases, file = Databases(server.url), tmp_path / "old.dealer-backup"
    old = databases.make()
    fill_old(old, cars=250)
    backup.backup(old, file)
    try:
        assert "upgrades killed" in upgrades(1, databases, old)
        assert "restores killed" in restores(1, databases, old, file)
    finally:
        databases.drop(old)
