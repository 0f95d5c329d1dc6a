"""Every tab and dialog can be read to its end, however large the person's text is, in both languages."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from dealer_desktop import application, demo
from dealer_desktop.commands.rehearsals import _own_cars
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.services import open_connections
from dealer_desktop.ui.rehearsal import Robot, screenshots
from dealer_desktop.ui.rehearsal.tour import Tour
from dealer_desktop.ui.window.main_window import MainWindow
from tests.conftest import with_database
from tests.ui.conftest import put_away
from tests.ui.cut_texts import faults

SMALL, USUAL = (1280, 720), (1366, 768)
EVERY_SHAPE = "EVERY_SHAPE" in os.environ
"""A tour takes half a minute: the usual one (9 points) here, the others in ``tests/long/nothing_is_cut.py``."""
SHAPES = [
    (0.9, "ru", SMALL),
    *((scale, "ru", SMALL) for scale in (1.0, 1.25, 1.5, 2.0) if EVERY_SHAPE),
    *((scale, "en", USUAL) for scale in (0.9, 2.0) if EVERY_SHAPE),
]


@pytest.fixture(scope="module")
def demo_url(
    server: BundledServer,
    template_database: str,
    _maintenance: psycopg.Connection,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    name = "demo_for_reading"
    _maintenance.execute(f"CREATE DATABASE {name} TEMPLATE {template_database} STRATEGY FILE_COPY")
    url = with_database(server.url, name)
    connections = open_connections(url)
    demo.fill(connections, tmp_path_factory.mktemp("reading"))
    connections.close()
    yield url
    _maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def window(demo_url: str, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    opened = application.start(["dealer-desktop"], application.Place(url=demo_url, settings=tmp_path / "window.ini"))
    Robot(opened).wait(lambda: opened.context is not None, "the window is open")
    yield opened
    application.close(opened)


@pytest.mark.slow
@pytest.mark.parametrize(("scale", "language", "size"), SHAPES)
def test_every_text_has_its_room(
    window: MainWindow, tmp_path: Path, scale: float, language: str, size: tuple[int, int]
) -> None:
    assert window.context is not None
    found: list[str] = []
    seen: set[str] = set()
    with screenshots.window_like(window.context, language=language, size=size, scale=scale) as copy:
        for name, widget in Tour(copy, pause=0.1).everything(_own_cars(tmp_path)):
            seen.add(name)
            found += [f"{name}: {fault}" for fault in faults(widget)]
            assert widget.window() is not copy or copy.width() == size[0], f"{name}: the window grew"
    assert len(seen) > 25
    assert found == []


def _in_a_row(top: QWidget, *parts: QWidget) -> None:
    row = QHBoxLayout(top)
    for part in parts:
        row.addWidget(part)


def _squeezed_label(top: QWidget) -> None:
    label = QLabel("1 250 000 ₽")
    label.setFixedWidth(40)
    _in_a_row(top, label)


def _squeezed_button(top: QWidget) -> None:
    button = QPushButton("Take payment")
    button.setFixedWidth(50)
    _in_a_row(top, button)


def _squeezed_hint(top: QWidget) -> None:
    field = QLineEdit()
    field.setPlaceholderText("VIN, make, stock number")
    field.setFixedWidth(70)
    field.setMaxLength(17)
    _in_a_row(top, field)


def _scrolled_sideways(top: QWidget) -> None:
    area = QScrollArea()
    area.setWidgetResizable(True)
    wide = QWidget()
    wide.setMinimumWidth(900)
    area.setWidget(wide)
    _in_a_row(top, area)


def _beyond_its_parent(top: QWidget) -> None:
    child = QLabel("x", top)
    child.setGeometry(380, 10, 60, 20)


@pytest.mark.parametrize(
    "spoil", [_squeezed_label, _squeezed_button, _squeezed_hint, _scrolled_sideways, _beyond_its_parent]
)
def test_what_is_cut_is_found(qapp: QApplication, spoil: Callable[[QWidget], None]) -> None:
    top = QWidget()
    top.resize(400, 100)
    spoil(top)
    top.show()
    found = faults(top)
    put_away(top)
    assert len(found) == 1, found


def test_what_has_its_room_is_not(qapp: QApplication) -> None:
    top = QWidget()
    top.resize(400, 100)
    _in_a_row(top, QLabel("1 250 000 ₽"), QPushButton("Take payment"), QLineEdit("LADA"))
    top.show()
    found = faults(top)
    put_away(top)
    assert found == []
