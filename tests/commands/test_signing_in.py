"""Commands on a shared server where the settings name nobody: they ask on the terminal, or say what to set."""

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dealer_desktop.core import paths
from dealer_desktop.server import backup
from dealer_desktop.server.connect import conninfo
from dealer_desktop.server.sign_in import sign_in
from tests.models.conftest import PASSWORD, Logins, logins  # noqa: F401
from tests.test_main import say, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def shared(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server that the settings name, without a login."""
    use_as_shared_server(database_url, monkeypatch)
    for name in ("DB__USER", "DB__PASSWORD"):
        monkeypatch.delenv(name)
    return database_url


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, *words: str) -> None:
        self._here, there = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dealer_desktop", *words],
            cwd=paths.product_root(), stdin=there, stdout=there, stderr=there, start_new_session=True,
        )  # fmt: skip
        os.close(there)
        self.shown = ""

    def wait_for(self, words: str) -> None:
        end = time.monotonic() + 60
        while words not in self.shown:
            assert time.monotonic() < end, self.shown
            assert self.read(1.0), self.shown

    def read(self, patience: float) -> bool:
        """What comes next; False at the end."""
        if not select.select([self._here], [], [], patience)[0]:
            return True
        try:
            data = os.read(self._here, 4096)
        except OSError:
            return False
        self.shown += data.decode()
        return bool(data)

    def wait_for_hidden(self, words: str) -> None:
        """Until it asks and shows nothing of what is typed: what came earlier is thrown away."""
        self.wait_for(words)
        end = time.monotonic() + 60
        while termios.tcgetattr(self._here)[3] & termios.ECHO:
            assert time.monotonic() < end, self.shown
            self.read(0.05)

    def type(self, line: str) -> None:
        os.write(self._here, f"{line}\n".encode())

    def end(self) -> int:
        end = time.monotonic() + 60
        while self.read(1.0) and self.process.poll() is None:
            if time.monotonic() > end:
                self.process.kill()
                raise AssertionError(self.shown)
        code = self.process.wait(60)
        while self.read(0.2):
            if not select.select([self._here], [], [], 0)[0]:
                break
        os.close(self._here)
        return code


def test_who_works_is_asked_on_the_terminal(shared: str, logins: Logins) -> None:  # noqa: F811
    person = logins.person("admin", full_name="Анна")
    terminal = Terminal("user", "list")
    terminal.wait_for("E-mail")
    terminal.type(person.login.upper())
    terminal.wait_for_hidden("Password of")
    # Nobody else of this PC reads it in the list of processes.
    command = Path(f"/proc/{terminal.process.pid}/cmdline").read_bytes()
    terminal.type(PASSWORD)
    assert terminal.end() == 0
    assert f"{person.login}\tАнна\tadmin" in terminal.shown
    assert PASSWORD not in terminal.shown
    assert PASSWORD.encode() not in command


def test_without_a_terminal_a_line_says_what_to_set(say: Say, shared: str, tmp_path: Path) -> None:  # noqa: F811
    for words in (["user", "list"], ["backup", str(tmp_path / "a")], ["history"], ["db", "check"]):
        code, out, err = say(*words)
        assert (code, out) == (1, "")
        assert "DB__USER" in err
        assert err.count("\n") == 1
    for words in (["db", "upgrade"], ["restore", str(tmp_path / "a")]):
        code, out, err = say(*words)
        assert (code, out) == (1, "")
        assert "DB__OWNER" in err
        assert err.count("\n") == 1
    code, out, err = say("doctor")
    assert code == 1
    assert "DB__USER" in err


def test_a_person_may_be_named_and_the_password_come_from_the_environment(
    say: Say,  # noqa: F811
    shared: str,
    logins: Logins,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = logins.person("manager")
    monkeypatch.setenv("DB__PASSWORD", PASSWORD)
    assert say("--user", person.login, "history")[0] == 0
    monkeypatch.setenv("DB__PASSWORD", "wrong password")
    code, _out, err = say("--user", person.login, "history")
    assert code == 1
    assert "not accepted" in err
    assert "wrong password" not in err


def test_a_restore_tells_each_password_once(
    say: Say,  # noqa: F811
    database_url: str,
    empty_database_url: str,
    logins: Logins,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Onto a server that lost its logins, as the owner whom the settings name."""
    logins.person("admin")
    logins.owner.run("INSERT INTO users (email, full_name, role) VALUES ('late@dealer.ru', 'Анна', 'manager')")
    logins.owner.run("SELECT staff_password('late@dealer.ru', NULL)")
    backup.backup(database_url, tmp_path / "saved.zip")
    logins.owner.run('DROP ROLE "late@dealer.ru"')
    use_as_shared_server(empty_database_url, monkeypatch)
    owner = conninfo(empty_database_url)
    monkeypatch.delenv("DB__USER")
    monkeypatch.delenv("DB__PASSWORD")
    monkeypatch.setenv("DB__OWNER", owner["user"])
    monkeypatch.setenv("DB__OWNER_PASSWORD", owner["password"])
    code, out, err = say("restore", str(tmp_path / "saved.zip"))
    assert (code, err) == (0, "")
    email, name, password = out.splitlines()[-1].split("\t")
    assert (email, name) == ("late@dealer.ru", "Анна")
    assert "once" in out.splitlines()[-2]
    try:
        found = sign_in(empty_database_url, email, password)
        assert (found.role, found.has_one_time) == ("manager", True)
        log = tmp_path / "log"
        assert not any(password in file.read_text("utf-8") for file in log.rglob("*") if file.is_file())
    finally:
        logins.owner.run('DROP ROLE "late@dealer.ru"')
