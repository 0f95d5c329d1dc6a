"""The rows of the two forms about a cost."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CostKind
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog


def add_cost_rows(form: FormDialog) -> None:
    """What for, how much, when, and what else is to be said."""
    kinds = ComboBox([(kind, names.cost_kind(kind)) for kind in CostKind])
    form.add_field("kind", pgettext("cost", "For what"), kinds, object_name="costKind")
    amount = MoneyEdit(form.context.dealer.currency)
    form.add_field("amount", _("Amount"), amount, hint=_("A rebate is below 0"), object_name="costAmount")
    form.add_field("incurred_on", _("Day"), DateEdit(), hint=_("Without a day: today"))
    form.add_field("note", _("Note"), LineEdit(0, limit=2000))
