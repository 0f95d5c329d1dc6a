"""The windowed table: one model, one view and one tab for all lists.

A tab derives from ``ListTab`` (see there); its columns are ``Column``s, and what can be done with its rows are
``RowActions``. Its room's ``section.py`` tells the window of it (``ui/section.py``).
"""

from dealer_desktop.ui.tables.chip import Chip
from dealer_desktop.ui.tables.columns import LEFT, RIGHT, Column
from dealer_desktop.ui.tables.empty import EmptyState
from dealer_desktop.ui.tables.filter_panel import FilterPanel
from dealer_desktop.ui.tables.list_tab import ListTab
from dealer_desktop.ui.tables.model import WindowedTableModel
from dealer_desktop.ui.tables.row_actions import Offer, RowAction, RowActions, Send

__all__ = [
    "LEFT",
    "RIGHT",
    "Chip",
    "Column",
    "EmptyState",
    "FilterPanel",
    "ListTab",
    "Offer",
    "RowAction",
    "RowActions",
    "Send",
    "WindowedTableModel",
]
