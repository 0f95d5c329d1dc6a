"""Importing cars from a file: name the columns, try it, write it, and keep the rows that were refused."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ColumnsDoNotFit, FileNotWritten, ImportCanceled
from dealer_desktop.core.file_faults import reason_of
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import car_imports
from dealer_desktop.services.car_imports import ImportOptions, ImportPlan, ImportResult, Undone
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.inventory.imports import memory
from dealer_desktop.ui.inventory.imports.result import ImportProgress, ImportReport
from dealer_desktop.ui.inventory.imports.setup import ImportSetup, plain_words
from dealer_desktop.ui.inventory.imports.taking_back import TakingBack
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window
from dealer_desktop.ui.widgets.file_dialogs import ask_to_open, ask_to_save
from dealer_desktop.ui.widgets.loading_line import LoadingLine

_SIZE = (880, 776)


def import_cars(parent: QWidget, context: UiContext) -> QFileDialog:
    """Ask for the file, then open the dialog on it."""
    return ask_to_open(
        parent,
        _("Import cars"),
        (
            (_("Tables"), "*.csv *.tsv *.txt *.xlsx *.xls *.ods"),
            (_("All files"), "*"),
        ),
        lambda file: ImportDialog(context, file, parent).open(),
        context.settings,
    )


class ImportDialog(QDialog):
    """``file`` is read off the GUI thread at every choice; nothing is written before Import."""

    def __init__(self, context: UiContext, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(_("Import cars"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._file = file
        self._plan: ImportPlan | None = None
        self._inspection: jobs.Job | None = None
        self._running: jobs.Job | None = None
        self._offered = False
        self._options = ImportOptions()
        """Of the last run."""
        self._came: list[ImportResult | Exception] = []
        """What became of the run, also where it was stopped too late."""
        self._folder = tempfile.TemporaryDirectory(prefix="dealer-import-")
        self.destroyed.connect(self._folder.cleanup)
        self.setup = ImportSetup(context.dealer.currency)
        self.progress = ImportProgress()
        self.report = ImportReport()
        self.back_out = TakingBack(self, context)
        self.back_out.undone.connect(self._show_undone)
        self.back_out.failed.connect(lambda error: self.error_label.setText(sentence_of(error)))
        self._build()
        self.setup.changed.connect(self.inspect)
        self.inspect()

    # -- the look -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = DialogHead(self._file.name)
        self._about = head.about
        self._line = LoadingLine()
        self._pages = QStackedWidget()
        self._pages.setProperty("place", "surface")
        for page in (self.setup, self.progress, self.report):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._line)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot())
        fit_into_window(self, *_SIZE)

    def _foot(self) -> QFrame:
        foot = DialogFoot()
        self.error_label = label("", "base", "red", wrap=True)
        self.error_label.setObjectName("errorLabel")
        self.take_far = WordButton("takeFarButton", _("Take these amounts too"), self._take_far)
        self.save_rejects = WordButton("saveRejectsButton", _("Save the refused rows"), self._ask_where)
        self.back = WordButton("backButton", _("Back"), self._show_setup)
        self.cancel = WordButton("cancelButton", _("Cancel"), self.reject)
        self.try_first = WordButton("tryButton", _("Try without writing"), self._try)
        self.start = WordButton("saveButton", _("Import"), self._import, kind="primary")
        foot.row.addWidget(self.error_label, 1)
        for button in (
            self.back_out.last,
            self.back_out.this,
            self.take_far,
            self.save_rejects,
            self.back,
            self.cancel,
            self.try_first,
            self.start,
        ):
            foot.row.addWidget(button)
        return foot

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        setup, report = page is self.setup, page is self.report
        self.save_rejects.setVisible(False)
        self.take_far.setVisible(False)
        self.back_out.show_last(setup)
        self.back.setVisible(False)
        self.try_first.setVisible(setup)
        self.start.setVisible(setup)
        self.cancel.setText(_("Close") if report else _("Cancel"))

    # -- before -------------------------------------------------------------------------------------------------------

    def inspect(self) -> None:
        """Understand the file anew, with what is chosen now."""
        if self._inspection is not None:
            jobs.cancel(self._inspection)
        self._show_page(self.setup)
        self._set_ready(False)
        self._line.set_loading(True)
        self._inspection = jobs.run(
            self,
            _inspect,
            self._file,
            self.setup.options(),
            takes_job=True,
            done=self._show_plan,
            failed=self._unreadable,
        )

    def _show_plan(self, plan: ImportPlan) -> None:
        self._inspection = None
        self._line.set_loading(False)
        self._plan = plan
        rows = ngettext("{count} row", "{count} rows", plan.rows).format(count=formats.number(plan.rows))
        columns = len(plan.headers)
        self._about.setText(
            f"{rows} · " + ngettext("{count} column", "{count} columns", columns).format(count=formats.number(columns))
        )
        self.setup.show_plan(plan)
        if not self._offered:
            self._offered = True
            self.setup.offer(memory.recall(self._context.settings, plan.headers))
        self._set_ready(not plan.problems and plan.rows > 0)

    def _unreadable(self, error: Exception) -> None:
        self._inspection = None
        self._line.set_loading(False)
        self._plan = None
        self.error_label.setText(sentence_of(error))

    def _set_ready(self, ready: bool) -> None:
        """Import is possible, or its tooltip says why not."""
        if ready:
            self.error_label.clear()
        why = "" if ready else _("Give every needed field a column that fits it.")
        for button in (self.try_first, self.start):
            button.setEnabled(ready)
            button.setToolTip(tooltips.plain(why))

    def _show_setup(self) -> None:
        self._show_page(self.setup)

    # -- while it runs ------------------------------------------------------------------------------------------------

    def _try(self) -> None:
        self._run(self.setup.dry_run(), _("Trying the import"))

    def _import(self) -> None:
        self._run(self.setup.decided(), _("Importing cars"))

    def _take_far(self) -> None:
        """The person saw the amounts that are far from what they were, and means them."""
        answers = {**self._options.answers, "far-amounts": "take"}
        self._run(replace(self._options, answers=answers), _("Importing cars"))

    def _run(self, options: ImportOptions, title: str) -> None:
        self.error_label.clear()
        self.progress.begin(title)
        self._show_page(self.progress)
        self._rejects.unlink(missing_ok=True)
        self._came = []
        self._options = options
        job = jobs.run(
            self,
            _run,
            self._context.session_maker,
            self._file,
            replace(options, rejects=self._rejects),
            self._came,
            takes_job=True,
            name=title,
            done=self._show_result,
            failed=self._failed,
            writes=not options.dry_run,
        )
        job.progressed.connect(self.progress.show_progress)
        job.finished.connect(self._ended)
        self._running = job

    @property
    def _rejects(self) -> Path:
        return Path(self._folder.name) / "refused.csv"

    def _failed(self, error: Exception) -> None:
        self._running = None
        self._show_page(self.setup)
        words = (
            "\n".join(map(plain_words, error.facts["problems"]))
            if isinstance(error, ColumnsDoNotFit)
            else sentence_of(error)
        )
        self.error_label.setText(words)

    def _ended(self) -> None:
        """Stopped, here or in the status bar: nothing was left behind, unless all was being committed already."""
        if self._running is None or self._pages.currentWidget() is not self.progress:
            return
        self._running = None
        self.cancel.setEnabled(True)
        came = self._came[0] if self._came else None
        if isinstance(came, ImportResult) and came.written:
            self._show_result(came)
        elif isinstance(came, Exception):
            self._failed(came)
        else:
            self._show_page(self.setup)
            self.error_label.setText(_("The import was canceled. Nothing was changed."))

    # -- after --------------------------------------------------------------------------------------------------------

    def _show_result(self, result: ImportResult) -> None:
        self._running = None
        self.report.show_result(result)
        self._show_page(self.report)
        self.save_rejects.setVisible(bool(result.refused))
        self.back.setVisible(not result.written)
        self.start.setVisible(result.dry_run)
        self.take_far.setVisible(bool(result.far_amounts))
        self.back_out.offer(result.batch)
        if result.written:
            if self._plan is not None and (choices := self.setup.choices()):
                memory.keep(self._context.settings, self._plan.headers, choices)
            words = ngettext("{count} car came into stock.", "{count} cars came into stock.", result.taken)
            self._context.tell(words.format(count=formats.number(result.taken)))
        (self.start if result.dry_run else self.cancel).setFocus()

    def _show_undone(self, result: Undone) -> None:
        self._show_page(self.report)
        self.report.show_undone(car_imports.undo_summary(result))
        self.cancel.setFocus()

    def _ask_where(self) -> None:
        ask_to_save(
            self,
            _("Save the refused rows"),
            _("{file} refused").format(file=self._file.stem) + ".csv",
            ((_("Table as text"), "*.csv"),),
            self._save_rejects,
            self._context.settings,
        )

    def _save_rejects(self, file: Path) -> None:
        told = _("The refused rows are in {file}.").format(file=file)
        jobs.run(
            self,
            _copy,
            self._rejects,
            file,
            done=lambda _none: self._context.tell(told),
            failed=lambda error: self.error_label.setText(sentence_of(error)),
        )

    def reject(self) -> None:
        """Escape, Cancel and Close: a running import stops first, and leaves nothing behind."""
        if self._running is not None:
            self.cancel.setEnabled(False)
            self.progress.rows.setText(_("Stopping"))
            jobs.cancel(self._running)
            return
        if self._inspection is not None:
            jobs.cancel(self._inspection)
        super().reject()


def _inspect(job: jobs.Job, file: Path, options: ImportOptions) -> ImportPlan:
    """Another choice, or Cancel, ends it at once."""
    return car_imports.inspect(file, options, canceled=job.is_canceled)


def _run(
    job: jobs.Job,
    session_maker: SessionMaker,
    file: Path,
    options: ImportOptions,
    came: list[ImportResult | Exception],
) -> ImportResult:
    """What is canceled during the commit is written all the same, and its result is dropped on the way: ``came``."""
    try:
        result = car_imports.run(session_maker, file, options, progress=job.report, canceled=job.is_canceled)
    except ImportCanceled:
        raise
    except Exception as error:
        came.append(error)
        raise
    came.append(result)
    return result


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise FileNotWritten(file=target.name, reason=reason_of(error)) from None
