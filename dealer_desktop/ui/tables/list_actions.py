"""What every list can do with its rows as a whole: copy the chosen ones, choose all."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.tables import exporting
from dealer_desktop.ui.tables.copying import copy_chosen
from dealer_desktop.ui.widgets.buttons import make_action, set_available

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.tables.view import TableView


def export(tab: QWidget, table: "TableView", kind: str, slot: Callable[[], object]) -> QAction:
    """Every list has it, for those who may take lists out of the house."""
    name = f"export{kind[:1].upper()}{kind[1:]}Action"
    action = make_action(tab, name, exporting.words(table), "upload-simple", slot, shortcut="Ctrl+Shift+I")

    def follow() -> None:
        action.setText(exporting.words(table))
        set_available(action, None)

    table.marks.changed.connect(follow)
    return action


def common(table: "TableView", context: "UiContext") -> tuple[QAction, ...]:
    """Their keys work in the table alone: elsewhere they are those of the text that is there."""
    table.copy_asked.connect(lambda: copy_chosen(table, context))
    return (
        make_action(table, "copyRowsAction", _("Copy the rows"), "copy", table.copy_asked.emit, shortcut="Ctrl+C"),
        make_action(
            table, "chooseAllAction", _("Choose all rows"), "selection-all", table.marks.mark_all, shortcut="Ctrl+A"
        ),
    )
