"""One line across the top that says what is wrong and offers what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.icon_label import IconLabel


class Banner(QFrame):
    """``show_message(words, tone, (button, slot), ...)``; ``clear()`` puts it away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, name: str = "banner") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("place", "banner")
        self._icon = IconLabel("warning", "amber", 18, self)
        self._words = QLabel(self)
        self._words.setObjectName(f"{name}Text")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QPushButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 6, 12, 6)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self._words, 1)
        self.setMinimumHeight(pixels(40))
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text() if not self.isHidden() else ""

    @property
    def buttons(self) -> list[QPushButton]:
        return list(self._buttons)

    def show_message(self, words: str, tone: str = "amber", *buttons: tuple[str, str, Callable[[], object]]) -> None:
        """``buttons`` are (objectName, words, slot); ``tone`` is ``amber``, ``red`` or ``second``."""
        self._remove_buttons()
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.set_icon({"amber": "warning", "red": "warning-circle"}.get(tone, "info"), tone)
        self._words.setText(words)
        self.setAccessibleName(words)
        for name, label, slot in buttons:
            button = QPushButton(label, self)
            button.setObjectName(name)
            button.setAccessibleName(label)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            self._layout.addWidget(button)
            self._buttons.append(button)
        self.show()

    def clear(self) -> None:
        self._remove_buttons()
        self._words.clear()
        self.hide()

    def _remove_buttons(self) -> None:
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
