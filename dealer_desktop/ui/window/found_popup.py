"""What the search for everything found, under its field: records by list, and actions that can be carried out."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.ui import theme
from dealer_desktop.ui.tables.also_read import also_read
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import signs
from dealer_desktop.ui.widgets.keys_sheet import keys_of
from dealer_desktop.ui.window.sections import searched

TARGET = Qt.ItemDataRole.UserRole
"""A kind and an id, a kind and words, or an action's name and the action; None of a heading."""
_DETAIL = Qt.ItemDataRole.UserRole + 1
_SIGN = Qt.ItemDataRole.UserRole + 2


class FoundPopup(QFrame):
    """What was found, under the field; the field keeps the keyboard."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("foundPopup")
        self.list = QListWidget(self)
        self.list.setObjectName("foundList")
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_FoundDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self._words = ""
        self._found: dict[str, Sequence[Any]] = {}
        self._actions: Sequence[QAction] = ()
        self._has_moved = False
        """Whether the person chose an entry; else it is the first, whichever list answers first."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        self.hide()

    def begin(self, words: str, actions: Sequence[QAction]) -> None:
        """Another question; what it names among the actions is known at once."""
        self._words = words
        self._found = {}
        self._actions = actions
        self._has_moved = False
        if actions:
            self._fill()

    def add(self, kind: str, rows: Sequence[Any]) -> None:
        self._found[kind] = rows
        self._fill()

    def _fill(self) -> None:
        words = self._words
        chosen = self.list.currentItem()
        kept = chosen.data(TARGET) if chosen is not None and self._has_moved and self.isVisible() else None
        self.list.clear()
        self._add_actions()
        for section in searched():
            found = self._found.get(section.kind)
            if not found or section.found is None:
                continue
            also = also_read(words, found)
            read = _("also: {words}").format(words=", ".join(also)) if also else ""
            self._add(section.words(), None, read)
            for row in found:
                entry = section.found.entry(row)
                self._add(entry.words, (section.kind, row.id), entry.detail, entry.sign)
            self._add(section.found.everything(), (section.kind, words))
        if not self.list.count() and len(self._found) == len(searched()):
            self._add(_("Nothing found. Try fewer letters."), None)
        for number in range(self.list.count()):
            if kept is not None and self.list.item(number).data(TARGET) == kept:
                self.list.setCurrentRow(number)
        if self.list.currentRow() < 0:
            self._go(1)

    def _add_actions(self) -> None:
        if self._actions:
            self._add(pgettext("search", "Actions"), None)
        for action in self._actions:
            detail = keys_of(action) if action.isEnabled() else action.toolTip()
            self._add(action.text().replace("&", ""), (action.objectName(), action), detail)

    def _add(
        self, words: str, target: tuple[str, Any] | None, detail: str = "", sign: signs.Sign | None = None
    ) -> None:
        item = QListWidgetItem(words)
        item.setData(TARGET, target)
        item.setData(_DETAIL, detail)
        item.setData(_SIGN, sign)
        if target is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def step(self, by: int) -> None:
        """To the next entry that can be chosen; there it stays while more lists answer."""
        self._has_moved = True
        self._go(by)

    def _go(self, by: int) -> None:
        number = self.list.currentRow() + by
        while 0 <= number < self.list.count():
            if self.list.item(number).data(TARGET) is not None:
                self.list.setCurrentRow(number)
                return
            number += by

    def wanted_height(self) -> int:
        return sum(self.list.sizeHintForRow(n) for n in range(self.list.count())) + 10


class _FoundDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        colours = theme.tokens()
        rect: QRect = option.rect
        target, sign = index.data(TARGET), index.data(_SIGN)
        if target is not None and option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            selected = option.state & QStyle.StateFlag.State_Selected
            painter.setBrush(QColor(colours.selection if selected else colours.hover))
            painter.drawRoundedRect(rect, 4, 4)
            painter.restore()
        area = rect.adjusted(8, 0, -8, 0)
        if sign is not None:
            side = pixels(signs.SIDE)
            box = QRect(area.left(), area.center().y() - side // 2 + 1, side, side)
            signs.paint_sign(painter, box.toRectF(), sign)
            area.setLeft(area.left() + side + 8)
        strong = target is not None and not isinstance(target[1], str)
        font = theme.font("base" if strong else "small")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        detail = str(index.data(_DETAIL) or "")
        width = 0
        if detail:
            small = theme.font("small")
            width = QFontMetrics(small).horizontalAdvance(detail) + 12
            painter.setFont(small)
            painter.setPen(QColor(colours.second))
            room = area.adjusted(area.width() // 3, 0, 0, 0)
            detail = QFontMetrics(small).elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
            width = min(width, room.width() + 12)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
            painter.setFont(font)
        painter.setPen(QColor(colours.text if strong else colours.accent if target is not None else colours.second))
        shown = metrics.elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, area.width() - width
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(100, pixels(30))
