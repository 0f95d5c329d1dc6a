"""Cars taken in payment on a card: a line each, which leads to the other side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.ui.widgets.buttons import IconButton
from dealer_desktop.ui.widgets.card import label


class TradeInLines(QWidget):
    """``asked(id)``: the person wants to see what the line is about, the taken car or the order."""

    asked = Signal(int)

    def __init__(self, heading: str, opens: str, parent: QWidget | None = None) -> None:
        """``opens``: what a line's button does, in words."""
        super().__init__(parent)
        self.setObjectName("tradeIns")
        self._opens = opens
        self._heading = label(heading, "small", "second")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addLayout(self._lines)
        self.hide()

    def show_lines(self, lines: Sequence[tuple[int, str, bool]]) -> None:
        """Each with the id that it leads to, and whether it still counts."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, words, counts in lines:
            self._lines.addWidget(self._line(number, words, counts))
        self.setVisible(bool(lines))

    def _line(self, number: int, words: str, counts: bool) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(words, "base", "" if counts else "second", wrap=True, selectable=True), 1)
        button = IconButton(None, "arrow-square-out", self._opens)
        button.setObjectName(f"tradeIn{number}")
        button.clicked.connect(lambda: self.asked.emit(number))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line
