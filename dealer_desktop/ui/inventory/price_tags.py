"""Price tags on paper: of one car before the eye, of many at once."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, price_tag
from dealer_desktop.services import Reader, cars, dealer, tables
from dealer_desktop.services.rows import CarRow
from dealer_desktop.services.tables import Range, TableQuery
from dealer_desktop.ui import printing
from dealer_desktop.ui.printing.batch import Batch
from dealer_desktop.ui.printing.batch_dialog import BatchDialog
from dealer_desktop.ui.session.context import UiContext

KIND = "price_tag"


def price_tags(context: UiContext, parent: QWidget, car: CarRow, chosen: Sequence[int]) -> QDialog:
    """The preview of the car's tag; where several are chosen, all theirs, or those of all that came today."""
    if len(chosen) < 2:
        return printing.preview(parent, partial(_tag, context.reader, car.id), context.settings, KIND)

    def today() -> Sequence[int]:
        day = datetime.now(ZoneInfo(context.dealer.timezone)).date()
        arrived = TableQuery("cars", sort="days_in_stock", filters={"arrived_on": Range(day, day)})
        return tuple(tables.ids(context.reader, arrived))

    def named(number: int, language: str) -> tuple[Paper, str]:
        return _tag(context.reader, number, language), ""

    batches = (
        Batch(_("Price tags of the chosen cars ({count})"), KIND, lambda: chosen, named),
        Batch(_("Price tags of the cars that came today ({count})"), KIND, today, named),
    )
    return BatchDialog(batches, context.tell, context.settings, parent)


def _tag(reader: Reader, car_id: int, language: str) -> Paper:
    """Car and dealer as they are now: what hangs behind the windscreen must not be an old price."""
    return price_tag(cars.details(reader, car_id).car, dealer.get(reader), language)
