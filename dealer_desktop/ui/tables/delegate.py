"""Paints a cell wholly by itself: ground, hairline, sign, text, and the letters that the search found.

So it is free of Qt's grey inactive selection and of its focus box.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
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
# Made once: Qt's flags are slow to combine in Python.
_SINGLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_FLAGS_LEFT = int(_SINGLE | Qt.AlignmentFlag.AlignLeft)
_FLAGS_RIGHT = int(_SINGLE | Qt.AlignmentFlag.AlignRight)


_FIGURES = "0123456789.,-\u00a0\u202f"
"""What an amount is made of, none of it wider than a figure."""


class CellDelegate(QStyledItemDelegate):
    """For a view on a ``WindowedTableModel``, whose own ground is the surface of the rows.

    A screen is 200 cells, painted at every turn of the wheel: what can be worked out once is kept.
    """

    hovered_row = -1
    """The row under the pointer, -1 for none."""
    selected_row = -1
    marked: frozenset[int] = frozenset()
    """The ids of rows that are chosen beside the selected one."""
    """Told by the view: asking each cell's state costs more than its text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fonts = {role: theme.font(role) for role in ("base", "number", "mono")}
        self._metrics = {role: QFontMetrics(font) for role, font in self._fonts.items()}
        self._digit = {role: metrics.horizontalAdvance("0") for role, metrics in self._metrics.items()}
        self._elided: dict[tuple[str, int, str], str] = {}
        self._pens: dict[str, QColor] = {}
        theme.changed().connect(self._pens.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Overrides QStyledItemDelegate: one cell by itself; a view paints by ``paint_rows``."""
        rect, number = option.rect, index.row()
        self.paint_rows(
            painter,
            _model_of(index),
            [(number, rect.top())],
            [(index.column(), rect.left(), rect.width())],
            rect.height(),
        )

    def paint_rows(
        self,
        painter: QPainter,
        model: WindowedTableModel,
        rows: Sequence[tuple[int, int]],
        columns: Sequence[tuple[int, int, int]],
        height: int,
    ) -> None:
        """``rows``: number and top; ``columns``: place, left and width. All at once, not asked for cell by cell."""
        if not columns:
            return
        left = min(x for _place, x, _width in columns)
        right = max(x + width for _place, x, width in columns)
        for number, top in rows:
            if number == self.selected_row or (self.marked and model.id_at(number) in self.marked):
                painter.fillRect(left, top, right - left, height, self._colour("selection"))
            elif number == self.hovered_row:
                painter.fillRect(left, top, right - left, height, self._colour("window"))
            painter.fillRect(left, top + height - 1, right - left, 1, self._colour("hairline"))
            for place, x, width in columns:
                self._paint_cell(painter, model, number, place, QRect(x, top, width, height))

    def _paint_cell(self, painter: QPainter, model: WindowedTableModel, number: int, place: int, rect: QRect) -> None:
        column = model.columns[place]
        cell = model.cell(number, place)
        text, tone = (cell.text, cell.tone) if cell is not None else (ELLIPSIS, "second")
        area = rect.adjusted(left_padding(rect, column), 0, -PADDING, -1)
        if cell is not None and cell.sign is not None:
            side = pixels(signs.SIDE)
            signs.paint_sign(painter, QRectF(area.left(), area.center().y() - side / 2 + 0.5, side, side), cell.sign)
            area.setLeft(area.left() + side + 8)
        role = font_role(column, text)
        shown = self._fitted(text, area.width(), role)
        if column.searched and cell is not None and model.search_words:
            self._mark_matches(painter, area, shown, self._metrics[role], model.search_words, column)
        painter.setFont(self._fonts[role])
        painter.setPen(self._colour(tone))
        painter.drawText(area, _FLAGS_RIGHT if column.align == RIGHT else _FLAGS_LEFT, shown)

    def _colour(self, name: str) -> QColor:
        found = self._pens.get(name)
        if found is None:
            found = self._pens[name] = QColor(theme.tokens().tone(name))
        return found

    def _fitted(self, text: str, room: int, role: str) -> str:
        if len(text) * self._digit[role] <= room and (not text.strip(_FIGURES) or (role == "mono" and text.isascii())):
            return text
        key = (text, room, role)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > 10_000:
                self._elided.clear()
            found = self._elided[key] = self._metrics[role].elidedText(text, Qt.TextElideMode.ElideRight, room)
        return found

    def _mark_matches(
        self,
        painter: QPainter,
        area: QRect,
        shown: str,
        metrics: QFontMetrics,
        words: tuple[str, ...],
        column: Column,
    ) -> None:
        """A tint behind what was searched for, whatever its letter case."""
        low = shown.lower().replace("ё", "е")
        if len(low) != len(shown):
            return
        start = area.right() + 1 - metrics.horizontalAdvance(shown) if column.align == RIGHT else area.left()
        height = metrics.height()
        for word in words:
            at = low.find(word)
            while at >= 0:
                left = start + metrics.horizontalAdvance(shown[:at])
                width = metrics.horizontalAdvance(shown[at : at + len(word)])
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._colour("match"))
                painter.drawRoundedRect(QRectF(left - 1, area.center().y() - height / 2 + 0.5, width + 2, height), 3, 3)
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
        cell = model.cell(index.row(), index.column())
        text = cell.text if cell is not None else ""
        room = option.rect.width() - left_padding(option.rect, column) - PADDING
        if cell is not None and cell.sign is not None:
            room -= pixels(signs.SIDE) + 8
        if self._fitted(text, room, font_role(column, text)) != text:
            QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.ToolTipRole)), view)
        else:
            QToolTip.hideText()
        return True


def _model_of(index: _Index) -> WindowedTableModel:
    model = index.model()
    assert isinstance(model, WindowedTableModel)
    return model


def font_role(column: Column, text: str) -> str:
    """VINs are monospaced; amounts and dates have digits of one width, so that they stand under each other."""
    if column.mono:
        return "mono"
    return "number" if column.align == RIGHT or text[:1].isdigit() else "base"


def left_padding(rect: QRect, column: Column) -> int:
    """A little more at the window's edge; less before an amount, whose air is on its left anyway."""
    if column.align == RIGHT:
        return 4
    return FIRST_PADDING if rect.left() == 0 else PADDING


def row_height() -> int:
    """32 px, more where the person's text is larger."""
    return pixels(32)
