"""Who did what and when, as every card tells it: the newest first, a few at once, all of it on demand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import HistoryRow
from dealer_desktop.ui.widgets.card import label

AT_FIRST = 5
"""Changes that are told before the person asks for all."""


@dataclass(frozen=True)
class Change:
    words: str
    when: str
    who: str


def tell(history: Iterable[HistoryRow], timezone: str, sentence: Callable[[HistoryRow], str]) -> list[Change]:
    """``history`` in its order; what was done in one transaction is one change. Entries without words are left out."""
    told = []
    for (at, who), entries in groupby(history, key=lambda entry: (entry.at, entry.actor)):
        # Within one transaction as it happened.
        lines = [words for entry in reversed(list(entries)) if (words := sentence(entry))]
        if lines:
            told.append(Change("\n".join(dict.fromkeys(lines)), formats.moment(at, timezone), who))
    return told


def updated(entry: HistoryRow, line: Callable[[str, object, object], str]) -> str:
    """A line for each field that an update changed: ``line(field, old, new)``, empty for what nobody would see."""
    after = entry.after or {}
    lines = [line(field, old, after.get(field)) for field, old in (entry.before or {}).items()]
    return "\n".join(filter(None, lines))


class Changes(QWidget):
    """``show_changes`` replaces what is told; nothing moves where nothing is new."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[Change, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._is_whole = False
        self.hide()

    def show_changes(self, told: Sequence[Change]) -> None:
        if tuple(told) != self._told:
            self._told = tuple(told)
            self._lay_out()
        self.setVisible(bool(told))

    def clear(self) -> None:
        """Another record: tell nothing, and of the next one the newest only."""
        self._is_whole = False
        self.show_changes(())

    def _lay_out(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._column.addWidget(label(_("Changes"), "medium"))
        most = len(self._told) if self._is_whole else AT_FIRST
        for change in self._told[:most]:
            self._column.addWidget(_line(change))
        if len(self._told) > most:
            self._column.addWidget(self._rest())

    def _rest(self) -> QWidget:
        rest = QPushButton(_("Show all {count}").format(count=formats.number(len(self._told))))
        rest.setObjectName("allChangesButton")
        rest.setProperty("kind", "link")
        rest.setProperty("place", "text")
        rest.setAutoDefault(True)  # Enter presses it
        rest.clicked.connect(self._show_all)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(rest)
        row.addStretch(1)
        return place

    def _show_all(self) -> None:
        self._is_whole = True
        self._lay_out()


def _line(change: Change) -> QWidget:
    told = QWidget()
    column = QVBoxLayout(told)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(change.words, "base", wrap=True))
    column.addWidget(label(f"{change.when} · {change.who}", "small", "second", wrap=True))
    return told
