"""Words that may be selected and copied, as they are and not as they are broken into lines."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from dealer_desktop.core.i18n import gettext as _

BREAK = "\u200b"
"""ZERO WIDTH SPACE: a line may end here. In an address that is pasted into a browser it would lead nowhere."""


class Words(QLabel):
    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def copy(self) -> None:
        """What is selected, to the clipboard."""
        QGuiApplication.clipboard().setText(self.selectedText().replace(BREAK, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QLabel."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Overrides QLabel, whose own menu copies the breaks too."""
        if not self.hasSelectedText():
            self.setSelection(0, len(self.text()))
        menu = QMenu(self)
        menu.setObjectName("wordsMenu")
        menu.addAction(_("Copy"), self.copy)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
