"""Form fields: text, money, phone, date, choice. Every one takes what people paste, and never the wheel.

Each is a ``widgets.field.Field``: what a form, its rows and its drafts ask of a widget.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QStyledItemDelegate, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.domain import cleaning, phones, quantities, vin
from dealer_desktop.services.inputs import fields as service_fields
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.field import is_left

_LONGEST_LINE = 500
_LONGEST_TEXT = 20_000

# Control characters, and those that change the direction of what stands beside them unseen.
_UNSEEN = {code: None for code in range(32) if code not in (9, 10)} | {127: None} | dict.fromkeys(range(0x80, 0xA0))


class LineEdit(QLineEdit):
    """One line of text. A paste of several lines becomes one; what does not fit is never cut unseen: it is refused."""

    changed = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, width: int = 0, *, limit: int = _LONGEST_LINE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self.textChanged.connect(lambda _text: self.changed.emit())
        self.editingFinished.connect(self._leave)
        # More than fits may stand here, so that the person sees what was pasted; nobody needs more than this to see it.
        self.setMaxLength(_LONGEST_TEXT)
        self.setFixedHeight(pixels(32))
        if width:
            self.setMaximumWidth(pixels(width))
            self.setMinimumWidth(min(pixels(width), pixels(120)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def typed(self) -> Any:
        return self.text()

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else str(value))

    def to_draft(self) -> str:
        return self.text()

    def from_draft(self, text: str) -> None:
        self.setText(text)

    def problem(self) -> str | None:
        return None

    def tidy(self) -> None:
        """Write out what was typed, on leaving the field."""

    def _leave(self) -> None:
        self.tidy()
        self.left.emit()

    def refusal(self) -> str:
        """Too long, or control characters in it."""
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

    def value(self) -> int | None:
        try:
            return self.read(self.text())
        except quantities.UnreadableNumber:
            return None

    def read(self, text: str) -> int:
        """Raises UnreadableNumber."""
        return quantities.whole(text)

    def set_value(self, value: int | None) -> None:
        if value is None:
            self.clear()
        else:
            self.setText(formats.number(value) if self._grouped else str(value))

    def tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.set_value(value)


class DistanceEdit(NumberEdit):
    """A mileage in km; "85 тыс" and miles that are named are worked out on leaving the field."""

    def __init__(self, width: int = 128) -> None:
        super().__init__(width)

    def read(self, text: str) -> int:
        return quantities.kilometres(text)

    def problem(self) -> str | None:
        try:
            service_fields.mileage(self.text())
        except ValueError as error:
            return str(error)
        return None


class MoneyEdit(LineEdit):
    """An amount however it is typed or pasted: "1 234 567 ₽", "1.234,56". Leaving the field writes it out in full."""

    def __init__(self, currency: str = "RUB", width: int = 176, *, cents: bool = True) -> None:
        super().__init__(width, limit=60)
        self._currency = currency
        self._cents = cents
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(theme.font("number"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> Decimal | None:
        """The amount in currency units; None where the text is none."""
        try:
            return quantities.amount(self.text(), self._currency)
        except quantities.UnreadableNumber:
            return None

    def set_value(self, value: Decimal | int | None) -> None:
        self.setText("" if value is None else formats.money(Decimal(value), self._currency, cents=self._cents))

    def problem(self) -> str | None:
        try:
            service_fields.money(self.text(), self._currency)
        except ValueError as error:
            return str(error)
        return None

    def tidy(self) -> None:
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

    def value(self) -> str | None:
        """In E.164, None where it is no valid number."""
        return phones.normalise(cleaning.clean(self.text()), self.region)

    def set_value(self, stored: str | None) -> None:
        self.setText(phones.display(stored) if stored else "")

    def tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.setText(phones.display(value))

    def problem(self) -> str | None:
        """What is wrong with the number, in words, and how to mend it; None for a valid or an empty one."""
        text = self.text().strip()
        if not text or self.value() is not None:
            return None
        example = phones.example(self.region)
        if phones.has_more(cleaning.clean(text), self.region):
            return service_fields.phone_has_more()
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

    changed = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, lines: int = 3, *, limit: int = _LONGEST_TEXT, width: int = 0) -> None:
        super().__init__()
        self._limit = limit
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + pixels(16))
        self.textChanged.connect(self.changed)
        if width:
            self.setMaximumWidth(pixels(width))

    def typed(self) -> str:
        return self.toPlainText()

    def set_value(self, value: str | None) -> None:
        self.setPlainText(value or "")

    def to_draft(self) -> str:
        return self.toPlainText()

    def from_draft(self, text: str) -> None:
        self.setPlainText(text)

    def problem(self) -> str | None:
        return None

    def refusal(self) -> str:
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_left(self):
            self.left.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if len(text) + len(self.toPlainText()) > self._limit:
            words = ngettext(
                "At most {limit} character fits here.", "At most {limit} characters fit here.", self._limit
            )
            self.refused.emit(words.format(limit=formats.number(self._limit)))
            return
        self.insertPlainText(text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN))


_AROUND_CHOICE = 66
"""Pixels of a combo box that its words do not have: borders, padding, arrow."""


class ComboBox(QComboBox):
    """A choice, at least as wide as its longest word; each entry carries its value as item data.

    The wheel belongs to the page, never to the choice.
    """

    changed = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, entries: Iterable[tuple[Any, str]] = (), width: int = 176) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))  # Fusion's own delegate knows no stylesheet
        metrics = QFontMetrics(theme.font("base"))
        longest = 0
        for value, words in entries:
            self.addItem(words, value)
            longest = max(longest, metrics.horizontalAdvance(words) + _AROUND_CHOICE)
        self.setMaximumWidth(max(pixels(width), longest))
        self.setMinimumWidth(max(min(pixels(width), pixels(120)), min(longest, pixels(220))))
        self.setFixedHeight(pixels(32))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentTextChanged.connect(lambda _words: self.changed.emit())

    def value(self) -> Any:
        return self.currentData()

    def typed(self) -> Any:
        return self.currentData()

    def set_value(self, value: Any) -> None:
        number = self.findData(value)
        if number >= 0:
            self.setCurrentIndex(number)

    def to_draft(self) -> str:
        value = self.value()
        return "" if value is None else str(value)

    def from_draft(self, text: str) -> None:
        for number in range(self.count()):
            value = self.itemData(number)
            if ("" if value is None else str(value)) == text:
                self.setCurrentIndex(number)

    def problem(self) -> str | None:
        return None

    def refusal(self) -> str:
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_left(self):
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CheckBox(QCheckBox):
    """Yes or no."""

    changed = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.toggled.connect(lambda _on: self.changed.emit())

    def typed(self) -> bool:
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        self.setChecked(bool(value))

    def to_draft(self) -> str:
        return "yes" if self.isChecked() else ""

    def from_draft(self, text: str) -> None:
        self.setChecked(text == "yes")

    def problem(self) -> str | None:
        return None

    def refusal(self) -> str:
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_left(self):
            self.left.emit()
