"""The delivery list of a day, for whoever drives the cars out."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.documents import Paper, delivery_list
from dealer_desktop.services import deliveries
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui import printing
from dealer_desktop.ui.printing.preview_dialog import PaperPreview
from dealer_desktop.ui.session.context import UiContext


def preview_days(context: UiContext, parent: QWidget) -> PaperPreview:
    """Today's list first, those of the next six days to choose."""

    def choices() -> list[printing.PaperChoice]:
        first = datetime.now(ZoneInfo(context.dealer.timezone)).date()
        week = deliveries.week(context.reader, first)
        days = [first + timedelta(days=number) for number in range(7)]
        return [
            printing.PaperChoice(
                _words(day, len(week.days.get(day, ()))),
                "delivery_list",
                partial(_paper, context, day, week.days.get(day, ())),
            )
            for day in days
        ]

    return printing.preview_of(parent, choices, context.settings)


def _words(day: date, count: int) -> str:
    words = ngettext("{day}, {count} delivery", "{day}, {count} deliveries", count)
    return words.format(day=formats.week_day(day), count=count)


def _paper(context: UiContext, day: date, rows: tuple[DeliveryRow, ...], language: str) -> Paper:
    return delivery_list(day, rows, context.dealer, language)
