"""What the tables of orders, payments and deliveries show alike."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.tables import Column

NOTHING = "–"
"""Shown where there is nothing to show."""


def number() -> Column:
    """The record's own number."""
    return Column("id", _("No."), lambda row: str(row.id), width=64, sort="id", searched=True, whole=True,
                  exported=lambda row: row.id)  # fmt: skip
