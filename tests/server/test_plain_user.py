"""The bundled database of a plain user, also where the tests run as root: in a forked child that has become one."""

import contextlib
import multiprocessing
import os
import shutil
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.server import programs
from dealer_desktop.server.cluster import Cluster
from dealer_desktop.server.connect import connect, conninfo
from tests.server.conftest import kill_server, start

pytestmark = pytest.mark.skipif(os.name != "posix", reason="users of POSIX")


@pytest.fixture
def home() -> Iterator[Path]:
    """A long Cyrillic home that belongs to the plain user."""
    top = Path(tempfile.mkdtemp(prefix="home-", dir="/tmp"))
    folder = top / "Иван Иванович Петров-Водкин, отдел продаж" / "Общие данные автосалона «Лада»"
    folder.mkdir(parents=True)
    if os.geteuid() == 0:
        owner = nobody()
        for step in (top, folder.parent, folder):
            os.chown(step, *owner)
    yield folder
    shutil.rmtree(top, ignore_errors=True)


def nobody() -> tuple[int, int]:
    import pwd

    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def as_plain_user(work: Callable[[], None]) -> None:
    """Run ``work`` as a plain user: here, if these tests run as one; as ``nobody`` in a forked child of root."""
    if os.geteuid() != 0:
        work()
        return
    shipped = programs._shipped() / "bin" / "postgres"
    if any(not step.stat().st_mode & stat.S_IXOTH for step in (shipped, *shipped.parents)):
        pytest.skip("the virtual environment lies where no other user can reach it")
    reader, writer = multiprocessing.Pipe(duplex=False)

    def child() -> None:
        with contextlib.suppress(BaseException):
            uid, gid = nobody()
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
            os.chdir("/")
            for cached in (programs.system_user, programs.program_folder, programs.major_version):
                cached.cache_clear()
            try:
                work()
                writer.send("")
            except BaseException:
                writer.send(traceback.format_exc())
        os._exit(0)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    writer.close()
    try:
        told = reader.recv() if reader.poll(60) else "no answer"
    except EOFError:
        told = "the child died"
    process.join()
    assert told == ""


def test_a_plain_user_has_his_own_in_a_long_cyrillic_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = home / "database"

    def work() -> None:
        with start(folder) as server:
            with connect(server.url) as connection:
                row = connection.execute("SELECT lower('Ё'), current_user").fetchone()
            assert row == ("ё", "dealer")
            sockets = Path(conninfo(server.url)["host"])
            assert len(os.fsencode(sockets)) < 90
            assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
            assert sockets.stat().st_uid == os.geteuid()
            kill_server(folder)
        with start(folder) as server, connect(server.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert Cluster(folder).running() is None
        assert not sockets.exists()

    as_plain_user(work)


def test_a_socket_folder_that_a_stranger_made_first_is_not_used(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can play the stranger")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = home / "database"
    used: list[Path] = []

    def find() -> None:
        with start(folder) as server:
            (home / "used").write_text(conninfo(server.url)["host"])

    as_plain_user(find)
    used.append(Path((home / "used").read_text()))
    squatted = used[0]
    squatted.mkdir(mode=0o777)  # root's, not the plain user's
    try:
        as_plain_user(find)
        assert (home / "used").read_text() != str(squatted)
    finally:
        squatted.rmdir()


def test_a_folder_that_is_not_writable_is_told(home: Path) -> None:
    def work() -> None:
        home.chmod(0o500)
        with pytest.raises(BundledDatabaseFailed, match="not writable"):
            start(home / "database")

    as_plain_user(work)
