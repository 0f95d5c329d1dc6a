"""Form fields: text, money, phone, date, choice. Every one takes what people paste, and the wheel only with focus.

``read(widget)`` gives the typed value (texts as typed, for ``services.inputs.parse``), ``write(widget, value)`` sets
it, ``to_draft`` and ``from_draft`` the same as text; ``changed_signal(widget)`` is emitted on every change by anybody.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QStyledItemDelegate, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.domain import phones, vin
from dealer_desktop.services.inputs import fields as service_fields
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.date_edit import DateEdit

_LONGEST_LINE = 500
_LONGEST_TEXT = 20_000

# Control characters, and those that change the direction of what stands beside them unseen.
_UNSEEN = {code: None for code in range(32) if code not in (9, 10)} | {127: None} | dict.fromkeys(range(0x80, 0xA0))


class LineEdit(QLineEdit):
    """One line of text. A paste of several lines becomes one; what does not fit is never cut unseen: it is refused."""

    def __init__(self, width: int = 0, *, limit: int = _LONGEST_LINE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        # More than fits may stand here, so that the person sees what was pasted; nobody needs more than this to see it.
        self.setMaxLength(_LONGEST_TEXT)
        self.setFixedHeight(pixels(32))
        if width:
            self.setMaximumWidth(pixels(width))
            self.setMinimumWidth(min(pixels(width), pixels(120)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def refusal(self) -> str:
        """Why this text cannot be taken however it is meant: too long, or control characters in it. Empty if it can."""
        try:
            service_fields.text(self.text(), limit=self._limit)
        except ValueError as error:
            return str(error)
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text().translate(_UNSEEN) == "" and event.text() != "\t":
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape) or event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            ):
                super().keyPressEvent(event)
                return
            if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
                super().keyPressEvent(event)
            return
        super().keyPressEvent(event)


class VinEdit(LineEdit):
    """A VIN in a monospaced face, upper-case as it is typed, with Latin letters for Cyrillic ones that look alike."""

    def __init__(self, width: int = 220) -> None:
        super().__init__(width, limit=40)
        self.setFont(theme.font("mono"))
        self.textEdited.connect(self._tidy)

    def _tidy(self, text: str) -> None:
        tidy = vin.normalise(text)
        if tidy != text:
            place = len(vin.normalise(text[: self.cursorPosition()]))
            self.setText(tidy)
            self.setCursorPosition(place)


class NumberEdit(LineEdit):
    """A whole number (km, a year, days); ``value()`` is None where there is none that can be read."""

    def __init__(self, width: int = 120, *, grouped: bool = True) -> None:
        super().__init__(width, limit=20)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(theme.font("number"))
        self._grouped = grouped
        self.editingFinished.connect(self._tidy)

    def value(self) -> int | None:
        try:
            return formats.parse_whole(self.text())
        except formats.UnreadableNumber:
            return None

    def set_value(self, value: int | None) -> None:
        if value is None:
            self.clear()
        else:
            self.setText(formats.number(value) if self._grouped else str(value))

    def _tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.set_value(value)


class MoneyEdit(LineEdit):
    """An amount however it is typed or pasted: "1 234 567 ₽", "1.234,56". Leaving the field writes it out in full."""

    def __init__(self, currency: str = "RUB", width: int = 176, *, cents: bool = True) -> None:
        super().__init__(width, limit=60)
        self._currency = currency
        self._cents = cents
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(theme.font("number"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.editingFinished.connect(self._tidy)

    def value(self) -> Decimal | None:
        """The amount in currency units; None where the text is none."""
        try:
            return formats.parse_amount(self.text())
        except formats.UnreadableNumber:
            return None

    def set_value(self, value: Decimal | None) -> None:
        self.setText("" if value is None else formats.money(value, self._currency, cents=self._cents))

    def _tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.set_value(value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class PhoneEdit(LineEdit):
    """A phone as people write it; leaving the field writes a valid one as its country does."""

    def __init__(self, region: str = "RU", width: int = 176) -> None:
        super().__init__(width, limit=40)
        self.region = region
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.setPlaceholderText(phones.example(region))
        self.editingFinished.connect(self._tidy)

    def value(self) -> str | None:
        """In E.164, None where it is no valid number."""
        return phones.normalise(self.text(), self.region)

    def set_value(self, stored: str | None) -> None:
        self.setText(phones.display(stored) if stored else "")

    def _tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.setText(phones.display(value))

    def problem(self) -> str | None:
        """What is wrong with the number, in words, and how to mend it; None for a valid or an empty one."""
        text = self.text().strip()
        if not text or self.value() is not None:
            return None
        example = phones.example(self.region)
        missing = phones.missing_digits(text, self.region)
        if missing:
            words = ngettext(
                "{count} digit is missing. Example: {example}",
                "{count} digits are missing. Example: {example}",
                missing,
            )
            return words.format(count=missing, example=example)
        return _("This is no phone number. Example: {example}").format(example=example)


class TextEdit(QPlainTextEdit):
    """Several lines. Tab leaves the field; a paste that is too long is refused."""

    overflowed = Signal(int)
    """A paste held more than the limit of characters; it was refused whole."""

    def __init__(self, lines: int = 3, *, limit: int = _LONGEST_TEXT, width: int = 0) -> None:
        super().__init__()
        self._limit = limit
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + pixels(16))
        if width:
            self.setMaximumWidth(pixels(width))

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) + len(self.toPlainText()) > self._limit:
            self.overflowed.emit(self._limit)
            return
        self.insertPlainText(text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN))


class ComboBox(QComboBox):
    """A choice; each entry carries its value as item data. Without the focus the wheel belongs to the page."""

    def __init__(self, entries: Iterable[tuple[Any, str]] = (), width: int = 176) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))  # Fusion's own delegate knows no stylesheet
        for value, words in entries:
            self.addItem(words, value)
        self.setMaximumWidth(pixels(width))
        self.setMinimumWidth(min(pixels(width), pixels(120)))
        self.setFixedHeight(pixels(32))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> Any:
        return self.currentData()

    def set_value(self, value: Any) -> None:
        number = self.findData(value)
        if number >= 0:
            self.setCurrentIndex(number)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Compound(QWidget):
    """A field of several parts in one line of a form. A subclass says how it is read, and how it is kept as text."""

    changed = Signal()
    left = Signal()
    """The person went on: it can be looked at whether all is well."""

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def to_draft(self) -> str:
        """Empty where nothing was entered."""
        raise NotImplementedError

    def from_draft(self, text: str) -> None:
        """Put ``to_draft``'s text back; whatever else it is, is left out."""
        raise NotImplementedError


