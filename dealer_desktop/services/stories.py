"""What happened to a record, and to all that belongs to it: who did what, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import NotAllowed
from dealer_desktop.dao import history, people
from dealer_desktop.dao.rows import HistoryRow
from dealer_desktop.services.transactions.connections import Reader, Ticket

_PEOPLE = ("salesperson_id", "user_id")


@dataclass(frozen=True)
class RecordStory:
    """``entries`` are the newest first; ``people`` names those whom they tell of by their ids."""

    entries: tuple[HistoryRow, ...]
    people: Mapping[int, str]


ReadStory = Callable[[Reader, int, Ticket | None], RecordStory]


def of_order(reader: Reader, order_id: int, ticket: Ticket | None = None) -> RecordStory:
    """The order, its payments and its deliveries."""
    return reader.run(ticket, lambda session: _story(session, history.of_order(session, order_id)), snapshot=True)


def of_payment(reader: Reader, payment_id: int, ticket: Ticket | None = None) -> RecordStory:
    """The payment, what gave it back and what replaced it."""
    return reader.run(ticket, lambda session: _story(session, history.of_payment(session, payment_id)), snapshot=True)


def of_delivery(reader: Reader, delivery_id: int, ticket: Ticket | None = None) -> RecordStory:
    return reader.run(ticket, lambda session: _story(session, {"deliveries": [delivery_id]}), snapshot=True)


def of_customer(reader: Reader, customer_id: int, ticket: Ticket | None = None) -> RecordStory:
    """The account and its details, of which the history keeps the names of what changed, not the values."""
    rows = {"users": [customer_id], "customer_details": [customer_id]}
    return reader.run(ticket, lambda session: _story(session, rows), snapshot=True)


def _story(session: Session, rows: Mapping[str, list[int]]) -> RecordStory:
    entries = history.of_rows(session, rows)
    told = {
        value
        for entry in entries
        for facts in (entry.before, entry.after)
        for name in _PEOPLE
        if isinstance(value := (facts or {}).get(name), int)
    }
    return RecordStory(entries, history.names(session, told))


def whole(
    reader: Reader,
    *,
    table_name: str = "",
    row_id: int | None = None,
    by: str = "",
    day: date | None = None,
    before: int | None = None,
    ticket: Ticket | None = None,
) -> tuple[HistoryRow, ...]:
    """At most 200 changes of anything, the newest first, older than the entry ``before``. Raises NotAllowed to whom
    is no manager: what the server shows them would look like all there is.
    """

    def read(session: Session) -> tuple[HistoryRow, ...]:
        if not people.at_work(session).is_manager:
            raise NotAllowed()
        return history.whole(session, table_name=table_name, row_id=row_id, by=by, day=day, before=before)

    return reader.run(ticket, read)
