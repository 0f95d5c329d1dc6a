"""An empty list says what would be here and offers the action that fills it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.widgets.buttons import ActionButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.icon_label import IconLabel


@dataclass(frozen=True)
class EmptyState:
    words: str
    action: QAction | None = None
    icon: str = "tray"
    second: QAction | None = None
    """Another way to fill it, beside the first."""


class EmptyPane(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("place", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = EmptyState(_("There is nothing here yet."))
        self._icon = IconLabel("tray", "second", 32, self)
        self._words = label("", "base", "second", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setObjectName("emptyWords")
        self._buttons = QWidget(self)
        QHBoxLayout(self._buttons).setContentsMargins(0, 0, 0, 0)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(12)
        self._layout.addStretch(2)
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addWidget(self._words)
        self._layout.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(3)

    def set_state(self, state: EmptyState) -> None:
        self._state = state
        self._icon.set_icon(state.icon, "second")
        row = self._buttons.layout()
        assert row is not None
        while item := row.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for action in filter(None, (state.action, state.second)):
            row.addWidget(ActionButton(action, parent=self._buttons))

    def show_for(self, *, searched: bool) -> None:
        """The words for a search that found nothing, or for a list that is empty."""
        self._words.setText(
            _("Nothing matches. Change the search or take filters off.") if searched else self._state.words
        )
        self._buttons.setVisible(not searched and self._state.action is not None)
