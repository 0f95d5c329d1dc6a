"""A document before it is printed: the very pages, in the language of the customer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.printing.pages import PAGE, RESOLUTION, Pages
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot
from dealer_desktop.ui.widgets.fields import ComboBox
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save

_GAP = 24
"""Pixels around the pages and between them."""


class PaperView(QWidget):
    """Pages under one another, as wide as the window gives them; ``sizeHint`` follows the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: Pages | None = None
        self._highest = 0
        self.setObjectName("paperView")

    def show_pages(self, pages: Pages) -> None:
        self.pages = pages
        self.setAccessibleName(pages.paper.title)
        self.update()

    def fit(self, width: int, height: int = 0) -> None:
        """Take ``width`` pixels and the height that the pages then need; a price tag is seen whole in ``height``,
        since what matters most stands at its end."""
        count = len(self.pages) if self.pages else 1
        is_tag = self.pages is not None and self.pages.paper.large_print
        self._highest = height - 2 * _GAP if is_tag else 0
        self.setFixedHeight(count * (self._page(width).height() + _GAP) + _GAP)
        self.update()

    def _page(self, width: int) -> QSize:
        wide = max(width - 2 * _GAP, 100)
        if self._highest > 0:
            wide = max(min(wide, int(self._highest * PAGE.width() / PAGE.height())), 100)
        return QSize(wide, round(wide * PAGE.height() / PAGE.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the pages in view; paper is white in a dark window too."""
        painter = QPainter(self)
        tokens = theme.tokens()
        painter.fillRect(self.rect(), QColor(tokens.subtle))
        size = self._page(self.width())
        left = (self.width() - size.width()) // 2
        for page in range(len(self.pages) if self.pages else 1):
            rect = QRect(QPoint(left, _GAP + page * (size.height() + _GAP)), size)
            if not rect.adjusted(-2, -2, 2, 2).intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            if self.pages:
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.translate(rect.topLeft())
                self.pages.paint(painter, page, RESOLUTION * rect.width() / PAGE.width())
                painter.restore()


class _FittingArea(QScrollArea):
    """Gives its page view the width that is there."""

    def __init__(self, view: PaperView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setWidget(view)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_view()

    def fit_view(self) -> None:
        self._view.fit(self.viewport().width(), self.viewport().height())


class PaperPreview(QDialog):
    """``printDialog``: the pages, ``printLanguage``, ``savePdfButton``, ``printButton``."""

    def __init__(
        self,
        render: Callable[[str], Paper],
        to_pdf: Callable[[Paper, Path], None],
        print_on: Callable[[Paper, QPrinter], None],
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.paper: Paper | None = None
        self._render, self._to_pdf, self._print_on = render, to_pdf, print_on
        self._settings = settings
        self.setObjectName("printDialog")
        self.setWindowTitle(_("Print"))
        self.setAccessibleName(_("Print"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.finished.connect(self.deleteLater)
        room = self.screen().availableGeometry()
        self.resize(min(pixels(760), room.width() - 40), min(pixels(900), room.height() - 60))
        self._build()
        self._show_language()

    def _build(self) -> None:
        names = {"ru": _("Russian"), "en": _("English")}
        self.language = ComboBox([(code, names[code]) for code in ("ru", "en")], width=160)
        self.language.setObjectName("printLanguage")
        self.language.setAccessibleName(_("Language of the document"))
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        self.language.currentIndexChanged.connect(self._show_language)
        self.save_button = QPushButton(_("Save as PDF…"), self)
        self.save_button.setObjectName("savePdfButton")
        self.save_button.clicked.connect(self.choose_file)
        self.print_button = QPushButton(_("Print…"), self)
        self.print_button.setObjectName("printButton")
        self.print_button.setProperty("kind", "primary")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self.choose_printer)
        for button in (self.save_button, self.print_button):
            button.setFont(theme.font("medium"))
            button.setAccessibleName(button.text())
            button.setEnabled(False)

        self.banner = Banner(self)
        self.view = PaperView(self)
        self._area = area = _FittingArea(self.view, self)
        foot = DialogFoot()
        row = foot.row
        words = QLabel(_("Language of the document"), foot)
        words.setProperty("tone", "second")
        words.setBuddy(self.language)
        row.addWidget(words)
        row.addWidget(self.language)
        row.addStretch(1)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(area, 1)
        layout.addWidget(foot)

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show_language(self) -> None:
        jobs.run(self, self._render, self.language.currentData(), done=self._show_paper, failed=self._show_failure)

    def _show_paper(self, paper: Paper) -> None:
        if paper.language != self.language.currentData():
            return  # chosen anew meanwhile; that one is on its way
        self.paper = paper
        self.setWindowTitle(paper.title)
        self.view.show_pages(Pages(paper))
        self._area.fit_view()
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(True)

    def _show_failure(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "red")

    # -- doing --------------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask where the PDF goes."""
        if self.paper is None:
            return
        name = f"{self.paper.title}.pdf"
        ask_to_save(self, _("Save as PDF"), name, (("PDF", "*.pdf"),), self.save, self._settings)

    def save(self, file: Path) -> None:
        """Write the PDF, off the GUI thread."""
        assert self.paper is not None
        saved = _("Saved as {file}.").format(file=file)
        jobs.run(
            self,
            self._to_pdf,
            self.paper,
            file,
            done=lambda _nothing: self.banner.show_message(saved, "second"),
            failed=self._show_failure,
            writes=True,
        )

    def choose_printer(self) -> None:
        """Ask which printer; without one, say so."""
        if not QPrinterInfo.availablePrinterNames():
            self.banner.show_message(_("This PC has no printer. Save the document as a PDF instead."))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.send_to(printer))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QDialog.open(dialog)  # its own open() wants a receiver

    def send_to(self, printer: QPrinter) -> None:
        """Print on ``printer`` and close."""
        assert self.paper is not None
        try:
            self._print_on(self.paper, printer)
        except OSError:
            self.banner.show_message(_("The printer did not take the document. Check it and print again."), "red")
            return
        self.accept()
