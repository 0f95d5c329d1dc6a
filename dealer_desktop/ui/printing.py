"""Paper on the screen, on the printer and in a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.documents import Paper


def to_pdf(paper: Paper, file: Path) -> None:
    """Write ``paper`` as a PDF (A4). Needs a QGuiApplication, not the GUI thread.

    Raises FileNotWritten.
    """
    raise NotImplementedError


def preview(parent: QWidget | None, render: Callable[[str], Paper]) -> QDialog:
    """Show the paper that ``render(language)`` makes, with Print, Save as PDF and the choice of its language."""
    raise NotImplementedError
