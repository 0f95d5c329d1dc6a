"""The bar above a table: filters' fold, search, chips, count, and the tab's own buttons at its end."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.buttons import ActionButton, IconButton, set_available
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.chips import ChipBar
from dealer_desktop.ui.widgets.search_box import SearchBox

_SEARCH_WIDTH = 264


class Toolbar(QFrame):
    fold_toggled = Signal()
    """The person wants the filters shown or folded."""

    def __init__(self, kind: str, search_hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("place", "toolbar")
        self.fold_action = QAction(theme.icon("sliders-horizontal", "second"), _("Filters"), parent)
        self.fold_action.setObjectName(f"{kind}FiltersAction")
        self.fold_action.setShortcut(QKeySequence("Ctrl+Shift+F"))
        self.fold_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.fold_action.triggered.connect(self.fold_toggled)
        set_available(self.fold_action, None)
        parent.addAction(self.fold_action)
        self._fold = IconButton(self.fold_action, parent=self)
        self._fold.setCheckable(True)
        self._fold.hide()
        self.search = SearchBox(search_hint, self)
        self.search.setObjectName(f"{kind}Search")
        self.search.setMinimumWidth(pixels(140))
        self.search.setMaximumWidth(pixels(_SEARCH_WIDTH))
        self.last_of_search: QWidget = self.search
        """After it Tab goes to the chips, and then to the rows."""
        self.chips = ChipBar(self)
        self.chips.left.connect(self.search.setFocus)
        self.count = label("", "number", "second")
        self.count.setObjectName(f"{kind}Count")
        self.count.setAccessibleName(_("How many match"))
        self.sum = label("", "number", "second")
        self.sum.setObjectName(f"{kind}Sum")
        self.sum.hide()
        self.also = label("", "small", "second")
        self.also.setObjectName(f"{kind}Also")
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        self._layout = layout = QHBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._fold)
        layout.addWidget(self.search, 3)
        layout.addSpacing(4)
        layout.addWidget(self.chips, 4)
        layout.addWidget(self.also)
        layout.addWidget(self.sum)
        layout.addSpacing(4)
        layout.addWidget(self.count)
        layout.addSpacing(8)
        layout.addLayout(self._tools)
        self.show_fold(has_filters=False, unfolded=False)

    def add(self, action: QAction, *, outlined: bool) -> QWidget:
        button = ActionButton(action, with_icon=True) if outlined else IconButton(action)
        self._tools.addWidget(button)
        return button

    def add_views(self, button: QWidget) -> None:
        """Beside the search, of which a view keeps the words."""
        self._layout.insertWidget(self._layout.indexOf(self.search) + 1, button)
        QWidget.setTabOrder(self.search, button)
        self.last_of_search = button
        self.chips.follow(button)

    def show_fold(self, *, has_filters: bool, unfolded: bool) -> None:
        self._fold.setVisible(has_filters)
        self._fold.setChecked(has_filters and unfolded)
        # Without the button the search starts where the table's first column does.
        self._layout.setContentsMargins(8 if has_filters else 16, 7, 16, 7)
