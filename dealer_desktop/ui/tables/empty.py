"""An empty list says what would be here and offers the action that fills it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.widgets.buttons import ActionButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.icon_label import IconLabel


@dataclass(frozen=True)
class EmptyState:
    words: str
    action: QAction | None = None
    icon: str = "tray"


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
        self._button: ActionButton | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(12)
        self._layout.addStretch(2)
        self._layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addWidget(self._words)
        self._layout.addStretch(3)

    def set_state(self, state: EmptyState) -> None:
        self._state = state
        self._icon.set_icon(state.icon, "second")
        if self._button is not None:
            self._layout.removeWidget(self._button)
            self._button.deleteLater()
            self._button = None
        if state.action is not None:
            self._button = ActionButton(state.action, parent=self)
            self._layout.insertWidget(3, self._button, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_for(self, *, searched: bool) -> None:
        """The words for a search that found nothing, or for a list that is empty."""
        self._words.setText(
            _("Nothing matches. Change the search or take filters off.") if searched else self._state.words
        )
        if self._button is not None and self._state.action is not None:
            self._button.setVisible(not searched)
