"""The search for everything (Ctrl+K): records as one types; Enter goes to the record or to the list."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import Ticket, tables
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import signs
from dealer_desktop.ui.window.sections import searched

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_FOUND = 5
_PAUSE_MS = 140
_TARGET = Qt.ItemDataRole.UserRole
_DETAIL = Qt.ItemDataRole.UserRole + 1
_SIGN = Qt.ItemDataRole.UserRole + 2


class SearchEverything(QLineEdit):
    record_chosen = Signal(str, object)
    list_chosen = Signal(str, str)

    def __init__(self, context: "UiContext", window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._running: list[jobs.Job] = []
        self.setObjectName("searchEverything")
        self.setProperty("place", "top")
        self.setPlaceholderText(_("Search everything"))
        self.setAccessibleName(_("Search everything"))
        self.setMaxLength(200)
        self.setFixedHeight(pixels(32))
        self.setToolTip(_("Search everything"))  # said whole also where the tabs leave little room
        self.setMinimumWidth(pixels(88))
        self.setMaximumWidth(pixels(320))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addAction(theme.icon("magnifying-glass", "second"), QLineEdit.ActionPosition.LeadingPosition)
        self._keys = QLabel(_("Ctrl K"), self)
        self._keys.setFont(theme.font("small"))
        theme.set_tone(self._keys, "second")
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self.textChanged.connect(self._typed)
        self._popup = _Popup(window)
        self._popup.list.itemClicked.connect(self._choose)
        window.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(pixels(320), pixels(32))

    def start(self) -> None:
        """What Ctrl+K does."""
        self.setFocus()
        self.selectAll()

    def words(self) -> str:
        return " ".join(self.text().split())

    def _typed(self, text: str) -> None:
        self._keys.setVisible(not text and self._has_room_for_keys())
        self._timer.start()

    def _ask(self) -> None:
        for job in self._running:
            jobs.cancel(job)
        self._running = []
        words = self.words()
        if not words:
            self._popup.hide()
            return
        self._popup.begin(words)
        for section in searched():
            ticket = Ticket()
            query = tables.TableQuery(section.kind, search=words, sort="id", descending=True)
            self._running.append(
                jobs.run(
                    self, tables.first_page, self._context.reader, query, ticket, _FOUND,
                    done=partial(self._take, section.kind, words),
                    failed=lambda _error: self._popup.hide(), ticket=ticket,
                )
            )  # fmt: skip

    def _take(self, kind: str, words: str, rows: Sequence[Any]) -> None:
        if words == self.words() and self.hasFocus():
            self._popup.add(kind, words, rows)
            self._place()

    def _place(self) -> None:
        corner = self.mapTo(self._window, QPoint(0, self.height() + 4))
        width = max(self.width(), pixels(440))
        left = corner.x() + self.width() - width
        self._popup.setGeometry(QRect(left, corner.y(), width, self._popup.wanted_height()))
        self._popup.show()
        self._popup.raise_()

    def _choose(self, item: QListWidgetItem | None) -> None:
        target = item.data(_TARGET) if item is not None else None
        self._popup.hide()
        if target is None:
            return
        kind, found = target
        if isinstance(found, int):
            self.clear()
            self.record_chosen.emit(kind, found)
        else:
            self.clear()
            self.list_chosen.emit(kind, found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self._popup.isVisible():
                self._popup.hide()
            elif self.text():
                self.clear()
            else:
                self.focusNextChild()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._popup.isVisible():
            self._popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self._popup.list.currentItem() if self._popup.isVisible() else None
            if item is not None:
                self._choose(item)
            elif self.words():
                words = self.words()
                self._popup.hide()
                self.clear()
                self.list_chosen.emit(searched()[0].kind, words)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self._popup.hide()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._keys.setVisible(not self.text() and self._has_room_for_keys())
        hint = self._keys.sizeHint()
        self._keys.setGeometry(
            self.width() - hint.width() - 10, (self.height() - hint.height()) // 2, hint.width(), hint.height()
        )

    def _has_room_for_keys(self) -> bool:
        return self.width() >= pixels(140)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._popup.hide()
        return super().eventFilter(watched, event)


class _Popup(QFrame):
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        self.hide()

    def begin(self, words: str) -> None:
        self._words = words
        self._found = {}

    def add(self, kind: str, words: str, rows: Sequence[Any]) -> None:
        self._found[kind] = rows
        chosen = self.list.currentItem()
        kept = chosen.data(_TARGET) if chosen is not None and self.isVisible() else None
        self.list.clear()
        for section in searched():
            found = self._found.get(section.kind)
            if not found or section.found is None:
                continue
            self._add(section.words(), None)
            for row in found:
                entry = section.found.entry(row)
                self._add(entry.words, (section.kind, row.id), entry.detail, entry.sign)
            self._add(section.found.everything(), (section.kind, words))
        if not self.list.count() and len(self._found) == len(searched()):
            self._add(_("Nothing found. Try fewer letters."), None)
        for number in range(self.list.count()):
            if kept is not None and self.list.item(number).data(_TARGET) == kept:
                self.list.setCurrentRow(number)
        if self.list.currentRow() < 0:
            self.step(1)

    def _add(
        self, words: str, target: tuple[str, Any] | None, detail: str = "", sign: signs.Sign | None = None
    ) -> None:
        item = QListWidgetItem(words)
        item.setData(_TARGET, target)
        item.setData(_DETAIL, detail)
        item.setData(_SIGN, sign)
        if target is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def step(self, by: int) -> None:
        """To the next entry that can be chosen."""
        number = self.list.currentRow() + by
        while 0 <= number < self.list.count():
            if self.list.item(number).data(_TARGET) is not None:
                self.list.setCurrentRow(number)
                return
            number += by

    def wanted_height(self) -> int:
        return sum(self.list.sizeHintForRow(n) for n in range(self.list.count())) + 10


class _FoundDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        colours = theme.tokens()
        rect: QRect = option.rect
        target, sign = index.data(_TARGET), index.data(_SIGN)
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
        strong = target is not None and isinstance(target[1], int)
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
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
            painter.setFont(font)
        painter.setPen(QColor(colours.text if strong else colours.accent if target is not None else colours.second))
        shown = metrics.elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, area.width() - width
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(100, pixels(30))