def read(widget: QWidget) -> Any:
    """What was typed: text, item data, a date, yes or no."""
    if isinstance(widget, Compound):
        return widget.value()
    if isinstance(widget, QComboBox):
        return widget.currentData() if not widget.isEditable() else widget.currentText()
    if isinstance(widget, DateEdit):
        return widget.value()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    if isinstance(widget, QLineEdit):
        return widget.text()
    raise TypeError(type(widget).__name__)


def write(widget: QWidget, value: Any) -> None:
    if isinstance(widget, MoneyEdit):
        widget.set_value(value if value is None or isinstance(value, Decimal) else Decimal(value))
    elif isinstance(widget, PhoneEdit | NumberEdit | DateEdit | ComboBox | Compound):
        widget.set_value(value)
    elif isinstance(widget, QComboBox):
        widget.setCurrentText(value or "")
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(value or "")
    elif isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QLineEdit):
        widget.setText("" if value is None else str(value))
    else:
        raise TypeError(type(widget).__name__)


def to_draft(widget: QWidget) -> str:
    if isinstance(widget, Compound):
        return widget.to_draft()
    value = read(widget)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def from_draft(widget: QWidget, text: str) -> None:
    """Put a draft's text back; one that no longer fits the field is left out."""
    if isinstance(widget, DateEdit):
        day = QDate.fromString(text, Qt.DateFormat.ISODate)
        widget.set_value(date(day.year(), day.month(), day.day()) if day.isValid() else None)
    elif isinstance(widget, QComboBox) and not widget.isEditable():
        for number in range(widget.count()):
            if str(widget.itemData(number)) == text:
                widget.setCurrentIndex(number)
    elif isinstance(widget, QCheckBox):
        widget.setChecked(text == "yes")
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    elif isinstance(widget, QComboBox):
        widget.setCurrentText(text)
    elif isinstance(widget, QLineEdit):
        widget.setText(text)
    elif isinstance(widget, Compound):
        widget.from_draft(text)


def changed_signal(widget: QWidget) -> Any:
    if isinstance(widget, QComboBox):
        return widget.currentTextChanged
    if isinstance(widget, DateEdit):
        return widget.value_changed
    if isinstance(widget, QPlainTextEdit | QLineEdit):
        return widget.textChanged
    if isinstance(widget, QCheckBox):
        return widget.toggled
    if isinstance(widget, Compound):
        return widget.changed
    raise TypeError(type(widget).__name__)
