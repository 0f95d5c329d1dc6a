"""Paper on the screen, on the printer and in a PDF."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSettings
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.file_faults import reason_of, take_place
from dealer_desktop.documents import Paper
from dealer_desktop.ui.printing import pdf_language
from dealer_desktop.ui.printing.choices import PaperChoice
from dealer_desktop.ui.printing.pages import RESOLUTION, Pages, Size, set_page
from dealer_desktop.ui.printing.preview_dialog import PaperPreview

__all__ = ["PaperChoice", "Size", "preview", "preview_of", "print_on", "to_pdf", "together"]


def to_pdf(paper: Paper, file: Path, size: Size = Size.A4) -> None:
    """Write ``paper`` as a PDF, its faces embedded, its text selectable. Needs a QGuiApplication, on any thread.

    Raises FileNotWritten.
    """
    together([paper], file, size)


def together(papers: Iterable[Paper], file: Path, size: Size = Size.A4) -> None:
    """Write several papers, one after the other, as one PDF named after the first. Raises FileNotWritten.

    Each is asked for when the one before is painted: whoever raises in between leaves no file.
    """
    file, papers = Path(file), iter(papers)
    first = next(papers)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setTitle(first.title)
    writer.setAuthor(first.author)
    writer.setCreator("Dealer Desktop")
    set_page(writer, size)
    temporary = file.with_name(f".{file.name}.part")
    try:
        Pages.paint_in_turn((Pages(paper) for paper in chain([first], papers)), writer)
        temporary.write_bytes(pdf_language.set_language(bytes(buffer.data().data()), first.language))
        take_place(temporary, file)
    except (OSError, ValueError) as error:
        raise FileNotWritten(file=file.name, reason=reason_of(error)) from None
    finally:
        temporary.unlink(missing_ok=True)


def print_on(paper: Paper, printer: QPrinter, size: Size = Size.A4) -> None:
    """Send ``paper`` to a printer. Raises OSError where it does not take it."""
    printer.setDocName(paper.title)
    set_page(printer, size)
    Pages(paper).paint_all(printer)


def preview(
    parent: QWidget | None, render: Callable[[str], Paper], settings: QSettings, kind: str = "paper"
) -> PaperPreview:
    """The paper that ``render(language)`` makes, with Print, Save as PDF and the choice of its language; ``open()`` it.

    ``render`` is called off the GUI thread; ``settings`` remember the folder, and printer, paper and tray by ``kind``.
    """
    return preview_of(parent, [PaperChoice("", kind, render)], settings)


def preview_of(
    parent: QWidget | None, choices: Sequence[PaperChoice] | Callable[[], Sequence[PaperChoice]], settings: QSettings
) -> PaperPreview:
    """Several papers to choose from, the first of them shown; or what finds them, called off the GUI thread."""
    return PaperPreview(choices, to_pdf, print_on, settings, parent)
