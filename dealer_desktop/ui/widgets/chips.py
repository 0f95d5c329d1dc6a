"""Filters in force, as chips that can be taken off one by one or all at once, by mouse and by keys."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips


class FilterChip(QFrame):
    removed = Signal(str)

    def __init__(self, key: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("place", "chip")
        self.setObjectName(f"chip_{key}")
        self.setFixedHeight(pixels(24))
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.cross = _Cross(self)
        self.cross.setIcon(theme.icon("x", "second"))
        self.cross.setIconSize(QSize(pixels(12), pixels(12)))
        self.cross.setFixedSize(pixels(20), pixels(20))
        self.cross.setToolTip(tooltips.plain(_remove(words)))
        self.cross.setAccessibleName(self.cross.toolTip())
        self.cross.clicked.connect(lambda: self.removed.emit(key))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 2, 0)
        layout.setSpacing(2)
        layout.addWidget(label)
        layout.addWidget(self.cross)


class _Cross(QToolButton):
    """Besides Space: Enter, Delete and Backspace take the filter off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ChipBar(QWidget):
    """``set_chips({key: words})``; it never widens the toolbar: what has no room waits behind "+2"."""

    removed = Signal(str)
    cleared = Signal()
    left = Signal()
    """The last chip was taken off by keys: the focus has nothing left here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._chips: list[FilterChip] = []
        self._words: dict[str, str] = {}
        self._before: QWidget | None = None
        self._rest = QToolButton(self)
        self._rest.setObjectName("moreChips")
        self._rest.setProperty("kind", "words")
        self._rest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rest.setFixedHeight(pixels(24))
        self._rest.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._rest)
        self._menu.setObjectName("moreChipsMenu")
        self._rest.setMenu(self._menu)
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

    def follow(self, widget: QWidget) -> None:
        """Let the Tab key come here from ``widget``."""
        self._before = widget
        self._order_tabs()

    def _order_tabs(self) -> None:
        """New widgets come last in their window: the Tab key would meet the chips after the table."""
        stops = [self._before, *(chip.cross for chip in self._chips), self._rest, self._clear]
        found = [stop for stop in stops if stop is not None]
        for first, second in pairwise(found):
            QWidget.setTabOrder(first, second)

    def set_chips(self, chips: Mapping[str, str]) -> None:
        focused = next((number for number, chip in enumerate(self._chips) if chip.cross.hasFocus()), None)
        if focused is None and (self._clear.hasFocus() or self._rest.hasFocus()):
            focused = 0
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        self._words = dict(chips)
        for number, (key, words) in enumerate(chips.items()):
            chip = FilterChip(key, words, self)
            chip.removed.connect(self.removed)
            self._layout.insertWidget(number, chip)
            self._chips.append(chip)
        self._order_tabs()
        self._fit()
        self.updateGeometry()
        if focused is not None:
            self._keep_focus(focused)

    def _keep_focus(self, number: int) -> None:
        """Where it was, so that several can be taken off one after the other."""
        shown = [chip for chip in self._chips if not chip.isHidden()]
        if shown:
            shown[min(number, len(shown) - 1)].cross.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._chips:
            self._rest.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _fit(self) -> None:
        clear = self._clear.sizeHint().width() + 8
        needed = [chip.sizeHint().width() + 8 for chip in self._chips]
        # Where there is hardly any room, clearing waits in the menu with the rest.
        cramped = sum(needed) + clear > self.width() < clear + self._rest.sizeHint().width() + 8
        self._clear.setVisible(bool(self._chips) and not cramped)
        room = self.width() - (0 if cramped else clear)
        if sum(needed) > room:
            room -= self._rest.sizeHint().width() + 8
        hidden = []
        for (key, words), chip, width in zip(self._words.items(), self._chips, needed, strict=True):
            room -= width
            chip.setVisible(room >= 0)
            if room < 0:
                hidden.append((key, words))
        self._rest.setVisible(bool(hidden))
        self._rest.setText(f"+{len(hidden)}")
        count = len(hidden)
        self._rest.setToolTip(tooltips.plain("\n".join(words for _key, words in hidden)))
        self._rest.setAccessibleName(ngettext("{count} more filter", "{count} more filters", count).format(count=count))
        self._menu.clear()
        for key, words in hidden:
            entry = self._menu.addAction(theme.icon("x", "second"), _remove(words).replace("&", "&&"))
            entry.triggered.connect(lambda _checked=False, key=key: self.removed.emit(key))
        if cramped and hidden:
            self._menu.addSeparator()
            self._menu.addAction(self._clear.accessibleName()).triggered.connect(self.cleared)

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._rest.sizeHint().width() if self._chips else 0, pixels(32))

    def sizeHint(self) -> QSize:
        return QSize(0, pixels(32))


def _remove(words: str) -> str:
    return _("Remove the filter “{filter}”").format(filter=words)
