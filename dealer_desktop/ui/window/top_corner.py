"""The right end of the top bar: the search for everything, and who is at the keyboard with what concerns the window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QToolButton, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.window.person_menu import PersonMenu

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.window.search_everything import SearchEverything


class TopCorner(QWidget):
    def __init__(
        self, context: "UiContext", search: "SearchEverything", of_window: Sequence[QAction], parent: QWidget
    ) -> None:
        """``of_window``: the window's own actions that stand in the person's menu."""
        super().__init__(parent)
        self.setObjectName("topCorner")
        person = PersonButton(context.at_work.name, self)
        menu = PersonMenu(context, of_window, person)
        person.setMenu(menu)
        layout = QHBoxLayout(self)
        # QTabWidget places its corner by sizeHint: the margins make it as high as the tabs.
        layout.setContentsMargins(8, 7, 16, 8)
        layout.setSpacing(12)
        layout.addWidget(search)
        if context.signed_in and context.at_work.is_manager:
            from dealer_desktop.ui.window.approvals import ApprovalsButton

            layout.addWidget(ApprovalsButton(context, self))
        layout.addWidget(person)
        self._search = search

    def sizeHint(self) -> QSize:
        """Overrides QWidget: as wide as it likes where the tabs leave so much, narrower where they do not."""
        wanted = super().sizeHint()
        tabs = self.parentWidget()
        if not isinstance(tabs, QTabWidget):
            return wanted
        left = tabs.width() - tabs.tabBar().sizeHint().width() - pixels(16)
        least = wanted.width() - self._search.sizeHint().width() + self._search.minimumWidth()
        return QSize(max(least, min(left, wanted.width())), wanted.height())


class PersonButton(QToolButton):
    """The person's initial in a disc."""

    def __init__(self, user: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("personButton")
        self._letter = (user[:1] or "?").upper()
        self.setFixedSize(QSize(pixels(28), pixels(28)))
        self.setToolTip(tooltips.plain(_("Signed in as {user}").format(user=user)))
        self.setAccessibleName(self.toolTip())
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed().connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QColor(colours.accent if self.hasFocus() else colours.subtle))
        painter.setBrush(QColor(colours.subtle))
        painter.drawEllipse(box)
        painter.setFont(theme.font("smallStrong"))
        painter.setPen(QColor(colours.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()
