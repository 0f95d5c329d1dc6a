"""Known customers that fit what is typed, offered under the fields; one of them is chosen with a click or by keys."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QVBoxLayout

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import customers
from dealer_desktop.services.rows import CustomerRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales.customer_words import line
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.form_row import FormRow

_PAUSE = 120
"""Milliseconds without a key before the customers are asked."""
_AROUND = 12
"""Pixels of the list's border and padding."""
_FEWEST = 3
"""Letters or digits that tell one customer from most."""


class CustomerMatches(QListWidget):
    """``watch(field)``: what is typed there is looked for. Down goes from the field into the list, Enter chooses."""

    chosen = Signal(object, object)
    """A CustomerRow, and the field in which they were looked for."""

    def __init__(self, context: UiContext, skip: int | None = None) -> None:
        super().__init__()
        self.setObjectName("customerMatches")
        self.setProperty("place", "offered")
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own knows nothing of the stylesheet
        self.setAccessibleName(_("Known customers"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._context = context
        self._skip = skip
        self._field: LineEdit | None = None
        self._fields: list[LineEdit] = []
        self._job: jobs.Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._search)
        self.itemClicked.connect(self._choose)
        self.hide()

    def watch(self, field: LineEdit) -> None:
        self._fields.append(field)
        field.textEdited.connect(lambda _text: self._typed(field))
        field.installEventFilter(self)

    def _typed(self, field: LineEdit) -> None:
        self._field = field
        self._pause.start()

    def _search(self) -> None:
        if self._job is not None:
            jobs.cancel(self._job)
            self._job = None
        words = self._field.text().strip() if self._field is not None else ""
        if sum(letter.isalnum() for letter in words) < _FEWEST:
            self.show_found(())
            return
        ticket = Ticket()
        self._job = jobs.run(
            self,
            customers.find,
            self._context.reader,
            words,
            ticket,
            done=self.show_found,
            failed=lambda _error: None,  # saving will tell
            ticket=ticket,
        )

    def show_found(self, found: tuple[CustomerRow, ...]) -> None:
        self._job = None
        self.clear()
        for customer in found:
            if customer.id == self._skip:
                continue
            item = QListWidgetItem(line(customer), self)
            item.setData(Qt.ItemDataRole.UserRole, customer)
        rows = self.count()
        height = sum(self.sizeHintForRow(row) for row in range(rows)) + _AROUND
        self.setFixedHeight(max(height, pixels(32)))
        if rows:
            self._come_under_the_field()
        self.setVisible(rows > 0)

    def _come_under_the_field(self) -> None:
        """The eye stays where it is typed."""
        row = self._field.parentWidget() if self._field is not None else None
        whole = row.parentWidget() if row is not None else None
        form = whole.layout() if whole is not None else None
        if isinstance(row, FormRow) and isinstance(form, QVBoxLayout):
            form.insertWidget(form.indexOf(row) + 1, self)

    def _choose(self, item: QListWidgetItem) -> None:
        customer, field = item.data(Qt.ItemDataRole.UserRole), self._field
        self.show_found(())
        self.chosen.emit(customer, field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QListWidget: Enter and Escape are the list's own; the form does nothing then."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._choose(item)
        elif event.key() == Qt.Key.Key_Escape:
            self.show_found(())
            if self._field is not None:
                self._field.setFocus()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject: Down in a watched field goes to the first that was found."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
            and watched in self._fields
            and self.count()
        ):
            self.setCurrentRow(0)
            self.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)
