"""A form's foot: what saving will do, why it was refused, and the buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.icon_label import IconLabel


class FittingLabel(QLabel):
    """The first of some wordings that has room in one line; nothing where none has."""

    def __init__(self, *wordings: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font("small"))
        theme.set_tone(self, "second")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(self.fontMetrics().height())
        self.say(*wordings)

    def say(self, *wordings: str) -> None:
        self._wordings = wordings
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QLabel."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        metrics = self.fontMetrics()
        fits = (words for words in self._wordings if metrics.horizontalAdvance(words) <= self.width())
        self.setText(next(fits, ""))


class FormFoot(QFrame):
    def __init__(self, save: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("place", "dialogFoot")
        self._consequence = label("", "strong")
        self._value = label("", "strong", selectable=True)
        self._value.setObjectName("consequenceValue")
        self._detail = label("", "base", "second", wrap=True)
        self._box = QWidget(self)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self._consequence)
        first.addWidget(self._value)
        first.addStretch(1)
        box = QVBoxLayout(self._box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(first)
        box.addWidget(self._detail)
        self.error_label = QLabel(self)
        self.error_label.setObjectName("errorLabel")
        self.error_label.setTextFormat(Qt.TextFormat.PlainText)
        self.error_label.setWordWrap(True)
        self.error_label.setAccessibleName(_("Why it was not saved"))
        self.error_label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.set_tone(self.error_label, "red")
        self._error_icon = IconLabel("warning-circle", "red", 16, self)
        self._keys = FittingLabel(_("Ctrl+Enter to save, Esc to close"), _("Ctrl+Enter to save"))
        self._above: QHBoxLayout | None = None
        self.cancel_button = QPushButton(_("Cancel"), self)
        self.cancel_button.setObjectName("cancelButton")
        self.save_button = QPushButton(save, self)
        self.save_button.setObjectName("saveButton")
        self.save_button.setProperty("kind", "primary")
        for button in (self.cancel_button, self.save_button):
            button.setFont(theme.font("medium"))
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        # As wide as it is at rest, so that "Saving…" moves nothing.
        self.save_button.setMinimumWidth(self.save_button.sizeHint().width())
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._error_icon)
        buttons.addWidget(self.error_label, 1)
        buttons.addWidget(self._keys, 1)
        buttons.addSpacing(8)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        self._buttons = buttons
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setSpacing(12)
        self._note = label("", "base", "amber", wrap=True)
        self._note.setObjectName("managerNote")
        self._note.hide()
        whole.addWidget(self._box)
        whole.addWidget(self._note)
        whole.addLayout(buttons)
        self.set_consequence("", "", "", "")
        self.set_error("")

    def add_button(self, name: str, words: str) -> QPushButton:
        """A quiet button between Cancel and Save. What is wrong is said above the buttons then: there is more room."""
        if self._above is None:
            self._above = QHBoxLayout()
            self._above.setSpacing(8)
            self._above.addWidget(self._error_icon)
            self._above.addWidget(self.error_label, 1)
            self._whole.insertLayout(self._whole.count() - 1, self._above)
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setFont(theme.font("medium"))
        button.setAutoDefault(False)
        button.setAccessibleName(words)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def set_consequence(self, words: str, value: str, tone: str, detail: str) -> None:
        self._consequence.setText(words)
        self._value.setText(value)
        theme.set_tone(self._value, tone)
        self._detail.setText(detail)
        self._consequence.setVisible(bool(words))
        self._value.setVisible(bool(value))
        self._detail.setVisible(bool(detail))
        self._box.setVisible(bool(words or detail))

    def tell(self, words: str) -> None:
        """A sentence of its own above the buttons; empty words take it away."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def set_keys(self, words: str) -> None:
        self._keys.say(words)

    def set_error(self, words: str) -> None:
        self.error_label.setText(words)
        self.error_label.setVisible(bool(words))
        self._error_icon.setVisible(bool(words))
        self._keys.setVisible(not words or self._above is not None)
