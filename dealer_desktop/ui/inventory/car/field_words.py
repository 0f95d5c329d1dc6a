"""A car's fields and what became of them, in words: for the history, for conflicts, for what an import will store."""

from collections.abc import Iterable
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.record_words import telling
from dealer_desktop.domain.record_words.writing import Manner
from dealer_desktop.services.rows import DealerRow, HistoryRow
from dealer_desktop.ui.sales import history_words
from dealer_desktop.ui.widgets.changes import Change, tell, updated

_HIDDEN = {"id", "created_at", "updated_at", "search"}


def field_name(field: str) -> str:
    """What a car's field is called on screens."""
    return telling.field_name("cars", field)


def value_words(field: str, value: Any, currency: str) -> str:
    """A car's field as screens write it, from a row's value or from the history's JSON."""
    return telling.value_words("cars", field, value, Manner(currency))


def changes(history: Iterable[HistoryRow], dealer: DealerRow) -> list[Change]:
    """What happened to the car and what its orders did, in the order of ``history``."""
    return tell(history, dealer.timezone, lambda entry: _sentence(entry, dealer.currency))


def _sentence(entry: HistoryRow, currency: str) -> str:
    if entry.table_name == "orders":
        return history_words.of_car(entry)
    if entry.table_name == "approvals":
        return history_words.request(entry, currency)
    if entry.table_name != "cars":
        return ""
    if entry.before is None:
        return _("Came into stock")

    def line(field: str, old: Any, new: Any) -> str:
        if field in _HIDDEN:
            return ""
        if field == "description":
            return _("Description changed")
        return f"{field_name(field)}: {value_words(field, old, currency)} → {value_words(field, new, currency)}"

    return updated(entry, line)
