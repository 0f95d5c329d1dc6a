"""How a small table inside a dialog looks and behaves: to be read row by row, its columns as wide as they are given."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def set_up(
    table: QTableWidget,
    widths: Sequence[int],
    *,
    right: Collection[int] = (),
    row: int = 32,
    whole_rows: bool = True,
) -> None:
    """Of a table with headings. ``widths`` and ``row`` (the height) in pixels at 100 %; a width of 0 takes what
    is left. The headings of the columns ``right`` stand right, as their numbers do.
    """
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    if whole_rows:
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(pixels(row))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)  # as the texts below
    header.setFont(theme.font("small"))
    header.setFixedHeight(pixels(row))
    for column, width in enumerate(widths):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch)
        if width:
            table.setColumnWidth(column, pixels(width))
        item = table.horizontalHeaderItem(column)
        if column in right and item is not None:
            item.setTextAlignment(RIGHT)
