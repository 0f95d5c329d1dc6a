"""One column of the week: a day's deliveries under each other."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.signs import delivery_sign

_ROW = Qt.ItemDataRole.UserRole


class DayList(QListWidget):
    """Left and Right go to the columns beside it, with Alt they take the chosen delivery along."""

    stepped = Signal(int)
    """To a column beside this one."""
    carried = Signal(int)
    """The chosen delivery that many days on."""
    opened = Signal(object)

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSpacing(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.itemDoubleClicked.connect(lambda _item: self._open())

    @property
    def chosen(self) -> DeliveryRow | None:
        item = self.currentItem()
        row: DeliveryRow | None = item.data(_ROW) if item is not None else None
        return row

    def show_rows(self, rows: Sequence[DeliveryRow]) -> None:
        """In place of what stands there; the chosen one stays so."""
        kept = self.chosen
        self.clear()
        for row in rows:
            sign = delivery_sign(row.status)
            place = row.delivery_address or _("no address")
            item = QListWidgetItem(f"{row.customer_name}\n{row.car_title}\n{place}")
            item.setData(_ROW, row)
            item.setToolTip(tooltips.plain(f"{row.customer_name}\n{row.car_title}\n{place}\n{sign.word}"))
            item.setSizeHint(QSize(0, pixels(68)))
            self.addItem(item)
            if kept is not None and row.id == kept.id:
                self.setCurrentItem(item)

    def choose(self, delivery_id: int) -> bool:
        """Whether it is here; it is chosen then and has the focus."""
        for number in range(self.count()):
            if self.item(number).data(_ROW).id == delivery_id:
                self.setCurrentRow(number)
                self.setFocus()
                return True
        return False

    def _open(self) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QListWidget."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.carried.emit(step)
        elif step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Overrides QListWidget: a column that is entered has something chosen."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        item = self.currentItem()
        if item is not None:
            item.setSelected(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Overrides QListWidget: only the column with the focus shows which delivery is chosen."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.clearSelection()


class DayColumn(QWidget):
    """A heading and its list; ``day`` is None for what has no day of this week."""

    menu_asked = Signal(object, QPoint)

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.day: date | None = None
        self.heading = label(words, "small", "second", wrap=True)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self.heading.setMinimumHeight(2 * self.heading.fontMetrics().lineSpacing())
        self.list = DayList(name, words, self)
        self.list.customContextMenuRequested.connect(
            lambda place: self.menu_asked.emit(self, self.list.viewport().mapToGlobal(place))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)

    def name(self, words: str, tone: str) -> None:
        self.heading.setText(words)
        theme.set_tone(self.heading, tone)
        self.list.setAccessibleName(words)


def menu_of(parent: QWidget, entries: Sequence[QAction | None]) -> QMenu:
    """A menu with a line for each None."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            menu.addAction(entry)
    return menu
