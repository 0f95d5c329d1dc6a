"""What was earned on sold cars, on paper."""

from collections.abc import Sequence
from datetime import datetime

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents.numbers_paper import tables_paper
from dealer_desktop.documents.paper import Paper
from dealer_desktop.services import profit_tables, takings
from dealer_desktop.services.profit import Profit
from dealer_desktop.services.profit_tables import Line
from dealer_desktop.services.rows import DealerRow


def profit_paper(
    found: Profit, shown: Sequence[Line], by: str, dealer: DealerRow, language: str, *, at: datetime | None = None
) -> Paper:
    """In the order of ``shown``, in ``ru`` or ``en``."""
    with i18n.speaking(language):
        # In this language: a month's name, a day.
        spoken = {line.key: line for line in profit_tables.lines(found, by)}
        table = profit_tables.compact(found, profit_tables.title(by), [spoken.get(line.key, line) for line in shown])
        days = takings.days_in_words(found)
        return tables_paper(pgettext("profit", "Profit"), days, [(table, None)], dealer, language, at)
