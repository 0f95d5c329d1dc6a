"""A windowed program's commands speak to the console that called them, and its window to none."""

import sys
from pathlib import Path

import pytest

from dealer_desktop import __version__, main
from dealer_desktop.core import console


def no_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows starts a windowed program."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)


def test_a_command_prints_to_the_console_that_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_streams(monkeypatch)
    device = tmp_path / "console"
    attach = console.attach
    monkeypatch.setattr(console, "attach", lambda argv: attach(argv, lambda: True, str(device)))
    assert main.execute(["DealerDesktop.exe", "--version"]) == 0
    assert device.read_text("utf-8").split() == ["Dealer", "Desktop", __version__]


def test_without_a_console_a_command_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    no_streams(monkeypatch)
    assert main.execute(["DealerDesktop.exe", "--version"]) == 0


def test_nobody_to_ask_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_streams(monkeypatch)
    device = tmp_path / "console"
    attach = console.attach
    monkeypatch.setattr(console, "attach", lambda argv: attach(argv, lambda: True, str(device)))
    arguments = ["--host", "127.0.0.1", "--admin-email", "a@b.example", "--admin-name", "A", "--password-stdin"]
    assert main.execute(["DealerDesktop.exe", "db", "init", *arguments]) == 1
    assert "password" in device.read_text("utf-8").lower()


def test_a_window_is_of_no_console(monkeypatch: pytest.MonkeyPatch) -> None:
    no_streams(monkeypatch)
    for arguments in ([], ["--demo"]):
        console.attach(["DealerDesktop.exe", *arguments], lambda: True, "/nowhere/at/all")
    assert sys.stdout is None


def test_what_goes_into_a_file_stays_there(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sys.stdout
    console.attach(["DealerDesktop.exe", "doctor"], lambda: True, "/nowhere/at/all")
    assert sys.stdout is before
