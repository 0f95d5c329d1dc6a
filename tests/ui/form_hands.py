"""What a person does with forms that are left open: see whether the window offers them, and press what it offers."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from dealer_desktop.ui import jobs
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.window.main_window import MainWindow

OpenWindow = Callable[[], MainWindow]
"""The fixture ``start``: the program started anew."""


def press(widget: QWidget, name: str) -> None:
    """Click the button of that name below ``widget``."""
    button = Robot(widget).find(QPushButton, name, widget)
    Robot(widget).click(button)
    assert jobs.wait_for_all()


def banner(window: MainWindow) -> str:
    return window.unfinished.banner.words
