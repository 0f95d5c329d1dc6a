"""In which other readings what was searched is found too: "also: LADA", beside the count."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.known_names import plain
from dealer_desktop.domain.readings import readings
from dealer_desktop.ui.tables.model import WindowedTableModel
from dealer_desktop.ui.widgets import tooltips

_LOOKED_AT = 100
"""Rows at the top of the list: what is read first."""


class AlsoRead(QObject):
    """Keeps ``label`` true to what ``model`` shows; without such rows it is away."""

    def __init__(self, model: WindowedTableModel, label: QLabel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._label = label
        label.hide()
        model.rows_read.connect(lambda _ids: self._show())
        model.loaded.connect(self._show)

    def _show(self) -> None:
        model = self._model
        rows = (model.row(number) for number in range(min(model.rowCount(), _LOOKED_AT))) if model.query.search else ()
        found = also_read(model.query.search, (row for row in rows if row is not None))
        words = _("also: {words}").format(words=", ".join(found)) if found else ""
        if words != self._label.text():
            self._label.setText(words)
            self._label.setToolTip(tooltips.plain(words))
        self._label.setVisible(bool(words))


def also_read(search: str, rows: Iterable[Any]) -> tuple[str, ...]:
    """The readings of the words of ``search`` that stand in one of ``rows``, as a person would write them."""
    asked = [reading for word in search.split() for reading in readings(word)]
    if not asked:
        return ()
    texts = [plain(_text(row)) for row in rows]
    found = [each.words for each in asked if any(spelling in text for text in texts for spelling in each.spellings)]
    return tuple(dict.fromkeys(found))


def _text(row: Any) -> str:
    values = (getattr(row, field.name) for field in fields(row))
    return "\n".join(value for value in values if isinstance(value, str))
