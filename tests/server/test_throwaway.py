"""What is cleared away is what this program made: everybody may make folders and links of any name in /tmp."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dealer_desktop.server import embedded, programs
from dealer_desktop.server.cluster import Cluster
from dealer_desktop.server.throwaway import ABANDONED_AFTER, throwaway_folder
from tests.server.conftest import start

pytestmark = pytest.mark.skipif(os.name != "posix", reason="temporary folders are everybody's own here")
NAME = "dealer-desktop-throwaway-x"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A /tmp of this test's own, seen as a plain user does."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(programs, "system_user", lambda: None)
    (tmp_path / "Documents").mkdir()
    (tmp_path / "Documents" / "contract.txt").write_text("signed")
    return tmp_path


def age(place: Path) -> None:
    """As if nobody had touched it for longer than it takes to be abandoned."""
    for one in (*place.rglob("*"), place) if not place.is_symlink() else (place,):
        os.utime(one, (0, 0), follow_symlinks=False)


def give_away(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    os.chown(place, 65534, 65534, follow_symlinks=False)


def test_an_old_one_of_ours_goes(shared: Path) -> None:
    old = throwaway_folder()
    (old / "file").write_text("x")
    age(old)
    throwaway_folder().rmdir()
    assert ABANDONED_AFTER and not old.exists()


def strangers(shared: Path) -> Path:
    (shared / NAME).mkdir(mode=0o700)
    give_away(shared / NAME)
    return shared / NAME


def open_to_all(shared: Path) -> Path:
    (shared / NAME).mkdir()
    (shared / NAME).chmod(0o755)
    return shared / NAME


def link(shared: Path) -> Path:
    (shared / NAME).symlink_to(shared / "Documents")
    return shared / NAME


def file(shared: Path) -> Path:
    (shared / NAME).write_text("x")
    return shared / NAME


@pytest.mark.parametrize("make", [strangers, open_to_all, link, file])
def test_what_is_not_ours_stays(shared: Path, make: Callable[[Path], Path]) -> None:
    other = make(shared)
    age(other)
    throwaway_folder().rmdir()
    assert os.path.lexists(other)
    assert (shared / "Documents" / "contract.txt").read_text() == "signed"


@pytest.mark.parametrize("name", ["users", "pgdata", "anything"])
def test_links_in_one_of_ours_go_and_what_they_lead_to_stays(shared: Path, name: str) -> None:
    old = throwaway_folder()
    (old / name).symlink_to(shared / "Documents")
    (old / "inner").mkdir()
    (old / "inner" / name).symlink_to(shared / "Documents")
    (old / "real" / "users").mkdir(parents=True)
    (old / "real" / "users" / "1").symlink_to(shared / "Documents" / "contract.txt")
    age(old)
    throwaway_folder().rmdir()
    assert not old.exists()
    assert (shared / "Documents" / "contract.txt").read_text() == "signed"


def test_a_database_that_a_link_leads_to_goes_on(throwaway: Path) -> None:
    with start(throwaway, keep_alive=False) as server:
        old = embedded.throwaway_folder()
        (old / "pgdata").symlink_to(throwaway / "pgdata")
        (old / "users").symlink_to(throwaway / "users")
        age(old)
        embedded.throwaway_folder().rmdir()
        assert not old.exists()
        running = Cluster(throwaway).running()
        assert running and running.pid == server.pid
        assert (throwaway / "pgdata" / "PG_VERSION").exists()
