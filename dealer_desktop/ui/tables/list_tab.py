"""The base of every list tab: toolbar, table, filters and card in the same places everywhere.

    class OrdersTab(ListTab):
        def __init__(self, context: UiContext) -> None:
            super().__init__(
                context, kind="orders", name="ordersTab", columns=order_columns(context),
                search_hint=_("Number, name, phone, VIN"), card_hint=_("Choose an order to see it here."),
                sort="id", descending=True,
            )
            self.actions_ = RowActions(self.row_parts, ...)    # row_actions.py: what can be done with the selected row
            self.new = self.add_action("newOrderAction", _("Add an order"), "plus", self.open_new)   # needs no row
            self.add_to_toolbar(self.new)                      # an icon at the toolbar's end; outlined=True with words
            self.card.body.addWidget(...)                      # widgets/card.py has the parts
            self.set_filters_panel(panel)                      # optional; a FilterPanel
            self.set_empty_state(EmptyState(_("No orders yet. Sell a car to make the first."), action))
            self.start()                                       # last

        def show_row(self, row: OrderRow | None) -> None:      # another row is selected, or its row was read again
            self.actions_.show(row)

``self.row`` is the selected row (None while it is being read), ``self.selected_id`` its id.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.tables import list_actions
from dealer_desktop.ui.tables.also_read import AlsoRead
from dealer_desktop.ui.tables.chip import Chip
from dealer_desktop.ui.tables.columns import Column
from dealer_desktop.ui.tables.count import Count
from dealer_desktop.ui.tables.empty import EmptyPane, EmptyState
from dealer_desktop.ui.tables.exporting import export_list
from dealer_desktop.ui.tables.filter_counts import FilterCounts
from dealer_desktop.ui.tables.filter_panel import FilterPanel
from dealer_desktop.ui.tables.list_state import ListState
from dealer_desktop.ui.tables.model import WindowedTableModel
from dealer_desktop.ui.tables.refresh import Refresher
from dealer_desktop.ui.tables.row_actions import RowParts
from dealer_desktop.ui.tables.saved_views import SavedViews
from dealer_desktop.ui.tables.sums import Sum
from dealer_desktop.ui.tables.toolbar import Toolbar
from dealer_desktop.ui.tables.view import TableView
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import make_action
from dealer_desktop.ui.widgets.card import CardPane
from dealer_desktop.ui.widgets.loading_line import LoadingLine

if TYPE_CHECKING:
    from dealer_desktop.services.tables import TableKind
    from dealer_desktop.ui.session.context import UiContext

_FOLD_BELOW = 1400
_FILTERS_WIDTH = 208


class ListTab(QWidget):
    row_selected = Signal(object)
    """The selected row or None, after ``show_row``."""

    def __init__(
        self,
        context: "UiContext",
        *,
        kind: "TableKind",
        name: str,
        columns: Sequence[Column],
        search_hint: str,
        card_hint: str,
        sort: str = "id",
        descending: bool = False,
    ) -> None:
        super().__init__()
        self.context = context
        self.kind = kind
        self.setObjectName(name)
        self._primary: QAction | None = None
        self._row: Any | None = None
        self._row_shown = False
        self._wanted_id: int | None = None
        self._ways_left: list[Callable[[], None]] = []
        """What can still be tried to find the wanted row."""
        self._filters_chosen: bool | None = None
        self.filter_counts: FilterCounts | None = None
        self.list_actions: list[QAction] = []
        """What is done with the list, whatever row is chosen: the tab's own, then those of every list."""
        self._common_actions = 0
        self.model = WindowedTableModel(context, kind, columns, self)
        self.table = TableView(self.model, context.settings, self)
        self.table.setObjectName(f"{kind}Table")
        self.toolbar = Toolbar(kind, search_hint, self)
        self.search, self.chips, self.count = self.toolbar.search, self.toolbar.chips, self.toolbar.count
        Count(context, self.model, self.count, self)
        Sum(context, self.model, self.toolbar.sum, self)
        AlsoRead(self.model, self.toolbar.also, self)
        self.line = LoadingLine(self)
        self.banner = Banner(self, name=f"{kind}Banner")
        self.card = CardPane(card_hint, self)
        self.card.setAccessibleName(card_hint)
        self._empty = EmptyPane(self)
        self.refresher = Refresher(context.feed, self.model, self)
        self.state = ListState(
            context.settings, self.table, self.search, self.chips, self, sort=sort, descending=descending
        )
        self.views = SavedViews(context, self.table, self.state, self)
        self.toolbar.add_views(self.views.button)
        if context.at_work.is_manager:
            self.list_actions.append(list_actions.export(self, self.table, kind, lambda: self.export()))
        self.list_actions += list_actions.common(self.table, context)
        self._common_actions = len(self.list_actions)
        self._build()
        self._connect()

    # -- for the tabs -------------------------------------------------------------------------------------------------

    def show_row(self, row: Any | None) -> None:
        """Fill the card and say which actions are possible; None when nothing is selected or its row is being read."""

    def add_action(
        self, name: str, words: str, icon: str, slot: Callable[[], None], *, shortcut: str = "", short: str = ""
    ) -> QAction:
        """An action that needs no row: one QAction of ``objectName`` ``name`` below the window."""
        made = make_action(self, name, words, icon, slot, shortcut=shortcut, short=short)
        self.list_actions.insert(len(self.list_actions) - self._common_actions, made)
        return made

    @property
    def row_parts(self) -> RowParts:
        """What RowActions are made with."""
        return RowParts(
            context=self.context,
            owner=self,
            table=self.table,
            card=self.card,
            banner=self.banner,
            reload=self.model.reload,
            enter=self.set_primary,
            of_list=lambda: self.list_actions,
        )

    def add_to_toolbar(self, action: QAction, *, outlined: bool = False) -> QWidget:
        """At the toolbar's end: an icon with a tooltip, or, outlined, a button with its words; returns the button."""
        return self.toolbar.add(action, outlined=outlined)

    def set_primary(self, action: QAction) -> None:
        """What Enter or a double click on a row does."""
        self._primary = action

    def set_filters_panel(self, panel: FilterPanel, *, folded: bool = False) -> None:
        """Put ``panel`` into the place for filters, as the person left it, and show the button that folds it.

        ``folded`` keeps it away until the person opens it, however wide the window is.
        """
        if folded:
            self._filters_chosen = False
        panel.setParent(self._filters_frame)
        self._filters_layout.addWidget(panel)
        self.state.use_panel(panel)
        self.filter_counts = FilterCounts(self.context, self.model, panel, self)
        self._fold_filters()

    def show_only(self, filters: object) -> None:
        """The list narrowed to ``filters``, the panel's states, whatever was chosen before; sorted as delivered."""
        self.state.use({"filters": filters})
        self.table.setFocus()

    def set_empty_state(self, state: EmptyState) -> None:
        self._empty.set_state(state)

    @property
    def filters(self) -> Mapping[str, Chip]:
        """In force, by key."""
        return dict(self.state.chips)

    @property
    def row(self) -> Any | None:
        """The selected row; None where nothing is selected or the row is being read."""
        return self._row

    @property
    def selected_id(self) -> int | None:
        return self.table.selected_id

    def start(self) -> None:
        """Ask for the first rows; the last line of a tab's constructor."""
        for action in self.list_actions:
            if action.objectName().startswith("export"):
                self.add_to_toolbar(action)
        self.state.begin(self.views.search_to_begin_with())
        self.table.setSortingEnabled(True)
        # From the search and its views, with the chips between, to the rows, and from there to the card's buttons.
        QWidget.setTabOrder(self.toolbar.last_of_search, self.table)
        self.show_row(None)
        self.card.set_filled(False)

    def export(self) -> None:
        """Write what the list shows, or its chosen rows, to a file."""
        export_list(self.table, self.context, self.accessibleName() or self.kind)

    def open_id(self, row_id: int) -> None:
        """Show and select the row of ``row_id``, taking search and filters off where they hide it."""
        self._wanted_id = row_id
        self._ways_left = [self._take_everything_off, self.model.refresh_ids]
        if self.model.is_exact:
            self._go_to_wanted()
        self.table.setFocus()

    def _go_to_wanted(self) -> None:
        """Select the wanted row; where it is not shown, it may be new, and then search and filters may hide it."""
        if self._wanted_id is None:
            return
        if self.table.select_id(self._wanted_id) or not self._ways_left:
            self._wanted_id = None
        else:
            self._ways_left.pop()()

    def _take_everything_off(self) -> None:
        if not self.model.query.search and not self.filters:
            self._wanted_id = None
            return
        self.search.clear()
        self.state.clear_filters()

    def search_for(self, words: str) -> None:
        """Put ``words`` into the search box and ask at once."""
        self.search.setText(words)

    def refresh(self) -> None:
        """Read everything in view again, as the refresh action does."""
        self.banner.clear()
        self.refresher.note_refreshed()
        if self.filter_counts is not None:
            self.filter_counts.forget()
        self.model.reload()

    # -- the look -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._filters_frame = QFrame(self)
        self._filters_frame.setProperty("place", "filters")
        self._filters_frame.setFixedWidth(pixels(_FILTERS_WIDTH))
        self._filters_layout = QVBoxLayout(self._filters_frame)
        self._filters_layout.setContentsMargins(0, 0, 0, 0)
        self._filters_frame.hide()

        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.card)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.toolbar)
        right.addWidget(self.line)
        right.addWidget(self.banner)
        right.addWidget(self.views.banner)
        right.addLayout(middle, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._filters_frame)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        self.toolbar.fold_toggled.connect(self._toggle_filters)
        self.search.left_downwards.connect(self._enter_table)
        self.table.typed.connect(self._type_into_search)
        self.table.opened.connect(self._open_primary)
        self.table.selected_id_changed.connect(lambda _id: self._show_selected())
        self.table.marks.changed.connect(self._tell_chosen)
        self.state.asked.connect(self.banner.clear)
        self.model.loading_changed.connect(self.line.set_loading)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._show_failure)
        self.model.rows_read.connect(self._rows_read)
        self.setFocusProxy(self.table)

    # -- what came ----------------------------------------------------------------------------------------------------

    def _loaded(self) -> None:
        self.banner.clear()
        self._go_to_wanted()
        empty = self.model.rowCount() == 0
        if empty:
            self._empty.show_for(searched=bool(self.model.query.search or self.model.query.filters))
        self._stack.setCurrentIndex(1 if empty else 0)

    def _show_failure(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self.refresh))

    def _rows_read(self, ids: frozenset[int]) -> None:
        if self.selected_id in ids:
            self._show_selected()

    def _show_selected(self) -> None:
        selected = self.selected_id
        row = self.model.row_of(selected) if selected is not None else None
        if row is not None and row is self._row:
            return
        if self._row is None or row is None or row.id != self._row.id:
            self.card.scroll_to_top()
        if row is None and self._row is None and self._row_shown:
            return
        self._row = row
        self._row_shown = True
        self.show_row(row)
        self.card.set_filled(row is not None)
        self.row_selected.emit(row)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _tell_chosen(self) -> None:
        count = len(self.table.marks.ids)
        if count:
            words = ngettext("{count} row chosen.", "{count} rows chosen.", count)
            self.context.tell(words.format(count=formats.number(count)))

    def _open_primary(self) -> None:
        if self._primary is None or self._row is None:
            return
        if self._primary.isEnabled():
            self._primary.trigger()
        else:
            self.context.tell(self._primary.toolTip())

    def _enter_table(self) -> None:
        self.table.setFocus()
        if self.selected_id is None and self.model.rowCount():
            self.table.selectRow(0)

    def _type_into_search(self, text: str) -> None:
        self.search.setFocus()
        self.search.end(False)
        self.search.insert(text)

    def focus_search(self) -> None:
        """What Ctrl+F does."""
        self.search.setFocus()
        self.search.selectAll()

    # -- the filters' fold and the window -----------------------------------------------------------------------------

    def _toggle_filters(self) -> None:
        self._filters_chosen = self._filters_frame.isHidden()
        self._fold_filters()

    def _fold_filters(self) -> None:
        has_panel = self._filters_layout.count() > 0
        shown = self._filters_chosen if self._filters_chosen is not None else self.width() >= pixels(_FOLD_BELOW)
        self._filters_frame.setVisible(has_panel and shown)
        self.toolbar.show_fold(has_filters=has_panel, unfolded=shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_filters()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresher.set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.refresher.set_visible(False)
