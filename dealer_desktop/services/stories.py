"""What happened to a record, and to all that belongs to it: who did what, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from dealer_desktop.dao import approvals, history
from dealer_desktop.dao.rows import HistoryRow
from dealer_desktop.services.transactions.connections import Reader, Ticket


@dataclass(frozen=True)
class RecordStory:
    """``entries`` are the newest first; ``people`` names those whom they tell of by their ids."""

    entries: tuple[HistoryRow, ...]
    people: Mapping[int, str]
    orders: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """The order that an entry's record (table and id) belongs to, where several orders are told of."""


ReadStory = Callable[[Reader, int, Ticket | None], RecordStory]


def of_order(reader: Reader, order_id: int, ticket: Ticket | None = None) -> RecordStory:
    """The order, its payments and its deliveries, and what managers were asked about it."""

    def read(session: Session) -> RecordStory:
        return _story(session, history.of_order(session, order_id), approvals.told_of_order(session, order_id))

    return reader.run(ticket, read, snapshot=True)


def of_payment(reader: Reader, payment_id: int, ticket: Ticket | None = None) -> RecordStory:
    """The payment, what gave it back and what replaced it."""

    def read(session: Session) -> RecordStory:
        return _story(session, history.of_payment(session, payment_id), approvals.told_of_payment(session, payment_id))

    return reader.run(ticket, read, snapshot=True)


def of_delivery(reader: Reader, delivery_id: int, ticket: Ticket | None = None) -> RecordStory:
    return reader.run(ticket, lambda session: _story(session, {"deliveries": [delivery_id]}), snapshot=True)


def of_customer(reader: Reader, customer_id: int, ticket: Ticket | None = None) -> RecordStory:
    """The account, its details (of these the history keeps the names of what changed, not the values), its orders and
    their payments and deliveries. A salesperson reads nothing of the account's own changes."""

    def read(session: Session) -> RecordStory:
        orders = history.of_customer(session, customer_id)
        rows: dict[str, list[int]] = {"users": [customer_id], "customer_details": [customer_id]}
        for table, row_id in orders:
            rows.setdefault(table, []).append(row_id)
        told = _story(session, rows)
        return RecordStory(told.entries, told.people, orders)

    return reader.run(ticket, read, snapshot=True)


def with_requests(entries: tuple[HistoryRow, ...], asked: tuple[HistoryRow, ...]) -> tuple[HistoryRow, ...]:
    """Both as one story, the newest first; entries of one moment stay in their order."""
    return tuple(sorted((*entries, *asked), key=lambda entry: entry.at, reverse=True)) if asked else entries


def _story(session: Session, rows: Mapping[str, list[int]], asked: tuple[HistoryRow, ...] = ()) -> RecordStory:
    entries = with_requests(history.of_rows(session, rows), asked)
    return RecordStory(entries, history.people_of(session, entries))
