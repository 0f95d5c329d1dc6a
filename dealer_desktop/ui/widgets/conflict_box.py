"""Two people changed the same fields: both values of each, side by side, to choose from."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label

_LONGEST = 26
"""Characters of a value that are shown; the whole is in the tooltip."""


class ConflictBox(QFrame):
    """``chosen(field, value)`` when the person chooses; what was typed is chosen at first."""

    chosen = Signal(str, object)

    def __init__(
        self,
        theirs: Mapping[str, Any],
        mine: Mapping[str, Any],
        question: str,
        field_name: Callable[[str], str],
        value_words: Callable[[str, Any], str],
        parent: QWidget | None = None,
    ) -> None:
        """``question`` says what was changed; the two others name a field and write a value."""
        super().__init__(parent)
        self._field_name, self._value_words = field_name, value_words
        self.setObjectName("conflictBox")
        self.setProperty("place", "note")
        self._groups: list[QButtonGroup] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, pixels(112))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(label(_("Yours"), "small", "second"), 0, 1)
        self._grid.addWidget(label(_("Saved meanwhile"), "small", "second"), 0, 2)
        for row, field in enumerate(theirs, start=1):
            self._add(row, field, mine[field], theirs[field])
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(question, "medium", wrap=True))
        column.addLayout(self._grid)
        first = self.findChild(QRadioButton)
        if first is not None:
            self.setFocusProxy(first)

    def _add(self, row: int, field: str, mine: Any, theirs: Any) -> None:
        called = self._field_name(field)
        self._grid.addWidget(label(called, "base", "second"), row, 0)
        group = QButtonGroup(self)
        for column, (name, value) in enumerate((("mine", mine), ("theirs", theirs)), start=1):
            words = self._value_words(field, value)
            short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
            button = QRadioButton(short.replace("\n", " ").replace("&", "&&"))
            button.setToolTip(tooltips.plain(words[:2_000]) if short != words else "")
            button.setObjectName(f"{name}_{field}")
            owner = _("Yours") if name == "mine" else _("Saved meanwhile")
            button.setAccessibleName(f"{called}, {owner}: {words}")
            button.setChecked(name == "mine")
            button.toggled.connect(lambda on, field=field, value=value: self.chosen.emit(field, value) if on else None)
            group.addButton(button)
            self._grid.addWidget(button, row, column)
        self._groups.append(group)
