"""The windowed table: one model, one view and one tab for cars, orders, payments and deliveries.

A tab derives from ``ListTab`` (see there); its columns are ``Column``s.
"""

from dealer_desktop.ui.tables.chip import Chip
from dealer_desktop.ui.tables.columns import LEFT, RIGHT, Column
from dealer_desktop.ui.tables.empty import EmptyState
from dealer_desktop.ui.tables.filter_panel import FilterPanel
from dealer_desktop.ui.tables.list_tab import ListTab
from dealer_desktop.ui.tables.model import WindowedTableModel

__all__ = ["LEFT", "RIGHT", "Chip", "Column", "EmptyState", "FilterPanel", "ListTab", "WindowedTableModel"]
