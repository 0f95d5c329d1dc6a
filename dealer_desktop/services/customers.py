"""Customers: found by a few letters, kept with what contracts need, merged, and found again for every new order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.customer_errors import AccountDiffers, AlreadyMerged, AnotherAccount, TwoAccounts
from dealer_desktop.core.errors import EmailTaken, NotFound
from dealer_desktop.dao import customers as dao
from dealer_desktop.dao.rows import CustomerCard, CustomerRow
from dealer_desktop.domain.enums import CustomerKind
from dealer_desktop.services import tables
from dealer_desktop.services.inputs.customers import CustomerInput, EditCustomer, MergeCustomers
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.transactions import merging
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out

MOST_FOUND = 6
"""Customers that a few letters bring."""
FIELDS = tuple(name for name in CustomerInput.model_fields if name != "request_id")


def find(reader: Reader, text: str, ticket: Ticket | None = None) -> tuple[CustomerRow, ...]:
    """Customers whom a few letters of name, phone, e-mail or tax id find, the newest first."""
    query = TableQuery("customers", search=text, descending=True)
    return tuple(row for row in tables.first_page(reader, query, ticket, MOST_FOUND) if isinstance(row, CustomerRow))


def card(reader: Reader, customer_id: int, ticket: Ticket | None = None) -> CustomerCard:
    """What they bought and said. Raises NotFound, also for an account that was merged."""
    return reader.run(ticket, lambda session: found(dao.card(session, customer_id)), snapshot=True)


def stands_for(reader: Reader, customer_id: int, ticket: Ticket | None = None) -> CustomerRow | None:
    """The account itself, or the one that it was merged with; None where it is no customer's."""

    def read(session: Session) -> CustomerRow | None:
        staying = dao.staying(session, customer_id)
        return dao.read(session, staying) if staying is not None else None

    return reader.run(ticket, read)


def add(session_maker: SessionMaker, customer: CustomerInput) -> CustomerRow:
    """A new account, also of a phone that another has (a director and the company). Raises EmailTaken."""

    def work(session: Session) -> int:
        dao.lock_reach(session, customer.phone, customer.email)
        _refuse_known(session, customer.email, None)
        return dao.add(session, customer.model_dump(include=set(FIELDS)))

    return carry_out(session_maker, "customer.add", customer, work, _read)


def edit(session_maker: SessionMaker, change: EditCustomer) -> CustomerRow:
    """Save the fields that the person changed. Raises Conflict, EmailTaken, AlreadyMerged, NotFound."""

    def work(session: Session) -> int:
        dao.lock_reach(session, change.phone, change.email)
        now = _lock(session, change.customer_id)
        mine = {name: getattr(change, name) for name in FIELDS}
        wanted = merging.changes(change.opened, mine, now, change.version)
        if "email" in wanted:
            _refuse_known(session, wanted["email"], now.id)
        dao.update(session, now.id, wanted)
        return now.id

    return carry_out(session_maker, "customer.edit", change, work, _read)


# -- two accounts of one customer -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Joining:
    """What merging would join: ``gone`` goes, ``stays`` stays."""

    gone: CustomerRow
    stays: CustomerRow
    filled: Mapping[str, Any]
    """Fields that are empty on the account that stays and come from the other."""
    left: Mapping[str, Any]
    """Fields of the account that goes which give way to the other's."""


def joining(reader: Reader, gone: int, stays: int, ticket: Ticket | None = None) -> Joining:
    """What merging would do, shown first. Raises NotFound."""

    def read(session: Session) -> Joining:
        first, second = found(dao.read(session, gone)), found(dao.read(session, stays))
        given = {name: getattr(first, name) for name in FIELDS if name != "kind" and getattr(first, name) is not None}
        return Joining(
            first,
            second,
            filled={name: value for name, value in given.items() if getattr(second, name) is None},
            left={name: value for name, value in given.items() if getattr(second, name) not in (None, value)},
        )

    return reader.run(ticket, read, snapshot=True)


def merge(session_maker: SessionMaker, change: MergeCustomers) -> CustomerRow:
    """Make one of two accounts; the one that stays is returned. Managers only.

    Raises NotAllowed, AlreadyMerged, NotFound.
    """

    def work(session: Session) -> int:
        for account in sorted((change.gone, change.stays)):
            _lock(session, account)
        dao.merge(session, change.gone, change.stays)
        return change.stays

    return carry_out(session_maker, "customer.merge", change, work, _read)


