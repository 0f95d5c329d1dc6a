"""The menu under the right button, or under the menu key, on a table: of its row, and of the list as a whole."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView


def give_row_menu(
    table: QTableView, actions: Sequence[QAction | None], of_list: Callable[[], Sequence[QAction]] = lambda: ()
) -> None:
    """Offer ``actions`` on each row of ``table``; None is a separator. What is disabled says why in its tooltip.

    ``of_list`` follows: what can be done with the list; where no row is, it stands alone.
    """

    def show(place: QPoint) -> None:
        index = table.indexAt(place)
        if not index.isValid():
            # The menu key asks at the pointer's place, wherever that is: the selected row is meant.
            index = table.currentIndex()
            place = table.visualRect(index).center() if index.isValid() else place
        menu = QMenu(table)
        menu.setObjectName("rowMenu")
        menu.setToolTipsVisible(True)
        if index.isValid():
            table.setCurrentIndex(index)
            for action in actions:
                menu.addSeparator() if action is None else menu.addAction(action)
            menu.addSeparator()
        for action in of_list():
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        if menu.actions():
            menu.popup(table.viewport().mapToGlobal(place))

    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.customContextMenuRequested.connect(show)
