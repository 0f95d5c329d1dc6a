"""A list of what cars cost: what it holds, then what was taken of it and why the rest was not."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.services import cost_imports
from dealer_desktop.services.cost_imports import CostList, CostsTaken
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.inventory.imports.mapping import ColumnMapping
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label, line
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.fields import CheckBox, ComboBox
from dealer_desktop.ui.widgets.file_dialogs import ask_to_open, ask_to_save


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
        self._job: jobs.Job | None = None
        self._taken: CostsTaken | None = None
        self._request_id = uuid4()
        self.setObjectName("costImportDialog")
        self.setWindowTitle(_("Import costs"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        fit_into_window(self, 800, 640)
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
        self.mapping = ColumnMapping(entries=_fields())
        self.mapping.setMinimumHeight(pixels(96))
        self.mapping.changed.connect(self._read)
        self.told = QPlainTextEdit()
        self.told.setObjectName("costImportLines")
        self.told.setAccessibleName(_("Lines"))
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        foot = DialogFoot()
        self.save_rejects = WordButton("saveRejectsButton", _("Save the refused lines…"), self._ask_where)
        self.save_rejects.setVisible(False)
        foot.row.addWidget(self.save_rejects)
        self.start = WordButton("importButton", _("Import"), self._import, "filled")
        self.close_button = WordButton("closeButton", _("Close"), self.reject)
        foot.row.addStretch(1)
        foot.row.addWidget(self.close_button)
        foot.row.addWidget(self.start)
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.setSpacing(12)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        choices.addWidget(label(pgettext("cost", "For what"), "small", "second"))
        choices.addWidget(self.kind)
        choices.addStretch(1)
        choices.addWidget(self.whole)
        middle.addLayout(choices)
        middle.addWidget(self.summary)
        middle.addWidget(self.told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.mapping, 1)
        layout.addWidget(line())
        layout.addLayout(middle, 2)
        layout.addWidget(foot)

    def _read(self) -> None:
        """Understand the file anew, with what is chosen now."""
        if self._job is not None:
            jobs.cancel(self._job)
        self._found = None
        self.start.setEnabled(False)
        self.summary.setText(_("Reading…"))
        self._job = jobs.run(
            self,
            cost_imports.inspect,
            self._file,
            self.kind.value(),
            self.mapping.columns(),
            done=self._show,
            failed=self._not_read,
        )

    def _not_read(self, error: Exception) -> None:
        self._job = None
        self.summary.setText("")
        self.told.setPlainText(sentence_of(error))

    def _show(self, found: CostList) -> None:
        self._job = None
        self.mapping.show_plan(found)
        if found.problems:
            self.summary.setText("")
            self.told.setPlainText("\n".join(found.problems))
            return
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
        self.told.setPlainText("\n".join([*cost_imports.reasons(found.refused), *first]))

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
        for part in (self.kind, self.whole, self.mapping):
            part.setEnabled(False)
        self._taken = taken
        self.save_rejects.setVisible(bool(taken.refused))
        said, *reasons = cost_imports.summary(taken)
        self.summary.setText(said)
        self.told.setPlainText("\n".join(reasons))
        self._context.tell(said)

    def _ask_where(self) -> None:
        patterns = ((_("Table as text"), "*.csv"),)
        name = _("{name} refused.csv").format(name=self._file.stem)
        ask_to_save(self, _("Save the refused lines"), name, patterns, self._write_rejects, self._context.settings)

    def _write_rejects(self, target: Path) -> None:
        def told(_lines: int) -> None:
            self._context.tell(_("The refused lines are written to {file}.").format(file=target))

        def failed(error: Exception) -> None:
            self.banner.show_message(sentence_of(error), "amber")

        refused = self._taken.refused if self._taken is not None else ()
        jobs.run(self, cost_imports.write_rejects, self._file, refused, target, done=told, failed=failed)

    def _failed(self, error: Exception) -> None:
        self.close_button.setEnabled(True)
        again = [("retryButton", _("Retry"), self._import)] if isinstance(error, ConnectionLost) else []
        self.banner.show_message(sentence_of(error), "amber", *again)
        self.start.setEnabled(True)


def _fields() -> list[tuple[str, str]]:
    """What a column may hold, as the form of a cost calls it."""
    words = {
        "vin": _("VIN"),
        "stock_number": _("Stock number"),
        "kind": pgettext("cost", "For what"),
        "amount": _("Amount"),
        "incurred_on": _("Day"),
        "note": _("Note"),
    }
    return [(field, words[field]) for field in cost_imports.FIELDS]
