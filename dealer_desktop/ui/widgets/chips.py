"""Filters in force, as chips that can be taken off one by one or all at once."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels


class FilterChip(QFrame):
    removed = Signal(str)

    def __init__(self, key: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("place", "chip")
        self.setObjectName(f"chip_{key}")
        self.setFixedHeight(pixels(24))
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        cross = QToolButton(self)
        cross.setIcon(theme.icon("x", "second"))
        cross.setIconSize(QSize(pixels(12), pixels(12)))
        cross.setFixedSize(pixels(20), pixels(20))
        cross.setToolTip(_("Remove the filter “{filter}”").format(filter=words))
        cross.setAccessibleName(cross.toolTip())
        cross.clicked.connect(lambda: self.removed.emit(key))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 2, 0)
        layout.setSpacing(2)
        layout.addWidget(label)
        layout.addWidget(cross)


class ChipBar(QWidget):
    """``set_chips({key: words})``; it never widens the toolbar: what has no room waits behind "+2"."""

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._chips: list[FilterChip] = []
        self._rest = QLabel(self)
        theme.set_tone(self._rest, "second")
        self._clear = QPushButton(_("Clear"), self)
        self._clear.setProperty("kind", "link")
        self._clear.setObjectName("clearFilters")
        self._clear.setAccessibleName(_("Remove every filter"))
        self._clear.clicked.connect(self.cleared)
        self._layout.addWidget(self._rest)
        self._layout.addWidget(self._clear)
        self._layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_chips({})

    def set_chips(self, chips: dict[str, str]) -> None:
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for number, (key, words) in enumerate(chips.items()):
            chip = FilterChip(key, words, self)
            chip.removed.connect(self.removed)
            self._layout.insertWidget(number, chip)
            self._chips.append(chip)
        self._clear.setVisible(bool(chips))
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._clear.sizeHint().width() - 8 - pixels(32)
        hidden = []
        for chip in self._chips:
            room -= chip.sizeHint().width() + 8
            chip.setVisible(room >= 0)
            if room < 0:
                hidden.append(chip)
        self._rest.setVisible(bool(hidden))
        self._rest.setText(f"+{len(hidden)}")

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, pixels(32))

    def sizeHint(self) -> QSize:
        return QSize(0, pixels(32))
