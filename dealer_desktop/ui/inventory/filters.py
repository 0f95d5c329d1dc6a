"""The filters beside the table of cars: what is chosen goes into the query, what there is comes back as counts."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names, quantities
from dealer_desktop.domain.enums import CarCondition, CarStatus, EngineType, Transmission
from dealer_desktop.ui.sales.list_filters import Flag
from dealer_desktop.ui.tables import FilterPanel
from dealer_desktop.ui.widgets.column_area import ColumnArea
from dealer_desktop.ui.widgets.filter_groups import Boxes, Choice, FromTo

_FOLDED = ("mileage", "transmission", "days_in_stock")


class CarFilters(FilterPanel):
    """All filters; the models are those of the chosen make."""

    def __init__(self, currency_symbol: str, *, with_costs: bool = False) -> None:
        """``with_costs``: of who may know what cars cost."""
        self._model = Choice(_("Model"), "modelFilter", pgettext("model", "Any"))
        groups = {
            "status": Boxes(_("Status"), {status: names.car_status(status) for status in CarStatus}),
            "condition": Boxes(_("Condition"), {kind: names.condition(kind) for kind in CarCondition}),
            "price": FromTo(
                _("Price, {currency}").format(currency=currency_symbol),
                "price",
                quantities.amount,
                formats.amount,
                currency_symbol,
            ),
            "year": FromTo(_("Year"), "year", quantities.whole, str),
            "make": Choice(_("Make"), "makeFilter", pgettext("make", "Any")),
            "model": self._model,
            "engine_type": Choice(
                _("Engine"), "engineFilter", pgettext("engine", "Any"), names.engine_type, list(EngineType)
            ),
            "location": Choice(pgettext("card", "Location"), "locationFilter", _("Every lot")),
            "overdue_hold": Flag(_("Only"), "overdueHoldFilter", _("Overdue holds")),
            "no_main_photo": Flag("", "noPhotoFilter", _("Without a main photo")),
            **({"costs_without_sale": Flag("", "costsFilter", _("Gone, with costs"))} if with_costs else {}),
            "mileage": FromTo(_("Mileage, km"), "mileage", quantities.kilometres, formats.number, _("km")),
            "transmission": Choice(
                pgettext("card", "Transmission"),
                "transmissionFilter",
                pgettext("transmission", "Any"),
                names.transmission,
                list(Transmission),
            ),
            "days_in_stock": FromTo(_("Days in stock"), "days", quantities.whole, formats.number, _("days in stock")),
        }
        super().__init__("carFilters", groups)
        # Before anybody hears of another make, the model of the last one is gone.
        groups["make"].changed.disconnect(self.changed)
        groups["make"].changed.connect(self._change_make)
        self._more = QWidget()
        self._more_button = QPushButton()
        self._lay_out()
        self._show_more(False)
        self._follow_make()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("place", "window")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(20)
        rest = QVBoxLayout(self._more)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(20)
        block = column
        for key, group in self.groups.items():
            if group.title:  # else it belongs to the one above
                block = QVBoxLayout()
                block.setSpacing(4)
                (rest if key in _FOLDED else column).addLayout(block)
            block.addWidget(group)
        self._more_button.setProperty("kind", "link")
        self._more_button.setProperty("place", "text")
        self._more_button.setObjectName("moreFilters")
        self._more_button.setCheckable(True)
        self._more_button.clicked.connect(self._show_more)
        column.addWidget(self._more)
        column.addWidget(self._more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = ColumnArea(inside, self)
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

    # -- a make and its models ----------------------------------------------------------------------------------------

    def _change_make(self) -> None:
        self._model.clear()
        self._follow_make()
        self.changed.emit()

    def _follow_make(self) -> None:
        chosen = self.groups["make"].value() or self._model.value()
        self._model.set_reason("" if chosen else _("Choose a make first."))

    def take_off(self, *keys: str) -> None:
        """Overrides FilterPanel: a make goes with its model."""
        super().take_off(*keys, *(["model"] if "make" in keys else []))
        self._follow_make()

    def restore(self, state: Any) -> None:
        """Overrides FilterPanel."""
        super().restore(state)
        self._follow_make()
        self._show_more(any(self.groups[key].value() is not None for key in _FOLDED))

    # -- how many -----------------------------------------------------------------------------------------------------

    @property
    def counted(self) -> Sequence[str]:
        """Overrides FilterPanel: models only of a make, since the whole stock has thousands."""
        return [key for key in super().counted if key != "model" or self.groups["make"].value()]
