"""A date that may be empty: typed in the language's own form or picked from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import days
from dealer_desktop.ui import theme
from dealer_desktop.ui.widgets.calendar import Calendar
from dealer_desktop.ui.widgets.fields import LineEdit


class DateEdit(LineEdit):
    """``value()`` is the date, None where the field is empty or what is typed is no date (``is_valid`` tells which).

    Up and Down go a day on, Alt+Down opens the calendar. Takes 29.11.2026, 29.11, 2026-11-29, 29 Nov 2026.
    """

    def __init__(self, width: int = 144, parent: QWidget | None = None) -> None:
        super().__init__(width, limit=40, parent=parent)
        self.setPlaceholderText(_("day month year"))
        self._open = QAction(theme.icon("calendar-blank", "second"), _("Choose from the calendar"), self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self._popup: QFrame | None = None

    def value(self) -> date | None:
        return days.read(self.text())

    def typed(self) -> date | str:
        """The date, or the text that is none: so that the refusal is told at the field."""
        return self.value() or self.text()

    def to_draft(self) -> str:
        value = self.value()
        return value.isoformat() if value is not None else self.text()

    def from_draft(self, text: str) -> None:
        """An unfinished date comes back as it was typed."""
        try:
            self.set_value(date.fromisoformat(text))
        except ValueError:
            self.setText(text)

    def is_valid(self) -> bool:
        """Whether the field is empty or holds a date."""
        return not self.text().strip() or self.value() is not None

    def problem(self) -> str | None:
        if self.is_valid():
            return None
        return _("This is not a date. Example: {example}").format(example=formats.day(date.today()))

    def set_value(self, value: date | None) -> None:
        self.setText(formats.day(value) if value is not None else "")

    # what QDateEdit answers, for scripts and assistive technology
    def date(self) -> QDate:
        value = self.value()
        return QDate(value.year, value.month, value.day) if value else QDate()

    def setDate(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()) if day.isValid() else None)

    def tidy(self) -> None:
        value = self.value()
        if value is not None and self.text() != formats.day(value):
            self.set_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif step is not None and not self.isReadOnly():
            value = self.value() or date.today()
            self.set_value(date.fromordinal(value.toordinal() + step) if self.text() else value)
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        if self._popup is None:
            self._popup = self._make_popup()
        calendar = self._popup.findChild(Calendar)
        assert calendar is not None
        value = self.value() or date.today()
        calendar.setSelectedDate(QDate(value.year, value.month, value.day))
        place = self.mapToGlobal(QPoint(0, self.height() + 4))
        size = self._popup.sizeHint()
        room = self.screen().availableGeometry()
        if place.y() + size.height() > room.bottom():
            place = self.mapToGlobal(QPoint(0, -size.height() - 4))
        self._popup.move(min(place.x(), room.right() - size.width()), place.y())
        self._popup.show()
        calendar.setFocus()

    def _make_popup(self) -> QFrame:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setProperty("place", "popup")
        calendar = Calendar(popup)
        calendar.clicked.connect(self._pick)
        calendar.activated.connect(self._pick)
        calendar.installEventFilter(self)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(calendar)
        return popup

    def _pick(self, day: QDate) -> None:
        self.setDate(day)
        assert self._popup is not None
        self._popup.hide()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            assert self._popup is not None
            self._popup.hide()
            return True
        return super().eventFilter(watched, event)
