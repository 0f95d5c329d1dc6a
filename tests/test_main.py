"""The command line: exit codes, one plain line for what goes wrong, no traceback, and no Qt where none is needed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from dealer_desktop import __version__, main
from dealer_desktop.core import i18n, logging, qt_libraries, settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process: exit code, standard output, standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        settings.reload()
        code = main.execute(["dealer-desktop", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def shared(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test's database as the shared server that the settings name."""
    use_as_shared_server(database_url, monkeypatch)
    return database_url


def use_as_shared_server(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = make_url(url)
    host, port = parts.query.get("host", parts.host), parts.query.get("port", parts.port)
    for name, value in {
        "DB__HOST": host,
        "DB__PORT": port,
        "DB__USER": parts.username,
        "DB__PASSWORD": parts.password,
        "DB__NAME": parts.database,
    }.items():
        monkeypatch.setenv(name, str(value))
    settings.reload()


def test_version_and_help(say: Callable[..., tuple[int, str, str]]) -> None:
    assert say("--version") == (0, f"Dealer Desktop {__version__}\n", "")
    code, out, err = say("--help")
    assert (code, err) == (0, "")
    for command in ("selftest", "screenshots", "db", "import-cars", "export-cars", "print-order", "doctor", "backup"):
        assert command in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["--bogus"],
        ["db"],
        ["db", "bogus"],
        ["import-cars"],
        ["import-cars", "a.csv", "b.csv"],
        ["import-cars", "a.csv", "--map"],
        ["import-cars", "a.csv", "--map", "no equals sign"],
        ["import-cars", "a.csv", "--map", "brand=no_such_field"],
        ["import-cars", "a.csv", "--mileage-unit", "ells"],
        ["import-costs"],
        ["import-costs", "a.csv", "--map", "total=no_such_field"],
        ["import-costs", "a.csv", "--kind", "bribe"],
        ["import-cars", "a.csv", "--on-existing", "burn"],
        ["export-cars", "cars.doc"],
        ["print-order", "x", "--pdf", "a.pdf"],
        ["print-order", "0", "--pdf", "a.pdf"],
        ["print-order", "1"],
        ["print-order", "1", "--pdf", "a.pdf", "--language", "tlh"],
        ["screenshots"],
        ["backup"],
    ],
)
def test_wrong_usage_is_exit_2_with_one_line(
    say: Callable[..., tuple[int, str, str]], arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in i18n.LANGUAGES:
        monkeypatch.setenv("UI__LANGUAGE", language)
        code, out, err = say(*arguments)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert err.endswith("\n")
        assert "Traceback" not in err


def test_a_wrong_setting_is_one_line_that_names_it_and_help_still_works(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB__PORT", "many")
    code, out, err = say("db", "current")
    assert (code, out) == (1, "")
    assert "DB__PORT" in err
    assert err.count("\n") == 1
    assert say("--help")[0] == 0


def test_commands_speak_the_language_of_the_settings(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UI__LANGUAGE", "ru")
    assert "Загрузить автомобили из файла" in say("--help")[1]
    assert say("bogus")[2].startswith("Команды 'bogus' нет.")


def test_an_unexpected_error_is_one_sentence_and_a_traceback_in_the_log(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOG__DIR", str(tmp_path))

    def fail(**_: object) -> None:
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setattr("dealer_desktop.commands.connection.database_url", fail)
    code, out, err = say("db", "current")
    file = logging.log_file(tmp_path)
    assert (code, out) == (1, "")
    assert str(file) in err
    assert err.count("\n") == 1
    assert "ZeroDivisionError: nobody expected this" in file.read_text("utf-8")


def test_without_a_log_nobody_is_sent_to_it(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LOG__DIR", str(tmp_path / "file" / "folder"))
    monkeypatch.setattr("dealer_desktop.commands.connection.database_url", lambda **_: 1 / 0)
    code, out, err = say("db", "current")
    assert (code, out) == (1, "")
    assert "LOG__DIR" in err


def test_ctrl_c_and_a_closed_pipe_are_quiet(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dealer_desktop.commands.connection.database_url", interrupt)
    assert say("db", "current") == (main.INTERRUPTED, "", "")
    shell = f"{sys.executable} -m dealer_desktop --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_no_display_is_one_line(say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    code, out, err = say()
    assert (code, out) == (1, "")
    assert "DISPLAY" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", [["print-order", "1", "--pdf", "a.pdf"], ["selftest"], ["screenshots", "a"], []])
def test_missing_libraries_are_all_named_with_the_line_that_brings_them(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    gone = {"libGL.so.1", "libEGL.so.1"}
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(qt_libraries, "_folder", lambda name: Path("/nowhere"))
    monkeypatch.setattr(Path, "is_file", lambda self: True)
    monkeypatch.setattr(
        qt_libraries, "_load", lambda name: "libGL.so.1" if "libQt6Gui" in name else name if name in gone else ""
    )
    monkeypatch.setattr(qt_libraries, "_package_tool", lambda: "apt-get")
    code, out, err = say(*command)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "libGL.so.1, libEGL.so.1" in err
    assert "apt-get install -y libgl1 libegl1\n" in err


def test_the_schema_by_command(
    say: Callable[..., tuple[int, str, str]], empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_as_shared_server(empty_database_url, monkeypatch)
    assert say("db", "check")[0] == 1
    code, out, err = say("db", "upgrade")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("The schema is up to date")
    assert say("db", "check")[0] == 0
    assert say("db", "current")[1].strip() in out


def test_a_server_that_does_not_answer_is_one_line(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DB__HOST", "127.0.0.1")
    monkeypatch.setenv("DB__PORT", "1")
    for command in (["db", "current"], ["doctor"], ["export-cars", "a.csv"]):
        code, _, err = say(*command)
        assert code == 1
        assert err.count("\n") == 1
        assert "127.0.0.1" in err


def test_what_needs_no_qt_does_not_touch_it_and_starts_fast() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from dealer_desktop.main import execute\n"
        "assert execute(['dealer-desktop', '--help']) == 0\n"
        "slow = {'sqlalchemy', 'psycopg', 'alembic', 'numpy', 'jinja2'} & set(sys.modules)\n"
        "assert not slow, slow\n"
        "assert execute(['dealer-desktop', 'bogus']) == 2\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_russian_words_on_a_console_that_cannot_show_them_are_no_error() -> None:
    environment = {**os.environ, "UI__LANGUAGE": "ru", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "dealer_desktop", "--help"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--demo" in done.stdout
