"""What ``doctor`` finds, in the window: each thing that was looked at as soon as it is known, and what to do."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.checks import Check, of_window
from dealer_desktop.services.transactions.connections import Connections
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import plain_table, tooltips
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import breakable, label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.loading_line import LoadingLine


class DoctorDialog(QDialog):
    found = Signal(object)
    """A Check, from the thread that looks."""

    def __init__(
        self,
        context: UiContext,
        parent: QWidget | None = None,
        *,
        look: Callable[[Connections], Iterator[Check]] = of_window,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("doctorDialog")
        self.setWindowTitle(_("Check this PC"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._checks: list[Check] = []
        self._job: jobs.Job | None = None
        self.banner = Banner(self, name="doctorBanner")
        self.line = LoadingLine(self)
        self.table = self._make_table()
        self.detail = label("", "base", wrap=True, selectable=True)
        self.detail.setObjectName("doctorDetail")
        self.detail.setAccessibleName(_("What to do"))
        self.detail.setContentsMargins(24, 12, 24, 12)
        self.detail.setMinimumHeight(pixels(64))
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.again_button = WordButton("againButton", _("Check again"), self.look)
        self.copy_button = WordButton("copyButton", _("Copy as text"), self._copy)
        close = WordButton("closeButton", _("Close"), self.reject, "primary")
        foot = DialogFoot()
        foot.row.addWidget(self.again_button)
        foot.row.addWidget(self.copy_button)
        foot.row.addStretch(1)
        foot.row.addWidget(close)
        around = QHBoxLayout()
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = DialogHead(self.windowTitle())
        head.about.setText(_("What this PC is connected to, and what is wrong with it."))
        layout.addWidget(head)
        layout.addWidget(self.line)
        layout.addWidget(self.banner)
        layout.addLayout(around, 1)
        layout.addWidget(self.detail)
        layout.addWidget(foot)
        fit_into_window(self, 800, 640)
        self.found.connect(self._add, Qt.ConnectionType.QueuedConnection)
        self.look()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 2, self)
        table.setObjectName("findingsTable")
        table.setAccessibleName(_("What was found"))
        table.setHorizontalHeaderLabels([_("Looked at"), _("Found")])
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        plain_table.set_up(table, (240, 0))
        table.itemSelectionChanged.connect(self._select)
        return table

    def look(self) -> None:
        """Everything anew, off the GUI thread: a server or a share that is silent takes its time."""
        self._checks = []
        self.table.setRowCount(0)
        self.banner.clear()
        self.detail.clear()
        self.line.set_loading(True)
        self.again_button.setEnabled(False)
        self._job = jobs.run(
            self,
            _look,
            partial(self._look, self._context.connections),
            self.found.emit,
            takes_job=True,
            done=self._end,
            failed=self._fail,
        )

    def _add(self, check: Check) -> None:
        self._checks.append(check)
        row = self.table.rowCount()
        self.table.insertRow(row)
        is_well = check.problem is None
        icon, said = theme.icon("check", "green"), _("all right")
        if not is_well:
            icon, said = theme.icon("warning", "amber"), _("a problem")
        name = QTableWidgetItem(icon, check.name)
        name.setData(Qt.ItemDataRole.AccessibleTextRole, f"{check.name}: {said}")
        for column, item in enumerate((name, QTableWidgetItem(check.finding))):
            item.setToolTip(tooltips.plain(check.problem or check.finding))
            self.table.setItem(row, column, item)

    def _select(self) -> None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        row = rows.pop() if rows else -1
        if 0 <= row < len(self._checks):
            self.detail.setText(breakable(self._checks[row].problem or self._checks[row].finding))

    def _end(self, problems: int) -> None:
        self._stop()
        words = _("Nothing is wrong.")
        if problems:
            words = ngettext("{count} problem was found.", "{count} problems were found.", problems)
        self.banner.show_message(words.format(count=problems), "amber" if problems else "second")
        first = next((row for row, check in enumerate(self._checks) if check.problem is not None), None)
        if first is not None:
            self.table.selectRow(first)

    def _fail(self, error: Exception) -> None:
        from dealer_desktop.ui.errors import sentence_of

        self._stop()
        self.banner.show_message(sentence_of(error), "red")

    def _stop(self) -> None:
        self.line.set_loading(False)
        self.again_button.setEnabled(True)

    def text(self) -> str:
        """As the command prints it, with what to do under each problem."""
        lines = [f"{each.line}\n    {each.problem}" if each.problem else each.line for each in self._checks]
        return "\n".join(lines) + "\n"

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text())
        self._context.tell(_("What was found is copied."))


def _look(job: jobs.Job, look: Callable[[], Iterator[Check]], tell: Callable[[Check], None]) -> int:
    """How many problems there are."""
    problems = 0
    for check in look():
        if job.is_canceled():
            break
        tell(check)
        problems += check.problem is not None
    return problems
