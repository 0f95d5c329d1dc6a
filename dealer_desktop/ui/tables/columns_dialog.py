"""Columns and sorting by keys: which columns show, in which order, by which the list is sorted; seen at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.ui.tables.view import TableView
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox

_KEY = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """Of one ``table``. What is chosen shows in it, behind the dialog; there is nothing to save."""

    def __init__(self, table: TableView, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        model = table.table_model()
        self._columns = {column.key: column for column in model.columns}
        self.setObjectName("columnsDialog")
        self.setWindowTitle(_("Columns and sorting"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sort = ComboBox([(n, column.title) for n, column in enumerate(model.columns) if column.sort])
        self._sort.setObjectName("sortBy")
        self._sort.setAccessibleName(_("Sort by"))
        self._direction = ComboBox(
            [(False, pgettext("sorting", "Ascending")), (True, pgettext("sorting", "Descending"))], 160
        )
        self._direction.setObjectName("sortDirection")
        self._direction.setAccessibleName(_("Direction of sorting"))
        self._list = QListWidget(self)
        self._list.setObjectName("columnsList")
        self._list.setAccessibleName(_("Columns"))
        self._up = WordButton("columnUpButton", _("Move up"), lambda: self._move(-1))
        self._down = WordButton("columnDownButton", _("Move down"), lambda: self._move(1))
        self._restore = WordButton("restoreColumnsButton", _("Restore the columns"), self._restore_columns)
        self._done = WordButton("closeColumnsButton", _("Close"), self.accept)
        self._lay_out()
        self._show_sort()
        self._fill()
        self._list.setCurrentRow(0)
        self._list.setFocus()
        self._list.itemChanged.connect(self._check)
        self._list.currentRowChanged.connect(lambda _row: self._offer_moves())
        self._sort.currentIndexChanged.connect(lambda _index: self._sort_table())
        self._direction.currentIndexChanged.connect(lambda _index: self._sort_table())
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self, lambda step=step: self._move(step))
        self._offer_moves()

    def _lay_out(self) -> None:
        sorting = QHBoxLayout()
        sorting.setSpacing(8)
        sorting.addWidget(label(_("Sort by"), "base"))
        sorting.addWidget(self._sort)
        sorting.addWidget(self._direction)
        sorting.addStretch(1)
        moves = QVBoxLayout()
        moves.setSpacing(8)
        for button in (self._up, self._down):
            moves.addWidget(button)
        moves.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._list, 1)
        middle.addLayout(moves)
        foot = QHBoxLayout()
        foot.addWidget(self._restore)
        foot.addStretch(1)
        foot.addWidget(self._done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(sorting)
        layout.addLayout(middle, 1)
        layout.addWidget(label(_("Space shows or hides a column, Alt with an arrow moves it."), "small", "second"))
        layout.addLayout(foot)
        fit_into_window(self, 480, 600)

    # -- sorting ------------------------------------------------------------------------------------------------------

    def _show_sort(self) -> None:
        model = self._table.table_model()
        query = model.query
        number = next((n for n, column in enumerate(model.columns) if column.sort == query.sort), 0)
        self._sort.set_value(number)
        self._direction.set_value(query.descending)

    def _sort_table(self) -> None:
        order = Qt.SortOrder.DescendingOrder if self._direction.value() else Qt.SortOrder.AscendingOrder
        self._table.sortByColumn(self._sort.value(), order)

    # -- columns ------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        state = self._table.columns_state()
        self._list.blockSignals(True)
        self._list.clear()
        for key in state["order"]:
            item = QListWidgetItem(self._columns[key].title)
            item.setData(_KEY, key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if key in state["hidden"] else Qt.CheckState.Checked)
            self._list.addItem(item)
        self._list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _check(self, item: QListWidgetItem) -> None:
        shown = [each for each in self._items() if each.checkState() is Qt.CheckState.Checked]
        if not shown:
            # The last column stays: an empty table could not be brought back.
            self._list.blockSignals(True)
            item.setCheckState(Qt.CheckState.Checked)
            self._list.blockSignals(False)
        self._use(kept=item.data(_KEY))

    def _move(self, step: int) -> None:
        row = self._list.currentRow()
        if 0 <= row + step < self._list.count() and row >= 0:
            self._list.blockSignals(True)
            self._list.insertItem(row + step, self._list.takeItem(row))
            self._list.setCurrentRow(row + step)
            self._list.blockSignals(False)
            self._use()
            self._offer_moves()

    def _use(self, kept: str = "") -> None:
        """As the list says now; a column that the person asked for stays in a narrow window too."""
        state = self._table.columns_state()
        state["order"] = [item.data(_KEY) for item in self._items()]
        state["hidden"] = [item.data(_KEY) for item in self._items() if item.checkState() is Qt.CheckState.Unchecked]
        if kept and kept not in state["hidden"]:
            state["kept"] = [*state["kept"], kept]
        self._table.use_columns(state)

    def _restore_columns(self) -> None:
        self._table.use_columns({})
        self._fill()
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def _offer_moves(self) -> None:
        row = self._list.currentRow()
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < self._list.count() - 1)
