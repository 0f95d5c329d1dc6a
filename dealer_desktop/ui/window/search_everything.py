"""The search for everything (Ctrl+K): records and actions as one types; Enter goes there, or carries it out."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidgetItem, QSizePolicy, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import Ticket, tables
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.window import found_actions
from dealer_desktop.ui.window.found_popup import TARGET, FoundPopup
from dealer_desktop.ui.window.sections import searched

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_FOUND = 5
_PAUSE_MS = 140


class SearchEverything(QLineEdit):
    record_chosen = Signal(str, object)
    list_chosen = Signal(str, str)
    action_chosen = Signal(object)
    """A QAction, which may be disabled: then its reason is to be told."""

    def __init__(self, context: "UiContext", window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._running: list[jobs.Job] = []
        self._has_words = False
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
        self._popup = FoundPopup(window)
        # It lies over the window, which stays when the person and what they found go.
        self.destroyed.connect(self._popup.deleteLater)
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
        self._popup.begin(words, found_actions.find(self._window, words))
        if self._popup.list.count() and self.hasFocus():
            self._place()
        for section in searched():
            ticket = Ticket()
            query = tables.TableQuery(section.kind, search=words, sort="id", descending=True)
            self._running.append(
                jobs.run(
                    self, tables.first_page, self._context.bulk_reader, query, ticket, _FOUND,
                    done=partial(self._take, section.kind, words, ticket),
                    failed=lambda _error: self._popup.hide(), ticket=ticket,
                )
            )  # fmt: skip

    def _take(self, kind: str, words: str, ticket: Ticket, rows: Sequence[Any]) -> None:
        if words == self.words() and self.hasFocus():
            if (age := self._context.words_as_of(ticket.as_of)) != "":
                self._context.tell(age)
            self._popup.add(kind, rows)
            self._place()

    def _place(self) -> None:
        corner = self.mapTo(self._window, QPoint(0, self.height() + 4))
        width = max(self.width(), pixels(440))
        left = corner.x() + self.width() - width
        self._popup.setGeometry(QRect(left, corner.y(), width, self._popup.wanted_height()))
        self._popup.show()
        self._popup.raise_()

    def _choose(self, item: QListWidgetItem | None) -> None:
        target = item.data(TARGET) if item is not None else None
        self._popup.hide()
        if target is None:
            return
        kind, found = target
        self.clear()
        if isinstance(found, QAction):
            self.action_chosen.emit(found)
        elif isinstance(found, int):
            self.record_chosen.emit(kind, found)
        else:
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Overrides QLineEdit: actions are found in either language."""
        super().focusInEvent(event)
        if not self._has_words:
            self._has_words = True
            jobs.run(self, found_actions.load)

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
