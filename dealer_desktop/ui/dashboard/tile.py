"""One number of the page: its words, its value, how it changed, and the rows it leads to."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label

_ABSURD = 1000
"""Per cent from which on nobody can imagine them."""


class Tile(QFrame):
    """``opened(Link)``: a click, Enter or Space asks for the rows."""

    opened = Signal(object)

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(f"tile_{name}")
        self.setProperty("place", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.link: Link | None = None
        self._words = words
        self._value = label("–", "price")
        self._value.setObjectName(f"dashboard_{name}")
        self._below = label("", "small", "second")
        self._below.setObjectName(f"dashboard_{name}_change")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(label(words, "base", "second"))
        layout.addWidget(self._value)
        layout.addWidget(self._below)
        layout.addStretch(1)

    def show_value(self, value: str, link: Link | None, *, tone: str = "", below: str = "") -> None:
        """What is shown already stays untouched, so that nothing blinks."""
        self.link = link
        if self._value.text() != value:
            self._value.setText(value)
        if self._below.text() != below:
            self._below.setText(below)
        theme.set_tone(self._value, tone)
        self.setAccessibleName(": ".join(filter(None, (self._words, value))))
        self.setAccessibleDescription(below)
        self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tooltips.plain(_("Show these rows") if link else ""))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Overrides QFrame."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QFrame."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            # As in a table; through the window, so that the page scrolls along.
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.link is not None:
            self.opened.emit(self.link)


def change(now: Decimal | int, before: Decimal | int) -> str:
    """Against the time before, in per cent; where there was nothing, or next to nothing, in words."""
    if now == before:
        return _("as before")
    if not before:
        return _("nothing before")
    percent = (Decimal(now) - Decimal(before)) * 100 / abs(Decimal(before))
    if abs(percent) >= _ABSURD:
        return _("{number} before").format(number=formats.amount(Decimal(before), cents=isinstance(before, Decimal)))
    sign = "+" if percent > 0 else "−"
    return _("{change} % against before").format(change=f"{sign}{formats.number(round(abs(percent)))}")
