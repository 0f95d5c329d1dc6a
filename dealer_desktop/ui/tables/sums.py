"""What the listed rows come to, where a search or filters narrow the list: the sum that a number led here from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services import tables
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables.model import WindowedTableModel
from dealer_desktop.ui.widgets import tooltips

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_OF = {"cars": "price", "payments": "amount", "orders": "total_amount"}
_BY_FILTER = {"due": "balance_due", "to_give_back": "to_give_back", "discounted": "discounts"}
"""What orders are added up by where they are narrowed to those that have it."""


class Sum(QObject):
    """Keeps ``label`` true to ``model``; empty where the whole list is shown."""

    def __init__(self, context: "UiContext", model: WindowedTableModel, label: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self._label = label
        self._job: jobs.Job | None = None
        model.order_changed.connect(self._forget)
        if model.kind in _OF:
            model.loaded.connect(self._ask)

    @property
    def _column(self) -> str:
        if self._model.kind == "orders":
            for key, column in _BY_FILTER.items():
                if self._model.query.filters.get(key):
                    return column
        return _OF[self._model.kind]

    def _forget(self, another: bool) -> None:
        if another:
            self._say("")

    def _ask(self) -> None:
        jobs.cancel(self._job)
        self._job = None
        query = self._model.query
        if not query.search and not query.filters:
            self._say("")
            return
        ticket = Ticket()
        self._job = jobs.run(
            self, tables.totals, self._context.reader, query, ticket, [self._column],
            done=self._show, failed=lambda _error: None, ticket=ticket,
        )  # fmt: skip

    def _show(self, found: Mapping[str, Decimal]) -> None:
        self._job = None
        ((column, total),) = found.items()
        self._say(self._context.money(total), _words(column))

    def _say(self, sum_: str, words: str = "") -> None:
        self._label.setText(f"Σ {sum_}" if sum_ else "")
        self._label.setToolTip(tooltips.plain(words))
        self._label.setAccessibleName(words or _("Sum"))
        self._label.setVisible(bool(sum_))


def _words(column: str) -> str:
    return {
        "price": _("The listed cars at their sale prices"),
        "amount": _("The listed payments together"),
        "total_amount": _("The listed orders together"),
        "balance_due": _("Due on the listed orders"),
        "to_give_back": _("To give back on the listed orders"),
        "discounts": pgettext("sum", "Discounts in the listed orders"),
    }[column]
