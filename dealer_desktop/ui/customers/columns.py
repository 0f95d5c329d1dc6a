"""What the table of customers shows."""

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.phones import display
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Column
from dealer_desktop.ui.tables.columns import RIGHT

NOTHING = "—"


def columns(context: UiContext) -> tuple[Column, ...]:
    zone = context.dealer.timezone
    return (
        Column("name", _("Name"), lambda row: row.full_name, width=220, sort="full_name", searched=True, stretch=True),
        Column("phone", _("Phone"), lambda row: display(row.phone or NOTHING), width=160, searched=True),
        Column("email", _("E-mail"), lambda row: row.email or NOTHING, width=200, searched=True),
        Column("kind", _("Kind"), lambda row: customer_words.kind(row.kind), width=128),
        Column("tax_id", _("Tax ID"), lambda row: row.tax_id or NOTHING, width=128, searched=True, hidden=True),
        Column("orders", _("Orders"), lambda row: formats.number(row.orders), width=88, align=RIGHT,
               exported=lambda row: row.orders),
        Column("owes", _("Balance due"), lambda row: context.money(row.owes) if row.owes else NOTHING, width=150,
               align=RIGHT, tone=lambda row: "red" if row.owes else "second", exported=lambda row: row.owes or None),
        Column("since", _("Added"), lambda row: formats.day_of(row.created_at, zone), width=112, sort="created_at"),
    )  # fmt: skip
