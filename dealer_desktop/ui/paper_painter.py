"""A document laid out on A4 and painted page by page, the same on every PC: screen, printer and PDF use this one way."""

from functools import lru_cache

import fontpkg_pt_sans
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextDocument,
)

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents import Paper

MARGINS = QMarginsF(18, 16, 18, 20)
"""Millimetres: left, top, right, bottom. Printers can print there."""
_FOOT = 11.0
"""Millimetres from the paper's end to the middle of the foot line."""
_QUIET = QColor("#5c5f69")


@lru_cache
def _load_face() -> str:
    """PT Sans in its four static cuts, made for Russian; its name."""
    for file in sorted((fontpkg_pt_sans.ROOT / "files").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    return fontpkg_pt_sans.FAMILY


def set_page(device: QPagedPaintDevice) -> None:
    """A4, upright; the margins are the painter's own, so that no device adds its."""
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)


def paint(paper: Paper, device: QPagedPaintDevice) -> int:
    """Paint ``paper`` on ``device`` (its page set by ``set_page``), and return how many pages it took."""
    painter = QPainter()
    if not painter.begin(device):
        raise OSError
    try:
        return _paint(paper, device, painter)
    finally:
        painter.end()


def _paint(paper: Paper, device: QPagedPaintDevice, painter: QPainter) -> int:
    face = _load_face()
    dots = device.logicalDpiY() / 25.4
    page = QSizeF(device.width(), device.height())
    body = QRectF(
        MARGINS.left() * dots,
        MARGINS.top() * dots,
        page.width() - (MARGINS.left() + MARGINS.right()) * dots,
        page.height() - (MARGINS.top() + MARGINS.bottom()) * dots,
    )
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(face, 10))
    document.documentLayout().setPaintDevice(device)
    document.setHtml(paper.html)
    document.setPageSize(body.size())
    pages = document.pageCount()
    for number in range(pages):
        if number:
            device.newPage()
        painter.save()
        painter.translate(body.left(), body.top() - number * body.height())
        view = QRectF(0, number * body.height(), body.width(), body.height())
        painter.setClipRect(view)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = view
        document.documentLayout().draw(painter, context)
        painter.restore()
        _paint_foot(painter, paper, face, number + 1, pages, QRectF(body.left(), page.height() - (_FOOT + 4) * dots,
                                                                    body.width(), 8 * dots))
    return pages


def _paint_foot(painter: QPainter, paper: Paper, face: str, page: int, pages: int, rect: QRectF) -> None:
    with i18n.speaking(paper.language):
        numbers = pgettext("paper", "Page {page} of {pages}").format(page=page, pages=pages)
    painter.setFont(_font(face, 8))
    painter.setPen(_QUIET)
    middle = Qt.AlignmentFlag.AlignVCenter
    taken = painter.boundingRect(rect, Qt.AlignmentFlag.AlignRight | middle, numbers)
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | middle, numbers)
    left = rect.adjusted(0, 0, -taken.width() * 1.3, 0)
    text = painter.fontMetrics().elidedText(paper.footer, Qt.TextElideMode.ElideRight, int(left.width()))
    painter.drawText(left, Qt.AlignmentFlag.AlignLeft | middle, text)


def _font(face: str, points: float) -> QFont:
    font = QFont(face)
    font.setPointSizeF(points)
    return font
