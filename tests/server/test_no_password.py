"""A server that logs every statement, and people who come, change their passwords and go: none is left anywhere."""

import io
import logging as standard
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from dealer_desktop.core import logging, paths, settings
from dealer_desktop.core.person_errors import SignInRefused
from dealer_desktop.server import backup, programs, upgrade
from dealer_desktop.server.connect import conninfo
from dealer_desktop.server.embedded import BundledServer, ensure_running, throwaway_folder
from dealer_desktop.server.sign_in import sign_in
from dealer_desktop.server.throwaway import remove
from dealer_desktop.services import one_time, open_connections, rights, staff
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.people import OwnPassword
from tests.test_main import say, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]
FIRST, SECOND, OWN, WRONG = "Первый пароль 1!", "second 'secret' \"2\"", "my own: secret 3 %s", "not the password 4"


@pytest.fixture
def talkative() -> Iterator[BundledServer]:
    """A server of the test's own that writes every statement with its parameters down."""
    folder = throwaway_folder()
    told = {"fsync": "off", "log_statement": "all", "log_min_duration_statement": "0", "log_connections": "on"}
    with ensure_running(folder, settings=told | {"log_parameter_max_length": "-1"}, keep_alive=False) as running:
        upgrade.upgrade(running.url)
        rights.give(running.url)
        yield running
    remove(folder)


def add(email: str, password: str) -> bytes:
    """``user add`` as a process of its own; its arguments as every program of this PC sees them."""
    words = ["user", "add", email, "--name", "Анна", "--role", "admin", "--password-stdin"]
    process = subprocess.Popen(
        [sys.executable, "-m", "dealer_desktop", *words],
        cwd=paths.product_root(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    seen = Path(f"/proc/{process.pid}/cmdline").read_bytes() + Path(f"/proc/{process.pid}/environ").read_bytes()
    _out, errors = process.communicate(f"{password}\n".encode(), timeout=60)
    assert process.returncode == 0, errors.decode()
    return seen


def test_no_password_is_left_anywhere(
    talkative: BundledServer,
    say: Say,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    use_as_shared_server(talkative.url, monkeypatch)
    monkeypatch.setenv("LOG__DIR", str(tmp_path / "log"))
    monkeypatch.setenv("LOG__LEVEL", "DEBUG")
    settings.reload()
    logging.set_up("DEBUG", tmp_path / "log")
    owner = str(conninfo(talkative.url)["password"])
    arguments = add("anna@dealer.ru", FIRST)

    with pytest.raises(SignInRefused) as refused:
        sign_in(talkative.url, "anna@dealer.ru", WRONG)
    standard.getLogger("dealer_desktop").warning("refused: %s", refused.value, exc_info=refused.value)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECOND}\n"))
    assert say("user", "password", "anna@dealer.ru", "--password-stdin")[0] == 0
    anna = open_connections(sign_in(talkative.url, "anna@dealer.ru", SECOND).url)
    try:
        own = parse(OwnPassword, request_id=uuid4(), old_password=SECOND, new_password=OWN)
        staff.change_own_password(anna.session_maker, own)
    finally:
        anna.close()
    mine = open_connections(talkative.url)
    try:
        with mine.session_maker() as session, session.begin():
            session.connection().exec_driver_sql(
                "INSERT INTO users (email, full_name, role) VALUES ('late@dealer.ru', 'Late', 'manager')"
            )
        (late,) = one_time.give(mine, None)
    finally:
        mine.close()
    assert sign_in(talkative.url, "anna@dealer.ru", OWN).role == "admin"

    backup.backup(talkative.url, tmp_path / "saved.zip")
    with zipfile.ZipFile(tmp_path / "saved.zip") as archive:
        saved = b"".join(archive.read(name) for name in archive.namelist())
    where = conninfo(talkative.url)
    dump = subprocess.run(
        [str(programs.program("pg_dump")), *(f"--{name}={where[name]}" for name in ("host", "port")),
         f"--username={where['user']}", where["dbname"]],
        env=programs.environment() | {"PGPASSWORD": owner}, capture_output=True, check=True,
    ).stdout  # fmt: skip
    server_log = b"".join(file.read_bytes() for file in talkative.data_folder.rglob("*.log*") if file.is_file())
    app_log = b"".join(file.read_bytes() for file in (tmp_path / "log").iterdir())
    # What is looked at is what was meant.
    assert b"staff_add" in server_log
    assert b"late@dealer.ru" in dump
    assert b"refused" in app_log
    assert os.environ["DB__PASSWORD"] == owner
    places = {
        "the list of processes": arguments.replace(f"DB__PASSWORD={owner}".encode(), b""),
        "the server's log": server_log,
        "the backup": saved,
        "the dump": dump,
        "the program's log": app_log,
    }
    for place, content in places.items():
        for password in (FIRST, SECOND, OWN, WRONG, late.password, owner):
            assert password.encode() not in content, f"{password} is in {place}"
            assert password.replace("'", "''").encode() not in content, f"{password} is in {place}"
    for place in ("the backup", "the dump", "the program's log"):
        assert b"SCRAM-SHA-256$" not in places[place], place
