"""The rows of the two forms about a cost."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.services.rows import OrderLineRow
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog


class ExtraChoice(ComboBox):
    """What a cost was spent on: the car, or an extra of the order that has it."""

    def __init__(self) -> None:
        super().__init__([(None, _("The car itself"))], 288)
        self.setMaximumWidth(pixels(360))

    def offer(self, extras: Sequence[OrderLineRow]) -> None:
        """In place of what was offered; what was chosen stays so where it is still there."""
        wanted = [(None, self.itemText(0)), *((extra.id, extra.title) for extra in extras)]
        if wanted == [(self.itemData(place), self.itemText(place)) for place in range(self.count())]:
            return
        chosen = self.value()
        blocker = QSignalBlocker(self)
        while self.count() > 1:
            self.removeItem(1)
        for number, title in wanted[1:]:
            self.addItem(title, number)
        self.set_value(chosen)
        blocker.unblock()


def add_cost_rows(form: FormDialog) -> None:
    """What for, how much, when, and what else is to be said."""
    kinds = ComboBox([(kind, names.cost_kind(kind)) for kind in CostKind])
    form.add_field("kind", pgettext("cost", "For what"), kinds, object_name="costKind")
    amount = MoneyEdit(form.context.dealer.currency)
    form.add_field("amount", _("Amount"), amount, hint=_("A rebate is below 0"), object_name="costAmount")
    form.add_field("incurred_on", _("Day"), DateEdit(), hint=_("Without a day: today"))
    form.add_field("note", _("Note"), LineEdit(0, limit=2000))
