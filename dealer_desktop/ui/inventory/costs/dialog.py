"""A car's costs: what ran up so far, what is left of the price, and the next one to enter."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarStatus, CostKind
from dealer_desktop.services import costs
from dealer_desktop.services.costs import CarCosts, CostRow
from dealer_desktop.services.inputs.costs import CostInput, CostStep
from dealer_desktop.services.rows import CarRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.inventory.costs.cost_dialog import CostDialog
from dealer_desktop.ui.inventory.costs.days_dialog import CarDaysDialog
from dealer_desktop.ui.inventory.costs.import_dialog import import_costs
from dealer_desktop.ui.inventory.costs.rows import ExtraChoice, add_cost_rows
from dealer_desktop.ui.inventory.costs.table import CostsTable
from dealer_desktop.ui.sales.figures import Figures
from dealer_desktop.ui.session.changes import concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import question
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.car_head import show_car_head
from dealer_desktop.ui.widgets.staying_form import StayingForm


class CostsDialog(StayingForm):
    """Stays open: a repair is several bills."""

    input_type = CostInput

    def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="costsDialog",
            title=pgettext("cost", "Costs"),
            save=_("Enter the cost"),
            draft=f"costs/{car.id}",
            record=("cars", car.id),
            width=720,
            parent=parent,
        )
        self._car = car
        self._ticket = Ticket()
        self._kind: CostKind | None = None
        """What stood there before an extra was chosen."""
        self.about = show_car_head(self.head, context, car)
        self.figures = Figures(_("Costs so far"), _("Price"), pgettext("cost", "Margin"))
        self.figures.show_figures("…", context.money(car.price), "…")
        self.head.addWidget(self.figures)
        self._add_table()
        add_cost_rows(self)
        self.extra = ExtraChoice()
        hint = _("A cost of an extra counts to the profit of its order, and goes with it if it is taken out.")
        self.add_field("line_id", _("Spent on"), self.extra, hint=hint, object_name="costLine").hide()
        self.extra.changed.connect(self._follow_extra)
        self.set_cancel_words(_("Close"))
        self._say_who_bears_it()
        self.finish()
        context.feed.changed.connect(self._follow)
        self._read()

    def _add_table(self) -> None:
        self.table = CostsTable(self.context.currency_symbol, self)
        self.table.change_asked.connect(self._change)
        self.table.itemSelectionChanged.connect(self._follow_choice)
        self.change_button = WordButton("changeCostButton", _("Change…"), self._change)
        self.remove_button = WordButton("removeCostButton", _("Remove…"), self._ask_to_remove)
        self.import_button = WordButton("importListButton", _("Import a list…"), self._import)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.change_button)
        line.addWidget(self.remove_button)
        line.addWidget(WordButton("costDaysButton", _("Day by day"), self._show_days))
        line.addStretch(1)
        line.addWidget(self.import_button)
        self.form.addWidget(self.table)
        self.form.addLayout(line)
        self._follow_choice()

    def _follow_choice(self) -> None:
        for button in (self.change_button, self.remove_button):
            button.setEnabled(self.table.chosen is not None)

    def _say_who_bears_it(self) -> None:
        if self._car.status is CarStatus.SOLD:
            self.set_consequence(_("The sale that sold this car bears the cost."))
        else:
            self.set_consequence(_("The sale of this car will bear the cost."))

    # -- what there is ------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._ticket.cancel()
        self._ticket = Ticket()
        jobs.run(
            self,
            costs.of_car,
            self.context.reader,
            self._car.id,
            self._ticket,
            done=self._show,
            failed=self._fail,
            ticket=self._ticket,
        )

    def _show(self, found: CarCosts) -> None:
        self._car = found.car
        self.table.show_costs(found)
        self.extra.offer(found.extras)
        self.form_row("line_id").setVisible(bool(found.extras))
        self.fit.fit()
        self._follow_choice()
        money = self.context.money
        is_sold = found.car.status is CarStatus.SOLD
        margin = "–" if is_sold else money(found.car.price - found.total)
        self.figures.show_figures(money(found.total), money(found.car.price), margin)
        self._say_who_bears_it()

    def _fail(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self._read))

    def _follow(self, change: Any) -> None:
        """Somebody else entered one, sold an extra, or the car was sold."""
        about_it = concerns(change, "cars") and self._car.id in (change.ids or ())
        if about_it or concerns(change, "car_costs", "order_lines"):
            self._read()

    def _follow_extra(self) -> None:
        """Of an extra it is a cost of extras; of the car what it was before."""
        kind = self.field("kind")
        if self.extra.value() is not None:
            self._kind = self._kind or kind.value()
            kind.set_value(CostKind.EXTRAS)
        elif self._kind is not None:
            kind.set_value(self._kind)
            self._kind = None

    # -- one more -----------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], CostRow]:
        """Overrides FormDialog."""
        cost = self.read(CostInput, car_id=self._car.id)
        return lambda: costs.add(self.context.session_maker, cost)

    def saved(self, result: CostRow) -> None:
        """Overrides FormDialog."""
        words = _("{kind} {amount} entered; {total} so far.")
        money = self.context.money
        self.context.tell(
            words.format(kind=names.cost_kind(result.kind), amount=money(result.amount), total=money(result.so_far))
        )
        for name in ("amount", "note", "line_id"):
            self.field(name).set_value(None)
        self._read()

    # -- one that is there --------------------------------------------------------------------------------------------

    def _import(self) -> None:
        import_costs(self, self.context)

    def _show_days(self) -> None:
        CarDaysDialog(self.context, self._car, self).open()

    def _change(self) -> None:
        if self.table.chosen is not None:
            CostDialog(self.context, self._car, self.table.chosen, self).open()

    def _ask_to_remove(self) -> None:
        cost = self.table.chosen
        if cost is None:
            return
        question.ask(
            self,
            "removeCostDialog",
            _("Remove the cost"),
            _("Remove {kind}, {amount}?").format(
                kind=names.cost_kind(cost.kind), amount=self.context.money(cost.amount)
            ),
            _("The history keeps it."),
            _("Remove"),
            lambda: self._remove(cost),
            keep=_("Keep"),
            is_loss=True,
        ).open()

    def _remove(self, cost: CostRow) -> None:
        step = CostStep(request_id=uuid4(), cost_id=cost.id)

        def failed(error: Exception) -> None:
            self.set_error(sentence_of(error))

        jobs.run(
            self,
            costs.remove,
            self.context.session_maker,
            step,
            done=lambda _car: self._read(),
            failed=failed,
            writes=True,
        )
