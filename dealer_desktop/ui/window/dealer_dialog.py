"""The dealership's own details, for admins: what documents print and how money and days are counted, on every PC."""

import base64
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services import dealer
from dealer_desktop.services.inputs.people import DealerInput
from dealer_desktop.services.rows import DealerRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import CheckBox, LineEdit, MoneyEdit, PhoneEdit, TextEdit
from dealer_desktop.ui.widgets.merging_form import MergingForm
from dealer_desktop.ui.widgets.picture_edit import PictureEdit


class _RateEdit(LineEdit):
    def set_value(self, value: Any) -> None:
        """Overrides LineEdit: as the person's language writes it, without zeros at the end."""
        super().set_value(formats.number(value) if isinstance(value, Decimal) else value)


class DealerDialog(MergingForm):
    input_type = DealerInput

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        row = context.dealer
        super().__init__(
            context,
            name="dealerDialog",
            title=_("The dealership’s details"),
            save=_("Save"),
            draft="dealer",
            parent=parent,
        )
        self.add_field("name", pgettext("dealership", "Name"), LineEdit(320))
        self.add_field("legal_name", _("Legal name"), LineEdit(320), hint=_("As contracts have it"))
        self.add_field("address", _("Address"), LineEdit(320))
        self.add_field("phone", _("Phone"), PhoneEdit(row.region))
        self.add_field("tax_id", _("Tax ID"), LineEdit(176))
        self.add_field("signed_by", _("Signed by"), LineEdit(320), hint=_("Who signs contracts, and on which basis"))
        self.add_field("bank_details", _("Bank details"), TextEdit(3, width=320))
        self.add_field("logo", _("Logo"), PictureEdit(context.settings))
        self.add_field("currency", _("Currency"), LineEdit(80), hint=_("Three letters: RUB, EUR, USD"))
        self.add_field("region", _("Country"), LineEdit(80), hint=_("Of phones without a country code: RU, KZ, BY"))
        self.add_field("timezone", _("Time zone"), LineEdit(220), hint=_("Such as Europe/Moscow: when a day begins"))
        self.add_field("uses_drawers", _("Cash"), CheckBox(_("belongs to drawers that are opened and counted")))
        self.add_field("margin_vat", _("VAT on the margin, %"), _RateEdit(80))
        self.add_field("margin_vat_from", _("It counts from"), DateEdit())
        self.add_field("day_cost", _("A day in stock costs"), MoneyEdit(row.currency))
        self.set_consequence(_("Every PC prints and counts so at once. What was issued already stays as it is."))
        self.open_record(row)
        self.finish()

    def prepare(self) -> Callable[[], DealerRow]:
        """Overrides FormDialog."""
        change = self.read(DealerInput, **self.versioned())
        return self.undoable(dealer.edit, change, _("the changes to the dealership’s details"))

    def saved(self, result: DealerRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("The dealership’s details are saved."))

    def conflict_question(self) -> str:
        """Overrides MergingForm."""
        return _("Somebody else changed the same details. Choose what is right:")

    def value_words(self, field: str, value: Any) -> str:
        """Overrides MergingForm."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bytes):
            return _("a picture")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, date):
            return formats.day(value)
        if isinstance(value, Decimal):
            return self.context.money(value) if field == "day_cost" else formats.number(value)
        return str(value)

    def draft_more(self) -> dict[str, Any]:
        """Overrides MergingForm: the logo as text."""
        more = super().draft_more()
        if more and self.opened.get("logo") is not None:
            more["opened"]["logo"] = base64.b64encode(self.opened["logo"]).decode()
        return more
