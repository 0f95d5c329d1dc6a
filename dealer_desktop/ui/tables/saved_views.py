"""The menu of saved views: choose one, save what the list shows as one, rename, delete and bring it up to date."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.tables.columns_dialog import ColumnsDialog
from dealer_desktop.ui.tables.list_state import ListState
from dealer_desktop.ui.tables.view import TableView
from dealer_desktop.ui.tables.view_name_dialog import ViewNameDialog
from dealer_desktop.ui.tables.view_store import LONGEST_NAME, SavedView, ViewStore
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_WORDS_WIDTH = 120


class SavedViews(QObject):
    """Of one list in ``tab``: its ``table`` and its ``state``. ``button`` is for its toolbar, ``banner`` for above."""

    def __init__(self, context: "UiContext", table: TableView, state: ListState, tab: QWidget) -> None:
        super().__init__(tab)
        self._context = context
        self._table = table
        self._state = state
        self._tab = tab
        kind = table.table_model().kind
        self._store = ViewStore(context.settings, kind)
        self._deleted: tuple[SavedView, bool] | None = None
        self._is_changed = False
        self.banner = Banner(tab, name="viewsBanner")
        self.button = ViewsButton(tab)
        self.menu = QMenu(self.button)
        self.menu.setObjectName("viewsMenu")
        self.menu.setAccessibleName(_("Views"))
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        save = self._action("saveViewAction", _("Save view…"), self.ask_to_save)
        save.setShortcut(QKeySequence("Ctrl+Shift+S"))
        opened = self._action(f"{kind}ViewsAction", _("Views"), self.button.showMenu)
        opened.setShortcut(QKeySequence("Ctrl+Shift+V"))
        arrange = self._action(f"{kind}ColumnsAction", _("Columns and sorting…"), self.arrange_columns)
        arrange.setShortcut(QKeySequence("Ctrl+Shift+L"))
        table.arrange_requested.connect(arrange.trigger)
        self._save, self._arrange = save, arrange
        for action in (save, opened, arrange):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            tab.addAction(action)
        self._fill()
        # Several signals tell of one change.
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._show_active)
        state.changed.connect(self._look.start)
        table.table_model().loaded.connect(self._look.start)

    def search_to_begin_with(self) -> str:
        """Of the active view, where the list was left as the view has it."""
        view = self._store.active_view
        if view is None:
            return ""
        search = view.state.get("search")
        now = {**self._state.get_remembered(), "search": search}
        return search if isinstance(search, str) and view.shows(now) else ""

    # -- the button and its menu --------------------------------------------------------------------------------------

    def _show_active(self) -> None:
        view = self._store.active_view
        self._is_changed = view is not None and not view.shows(self._state.get())
        self.button.show_view(view.name if view is not None else "", changed=self._is_changed)

    def _fill(self) -> None:
        self._store.refresh()
        menu, active = self.menu, self._store.active_view
        menu.clear()
        if not self._store.views:
            hint = menu.addAction(_("A view keeps search, filters, sorting and columns under a name."))
            hint.setEnabled(False)
        else:
            whole = menu.addAction(_("The whole list"))
            whole.setObjectName("wholeListAction")
            whole.triggered.connect(self.use_whole_list)
            menu.addSeparator()
        for view in self._store.views:
            words = _("{view} (changed)").format(view=view.name) if view is active and self._is_changed else view.name
            entry = menu.addAction(words.replace("&", "&&"))
            entry.setObjectName("viewAction")
            entry.setData(view.name)
            entry.setCheckable(True)
            entry.setChecked(view is active)
            entry.triggered.connect(lambda _checked=False, view=view: self.use(view))
        menu.addSeparator()
        if active is not None:
            update = self._entry("updateViewAction", _("Save the changes to “{view}”"), active, self._update)
            update.setEnabled(self._is_changed)
        menu.addAction(self._save)
        if active is not None:
            self._entry("renameViewAction", _("Rename “{view}”…"), active, self._ask_to_rename)
            self._entry("deleteViewAction", _("Delete “{view}”"), active, self._delete)
        menu.addSeparator()
        menu.addAction(self._arrange)

    def _action(self, name: str, words: str, slot: object) -> QAction:
        action = QAction(words, self._tab)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: slot())  # type: ignore[operator]
        return action

    def _entry(self, name: str, words: str, view: SavedView, slot: object) -> QAction:
        entry = self.menu.addAction(words.format(view=_shortened(view.name)).replace("&", "&&"))
        entry.setObjectName(name)
        entry.triggered.connect(lambda _checked=False: slot(view))  # type: ignore[operator]
        return entry

    # -- what can be done ---------------------------------------------------------------------------------------------

    def use(self, view: SavedView) -> None:
        """Show what ``view`` keeps, by one question."""
        self.banner.clear()
        self._store.activate(view.name)
        self._state.use(view.state)
        self._table.setFocus()

    def use_whole_list(self) -> None:
        """No search, no filters, sorted as delivered; the columns stay."""
        self.banner.clear()
        self._store.activate("")
        self._state.use({})
        self._table.setFocus()

    def arrange_columns(self) -> None:
        """In a dialog, for the keyboard."""
        ColumnsDialog(self._table, self._tab).open()

    def ask_to_save(self) -> None:
        """Under which name."""
        words = self._state.words()[:LONGEST_NAME]
        dialog = ViewNameDialog(self._context, self._store, words, parent=self._tab)
        dialog.named.connect(self._save_as)
        dialog.open()

    def _save_as(self, name: str) -> None:
        self._store.put(SavedView(name, self._state.get()))
        self._show_active()
        self._context.tell(_("The view “{view}” is saved.").format(view=name))

    def _update(self, view: SavedView) -> None:
        self._save_as(view.name)

    def _ask_to_rename(self, view: SavedView) -> None:
        dialog = ViewNameDialog(self._context, self._store, view.name, renamed=view, parent=self._tab)
        dialog.named.connect(lambda name: self._rename(view, name))
        dialog.open()

    def _rename(self, view: SavedView, name: str) -> None:
        self._store.rename(view, name)
        self._show_active()

    def _delete(self, view: SavedView) -> None:
        self._deleted = (view, view.name == self._store.active)
        self._store.remove(view)
        self._show_active()
        self.banner.show_message(
            _("The view “{view}” is deleted; the list stays as it is.").format(view=view.name),
            "second",
            ("undoDeleteViewButton", _("Undo"), self._undo_delete),
            ("dismissViewsButton", _("Close"), self.banner.clear),
        )

    def _undo_delete(self) -> None:
        if self._deleted is not None:
            view, was_active = self._deleted
            active = self._store.active
            self._store.put(view)
            self._store.activate(view.name if was_active else active)
            self._deleted = None
        self.banner.clear()
        self._show_active()


class ViewsButton(QToolButton):
    """An icon; with a view in use its name beside it, and a dot where the list was changed since."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewsButton")
        self.setIcon(theme.icon("bookmark-simple", "second"))
        self.setIconSize(QSize(pixels(18), pixels(18)))
        self.setFixedHeight(pixels(32))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.show_view("", changed=False)

    def show_view(self, name: str, *, changed: bool) -> None:
        self.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if name else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        metrics = QFontMetrics(self.font())
        words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, pixels(_WORDS_WIDTH))
        self.setText(f"{words} •" if changed else words)
        self.setMinimumWidth(pixels(32))
        said = _("Views")
        if name:
            said = _("View “{view}”").format(view=name)
        if changed:
            said = _("View “{view}”, changed since it was saved").format(view=name)
        self.setAccessibleName(said)
        self.setToolTip(tooltips.plain(f"{said} (Ctrl+Shift+V)"))


def _shortened(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"
