"""Paper on the screen, on the printer and in a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.documents import Paper
from dealer_desktop.ui import paper_painter

_RESOLUTION = 1200
"""Dots per inch that lengths are rounded to."""


def to_pdf(paper: Paper, file: Path) -> None:
    """Write ``paper`` as a PDF (A4, its faces embedded, its text selectable). Needs a QGuiApplication, on any thread.

    Raises FileNotWritten.
    """
    file = Path(file)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(paper.title)
    writer.setCreator("Dealer Desktop")
    paper_painter.set_page(writer)
    temporary = file.with_name(f".{file.name}.part")
    try:
        paper_painter.paint(paper, writer)
        temporary.write_bytes(buffer.data().data())
        temporary.replace(file)
    except (OSError, ValueError) as error:
        raise FileNotWritten(file=file.name, reason=getattr(error, "strerror", None) or str(error)) from None
    finally:
        temporary.unlink(missing_ok=True)


def preview(parent: QWidget | None, render: Callable[[str], Paper]) -> QDialog:
    """Show the paper that ``render(language)`` makes, with Print, Save as PDF and the choice of its language."""
    raise NotImplementedError
