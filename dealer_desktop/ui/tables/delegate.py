"""Paints a cell wholly by itself: ground, hairline, sign, text, and the letters that the search found.

So it is free of Qt's grey inactive selection and of its focus box.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from dealer_desktop.ui import theme
from dealer_desktop.ui.tables.columns import RIGHT, Column
from dealer_desktop.ui.tables.model import ELLIPSIS, WindowedTableModel
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import signs

PADDING = 12
FIRST_PADDING = 16
_Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """For a view on a ``WindowedTableModel``. ``hovered_row`` is the row under the pointer, -1 for none."""

    hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, WindowedTableModel)
        colours = theme.tokens()
        column = model.columns[index.column()]
        row = model.row(index.row())
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = colours.surface
        if selected:
            ground = colours.selection
        elif index.row() == self.hovered_row:
            ground = colours.window
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.hairline))

        text = model.text(index.row(), column)
        area = rect.adjusted(left_padding(rect), 0, -PADDING, -1)
        quiet = False
        if row is not None:
            quiet = model.is_quiet(row)
            sign = column.sign(row) if column.sign else None
            if sign is not None:
                side = pixels(signs.SIDE)
                signs.paint_sign(
                    painter, QRectF(area.left(), area.center().y() - side / 2 + 0.5, side, side), sign
                )
                area.setLeft(area.left() + side + 8)
        tone = (column.tone(row) if column.tone and row is not None else "") or ("second" if quiet else "text")
        font = cell_font(column, text)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        if column.searched and text != ELLIPSIS:
            self._mark_matches(painter, area, shown, metrics, model.search_words, column)
        painter.setPen(QPen(QColor(colours.second if text == ELLIPSIS else colours.tone(tone))))
        painter.drawText(area, column.align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    @staticmethod
    def _mark_matches(
        painter: QPainter, area: QRect, shown: str, metrics: QFontMetrics, words: tuple[str, ...], column: Column
    ) -> None:
        """A tint behind what was searched for, whatever its letter case."""
        low = shown.lower().replace("ё", "е")
        if len(low) != len(shown):
            return
        start = area.right() + 1 - metrics.horizontalAdvance(shown) if column.align == RIGHT else area.left()
        for word in words:
            at = low.find(word)
            while at >= 0:
                left = start + metrics.horizontalAdvance(shown[:at])
                width = metrics.horizontalAdvance(shown[at : at + len(word)])
                height = metrics.height()
                box = QRectF(left - 1, area.center().y() - height / 2 + 0.5, width + 2, height)
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.tokens().match))
                painter.drawRoundedRect(box, 3, 3)
                painter.restore()
                at = low.find(word, at + len(word))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, row_height())

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """The whole text where it is elided, as plain text."""
        model = index.model()
        if not index.isValid() or not isinstance(model, WindowedTableModel):
            return False
        column = model.columns[index.column()]
        text = model.text(index.row(), column)
        room = option.rect.width() - 2 * PADDING
        metrics = QFontMetrics(cell_font(column, text))
        if metrics.horizontalAdvance(text) > room:
            QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.ToolTipRole)), view)
        else:
            QToolTip.hideText()
        return True


def cell_font(column: Column, text: str) -> QFont:
    """VINs are monospaced; amounts and dates have digits of one width, so that they stand under each other."""
    if column.mono:
        return theme.font("mono")
    return theme.font("number" if column.align == RIGHT or text[:1].isdigit() else "base")


def left_padding(rect: QRect) -> int:
    """A little more at the window's edge."""
    return FIRST_PADDING if rect.left() == 0 else PADDING


def row_height() -> int:
    """32 px, more where the person's text is larger."""
    return pixels(32)
