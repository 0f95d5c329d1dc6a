"""The bundled database: private, Russian, shared, and back after every kind of kill."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from dealer_desktop.core.errors import LoginRefused, ServerUnreachable
from dealer_desktop.server import embedded, programs, provision
from dealer_desktop.server.cluster import Cluster
from dealer_desktop.server.connect import connect, conninfo
from dealer_desktop.server.throwaway import is_abandoned
from tests.server.conftest import ROOT, Window, kill_server, one, start

posix = pytest.mark.skipif(os.name != "posix", reason="signals and sockets of POSIX")


def eventually(url: str, query: str, timeout: float = 20) -> Any:
    """Ask until the server answers."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return one(url, query)
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


# -- whatever the environment -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "locale", [{}, {"LC_ALL": "C"}, {"LANG": "ru_RU.KOI8-R"}, {"LC_ALL": "xx_YY.UTF-8", "TZ": "Asia/Tokyo"}]
)
def test_russian_works_whatever_the_environment_says(
    throwaway: Path, monkeypatch: pytest.MonkeyPatch, locale: dict[str, str]
) -> None:
    for name in ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGPORT", "1")
    with start(throwaway) as server:
        with connect(server.url) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
        assert one(server.url, "SELECT lower('Ё') || upper('я')") == "ёЯ"
        assert one(server.url, "SELECT 'ЛАДА' ILIKE '%лада%'") is True
        assert one(server.url, "SELECT cardinality(show_trgm('Лада'))") == 5
        assert one(server.url, "SHOW server_encoding") == "UTF8"


@pytest.mark.parametrize(
    "name",
    ["with space", "с кириллицей и 'кавычкой'", 'quote"and$dollar`s', "а" * 100, "трижды " + "долгий путь/" * 12],
    ids=["space", "cyrillic", "quotes", "long", "deep"],
)
def test_any_folder_will_do(throwaway: Path, name: str) -> None:
    folder = throwaway / name
    folder.mkdir(parents=True)
    for step in (folder, *folder.parents):
        if step.is_relative_to(throwaway):
            step.chmod(0o711)
    with start(folder) as server:
        assert one(server.url, "SELECT 1") == 1
        assert Path(one(server.url, "SHOW data_directory")) == folder / "pgdata"
        sockets = Path(conninfo(server.url)["host"])
    assert not sockets.exists()


def test_roots_umask_is_no_hindrance(throwaway: Path) -> None:
    before = os.umask(0o077)
    try:
        with start(throwaway / "a" / "b") as server:
            assert one(server.url, "SELECT 1") == 1
    finally:
        os.umask(before)


