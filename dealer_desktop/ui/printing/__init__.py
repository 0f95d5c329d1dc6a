"""Paper on the screen, on the printer and in a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSettings
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.file_faults import reason_of, take_place
from dealer_desktop.documents import Paper
from dealer_desktop.ui.printing.pages import RESOLUTION, Pages, set_page
from dealer_desktop.ui.printing.preview_dialog import PaperPreview

__all__ = ["preview", "print_on", "to_pdf"]


def to_pdf(paper: Paper, file: Path) -> None:
    """Write ``paper`` as a PDF (A4, its faces embedded, its text selectable). Needs a QGuiApplication, on any thread.

    Raises FileNotWritten.
    """
    file = Path(file)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(paper.title)
    writer.setCreator("Dealer Desktop")
    set_page(writer)
    temporary = file.with_name(f".{file.name}.part")
    try:
        Pages(paper).paint_all(writer)
        temporary.write_bytes(buffer.data().data())
        take_place(temporary, file)
    except (OSError, ValueError) as error:
        raise FileNotWritten(file=file.name, reason=reason_of(error)) from None
    finally:
        temporary.unlink(missing_ok=True)


def print_on(paper: Paper, printer: QPrinter) -> None:
    """Send ``paper`` to a printer. Raises OSError where it does not take it."""
    printer.setDocName(paper.title)
    set_page(printer)
    Pages(paper).paint_all(printer)


def preview(parent: QWidget | None, render: Callable[[str], Paper], settings: QSettings) -> PaperPreview:
    """The paper that ``render(language)`` makes, with Print, Save as PDF and the choice of its language; ``open()`` it.

    ``render`` is called off the GUI thread; ``settings`` remember the folder.
    """
    return PaperPreview(render, to_pdf, print_on, settings, parent)
