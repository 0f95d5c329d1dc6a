"""One cost, changed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.services import costs
from dealer_desktop.services.costs import CostRow
from dealer_desktop.services.inputs.costs import EditCost
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.inventory.costs.rows import add_cost_rows
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.car_head import show_car_head
from dealer_desktop.ui.widgets.merging_form import MergingForm


class CostDialog(MergingForm):
    input_type = EditCost

    def __init__(self, context: UiContext, car: CarRow, cost: CostRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="costDialog",
            title=_("Change a cost"),
            save=_("Save"),
            record=("cars", car.id),
            parent=parent,
        )
        self._cost = cost
        self.about = show_car_head(self.head, context, car)
        add_cost_rows(self)
        self.open_record(cost)
        if cost.order_id is not None:
            self.set_consequence(_("The profit of order {order_id} changes with it.").format(order_id=cost.order_id))
        self.finish()

    def conflict_question(self) -> str:
        """Overrides MergingForm."""
        return _("Somebody else changed this cost. Which values stay?")

    def value_words(self, field: str, value: Any) -> str:
        """Overrides MergingForm."""
        if isinstance(value, CostKind):
            return names.cost_kind(value)
        if isinstance(value, Decimal):
            return self.context.money(value)
        return formats.day(value) if isinstance(value, date) else str(value or "–")

    def prepare(self) -> Callable[[], CostRow]:
        """Overrides FormDialog."""
        change = self.read(EditCost, cost_id=self._cost.id, **self.versioned())
        return self.undoable(costs.change, change, _("the changes to a cost"))

    def saved(self, result: CostRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("The cost is changed."))
