"""The self-test and the demo without a display, played for real."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dealer_desktop import main
from dealer_desktop.core import qt_libraries
from dealer_desktop.server import embedded

ROOT = Path(__file__).resolve().parents[2]
CARS = """vin;brand;model;year;mileage;price;condition
XTA21099043576182;LADA;2109;1999;100;0;10 days left
5YJ3E1EB2K0041753;Tesla;Model 3;2019;20000;1990000;2 days left
XTA2109904357618Я;LADA;Granta;2020;10;500000;-
"""
OPTIONS = ("--map", "brand=make", "--map", "condition=", "--set", "condition=used", "--mileage-unit", "mi")

pytestmark = pytest.mark.slow


def selftest(*options: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    command = [sys.executable, "-m", "dealer_desktop", "selftest", *options]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def test_the_self_test_sells_a_car_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "cars.csv"
    file.write_text(CARS, "utf-8")
    done = selftest("--cars", str(file), *OPTIONS)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 11
    assert all(line.startswith("ok  ") for line in lines[:-1])
    assert "2 cars, 1 row refused" in done.stdout
    # The other car has no price.
    assert "5YJ3E1EB2K0041753" in done.stdout
    pdf = Path(next(line for line in lines if line.endswith(".pdf")).split(": ", 1)[1])
    assert pdf.is_absolute()
    assert pdf.read_bytes().startswith(b"%PDF")
    shutil.rmtree(pdf.parent)


def test_a_step_that_fails_is_named_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "cars.csv"
    file.write_text(CARS.replace("1990000", "0"), "utf-8")
    done = selftest("--cars", str(file), *OPTIONS)
    assert done.returncode == 1
    assert done.stderr == "A car is sold: there is no car in stock with a price above 0\n"
    assert done.stdout.splitlines()[-1].startswith("ok  The stock is listed")


@pytest.fixture
def demo_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = embedded.throwaway_folder()
    monkeypatch.setattr("dealer_desktop.core.paths.demo_folder", lambda: folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_the_demo_without_a_display_plays_the_main_job(
    qtbot: QtBot, demo_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(qt_libraries, "has_display", lambda: False)
    code = main.execute(["dealer-desktop", "--demo"])
    told = capsys.readouterr()
    assert (code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert "no display" in lines[0]
    files = [Path(line) for line in lines[-4:]]
    assert [file.suffix for file in files] == [".pdf", ".png", ".png", ".png"]
    assert all(file.is_absolute() and file.stat().st_size > 1_000 for file in files)
    shutil.rmtree(files[0].parent)
