"""Which column of the file fills which of our fields: the file's name, and a choice beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.car_imports import CAR_FIELDS
from dealer_desktop.ui.inventory.car.field_words import field_name
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import ComboBox

_SIDE_BY_SIDE = 2


class Understood(Protocol):
    """What the columns of a file are taken for."""

    @property
    def headers(self) -> tuple[str, ...]: ...

    @property
    def fields(self) -> tuple[str, ...]: ...


class FieldBox(ComboBox):
    """A choice that counts when the person is done: walked by keyboard, it does not take every field it passes."""

    settled = Signal()

    def __init__(self, entries: Iterable[tuple[str, str]], width: int) -> None:
        super().__init__(entries, width)
        self._walking = self._walked = False
        self.activated.connect(self._on_activated)

    def _on_activated(self, _index: int) -> None:
        if self._walking:
            self._walked = True
        else:
            self.settle()

    def settle(self) -> None:
        """What stands there is meant."""
        self._walked = False
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QComboBox."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._walked:
            self.settle()
            return
        self._walking = True
        try:
            super().keyPressEvent(event)
        finally:
            self._walking = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Overrides QComboBox."""
        super().focusOutEvent(event)
        if self._walked and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()


class ColumnMapping(QScrollArea):
    """``changed`` after a person gave a column another field; ``columns()`` is what ``ImportOptions.columns`` takes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, entries: Sequence[tuple[str, str]] | None = None) -> None:
        """``entries``: our fields and their words; those of a car where none are given."""
        super().__init__(parent)
        self._entries = entries or [(field, field_name(field)) for field in CAR_FIELDS]
        self.setObjectName("importMapping")
        self.setProperty("place", "surface")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._headers: tuple[str, ...] = ()
        self._boxes: list[FieldBox] = []
        self._given_up: dict[str, str] = {}
        """For a column the one that gave it its field, and has it back when the first moves on."""
        self._chosen: dict[str, str] = {}
        """What the person said, by the file's column; the rest is recognised by name."""

    def columns(self) -> Mapping[str, str]:
        return dict(self._chosen)

    def choose(self, columns: Mapping[str, str]) -> None:
        """As the person chose another time."""
        self._chosen = {header: field for header, field in columns.items() if header in self._headers}
        self._given_up = {}

    def show_plan(self, plan: Understood) -> None:
        """The columns as they are understood now."""
        if plan.headers != self._headers:
            self._headers = plan.headers
            self._build()
        for header, box, field in zip(self._headers, self._boxes, plan.fields, strict=True):
            # What was chosen stays visible, also where the column turned out not to fit.
            box.set_value(self._chosen.get(header, field))

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("place", "surface")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(2, pixels(24))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        self._boxes = []
        half = (len(self._headers) + 1) // _SIDE_BY_SIDE
        for number, header in enumerate(self._headers):
            column = 3 * (number // half)
            words = header or _("Column {number}").format(number=number + 1)
            name = label(words)
            name.setToolTip(tooltips.plain(words))
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            box = self._box(header, words)
            grid.addWidget(name, number % half, column)
            grid.addWidget(box, number % half, column + 1)
            self._boxes.append(box)
        rows = QVBoxLayout(content)
        rows.setContentsMargins(24, 12, 24, 12)
        rows.addLayout(grid)
        rows.addStretch(1)
        self.setWidget(content)

    def _box(self, header: str, words: str) -> FieldBox:
        box = FieldBox([("", _("Leave out")), *self._entries], 184)
        box.setMinimumWidth(pixels(184))
        box.setObjectName(f"map_{header}")
        box.setAccessibleName(_("The field for the column {column}").format(column=words))
        box.settled.connect(lambda: self._choose(header, box))
        return box

    def _choose(self, header: str, box: FieldBox) -> None:
        field = str(box.value())
        giver = self._given_up.pop(header, "")
        if giver and not self._chosen.get(giver, "?"):
            del self._chosen[giver]
        if field:
            # A field has one column: the one that had it is left out.
            for other_header, other in zip(self._headers, self._boxes, strict=True):
                if other is not box and other.value() == field:
                    self._chosen[other_header] = ""
                    self._given_up[header] = other_header
        self._chosen[header] = field
        self.changed.emit()
