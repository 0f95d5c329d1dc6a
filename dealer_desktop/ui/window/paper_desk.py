"""What the window does about paper: a code is scanned or checked, and a fact that a document lacks is entered."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.session.context import UiContext

if TYPE_CHECKING:
    from dealer_desktop.services import Reader
    from dealer_desktop.ui.tables import ListTab
    from dealer_desktop.ui.window.section_tabs import SectionTabs


class Window(QMainWindow):
    """What is needed of the main window."""

    tabs: "SectionTabs"

    @abstractmethod
    def show_record(self, kind: str, row_id: int) -> None: ...

    @abstractmethod
    def list_tab(self, kind: str) -> "ListTab | None": ...


_LOOK_MS = 50
_PATIENCE = 100
"""Looks until a record that is not there is given up: five seconds."""
_FORMS = {"cars": ("editCarAction", "carDialog"), "customers": ("editCustomerAction", "customerDialog")}


def open_at(window: Window, context: UiContext) -> None:
    """Follow ``context`` as long as its database is open."""
    from dealer_desktop.ui.window.scanner import Scanner

    def check(text: str = "") -> None:
        from dealer_desktop.ui.window.check_document_dialog import CheckDocumentDialog

        CheckDocumentDialog(context, window, text).open()

    def read_templates(change: ChangeLike | None = None) -> None:
        if change is None or concerns(change, "document_templates"):
            jobs.run(context, _read_templates, context.reader, done=_use_templates, failed=lambda _error: None)

    feed = context.feed

    def leave() -> None:
        feed.changed.disconnect(read_templates)  # the feed stays when the person goes
        _use_templates({})

    feed.changed.connect(read_templates)
    context.closing.connect(leave)
    window.tabs.first_stands.connect(read_templates)
    context.check_asked.connect(check)
    context.enter_requested.connect(partial(_enter, window, context))
    scanner = Scanner(window, check)
    context.destroyed.connect(scanner.deleteLater)


def _read_templates(reader: "Reader") -> Mapping[str, str]:
    """Off the GUI thread, where what renders them is imported too."""
    import dealer_desktop.documents.own_templates  # noqa: F401
    from dealer_desktop.services import document_templates

    return document_templates.read(reader)


def _use_templates(found: Mapping[str, str]) -> None:
    from dealer_desktop.documents import own_templates

    own_templates.use(found)


def _enter(window: Window, context: UiContext, kind: str, number: int, field: str) -> None:
    """Open the record's form with the cursor in the field."""
    if kind == "dealer":
        if not context.at_work.is_admin:
            context.tell(_("An admin enters this about the dealership."))
            return
        from dealer_desktop.ui.window.dealer_dialog import DealerDialog

        form = DealerDialog(context, window)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.open()
        _focus(form, field)
        return
    action, form_name = _FORMS[kind]
    window.show_record(kind, number)

    def edit() -> bool:
        tab = window.list_tab(kind)
        found = tab.findChild(QAction, action) if tab is not None else None
        if tab is None or found is None or tab.selected_id != number or tab.row is None or tab.row.id != number:
            return False
        if not found.isEnabled():
            context.tell(found.toolTip())  # which says why
            return True
        found.trigger()
        _as_soon_as(window, lambda: _focus(window.findChild(QDialog, form_name), field))
        return True

    _as_soon_as(window, edit)


def _focus(form: QWidget | None, field: str) -> bool:
    found = form.findChild(QWidget, field) if form is not None and form.isVisible() else None
    if found is not None:
        found.setFocus()
    return found is not None


def _as_soon_as(window: QWidget, act: Callable[[], bool], looks: int = _PATIENCE) -> None:
    if looks and not act():
        QTimer.singleShot(_LOOK_MS, window, lambda: _as_soon_as(window, act, looks - 1))
