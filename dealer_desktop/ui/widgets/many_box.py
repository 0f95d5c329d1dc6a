"""A choice of one value, or of several: each entry of its list has a box that is ticked without the list closing.

A click on an entry's word, or the arrow keys, choose that one alone; a click on its box, or with Ctrl, and the space
bar in the open list choose one more, or one less.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
)

from dealer_desktop.core import formats
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.fields import ComboBox

COUNT = Qt.ItemDataRole.UserRole + 1
"""How many rows have an entry's value."""
_TICK = 30
"""Pixels of an entry, from its left, that belong to its box."""


class ManyBox(ComboBox):
    """The first entry, whose data is None, stands for any."""

    values_changed = Signal()
    """By the person."""

    def __init__(self, entries: Iterable[tuple[Any, str]] = ()) -> None:
        super().__init__(entries)
        self._more: list[Any] = []
        """What is chosen beside the current entry."""
        self.setItemDelegate(_Entry(self))
        self.currentIndexChanged.connect(lambda _index: self._choose_one())
        self.view().installEventFilter(self)
        self.view().viewport().installEventFilter(self)

    def values(self) -> list[Any]:
        """In the list's order; empty for any."""
        chosen = [self.currentData(), *self._more]
        return [value for value in map(self.itemData, range(1, self.count())) if value in chosen]

    def words(self) -> str:
        return ", ".join(self.itemText(self.findData(value)) for value in self.values())

    def set_values(self, values: Sequence[Any]) -> None:
        """Choose these, which are among the entries; says nothing."""
        blocked = self.blockSignals(True)
        self._more = list(values[1:])
        self.setCurrentIndex(max(0, self.findData(values[0])) if values else 0)
        self.blockSignals(blocked)
        self._show()

    def toggle(self, row: int) -> None:
        """One value more, or less; the first entry takes all away."""
        value, chosen = self.itemData(row), self.values()
        if value is None:
            chosen = []
        elif value in chosen:
            chosen.remove(value)
        else:
            chosen.append(value)
        self.set_values(chosen)
        self.view().viewport().update()
        self.values_changed.emit()

    def _choose_one(self) -> None:
        self._more = []
        self._show()
        self.values_changed.emit()

    def _show(self) -> None:
        words = self.words() if self._more else ""
        self.setToolTip(tooltips.plain(words))
        self.setAccessibleDescription(words)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject: in the open list, before Qt closes it."""
        view = self.view()
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            index = view.indexAt(event.position().toPoint())
            in_box = event.position().x() < pixels(_TICK)
            if index.row() > 0 and (in_box or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                self.toggle(index.row())
                return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            if view.currentIndex().isValid():
                self.toggle(view.currentIndex().row())
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overrides QComboBox: several are all named."""
        if not self._more:
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, room.width())
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class _Entry(QStyledItemDelegate):
    """Its box and word at the left, how many rows it has at the right."""

    def __init__(self, box: ManyBox) -> None:
        super().__init__(box)
        self._box = box

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Overrides QStyledItemDelegate."""
        super().initStyleOption(option, index)
        if index.row() > 0:
            chosen = index.data(Qt.ItemDataRole.UserRole) in self._box.values()
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
            option.checkState = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Overrides QStyledItemDelegate."""
        super().paint(painter, option, index)
        count = index.data(COUNT)
        if count is None:
            return
        painter.save()
        painter.setFont(theme.font("base"))
        painter.setPen(QColor(theme.tokens().second))
        area: QRect = option.rect.adjusted(0, 0, -10, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, formats.number(count))
        painter.restore()
