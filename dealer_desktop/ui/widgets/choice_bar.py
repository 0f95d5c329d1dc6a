"""A few choices side by side, all in view: one is chosen with a click, with the arrow keys or with its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.field import Compound


@dataclass(frozen=True)
class Choice:
    value: Any
    words: str
    icon: str = ""
    """Shown in place of the words, which are then its tooltip: where the words stand elsewhere."""
    tone: str = "second"


class ChoiceBar(Compound):
    """``value()`` is the chosen one's; ``none`` where nothing is chosen yet. 1, 2, 3... and the arrows choose."""

    stepped = Signal(int)
    """Up (-1) or Down (1) was pressed: somebody may go to the line above or below."""

    def __init__(self, choices: Sequence[Choice], *, none: Any = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = tuple(choices)
        self._none = none
        self._value = none
        self.frame = QFrame(self)
        """What has the focus; the buttons in it are for the mouse."""
        self.frame.setProperty("place", "choices")
        self.frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.frame.setFixedHeight(pixels(32))
        self.frame.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.frame)
        inside = QHBoxLayout(self.frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(2)
        self.buttons = [self._button(choice) for choice in self.choices]
        for button in self.buttons:
            inside.addWidget(button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.frame)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.frame.installEventFilter(self)
        self._show()

    def setObjectName(self, name: str) -> None:
        """Overrides QObject: each choice is named after the whole and its value."""
        super().setObjectName(name)
        for choice, button in zip(self.choices, self.buttons, strict=True):
            button.setObjectName(f"{name}_{choice.value}")

    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any) -> None:
        """Overrides Compound: what is none of the choices is nothing chosen."""
        known = value if any(choice.value == value for choice in self.choices) else self._none
        if known != self._value:
            self._value = known
            self._show()
            self.changed.emit()

    def to_draft(self) -> str:
        return "" if self._value == self._none else str(self._value)

    def from_draft(self, text: str) -> None:
        self.set_value(next((choice.value for choice in self.choices if str(choice.value) == text), self._none))

    def number(self) -> int:
        """Which one is chosen, from 0; -1 where none is."""
        return next((n for n, choice in enumerate(self.choices) if choice.value == self._value), -1)

    def words(self) -> str:
        number = self.number()
        return self.choices[number].words if number >= 0 else ""

    def _show(self) -> None:
        """The state of the buttons, and what a screen reader says."""
        for number, button in enumerate(self.buttons):
            button.setChecked(number == self.number())
        self._name_it()

    def _name_it(self) -> None:
        self.frame.setAccessibleName(": ".join(filter(None, (self.accessibleName(), self.words()))))
        self.frame.setAccessibleDescription(self.accessibleDescription())

    def _button(self, choice: Choice) -> QToolButton:
        button = QToolButton(self.frame)
        button.setProperty("kind", "choice")
        button.setProperty("bare", bool(choice.icon))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(choice.words)
        button.setFixedHeight(pixels(26))
        if choice.icon:
            button.setIcon(theme.icon(choice.icon, choice.tone))
            button.setIconSize(QSize(pixels(18), pixels(18)))
            button.setFixedWidth(pixels(28))
            button.setToolTip(tooltips.plain(choice.words))
        else:
            button.setText(choice.words)
        button.clicked.connect(lambda _checked=False: self._click(choice))
        return button

    def _click(self, choice: Choice) -> None:
        self.frame.setFocus(Qt.FocusReason.MouseFocusReason)
        self.set_value(choice.value)
        self._show()  # a click on the chosen one must not take it off

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self._number_of(event)
        if number is not None:
            self.set_value(self.choices[number].value)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _number_of(self, event: QKeyEvent) -> int | None:
        """Which choice a key means, from 0."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None:
            return self._beside(step)
        digit = event.text()
        return int(digit) - 1 if digit and digit in "123456789"[: len(self.choices)] else None

    def _beside(self, step: int) -> int:
        """The one at the right (1) or left (-1) of what is chosen; after the last comes the first."""
        number = self.number()
        return 0 if number < 0 else (number + step) % len(self.choices)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._name_it()
        elif event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Overrides QWidget: the frame shows what the form says of the field."""
        if event.type() == QEvent.Type.DynamicPropertyChange and self.frame.property("invalid") != self.property(
            "invalid"
        ):
            self.frame.setProperty("invalid", self.property("invalid"))
            self.frame.style().unpolish(self.frame)
            self.frame.style().polish(self.frame)
        return super().event(event)