# -- the account of an order ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """How an order tells who its customer is; ``account`` where the form chose one."""

    name: str
    phone: str | None
    email: str | None
    account: int | None = None
    asks: bool = False
    """Whether a difference from the account is told before anything is saved."""
    also_account: bool = False
    """Whether what differs is written to the account too."""
    details: Mapping[str, Any] | None = None
    """A company's kind and tax id."""


def account_of(session: Session, known: Known) -> int:
    """The account: the chosen one, else by phone, else by e-mail, else a new one, in the order's transaction.

    Raises TwoAccounts where phone and e-mail name two, AccountDiffers where it ``asks``, NotFound.
    """
    dao.lock_reach(session, known.phone, known.email)
    account = dao.staying(session, known.account) if known.account is not None else _named(session, known)
    if known.account is not None and account is None:
        raise NotFound
    if account is None:
        return _new(session, known)
    _meet(session, found(dao.read(session, account)), known)
    return account


def account_changed(session: Session, account: int, known: Known, *, is_theirs: bool) -> None:
    """An order of ``account`` has another customer's name, phone or e-mail now: ``known`` holds what was changed.

    Raises AnotherAccount where these are known of somebody else and nobody said whose order it ``is``, AccountDiffers
    where it ``asks``, EmailTaken.
    """
    theirs = found(dao.read(session, dao.staying(session, account) or account))
    phones = dao.by_phone(session, known.phone) if known.phone else ()
    mail = dao.by_email(session, known.email)[0] if known.email else None
    named = (*phones, mail) if mail is not None else phones
    if known.asks and not is_theirs and named and theirs.id not in named:
        raise AnotherAccount(theirs=theirs, named=found(dao.read(session, named[0])))
    _meet(session, theirs, known)


def hold(session: Session, phone: str | None, email: str | None, account: int | None) -> None:
    """Before an order that may change its customer is locked: whoever merges accounts locks them first, too."""
    dao.lock_reach(session, phone, email)
    if account is not None:
        dao.lock(session, account)


def _named(session: Session, known: Known) -> int | None:
    phones = dao.by_phone(session, known.phone) if known.phone else ()
    mail = dao.by_email(session, known.email)[0] if known.email else None
    if mail is None:
        return phones[0] if phones else None
    if phones and mail not in phones:
        raise TwoAccounts(by_phone=found(dao.read(session, phones[0])), by_email=found(dao.read(session, mail)))
    return mail


def _new(session: Session, known: Known) -> int:
    email = known.email
    if email and known.phone and dao.by_email(session, email)[1]:
        email = None
    _refuse_known(session, email, None)
    values = {"full_name": known.name, "phone": known.phone, "email": email, **(known.details or {})}
    return dao.add(session, values)


def _meet(session: Session, account: CustomerRow, known: Known) -> None:
    """What was typed otherwise than the account has it: told, or written there, as the form says."""
    typed = {"full_name": known.name, "phone": known.phone, "email": known.email, **(known.details or {})}
    differing = {name: value for name, value in typed.items() if value and value != getattr(account, name)}
    if differing.get("email", "").lower() == (account.email or "").lower():
        differing.pop("email", None)
    if differing.get("kind") is CustomerKind.PERSON:
        del differing["kind"]
    if not differing:
        return
    if known.also_account:
        _lock(session, account.id)
        if "email" in differing:
            _refuse_known(session, differing["email"], account.id)
        dao.update(session, account.id, differing)
    elif known.asks:
        raise AccountDiffers(account=account, differing=differing)


# -- small parts ------------------------------------------------------------------------------------------------------


def _read(session: Session, customer_id: int) -> CustomerRow:
    return found(dao.read(session, customer_id))


def _lock(session: Session, customer_id: int) -> CustomerRow:
    row = dao.lock(session, customer_id)
    if row is None and dao.staying(session, customer_id) is not None:
        raise AlreadyMerged
    return found(row)


def _refuse_known(session: Session, email: str | None, own_id: int | None) -> None:
    if email is not None:
        account, is_taken = dao.by_email(session, email)
        if is_taken and (account is None or account != own_id):
            raise EmailTaken(email=email)
