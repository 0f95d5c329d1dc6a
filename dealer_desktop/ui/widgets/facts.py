"""Label and value, line under line, as a card tells the facts of its record."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.selectable_text import Words

_LABEL_WIDTH = 108


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    """Empty: the line is left out."""
    mono: bool = False
    strong: bool = False
    copied: bool = False
    """Whether a button beside it copies the value."""


class Facts(QWidget):
    """``show_facts`` shows them; what is selected with the mouse can be copied."""

    def __init__(self, parent: QWidget | None = None, *, label_width: int = _LABEL_WIDTH) -> None:
        super().__init__(parent)
        self._label_width = label_width
        self._facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, *facts: Fact) -> None:
        """Replace what is shown; nothing moves where nothing changed."""
        shown = tuple(fact for fact in facts if fact.value)
        if shown == self._facts:
            return
        self._facts = shown
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, fact in enumerate(shown):
            self._add(number, fact)
        self.updateGeometry()

    def value(self, label: str) -> str:
        """The value shown beside ``label``; empty where there is none."""
        return next((fact.value for fact in self._facts if fact.label == label), "")

    def _add(self, number: int, fact: Fact) -> None:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(fact.label)
        label.setWordWrap(True)
        label.setFixedWidth(pixels(self._label_width))
        theme.set_tone(label, "second")
        value = Words(fact.value, self)
        value.setWordWrap(True)
        value.setCursor(Qt.CursorShape.ArrowCursor)
        value.setAccessibleName(f"{fact.label}: {fact.value}")
        value.setFont(theme.font("mono" if fact.mono else "strong" if fact.strong else "base"))
        for part in (label, value):
            part.setMinimumHeight(pixels(24))
            part.setContentsMargins(0, pixels(4), 0, pixels(3))
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label, number, 0, top)
        self._grid.addWidget(value, number, 1, top)
        if fact.copied:
            button = QToolButton(self)
            button.setIcon(theme.icon("copy", "second"))
            button.setIconSize(QSize(16, 16))
            button.setFixedSize(24, 24)
            button.setToolTip(_("Copy"))
            button.setAccessibleName(_("Copy {what}").format(what=fact.label))
            button.clicked.connect(lambda: QGuiApplication.clipboard().setText(fact.value))
            self._grid.addWidget(button, number, 2, top)
