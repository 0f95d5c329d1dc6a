"""The menu under the right button, or under the menu key, on a row of a table."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView


def give_row_menu(table: QTableView, actions: Sequence[QAction | None]) -> None:
    """Offer ``actions`` on each row of ``table``; None is a separator. What is disabled says why in its tooltip."""

    def show(place: QPoint) -> None:
        index = table.indexAt(place)
        if not index.isValid():
            # The menu key asks at the pointer's place, wherever that is: the selected row is meant.
            index = table.currentIndex()
            place = table.visualRect(index).center()
        if not index.isValid():
            return
        table.setCurrentIndex(index)
        menu = QMenu(table)
        menu.setToolTipsVisible(True)
        for action in actions:
            menu.addSeparator() if action is None else menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(table.viewport().mapToGlobal(place))

    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.customContextMenuRequested.connect(show)
