"""Undoing an import as a whole: the one just made by its button, an earlier one after a question."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import car_imports
from dealer_desktop.services.car_imports import Batch
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import question, tooltips
from dealer_desktop.ui.widgets.buttons import WordButton


class TakingBack(QObject):
    """Two buttons of the dialog's foot: ``this`` import, and the ``last`` one before it."""

    undone = Signal(object)
    """What was taken back, and what stays."""
    failed = Signal(object)

    def __init__(self, dialog: QDialog, context: UiContext) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._context = context
        self.this = WordButton("undoImportButton", _("Undo this import"), self._undo_this)
        self.last = WordButton("undoLastImportButton", _("Undo the last import…"), self._ask)
        self.this.setVisible(False)
        self.last.setVisible(False)
        self._batch: UUID | None = None
        self._earlier: Batch | None = None
        self._may_show_last = True
        jobs.run(self, car_imports.recent, context.reader, done=self._show_recent, failed=lambda _error: None)

    def offer(self, batch: UUID | None) -> None:
        """An import was made, and can be undone."""
        self._batch = batch
        self.this.setEnabled(True)
        self.this.setVisible(batch is not None)

    def show_last(self, here: bool) -> None:
        """Whether the dialog shows where an earlier import is offered."""
        self.this.setVisible(False)
        self._may_show_last = here
        self.last.setVisible(here and self._earlier is not None)

    def _show_recent(self, batches: list[Batch]) -> None:
        if batches:
            self._earlier = batches[0]
            self.last.setToolTip(tooltips.plain(self._words_of(batches[0])))
            self.last.setVisible(self._may_show_last)

    def _words_of(self, batch: Batch) -> str:
        return _("{file}, {moment}: {taken} new cars, {updated} updated").format(
            file=batch.file,
            moment=formats.moment(batch.at, self._context.dealer.timezone),
            taken=formats.number(batch.taken),
            updated=formats.number(batch.updated),
        )

    def _ask(self) -> None:
        if self._earlier is None:
            return
        batch = self._earlier
        question.ask(
            self._dialog,
            "undoImportQuestion",
            _("Undo the last import"),
            self._words_of(batch),
            _("New cars go, changed values come back. What was sold or changed since stays and is named."),
            _("Undo the import"),
            lambda: self._take_back(batch.id),
            keep=_("Keep it"),
            is_loss=True,
        ).open()

    def _undo_this(self) -> None:
        if self._batch is not None:
            self._take_back(self._batch)

    def _take_back(self, batch: UUID) -> None:
        for button in (self.this, self.last):
            button.setEnabled(False)
        jobs.run(
            self,
            car_imports.undo,
            self._context.session_maker,
            batch,
            name=_("Undoing the import"),
            writes=True,
            done=self._done,
            failed=self._failed,
        )

    def _done(self, result: object) -> None:
        self._earlier = self._batch = None
        self.undone.emit(result)

    def _failed(self, error: Exception) -> None:
        for button in (self.this, self.last):
            button.setEnabled(True)
        self.failed.emit(error)
