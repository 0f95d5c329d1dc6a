"""What happened to a record, and to all that belongs to it: who did what, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from dealer_desktop.dao import history
from dealer_desktop.dao.rows import HistoryRow
from dealer_desktop.services.transactions.connections import Reader, Ticket


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
    return RecordStory(entries, history.people_of(session, entries))
