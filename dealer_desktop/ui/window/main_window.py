"""The window: tabs, the search for everything, the status bar, and the page shown while the database is made ready.

window = MainWindow()                        # at once; nothing is asked of the database yet
window.show()
window.show_progress(_("Preparing the database…"))
window.open_database(UiContext(connections, feed, dealer, window.settings))
window.show_failure(sentence, retry)         # instead, where it could not be opened
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.session import layouts
from dealer_desktop.ui.session.context import UiContext, window_settings
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import set_available
from dealer_desktop.ui.window import ahead, closing, geometry, paper_desk
from dealer_desktop.ui.window.connection_news import ConnectionNews
from dealer_desktop.ui.window.help_desk import HelpDesk
from dealer_desktop.ui.window.start_page import StartPage
from dealer_desktop.ui.window.status_bar import StatusBar

if TYPE_CHECKING:
    from dealer_desktop.ui.tables import ListTab
    from dealer_desktop.ui.window.section_tabs import SectionTabs
    from dealer_desktop.ui.window.unfinished import UnfinishedForms

# The tabs rest on services and so on SQLAlchemy, which take longer to import than Qt: they come when the window is
# on the screen.

_FRAME_WAIT_MS = 200


class MainWindow(paper_desk.Window):
    closed = Signal()
    """After everything was kept and waited for: what the window rests on may be taken down."""

    def __init__(self, settings: QSettings | None = None) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(_("Dealer Desktop"))
        self.settings = settings if settings is not None else window_settings()
        self.context: UiContext | None = None
        self._page: QWidget | None = None
        self._page_actions: list[QAction] = []
        self._covered: list[QDialog] = []
        self._closing = False
        self._asking = False
        self.start_page = StartPage(self)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start_page)
        self.setCentralWidget(self._stack)
        self._first_size = geometry.restore(self, self.settings)
        self.refresh_action = QAction(theme.icon("arrows-clockwise"), _("Refresh"), self)
        self.refresh_action.setObjectName("refreshAction")
        self.refresh_action.setShortcuts([QKeySequence(QKeySequence.StandardKey.Refresh), QKeySequence("F5")])
        self.refresh_action.triggered.connect(self.refresh)
        self.addAction(self.refresh_action)
        self.help_desk = HelpDesk(self)
        set_available(self.refresh_action, _("The database is not open yet."))
        jobs.board().unhandled.connect(self._show_unhandled)
        jobs.run(self, ahead.load)

    def retranslate(self) -> None:
        """The words that stand before anybody is here, in the language in use now."""
        self.setWindowTitle(_("Dealer Desktop"))
        self.refresh_action.setText(_("Refresh"))
        self.help_desk.retranslate()
        self.start_page.retranslate()
        self.status.retranslate()

    # -- for application.py -------------------------------------------------------------------------------------------

    def show_progress(self, words: str) -> None:
        """What is being done before the database is open."""
        self.start_page.show_progress(words)
        self._stack.setCurrentWidget(self.start_page)

    def show_failure(
        self, sentence: str, retry: Callable[[], None] | None = None, *, waiting_helps: bool = False
    ) -> None:
        """The database could not be opened: why, and what to do. Where waiting helps, it tries again by itself."""
        self.start_page.show_failure(sentence, retry, waiting_helps=waiting_helps)
        self._stack.setCurrentWidget(self.start_page)

    def open_database(self, context: UiContext) -> None:
        """Build the tabs on the open database and show them."""
        self.context = context
        context.setParent(self)
        self.banner = Banner(self, name="windowBanner")
        self.tabs = self._make_tabs(context)
        self.warning = Banner(self, name="warningBanner")
        self.unfinished = self._make_unfinished(context)
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for banner in (self.banner, self.warning, self.unfinished.banner):
            layout.addWidget(banner)
        layout.addWidget(self.tabs, 1)
        self._page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        ConnectionNews(context, self.banner, self.status, self.refresh)
        context.told.connect(self.status.tell)
        context.offered.connect(self.status.offer)
        context.show_requested.connect(self.show_record)
        context.search_requested.connect(self.search_in)
        context.list_requested.connect(self._narrow)
        paper_desk.open_at(self, context)
        set_available(self.refresh_action, None)
        self.tabs.currentWidget().setFocus()
        self.unfinished.look()
        ahead.settle("the first tab")

    def warn(self, words: str, hidden: Callable[[], None]) -> None:
        """One line above the tabs until the person puts it away, which ``hidden`` is told."""

        def hide() -> None:
            self.warning.clear()
            hidden()

        self.warning.show_message(words, "amber", ("hideWarningButton", _("Hide"), hide))

    def close_database(self) -> None:
        """All of the person at work goes: forms become drafts, lists and what they hold are deleted."""
        context, page = self.context, self._page
        if context is None or page is None:
            return
        self._leave_database(context)
        self.context = self._page = None
        self._stack.setCurrentWidget(self.start_page)
        self._stack.removeWidget(page)
        for dialog in self.findChildren(QDialog):
            dialog.deleteLater()
        for action in self._page_actions:
            self.removeAction(action)
            action.deleteLater()
        self._page_actions = []
        page.deleteLater()
        context.deleteLater()
        set_available(self.refresh_action, _("The database is not open yet."))
        self.status.show_nobody()

    def cover(self, words: str) -> None:
        """Hide everything behind one sentence; nothing below is changed, nor reached by keys."""
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():
                dialog.hide()
                self._covered.append(dialog)
        self.start_page.show_quiet(words)
        self._stack.setCurrentWidget(self.start_page)
        for action in self.actions():
            action.setEnabled(False)

    def uncover(self) -> None:
        """Show again what was there, the open forms too."""
        if self._page is None:
            return
        self._stack.setCurrentWidget(self._page)
        for action in self.actions():
            action.setEnabled(True)
        for dialog in self._covered:
            dialog.show()
        self._covered = []

    @property
    def is_covered(self) -> bool:
        return self._page is not None and self._stack.currentWidget() is self.start_page

    # -- tabs ---------------------------------------------------------------------------------------------------------

    def _make_tabs(self, context: UiContext) -> "SectionTabs":
        from dealer_desktop.ui.window import found_actions, sections
        from dealer_desktop.ui.window.search_everything import SearchEverything
        from dealer_desktop.ui.window.section_tabs import SectionTabs
        from dealer_desktop.ui.window.top_corner import TopCorner
        from dealer_desktop.ui.window.undoing import Undoing

        wanted = sections.of(context.at_work)
        tabs = SectionTabs(context, wanted, self)
        for number, section in enumerate(wanted):
            name, keys = f"{section.name}JumpAction", f"Ctrl+{number + 1}"
            self._add_page_action(name, section.words(), keys, partial(tabs.setCurrentIndex, number))
        self.search = SearchEverything(context, self)
        self.search.record_chosen.connect(self.show_record)
        self.search.list_chosen.connect(self.search_in)
        self.search.action_chosen.connect(partial(found_actions.carry_out, tabs, self.status.tell))
        self.top_corner = TopCorner(context, self.search, (self.refresh_action, *self.help_desk.actions), self)
        tabs.setCornerWidget(self.top_corner, Qt.Corner.TopRightCorner)
        for name, words, keys, slot in (
            ("searchEverythingAction", _("Search everything"), "Ctrl+K", self.search.start),
            ("searchInListAction", _("Search in this list"), "Ctrl+F", self._search_in_list),
        ):
            self._add_page_action(name, words, keys, slot)
        Undoing(context, self._add_page_action("undoAction", _("Take back"), "Ctrl+Z"), self.status)
        return tabs

    def _add_page_action(self, name: str, words: str, keys: str, slot: Callable[[], object] | None = None) -> QAction:
        """Of the window, as long as the person's tabs are there."""
        action = QAction(words, self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(keys))
        if slot is not None:
            action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)
        self._page_actions.append(action)
        return action

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QMainWindow: nobody took the key; it may be a shortcut's on a Russian keyboard."""
        if not layouts.take(self, event):
            super().keyPressEvent(event)

    def _make_unfinished(self, context: UiContext) -> "UnfinishedForms":
        from dealer_desktop.ui.window.unfinished import UnfinishedForms

        return UnfinishedForms(context, self)

    def _search_in_list(self) -> None:
        focus = getattr(self.tabs.currentWidget(), "focus_search", None)
        if callable(focus):
            focus()

    def list_tab(self, kind: str) -> "ListTab | None":
        """The tab whose table shows ``kind``."""
        return self.tabs.list_tab(kind) if self.context is not None else None

    def list_tabs(self) -> "list[ListTab]":
        """Those that are made."""
        if self.context is None:
            return []
        from dealer_desktop.ui.tables import ListTab

        return [tab for tab in self.tabs.made if isinstance(tab, ListTab)]

    def findChild(self, *wanted: Any, **how: Any) -> Any:
        """Overrides QObject: whoever looks by a name finds what is in a tab that nobody opened yet, too."""
        search = super().findChild
        return self.tabs.first_found(search, *wanted, **how) if self._page is not None else search(*wanted, **how)

    def findChildren(self, *wanted: Any, **how: Any) -> Any:
        """Overrides QObject, as ``findChild``."""
        search = super().findChildren
        return self.tabs.all_found(search, *wanted, **how) if self._page is not None else search(*wanted, **how)

    def show_record(self, kind: str, row_id: int) -> None:
        """Go to the tab of ``kind`` and select the record."""
        if (tab := self._go_to(kind)) is not None:
            tab.open_id(row_id)

    def search_in(self, kind: str, words: str) -> None:
        """Go to the tab of ``kind`` with ``words`` in its search box."""
        if (tab := self._go_to(kind)) is not None:
            tab.search_for(words)
            tab.table.setFocus()

    def _narrow(self, kind: str, filters: object) -> None:
        if (tab := self._go_to(kind)) is not None:
            tab.show_only(filters)

    def _go_to(self, kind: str) -> "ListTab | None":
        tab = self.list_tab(kind)
        self.tabs.setCurrentWidget(tab or self.tabs.currentWidget())
        return tab

    def refresh(self) -> None:
        """Read again what is in view."""
        if self.context is not None and callable(again := getattr(self.tabs.currentWidget(), "refresh", None)):
            again()

    # -- what happens meanwhile ---------------------------------------------------------------------------------------

    def _show_unhandled(self, error: Exception) -> None:
        if not self._closing:
            from dealer_desktop.ui.widgets import error_notice

            error_notice.show(self, error)

    # -- geometry and closing -----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """The window's manager may draw a thicker frame than was expected: known only once it is there."""
        super().showEvent(event)
        QTimer.singleShot(_FRAME_WAIT_MS, self, self._fit_on_screen)

    def _fit_on_screen(self) -> None:
        self._first_size = geometry.fit_on_screen(self, self._first_size)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being saved is waited for; a long job, and a form with something typed, are asked about."""
        if self._closing:
            super().closeEvent(event)
            return
        if self._asking or not self._may_close():
            event.ignore()
            return
        self._close_now()
        super().closeEvent(event)
        self.closed.emit()

    def close_unasked(self) -> None:
        """Close without a person: what was typed is offered at the next start."""
        if not self._closing:
            self._close_now()
            self.close()
            self.closed.emit()

    def _may_close(self) -> bool:
        self._asking = True
        try:
            if not closing.may_stop_jobs(self):
                return False
            if closing.is_saving(self):
                closing.wait_for_writes(self.status.tell, self.context)
            return closing.may_leave_forms(self)
        finally:
            self._asking = False

    def _close_now(self) -> None:
        self._closing = True
        geometry.keep(self, self.settings)
        if self.context is not None:
            self._leave_database(self.context)
        self.settings.sync()

    def _leave_database(self, context: UiContext) -> None:
        """Forms become drafts, what is being saved is waited for, what was chosen and typed is on the disk."""
        self.tabs.stop_making()
        context.closing.emit()
        closing.leave_forms(self, self._covered)
        self._covered = []
        closing.wait_for_writes(self.status.tell, context)
        for tab in self.list_tabs():
            tab.model.stop()
            tab.table.keep_columns()
        context.close()
