"""How many match, of how many there are."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import tables
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables.model import ELLIPSIS, WindowedTableModel

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext


class Count(QObject):
    """Keeps ``label`` true to ``model``: "1,204", or "1,204 of 9,870" where a search or filters narrow the list."""

    def __init__(self, context: "UiContext", model: WindowedTableModel, label: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self._label = label
        self._total: int | None = None
        self._job: jobs.Job | None = None
        model.order_changed.connect(lambda _another: self._show())
        model.loaded.connect(self._loaded)

    @property
    def _narrowed(self) -> bool:
        return bool(self._model.query.search or self._model.query.filters)

    def _loaded(self) -> None:
        jobs.cancel(self._job)
        self._job = None
        if self._narrowed:
            # A list that starts with filters has never seen them all, and others come and go meanwhile.
            ticket = Ticket()
            self._job = jobs.run(
                self, tables.count, self._context.reader, self._model.kind, ticket,
                done=self._take_total, failed=lambda _error: None, ticket=ticket,
            )  # fmt: skip
        else:
            self._total = self._model.rowCount()
        self._show()

    def _take_total(self, total: int) -> None:
        self._job = None
        self._total = total
        self._show()

    def _show(self) -> None:
        found = self._model.rowCount()
        words = formats.number(found)
        if not self._model.is_exact:
            words = ELLIPSIS if found else ""
        elif self._narrowed and self._total is not None and self._total >= found:
            words = _("{found} of {total}").format(found=words, total=formats.number(self._total))
        self._label.setText(words)
