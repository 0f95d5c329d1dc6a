"""The dealer's own row: what documents print and how the day is counted."""

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import SchemaBehind
from dealer_desktop.dao import people, versions
from dealer_desktop.dao.rows import DealerRow
from dealer_desktop.models import Dealer
from dealer_desktop.services.transactions import merging
from dealer_desktop.services.transactions.connections import Reader, SessionMaker
from dealer_desktop.services.transactions.once import carry_out

if TYPE_CHECKING:
    from dealer_desktop.services.inputs.people import DealerInput

_NOT_THE_ROWS = frozenset({"request_id", "version", "opened"})


def get(reader: Reader) -> DealerRow:
    """Raises SchemaBehind where the database is empty."""
    return reader.run(None, lambda session: _read(session, None))


def edit(session_maker: SessionMaker, change: "DealerInput") -> DealerRow:
    """Save the fields that the person changed. Raises Conflict."""

    def work(session: Session) -> int:
        dealer = people.lock_dealer(session)
        if dealer is None:
            raise SchemaBehind
        mine = {name: getattr(change, name) for name in type(change).model_fields if name not in _NOT_THE_ROWS}
        wanted = merging.changes(change.opened, mine, dealer, change.version)
        if wanted:
            versions.update(session, Dealer, 1, dealer.version, wanted)
        return 1

    return carry_out(session_maker, "dealer.edit", change, work, _read)


def _read(session: Session, _id: Any) -> DealerRow:
    found = people.dealer(session)
    if found is None:
        raise SchemaBehind
    return found
