"""The dealer's own row: what documents print and how the day is counted."""

from dealer_desktop.core.errors import SchemaBehind
from dealer_desktop.dao import people
from dealer_desktop.dao.rows import DealerRow
from dealer_desktop.services.dealership import Reader, SessionMaker
from dealer_desktop.services.inputs import DealerInput


def get(reader: Reader) -> DealerRow:
    """Raises SchemaBehind where the database is empty."""
    found = reader.run(None, people.dealer)
    if found is None:
        raise SchemaBehind
    return found


def edit(session_maker: SessionMaker, change: DealerInput) -> DealerRow:
    """Raises Conflict."""
    raise NotImplementedError
