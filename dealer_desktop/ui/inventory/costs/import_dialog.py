"""A list of what cars cost: what it holds, then what was taken of it and why the rest was not."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ColumnsDoNotFit, ConnectionLost
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.services import cost_imports
from dealer_desktop.services.cost_imports import CostList, CostsTaken, RefusedRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.fields import CheckBox, ComboBox
from dealer_desktop.ui.widgets.file_dialogs import ask_to_open


def import_costs(parent: QWidget, context: UiContext) -> QFileDialog:
    """Ask for the file, then open the dialog on it."""
    return ask_to_open(
        parent,
        _("Import costs"),
        ((_("Tables"), "*.csv *.tsv *.txt *.xlsx *.xls *.ods"), (_("All files"), "*")),
        lambda file: CostImportDialog(context, file, parent).open(),
        context.settings,
    )


class CostImportDialog(QDialog):
    """Nothing is written before Import; pressed again after a lost answer it writes nothing twice."""

    def __init__(self, context: UiContext, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._file = file
        self._found: CostList | None = None
        self._request_id = uuid4()
        self.setObjectName("costImportDialog")
        self.setWindowTitle(_("Import costs"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        fit_into_window(self, 720, 560)
        self._read()

    def _build(self) -> None:
        head = DialogHead(_("Import costs"))
        head.about.setText(self._file.name)
        self.banner = Banner(self, name="costImportBanner")
        self.kind = ComboBox(
            [(None, _("As the list says")), *((kind, names.cost_kind(kind)) for kind in CostKind)], 240
        )
        self.kind.setObjectName("costKind")
        self.kind.setAccessibleName(pgettext("cost", "For what"))
        self.kind.changed.connect(self._read)
        self.whole = CheckBox(_("All lines or none"))
        self.whole.setObjectName("allOrNothing")
        self.summary = label("", "medium", wrap=True)
        self.summary.setObjectName("costImportSummary")
        self.told = QPlainTextEdit()
        self.told.setObjectName("costImportLines")
        self.told.setAccessibleName(_("Lines"))
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        foot = DialogFoot()
        self.start = WordButton("importButton", _("Import"), self._import, "filled")
        self.close_button = WordButton("closeButton", _("Close"), self.reject)
        foot.row.addStretch(1)
        foot.row.addWidget(self.close_button)
        foot.row.addWidget(self.start)
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.setSpacing(12)
        middle.addWidget(label(pgettext("cost", "For what"), "small", "second"))
        for widget in (self.kind, self.whole, self.summary):
            middle.addWidget(widget)
        middle.addWidget(self.told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.banner)
        layout.addLayout(middle, 1)
        layout.addWidget(foot)

    def _read(self) -> None:
        self._found = None
        self.start.setEnabled(False)
        self.summary.setText(_("Reading…"))
        jobs.run(self, cost_imports.read, self._file, self.kind.value(), done=self._show, failed=self._not_read)

    def _not_read(self, error: Exception) -> None:
        problems = error.problems if isinstance(error, ColumnsDoNotFit) else (sentence_of(error),)
        self.summary.setText("")
        self.told.setPlainText("\n".join(problems))

    def _show(self, found: CostList) -> None:
        self._found = found
        self.start.setEnabled(bool(found.lines))
        lines, refused = len(found.lines), len(found.refused)
        words = ngettext("{count} line is read.", "{count} lines are read.", lines)
        said = [words.format(count=formats.number(lines))]
        if refused:
            words = ngettext("{count} cannot be read.", "{count} cannot be read.", refused)
            said.append(words.format(count=formats.number(refused)))
        self.summary.setText(" ".join(said))
        first = [
            ", ".join(
                filter(
                    None,
                    (
                        line.car,
                        names.cost_kind(line.kind),
                        self._context.money(line.amount),
                        formats.day(line.incurred_on) if line.incurred_on else "",
                        line.note,
                    ),
                )
            )
            for line in found.lines[:20]
        ]
        self.told.setPlainText("\n".join([*_reasons(found.refused), *first]))

    def _import(self) -> None:
        if self._found is None:
            return
        found, whole = self._found, self.whole.isChecked()
        self.banner.clear()
        self.start.setEnabled(False)
        self.close_button.setEnabled(False)
        work: Callable[[], CostsTaken] = lambda: cost_imports.take(  # noqa: E731
            self._context.session_maker, self._request_id, found, all_or_nothing=whole
        )
        jobs.run(self, work, done=self._done, failed=self._failed, writes=True)

    def _done(self, taken: CostsTaken) -> None:
        self.close_button.setEnabled(True)
        self.kind.setEnabled(False)
        self.whole.setEnabled(False)
        words = ngettext("{count} cost is entered.", "{count} costs are entered.", taken.taken)
        said = [words.format(count=formats.number(taken.taken))]
        if taken.known:
            words = ngettext("{count} was entered before.", "{count} were entered before.", taken.known)
            said.append(words.format(count=formats.number(taken.known)))
        if taken.refused:
            words = ngettext("{count} line was refused.", "{count} lines were refused.", len(taken.refused))
            said.append(words.format(count=formats.number(len(taken.refused))))
        self.summary.setText(" ".join(said))
        self.told.setPlainText("\n".join(_reasons(taken.refused)))
        self._context.tell(self.summary.text())

    def _failed(self, error: Exception) -> None:
        self.close_button.setEnabled(True)
        again = [("retryButton", _("Retry"), self._import)] if isinstance(error, ConnectionLost) else []
        self.banner.show_message(sentence_of(error), "amber", *again)
        self.start.setEnabled(True)


def _reasons(refused: tuple[RefusedRow, ...]) -> list[str]:
    words = _("Line {line}, {vin}: {reason}")
    return [words.format(line=row.line, vin=row.vin or "—", reason=row.reason) for row in refused]
