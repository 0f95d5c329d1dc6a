"""The filters beside the table of cars: what is chosen goes into the query, what there is comes back as counts."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dealer_desktop.core import formats, words
from dealer_desktop.core.enums import CarCondition, CarStatus
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.ui.tables import Chip
from dealer_desktop.ui.widgets.filter_groups import Boxes, Choice, FromTo, Group

_FOLDED = ("mileage", "transmission", "days_in_stock")

COUNTED = ("status", "condition", "make", "engine_type", "transmission", "location")
"""The columns whose values are shown with how many cars have them."""


class CarFilters(QWidget):
    """All filters. ``changed`` after a person changed one; ``filters()`` is what the tab takes."""

    changed = Signal()

    def __init__(self, currency_symbol: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("carFilters")
        self._groups: dict[str, Group] = {
            "status": Boxes(_("Status"), {status: words.car_status(status) for status in CarStatus}),
            "condition": Boxes(_("Condition"), {kind: words.condition(kind) for kind in CarCondition}),
            "price": FromTo(
                _("Price, {currency}").format(currency=currency_symbol),
                "price",
                formats.parse_amount,
                formats.amount,
                currency_symbol,
            ),
            "year": FromTo(_("Year"), "year", formats.parse_whole, str),
            "make": Choice(_("Make"), "makeFilter", pgettext("make", "Any")),
            "engine_type": Choice(_("Engine"), "engineFilter", pgettext("engine", "Any"), words.engine_type),
            "location": Choice(pgettext("card", "Location"), "locationFilter", _("Every lot")),
            "mileage": FromTo(_("Mileage, km"), "mileage", formats.parse_whole, formats.number, _("km")),
            "transmission": Choice(
                pgettext("card", "Transmission"),
                "transmissionFilter",
                pgettext("transmission", "Any"),
                words.transmission,
            ),
            "days_in_stock": FromTo(
                _("Days in stock"), "days", formats.parse_whole, formats.number, _("days in stock")
            ),
        }
        self._more = QWidget()
        self._more_button = QPushButton()
        self._lay_out()
        for group in self._groups.values():
            group.changed.connect(self.changed)
        self._show_more(False)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("place", "window")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(20)
        rest = QVBoxLayout(self._more)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(20)
        for key, group in self._groups.items():
            (rest if key in _FOLDED else column).addWidget(group)
        self._more_button.setProperty("kind", "link")
        self._more_button.setProperty("place", "text")
        self._more_button.setObjectName("moreFilters")
        self._more_button.setCheckable(True)
        self._more_button.clicked.connect(self._show_more)
        column.addWidget(self._more)
        column.addWidget(self._more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        # The scroll bar takes its room from the margin, not from the fields.
        bar = scroll.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: column.setContentsMargins(16, 16, 4 if high else 16, 16))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scroll)

    def _show_more(self, more: bool) -> None:
        self._more.setVisible(more)
        self._more_button.setChecked(more)
        self._more_button.setText(_("Fewer filters") if more else _("More filters"))

    def filters(self) -> dict[str, Chip]:
        """What filters, by column, with the words of its chip."""
        chosen = {key: Chip(group.value(), group.words()) for key, group in self._groups.items()}
        return {key: chip for key, chip in chosen.items() if chip.value is not None}

    def take_off(self, key: str) -> None:
        """A chip was taken off: show it, and say nothing."""
        if key in self._groups:
            self._groups[key].clear()

    def show_counts(self, counts: Mapping[str, Mapping[Any, int]]) -> None:
        """How many cars each value of the columns ``COUNTED`` has."""
        for column, found in counts.items():
            group = self._groups.get(column)
            if isinstance(group, Boxes):
                group.set_counts(found)
            elif isinstance(group, Choice):
                group.set_counts(found, alphabetical=column in ("make", "location"))

    def state(self) -> str:
        """All that is chosen, to be remembered."""
        return json.dumps({key: group.state() for key, group in self._groups.items()}, ensure_ascii=False)

    def restore(self, state: str) -> None:
        """Choose what ``state()`` remembered; says nothing."""
        try:
            remembered = json.loads(state) if state else {}
        except ValueError:
            remembered = {}
        if not isinstance(remembered, dict):
            return
        for key, group in self._groups.items():
            if key in remembered:
                group.restore(remembered[key])
        self._show_more(any(self._groups[key].value() is not None for key in _FOLDED))
