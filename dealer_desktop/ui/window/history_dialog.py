"""Who changed what and when, for managers: by record, person and day, the newest first, older ones as one scrolls."""

from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.differences import difference
from dealer_desktop.services import stories
from dealer_desktop.services.rows import HistoryRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, NumberEdit

F = TypeVar("F", bound=QWidget)
_PAUSE = 250
"""Milliseconds after the last key before it is read."""


def tables() -> dict[str, str]:
    """The kinds of records that one filters by."""
    return {
        "": _("Everything"),
        "cars": _("Cars"),
        "orders": _("Orders"),
        "payments": _("Payments"),
        "deliveries": _("Deliveries"),
        "users": _("Users"),
        "customer_details": _("Customers’ details"),
        "dealer": _("The dealership’s details"),
    }


class HistoryDialog(QDialog):
    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyDialog")
        self.setWindowTitle(_("History of changes"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._last: int | None = None
        self._is_whole = False
        self._job: jobs.Job | None = None
        self.kind = self._named(ComboBox(tables().items()), "historyKind", _("Records"))
        self.record = self._named(NumberEdit(96, grouped=False), "historyRecord", _("Number"))
        self.by = self._named(LineEdit(220), "historyBy", _("Login of the person"))
        self.day = self._named(DateEdit(), "historyDay", _("Day"))
        self.record.setPlaceholderText(_("Number"))
        self.by.setPlaceholderText(_("Login of the person"))
        self.banner = Banner(self, name="historyBanner")
        self.table = self._make_table()
        filters = QHBoxLayout()
        filters.setContentsMargins(24, 12, 24, 12)
        filters.setSpacing(8)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.read)
        for field in (self.kind, self.record, self.by, self.day):
            filters.addWidget(field)
            field.changed.connect(self._pause.start)
        filters.addStretch(1)
        foot = DialogFoot()
        close = QPushButton(_("Close"))
        close.setObjectName("closeButton")
        close.clicked.connect(self.reject)
        foot.row.addStretch(1)
        foot.row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(DialogHead(self.windowTitle()))
        layout.addLayout(filters)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        layout.addWidget(foot)
        fit_into_window(self, 1040, 640)
        self.read()

    def _named(self, field: F, name: str, words: str) -> F:
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.setToolTip(tooltips.plain(words))
        return field

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 4, self)
        table.setObjectName("historyTable")
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels([_("When"), _("Who"), _("Record"), _("What changed")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        for column, width in enumerate((150, 180, 160)):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.verticalScrollBar().valueChanged.connect(self._read_on)
        return table

    def read(self) -> None:
        """The newest that the filters leave."""
        self._last, self._is_whole = None, False
        self._ask()

    def _read_on(self, place: int) -> None:
        if place == self.table.verticalScrollBar().maximum() and not self._is_whole and self._job is None:
            self._ask()

    def _ask(self) -> None:
        jobs.cancel(self._job)
        ticket = Ticket()
        ask = partial(
            stories.whole,
            self._context.reader,
            table_name=self.kind.value() or "",
            row_id=self.record.value(),
            by=self.by.text(),
            day=self.day.value(),
            before=self._last,
            ticket=ticket,
        )
        is_first = self._last is None
        self._job = jobs.run(self, ask, done=partial(self._show, is_first), failed=self._fail, ticket=ticket)

    def _show(self, is_first: bool, found: tuple[HistoryRow, ...]) -> None:
        self._job = None
        self.banner.clear()
        if is_first:
            self.table.setRowCount(0)
        self._is_whole = not found
        zone, kinds = self._context.dealer.timezone, tables()
        for entry in found:
            self._last = entry.id
            row = self.table.rowCount()
            self.table.insertRow(row)
            told = difference(entry.action, entry.before, entry.after)
            if entry.action != "UPDATE":
                told = (_("Added: {facts}") if entry.action == "INSERT" else _("Removed: {facts}")).format(facts=told)
            record = f"{kinds.get(entry.table_name, entry.table_name)} {entry.row_id}"
            for column, words in enumerate((formats.moment(entry.at, zone), entry.actor, record, told)):
                item = QTableWidgetItem(words)
                item.setToolTip(tooltips.plain(words))
                item.setData(Qt.ItemDataRole.UserRole, entry.id)
                self.table.setItem(row, column, item)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.banner.show_message(sentence_of(error), "amber", ("historyRetryButton", _("Retry"), self.read))
