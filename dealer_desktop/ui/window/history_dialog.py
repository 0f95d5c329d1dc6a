"""Who changed what and when, for managers: by record, person and day, the newest first, older ones as one scrolls.

A value that was changed can be put back, as by the record's own form: with its checks, the rules and the rights.
"""

from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core import formats
from dealer_desktop.core.errors import Conflict, ConnectionLost, InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.record_words import telling
from dealer_desktop.domain.record_words.writing import Manner
from dealer_desktop.services import history
from dealer_desktop.services.history import HistoryPage, PutBack
from dealer_desktop.services.rows import HistoryRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import breakable, label
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, NumberEdit

F = TypeVar("F", bound=QWidget)
_PAUSE = 250
"""Milliseconds after the last key before it is read."""


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
        self._is_whole = self._could_not_read = False
        self._job: jobs.Job | None = None
        self._entries: list[HistoryRow] = []
        kinds = {"": _("Everything"), **telling.tables()}
        self.kind = self._named(ComboBox(kinds.items()), "historyKind", _("Records"))
        self.record = self._named(NumberEdit(96, grouped=False), "historyRecord", _("Number"))
        self.by = self._named(LineEdit(220), "historyBy", _("Name or login"))
        self.day = self._named(DateEdit(), "historyDay", _("Day"))
        self.record.setPlaceholderText(_("Number"))
        self.by.setPlaceholderText(_("Name or login"))
        self.banner = Banner(self, name="historyBanner")
        self.table = self._make_table()
        self.detail = self._make_detail()
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
        self.put_back_button = WordButton("putBackButton", _("Put back"), self._put_back)
        foot.row.addWidget(self.put_back_button)
        foot.row.addStretch(1)
        foot.row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(DialogHead(self.windowTitle()))
        layout.addLayout(filters)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(foot)
        fit_into_window(self, 1040, 640)
        self._selected()
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
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        for column, width in enumerate((150, 160, 220)):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.verticalScrollBar().valueChanged.connect(self._read_on)
        table.itemSelectionChanged.connect(self._selected)
        return table

    def _make_detail(self) -> QLabel:
        """The chosen change, whole: a line of the table is shorter than most."""
        detail = label("", "base", wrap=True, selectable=True)
        detail.setObjectName("historyDetail")
        detail.setAccessibleName(_("What changed"))
        detail.setContentsMargins(24, 12, 24, 12)
        detail.hide()
        return detail

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
            history.page,
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

    def _show(self, is_first: bool, page: HistoryPage) -> None:
        self._job = None
        if self._could_not_read:
            self._could_not_read = False
            self.banner.clear()
        if is_first:
            self.table.setRowCount(0)
            self._entries = []
        self._is_whole = not page.entries
        dealer = self._context.dealer
        manner = Manner(dealer.currency, dealer.timezone, page.people)
        for entry in page.entries:
            self._last = entry.id
            self._entries.append(entry)
            row = self.table.rowCount()
            self.table.insertRow(row)
            told = telling.difference(entry.table_name, entry.action, entry.before, entry.after, manner)
            record = self._record(entry, page.titles.get((entry.table_name, entry.row_id), ""))
            for column, words in enumerate((formats.moment(entry.at, dealer.timezone), entry.actor, record, told)):
                item = QTableWidgetItem(words)
                item.setToolTip(tooltips.plain(words))
                item.setData(Qt.ItemDataRole.UserRole, entry.id)
                self.table.setItem(row, column, item)
        self._selected()

    def _record(self, entry: HistoryRow, title: str = "") -> str:
        return telling.record(entry.table_name, entry.row_id, title)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._could_not_read = True
        self.banner.show_message(sentence_of(error), "amber", ("historyRetryButton", _("Retry"), self.read))

    # -- a value put back ---------------------------------------------------------------------------------------------

    def _chosen(self) -> HistoryRow | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        row = rows.pop() if rows else -1
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _selected(self) -> None:
        entry = self._chosen()
        self.detail.setVisible(entry is not None)
        if entry is not None:
            told = self.table.item(self.table.currentRow(), 3)
            self.detail.setText(breakable(told.text() if told is not None else ""))
        why = _("Select a change first.") if entry is None else history.why_not(entry)
        self.put_back_button.setEnabled(why is None)
        self.put_back_button.setToolTip(tooltips.plain(why or _("Give the record the values that it had before.")))

    def _put_back(self) -> None:
        entry = self._chosen()
        if entry is not None:
            self._send(entry, PutBack(request_id=uuid4(), entry_id=entry.id))

    def _send(self, entry: HistoryRow, wanted: PutBack) -> None:
        self.banner.clear()
        self.put_back_button.setEnabled(False)
        jobs.run(
            self,
            history.put_back,
            self._context.connections,
            wanted,
            done=partial(self._put, entry),
            failed=partial(self._refused, entry, wanted),
            writes=True,
        )

    def _put(self, entry: HistoryRow, fields: frozenset[str]) -> None:
        names = ", ".join(telling.field_name(entry.table_name, field) for field in sorted(fields))
        words = _("{record}: put back ({fields}).") if fields else _("{record} has these values already.")
        self._context.tell(words.format(record=self._record(entry), fields=names))
        self.banner.show_message(words.format(record=self._record(entry), fields=names), "second")
        self.read()

    def _refused(self, entry: HistoryRow, wanted: PutBack, error: Exception) -> None:
        self._selected()
        if not isinstance(error, Conflict):
            words = sentence_of(error)
            if isinstance(error, InvalidInput):
                told = (f"{telling.field_name(entry.table_name, name)}: {why}" for name, why in error.fields.items())
                words = " ".join(told)
            self.banner.show_message(words, "amber", *self._again(entry, wanted, error))
            return
        words = " ".join(
            _("{field} was changed again since: it is {theirs} now, and would be {mine}.").format(
                field=telling.field_name(entry.table_name, field),
                theirs=self._words(entry, field, theirs),
                mine=self._words(entry, field, error.facts["mine"][field]),
            )
            for field, theirs in error.facts["theirs"].items()
        )
        all_the_same = PutBack(request_id=uuid4(), entry_id=entry.id, all_the_same=True)
        send = partial(self._send, entry, all_the_same)
        self.banner.show_message(words, "amber", ("putBackAllTheSameButton", _("Put back all the same"), send))

    def _again(self, entry: HistoryRow, wanted: PutBack, error: Exception) -> list[Any]:
        """After a lost answer the same request is sent again, so that nothing is done twice."""
        if not isinstance(error, ConnectionLost):
            return []
        return [("putBackAgainButton", _("Retry"), partial(self._send, entry, wanted))]

    def _words(self, entry: HistoryRow, field: str, value: Any) -> str:
        dealer = self._context.dealer
        return telling.value_words(entry.table_name, field, value, Manner(dealer.currency, dealer.timezone))