def test_it_is_also_made_as_windows_needs_it(throwaway: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a server, since an administrator of Windows may not run ``postgres --single``."""
    monkeypatch.setattr(provision, "_SINGLE_USER", False)
    with start(throwaway) as server:
        assert one(server.url, "SELECT lower('Ё') || current_user") == "ёdealer"
        assert one(server.url, "SHOW data_directory") == str(throwaway / "pgdata")
        with pytest.raises(LoginRefused):
            connect(server.url.replace(server.url.split("//")[1].split("@")[0], "postgres:"))
    made = ["lock", "password", "passwords-may-be-saved", "pgdata", "users"]
    assert sorted(file.name for file in throwaway.iterdir()) == made


# -- nobody else ------------------------------------------------------------------------------------------------------


@posix
def test_nobody_else_can_log_in(throwaway: Path) -> None:
    with start(throwaway) as server:
        sockets = Path(conninfo(server.url)["host"])
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert stat.S_IMODE((throwaway / "password").stat().st_mode) == 0o600
        assert stat.S_IMODE((throwaway / "pgdata").stat().st_mode) == 0o700
        assert one(server.url, "SHOW listen_addresses") == ""
        for login, password in (("dealer", "dealer"), ("dealer", ""), ("postgres", ""), ("postgres", "postgres")):
            with pytest.raises(LoginRefused):
                connect(server.url.replace(server.url.split("//")[1].split("@")[0], f"{login}:{password}"))
        # Not even the owner of the folder is let in without the password, and the login is no superuser.
        rules = [line.split() for line in (throwaway / "pgdata" / "pg_hba.conf").read_text().splitlines() if line]
        assert {rule[-1] for rule in rules if rule[0] != "#"} == {"scram-sha-256"}
        assert one(server.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root can become another user")
def test_another_user_does_not_reach_the_socket(throwaway: Path) -> None:
    with start(throwaway) as server:
        found = conninfo(server.url)
        psql = [str(programs.program("psql")), "-h", found["host"], "-U", "dealer", "-d", "dealer", "-Atc", "SELECT 42"]
        environment = {"PGPASSWORD": found["password"]}
        assert subprocess.run(psql, env=environment, capture_output=True, text=True).stdout.strip() == "42"
        stranger = subprocess.run(
            psql, env=environment, capture_output=True, text=True, user=65533, group=65533, extra_groups=[], cwd="/"
        )
        assert stranger.returncode != 0
        assert "Permission denied" in stranger.stderr
        for secret in (throwaway / "password", throwaway / "pgdata" / "PG_VERSION"):
            read = subprocess.run(["cat", str(secret)], capture_output=True, user=65533, group=65533, extra_groups=[])
            assert read.returncode != 0


def test_the_password_is_in_no_log_and_no_command_line(throwaway: Path) -> None:
    with start(throwaway) as server:
        password = conninfo(server.url)["password"]
        assert password not in server.log_file.read_text()
        assert not [p for p in psutil.process_iter(["cmdline"]) if password in " ".join(p.info["cmdline"] or [])]


# -- shared -----------------------------------------------------------------------------------------------------------


def test_windows_share_a_server_and_the_last_one_stops_it(throwaway: Path, window: Callable[..., Window]) -> None:
    first, second = window(), window()
    url = first.url()
    assert second.url() == url
    first.leave()
    assert one(url, "SELECT 1") == 1
    second.leave()
    assert Cluster(throwaway).running() is None
    assert not (throwaway / "pgdata" / "postmaster.pid").exists()


def test_within_a_process_it_is_counted(throwaway: Path) -> None:
    first = start(throwaway)
    second = start(throwaway)
    first.release()
    first.release()
    assert one(second.url, "SELECT 1") == 1
    second.release()
    assert Cluster(throwaway).running() is None


def test_eight_windows_at_once_on_a_new_pc(throwaway: Path, window: Callable[..., Window]) -> None:
    windows = [window() for _ in range(8)]
    urls = {each.url() for each in windows}
    assert len(urls) == 1
    assert one(urls.pop(), "SELECT current_database() || '/' || current_user") == "dealer/dealer"
    for each in windows:
        each.leave()
    assert Cluster(throwaway).running() is None


@posix
def test_a_killed_window_is_found_out(throwaway: Path, window: Callable[..., Window]) -> None:
    last = window()
    url = last.url()
    last.kill()
    # Nobody was left to stop it; who comes next joins it, and is the last.
    with start(throwaway) as server:
        assert server.url == url
        assert one(url, "SELECT 1") == 1
        assert len(list((throwaway / "users").iterdir())) == 2
    assert Cluster(throwaway).running() is None
    assert list((throwaway / "users").iterdir()) == []


@posix
def test_a_forked_child_keeps_no_server_alive(throwaway: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from dealer_desktop.server import embedded;"
        "embedded.ensure_running(Path(sys.argv[1]), keep_alive=False);"
        "pid = os.fork();\nif pid == 0: os.close(1); os.close(2); time.sleep(60)\nprint(pid)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(throwaway)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    child = psutil.Process(int(done.stdout))
    try:
        assert Cluster(throwaway).running() is None
    finally:
        child.kill()


@posix
def test_a_command_that_is_told_to_end_stops_its_server(throwaway: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from dealer_desktop import main; from dealer_desktop.server import embedded\n"
        "def work(argv):\n"
        "    server = embedded.ensure_running(Path(sys.argv[1])); print('ready', flush=True); sys.stdin.readline()\n"
        "main.execute = work; main.run()"
    )
    command = subprocess.Popen(
        [sys.executable, "-c", code, str(throwaway)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert command.stdout
    assert command.stdout.readline() == "ready\n"
    command.terminate()
    assert command.wait(30) == 128 + signal.SIGTERM
    assert Cluster(throwaway).running() is None


@posix
def test_what_a_killed_run_threw_away_is_cleared_later(throwaway: Path, window: Callable[..., Window]) -> None:
    killed = window()
    url = killed.url()
    assert not is_abandoned(throwaway)
    killed.kill()
    assert not is_abandoned(throwaway), "its tests may be starting the next window just now"
    for place in (throwaway, throwaway / "users"):
        os.utime(place, (0, 0))
    embedded.throwaway_folder().rmdir()
    assert not throwaway.exists()
    with pytest.raises(ServerUnreachable):
        connect(url)


# -- killed -----------------------------------------------------------------------------------------------------------


@posix
def test_committed_rows_survive_a_kill_of_everything(throwaway: Path, window: Callable[..., Window]) -> None:
    app = window()
    url = app.url()
    with connect(url) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("INSERT INTO kept VALUES (1)")
        with pytest.raises(psycopg.OperationalError), connection.transaction():
            connection.execute("INSERT INTO kept VALUES (2)")
            app.kill()
            kill_server(throwaway)
            connection.execute("SELECT 1")
    with start(throwaway) as server:
        assert one(server.url, "SELECT array_agg(id) FROM kept") == [1]


@posix
def test_a_killed_server_comes_back_under_an_open_window(throwaway: Path) -> None:
    with start(throwaway) as server:
        with connect(server.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS id")
        kill_server(throwaway)
        assert eventually(server.url, "SELECT id FROM kept") == 7


@posix
def test_a_stale_pid_file_with_a_reused_number_is_no_hindrance(throwaway: Path) -> None:
    with start(throwaway, keep_alive=False) as server:
        running = Cluster(throwaway).running()
        assert running
        text = (throwaway / "pgdata" / "postmaster.pid").read_text()
        kill_server(throwaway)
    # Another program of the same user has its number now: here, this test; as root, init is nobody's either.
    (throwaway / "pgdata" / "postmaster.pid").write_text(text.replace(str(running.pid), str(os.getpid()), 1))
    with start(throwaway) as server:
        assert one(server.url, "SELECT 1") == 1
        assert server.pid not in (None, os.getpid())


@posix
def test_lock_files_that_a_power_cut_spoiled_are_no_hindrance(throwaway: Path) -> None:
    with start(throwaway, keep_alive=False):
        running = Cluster(throwaway).running()
        assert running
        files = (throwaway / "pgdata" / "postmaster.pid", Path(running.host) / f".s.PGSQL.{running.port}.lock")
        assert all(file.exists() for file in files)
        kill_server(throwaway)
    for spoiled in (files, files[:1], files[1:]):
        for content in (b"", b"\0" * 512) if spoiled is files else (b"not a number\n",):
            for file in spoiled:
                file.write_bytes(content)
            with start(throwaway, keep_alive=False) as server:
                assert one(server.url, "SELECT 1") == 1
                kill_server(throwaway)


@posix
def test_a_spoiled_lock_file_of_a_living_server_is_left_to_it(throwaway: Path) -> None:
    with start(throwaway, keep_alive=False) as server:
        file = throwaway / "pgdata" / "postmaster.pid"
        whole = file.read_bytes()
        file.write_bytes(b"")
        Cluster(throwaway)._forget_stale_files()
        assert file.exists(), "two servers in one folder would destroy it"
        file.write_bytes(whole)
        assert one(server.url, "SELECT 1") == 1


@posix
def test_a_password_that_a_power_cut_spoiled_is_replaced(throwaway: Path) -> None:
    with start(throwaway, keep_alive=False):
        pass
    (throwaway / "password").write_bytes(b"\0" * 32)
    with start(throwaway, keep_alive=False) as server:
        assert one(server.url, "SELECT 1") == 1


@posix
def test_a_backend_that_outlives_its_postmaster_is_no_hindrance(throwaway: Path) -> None:
    with start(throwaway, keep_alive=False) as server:
        busy = connect(server.url)
        pid = busy.execute("SELECT pg_backend_pid()").fetchone()
        assert pid
        # Stopped, it cannot see that its postmaster died, as one that is stuck in a system call cannot.
        orphan = psutil.Process(pid[0])
        orphan.suspend()
        assert server.pid
        psutil.Process(server.pid).kill()
        server.release()
    with start(throwaway) as server:
        assert one(server.url, "SELECT 1") == 1
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
    busy.close()


@posix
def test_a_first_start_killed_at_any_moment_leaves_nothing_in_the_way(throwaway: Path) -> None:
    for milliseconds in (150, 350, 500, 700, 900):
        child = Window(throwaway)
        time.sleep(milliseconds / 1000)
        child.kill()
    with start(throwaway) as server:
        assert one(server.url, "SELECT current_user") == "dealer"
    # The initdb of a killed start goes on for a moment; what it leaves is cleared with a later start.
    deadline = time.monotonic() + 20
    while list(throwaway.glob("pgdata.new*")) and time.monotonic() < deadline:
        with start(throwaway):
            time.sleep(0.05)
    assert list(throwaway.glob("pgdata.new*")) == []


def test_a_lost_password_is_replaced(throwaway: Path) -> None:
    with start(throwaway) as server:
        with connect(server.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS id")
        old = server.url
    (throwaway / "password").unlink()
    with start(throwaway) as server:
        assert server.url != old
        assert one(server.url, "SELECT id FROM kept") == 7
