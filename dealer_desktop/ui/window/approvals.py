"""What waits for a manager's yes: counted in the window's corner, decided in one list."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QRect, Qt
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
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import approvals
from dealer_desktop.services.inputs.approvals import DecideApproval
from dealer_desktop.services.rows import ApprovalRow
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.approval_words import in_words
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogHead, fit_into_window

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext


_WHY = 3
"""The column that has the room that is left."""


class ApprovalsButton(QPushButton):
    """How many requests wait; hidden while none does."""

    def __init__(self, context: "UiContext", parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("approvalsButton")
        self.setProperty("kind", "flat")
        self.setFont(theme.font("medium"))
        self.setIcon(theme.icon("hand-palm"))
        self._context = context
        self.waiting: tuple[ApprovalRow, ...] = ()
        self._job: jobs.Job | None = None
        self.hide()
        self.clicked.connect(self._open)
        context.feed.changed.connect(self._changed)
        self.read()

    def _changed(self, change: ChangeLike) -> None:
        if concerns(change, "approvals"):
            self.read()

    def read(self) -> None:
        jobs.cancel(self._job)
        self._job = jobs.run(self, approvals.waiting, self._context.reader, done=self._show, failed=lambda _error: None)

    def _show(self, waiting: tuple[ApprovalRow, ...]) -> None:
        is_new = {each.id for each in waiting} - {each.id for each in self.waiting}
        self.waiting = waiting
        words = ngettext("{count} request", "{count} requests", len(waiting)).format(count=len(waiting))
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(waiting))
        newest = next((each for each in waiting if each.id in is_new), None)
        if newest is not None:
            self._context.tell(
                _("{name} asks: {what}").format(name=newest.asked_by or "–", what=in_words(self._context.money, newest))
            )

    def _open(self) -> None:
        ApprovalsDialog(self._context, self.window()).open()


class ApprovalsDialog(QDialog):
    def __init__(self, context: "UiContext", parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("approvalsDialog")
        self.setWindowTitle(_("Requests for approval"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._rows: tuple[ApprovalRow, ...] = ()
        self._job: jobs.Job | None = None
        head = DialogHead(self.windowTitle())
        self.banner = Banner(self, name="approvalsBanner")
        self._empty = label(_("Nothing waits for you."), "base", "second")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table = self._make_table()
        self.grant = WordButton("grantButton", _("Allow"), partial(self._decide, True), "primary")
        self.deny = WordButton("denyButton", _("Refuse"), partial(self._decide, False))
        self.close_button = WordButton("closeButton", _("Close"), self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 16, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(self.close_button)
        foot.addStretch(1)
        foot.addWidget(self.deny)
        foot.addWidget(self.grant)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (head, self.banner, self._empty):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self._selected()
        fit_into_window(self, 1120, 520)
        context.feed.changed.connect(self._changed)
        self.read()

    def _make_table(self) -> QTableWidget:
        titles = [_("Who asks"), _("What"), _("Car, customer"), _("Why"), _("When")]
        table = QTableWidget(0, len(titles), self)
        table.setObjectName("approvalsTable")
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels(titles)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((140, 270, 230, 300, 120)):
            table.setColumnWidth(column, pixels(width))
        header.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda *_sizes: self._fit_rows())
        table.itemSelectionChanged.connect(self._selected)
        return table

    def _changed(self, change: ChangeLike) -> None:
        if concerns(change, "approvals"):
            self.read()

    def read(self) -> None:
        jobs.cancel(self._job)
        self._job = jobs.run(
            self, approvals.waiting, self._context.reader, done=self.show_requests, failed=self._failed
        )

    def show_requests(self, rows: tuple[ApprovalRow, ...]) -> None:
        chosen = self._chosen()
        self._rows = rows
        self._empty.setVisible(not rows)
        self.table.setRowCount(len(rows))
        zone = self._context.dealer.timezone
        for number, row in enumerate(rows):
            about = ", ".join(filter(None, (row.car_title, row.customer_name or "")))
            texts = (
                row.asked_by or "–",
                in_words(self._context.money, row),
                about,
                row.reason,
                formats.moment(row.asked_at, zone),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(tooltips.plain(text))
                self.table.setItem(number, column, item)
        self._fit_rows()
        ids = [row.id for row in rows]
        if rows:
            self.table.selectRow(ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0)
        self._selected()

    def _fit_rows(self) -> None:
        """High enough for every word: Qt forgets the cells' padding."""
        metrics, wrap = self.table.fontMetrics(), Qt.TextFlag.TextWordWrap
        for row in range(self.table.rowCount()):
            heights = [
                metrics.boundingRect(
                    QRect(0, 0, self.table.columnWidth(column) - pixels(40), 10_000), wrap, item.text()
                )
                for column in range(self.table.columnCount())
                if (item := self.table.item(row, column)) is not None
            ]
            self.table.setRowHeight(row, max((each.height() for each in heights), default=0) + pixels(16))

    def _chosen(self) -> ApprovalRow | None:
        row = self.table.currentRow()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _selected(self) -> None:
        chosen = self._chosen() is not None
        self.grant.setEnabled(chosen)
        self.deny.setEnabled(chosen)

    def _decide(self, is_granted: bool) -> None:
        row = self._chosen()
        if row is None:
            return
        self.banner.clear()
        decision = DecideApproval(request_id=uuid4(), approval_id=row.id, is_granted=is_granted)

        def done(decided: ApprovalRow) -> None:
            words = _("Allowed: {what}.") if is_granted else _("Refused: {what}.")
            self._context.tell(words.format(what=in_words(self._context.money, decided)))
            self.read()

        jobs.run(
            self, approvals.decide, self._context.session_maker, decision, done=done, failed=self._failed, writes=True
        )

    def _failed(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "amber")
