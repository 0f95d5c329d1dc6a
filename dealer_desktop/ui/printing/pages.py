"""A document laid out on A4, once and for all devices: screen, printer and PDF show the same lines and pages."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

import fontpkg_pt_sans
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextOption,
)

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents import Paper
from dealer_desktop.ui.printing import whole_rows

RESOLUTION = 1200
"""Dots per inch that documents are laid out in."""
_DOTS = RESOLUTION / 25.4
PAGE = QSizeF(210 * _DOTS, 297 * _DOTS)
"""A4 (ISO 216), in those dots."""
_BODY = QRectF(18 * _DOTS, 16 * _DOTS, 174 * _DOTS, 261 * _DOTS)
_FOOT = QRectF(18 * _DOTS, 282 * _DOTS, 174 * _DOTS, 8 * _DOTS)
_QUIET = QColor("#5c5f69")


@lru_cache
def _load_face() -> str:
    """PT Sans in its four static cuts, made for Russian; its name."""
    for file in sorted((fontpkg_pt_sans.ROOT / "files").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    return str(fontpkg_pt_sans.FAMILY)


def _font(points: float) -> QFont:
    font = QFont(_load_face())
    # In dots, since the device that is painted on may have others.
    font.setPixelSize(round(points * RESOLUTION / 72))
    return font


class Size(StrEnum):
    """Sheets of ISO 216; what is laid out for A4 fits all of them, only larger or smaller."""

    A4 = "A4"
    A5 = "A5"


def set_page(device: QPagedPaintDevice, size: Size = Size.A4) -> None:
    """Upright, without margins of the device's: the document has its own."""
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId[size.value]), QPageLayout.Orientation.Portrait, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)


class _ClosedDocument(QTextDocument):
    """Its pictures stand in its text: no file and no address is ever opened for it, whoever wrote that into a name."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Overrides QTextDocument."""
        url = QUrl(name)
        return super().loadResource(kind, url) if url.scheme() == "data" else QByteArray()


class Pages:
    """The pages of one paper. Used on the thread that makes it; needs a QGuiApplication."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        # Lengths in px are counted by the screen's own resolution otherwise: another PC, other pages.
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_Use96Dpi)
        self._measure = QBuffer()
        self._measure.open(QIODevice.OpenModeFlag.WriteOnly)
        # Never written to: it only says how large a point is.
        self._device = QPdfWriter(self._measure)
        self._device.setResolution(RESOLUTION)
        face = _load_face()
        self._document = _ClosedDocument()
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        plain = QFont(face, 10)
        # Else "fi" is one letter of its own, and whoever searches the PDF for "file" does not find it.
        for ligature in ("liga", "clig"):
            plain.setFeature(QFont.Tag(ligature), 0)
        self._document.setDefaultFont(plain)
        # A word that is longer than the line goes on in the next one: cut off, it would be lost on paper.
        option = self._document.defaultTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        self._document.documentLayout().setPaintDevice(self._device)
        self._document.setHtml(paper.html)
        self._document.setPageSize(_BODY.size())
        whole_rows.keep(self._document)

    def __len__(self) -> int:
        return self._document.pageCount()

    def paint(self, painter: QPainter, page: int, dots_per_inch: float) -> None:
        """Paint ``page`` (from 0) at the painter's origin, at the resolution of its device."""
        painter.save()
        painter.scale(dots_per_inch / RESOLUTION, dots_per_inch / RESOLUTION)
        self._paint_foot(painter, page)
        painter.translate(_BODY.left(), _BODY.top() - page * _BODY.height())
        view = QRectF(0, page * _BODY.height(), _BODY.width(), _BODY.height())
        painter.setClipRect(view)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = view
        self._document.documentLayout().draw(painter, context)
        painter.restore()

    def paint_all(self, device: QPagedPaintDevice) -> None:
        """Paint every page on ``device``, whose page ``set_page`` has set. Raises OSError."""
        self.paint_in_turn([self], device)

    @staticmethod
    def paint_in_turn(papers: Iterable["Pages"], device: QPagedPaintDevice) -> None:
        """Paint the papers one after the other. Raises OSError."""
        painter = QPainter()
        if not painter.begin(device):
            raise OSError
        scale = device.pageLayout().fullRect(QPageLayout.Unit.Millimeter).width() / 210
        is_first = True
        try:
            for pages in papers:
                for page in range(len(pages)):
                    if not is_first and not device.newPage():
                        raise OSError
                    is_first = False
                    pages.paint(painter, page, device.logicalDpiY() * scale)
        finally:
            painter.end()

    def _paint_foot(self, painter: QPainter, page: int) -> None:
        numbers = self._number(page) if self.paper.numbered else ""
        font = _font(8)
        painter.setFont(font)
        painter.setPen(_QUIET)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(_FOOT, Qt.AlignmentFlag.AlignRight | middle, numbers)
        metrics = QFontMetricsF(font)
        room = _FOOT.width() - metrics.horizontalAdvance(numbers) * 1.3
        words = metrics.elidedText(self.paper.footer, Qt.TextElideMode.ElideRight, room)
        painter.drawText(_FOOT, Qt.AlignmentFlag.AlignLeft | middle, words)

    def _number(self, page: int) -> str:
        with i18n.speaking(self.paper.language):
            return pgettext("paper", "Page {page} of {pages}").format(page=page + 1, pages=len(self))
