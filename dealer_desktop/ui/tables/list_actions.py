"""What every list can do with its rows as a whole: copy the chosen ones, choose all."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.tables.copying import copy_chosen
from dealer_desktop.ui.widgets.buttons import make_action

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.tables.view import TableView


def common(table: "TableView", context: "UiContext") -> tuple[QAction, ...]:
    """Their keys work in the table alone: elsewhere they are those of the text that is there."""
    table.copy_asked.connect(lambda: copy_chosen(table, context))
    return (
        make_action(table, "copyRowsAction", _("Copy the rows"), "copy", table.copy_asked.emit, shortcut="Ctrl+C"),
        make_action(
            table, "chooseAllAction", _("Choose all rows"), "selection-all", table.marks.mark_all, shortcut="Ctrl+A"
        ),
    )
