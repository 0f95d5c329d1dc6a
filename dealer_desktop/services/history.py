"""The whole history of changes, for managers: read page by page, and a value put back where the rules allow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import AlreadySaved, DealerError, NotAllowed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import cars as car_dao
from dealer_desktop.dao import customers as customer_dao
from dealer_desktop.dao import deliveries as delivery_dao
from dealer_desktop.dao import history as dao
from dealer_desktop.dao import orders as order_dao
from dealer_desktop.dao import people
from dealer_desktop.dao.rows import HistoryRow
from dealer_desktop.domain.enums import Role
from dealer_desktop.services import cars, customers, dealer, deliveries, orders, staff
from dealer_desktop.services.inputs.base import Input, parse
from dealer_desktop.services.inputs.cars import EditCar
from dealer_desktop.services.inputs.customers import EditCustomer
from dealer_desktop.services.inputs.deliveries import EditDelivery
from dealer_desktop.services.inputs.orders import EditOrder
from dealer_desktop.services.inputs.people import DealerInput, EditStaff, StaffStep
from dealer_desktop.services.transactions.connections import Connections, Reader, Ticket
from dealer_desktop.services.transactions.found import found

_OF_FORM = frozenset({"request_id", "version", "opened"})
_NO_VERSION = -1
"""Of no row: every field is compared with what it is now."""


@dataclass(frozen=True)
class HistoryPage:
    """``entries`` are the newest first; ``people`` names those whom they tell of by their ids, ``titles`` the records,
    by table and id.
    """

    entries: tuple[HistoryRow, ...]
    people: Mapping[int, str]
    titles: Mapping[tuple[str, int], str]


class PutBack(Input):
    """``all_the_same``: what was changed again since is overwritten; the person was shown it."""

    entry_id: int
    all_the_same: bool = False


class CannotPutBack(DealerError):
    """``reason`` is a sentence."""

    def sentence(self) -> str:
        return str(self.reason)


def page(
    reader: Reader,
    *,
    table_name: str = "",
    row_id: int | None = None,
    by: str = "",
    day: date | None = None,
    before: int | None = None,
    ticket: Ticket | None = None,
) -> HistoryPage:
    """At most 200 changes of anything, the newest first, older than the entry ``before``; ``by`` is a login or a part
    of a name. Raises NotAllowed to whom is no manager: what the server shows them would look like all there is.
    """

    def read(session: Session) -> HistoryPage:
        if not people.at_work(session).is_manager:
            raise NotAllowed()
        entries = dao.whole(session, table_name=table_name, row_id=row_id, by=by, day=day, before=before)
        return HistoryPage(entries, dao.people_of(session, entries), dao.titles(session, entries))

    return reader.run(ticket, read, snapshot=True)


# -- a value put back -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Way:
    """How a table's values are put back: the form's service, with all that it checks."""

    fields: frozenset[str]
    form: type[Input]
    of: str
    """The form's field for the record's id; empty where there is one record."""
    read: Callable[[Session, int], Any]
    save: Callable[[Any, Any], Any]


def _fields(form: type[Input], of: str) -> frozenset[str]:
    return frozenset(form.model_fields) - _OF_FORM - {of}


def _way(form: type[Input], of: str, read: Callable[[Session, int], Any], save: Callable[[Any, Any], Any]) -> _Way:
    return _Way(_fields(form, of), form, of, read, save)


_WAYS = {
    "cars": _way(EditCar, "car_id", car_dao.read, cars.edit),
    "orders": _way(EditOrder, "order_id", order_dao.read, orders.edit),
    "deliveries": _way(EditDelivery, "delivery_id", delivery_dao.read, deliveries.edit),
    "dealer": _way(DealerInput, "", lambda session, _id: people.dealer(session), dealer.edit),
    "users": _way(EditCustomer, "customer_id", customer_dao.read, customers.edit),
}
_OF_STAFF = _way(EditStaff, "user_id", people.user, staff.edit)
_ONLY_HASH = frozenset({"logo"})
"""Of which the history keeps no value."""


def why_not(entry: HistoryRow) -> str | None:
    """Why nothing of this entry can be put back at all, in words; None where it may be tried."""
    if entry.action != "UPDATE":
        return _("Only a value that was changed can be put back. What was added or removed stays so.")
    match entry.table_name:
        case "customer_details":
            return _("Of personal data the history keeps what was changed, not the values.")
        case "payments":
            return _("Money is put right on its payment: correct it, give it back or move it.")
    if not _putable(entry):
        return _("A status is changed by its own step, on the record itself.")
    return None


def _putable(entry: HistoryRow) -> frozenset[str]:
    way = _WAYS.get(entry.table_name)
    fields = (way.fields if way else frozenset()) - _ONLY_HASH
    if entry.table_name == "users":
        fields |= _OF_STAFF.fields | {"is_active"}
    return fields & frozenset(entry.before or {})


def put_back(connections: Connections, wanted: PutBack) -> frozenset[str]:
    """Give the record the values that it had before an entry of the history; which fields were put back, empty where
    it has them already. What the record's own form checks is checked, the rules and the person's rights too.

    Raises Conflict (``theirs`` is what the fields are now, ``mine`` what they would become) where something was
    changed again since, CannotPutBack, NotFound, and what the form's service raises.
    """

    def look(session: Session) -> tuple[HistoryRow, _Way, Any]:
        if not people.at_work(session).is_manager:
            raise NotAllowed()
        entry = found(dao.one(session, wanted.entry_id))
        way = _WAYS.get(entry.table_name)
        if entry.table_name == "users" and found(people.user(session, entry.row_id)).role is not Role.CUSTOMER:
            way = _OF_STAFF
        reason = why_not(entry)
        if reason is not None or way is None:
            raise CannotPutBack(reason=reason or "")
        return entry, way, found(way.read(session, entry.row_id))

    entry, way, now = connections.reader.run(None, look)
    before, after = entry.before or {}, entry.after or {}
    try:
        if way is _OF_STAFF and "is_active" in before:
            return _put_back_active(connections, wanted, entry)
        fields = way.fields & _putable(entry)
        if not fields:
            raise CannotPutBack(reason=_("A status is changed by its own step, on the record itself."))
        region = dealer.get(connections.reader).region
        # What else a form asks, as how a difference is meant, has its own default.
        as_it_is = {name: getattr(now, name) for name in way.fields if hasattr(now, name)}
        was = _typed(way, wanted, entry, region, as_it_is, {name: before[name] for name in fields})
        became = _typed(way, wanted, entry, region, as_it_is, {name: after.get(name) for name in fields})
        compared = as_it_is if wanted.all_the_same else as_it_is | {name: getattr(became, name) for name in fields}
        if all(getattr(was, name) == as_it_is[name] for name in fields):
            return frozenset()
        way.save(connections.session_maker, was.model_copy(update={"opened": compared}))
    except AlreadySaved:
        pass  # the answer was lost the first time, and the record has moved on since
    return fields


def _typed(
    way: _Way,
    wanted: PutBack,
    entry: HistoryRow,
    region: str,
    as_it_is: Mapping[str, Any],
    values: Mapping[str, Any],
) -> Any:
    """The form as it would be sent with these values of the history, read like any that are typed."""
    told = {name: _exact(value) for name, value in values.items()}
    record = {way.of: entry.row_id} if way.of else {}
    form = {"version": _NO_VERSION, "opened": {}, **record, **as_it_is, **told}
    if way.form is DealerInput:
        return parse(way.form, request_id=wanted.request_id, **form)
    return parse(way.form, region=region, request_id=wanted.request_id, **form)


def _exact(value: Any) -> Any:
    """JSON's amounts, to the kopeck."""
    return Decimal(str(value)).quantize(Decimal("0.01")) if isinstance(value, float) else value


def _put_back_active(connections: Connections, wanted: PutBack, entry: HistoryRow) -> frozenset[str]:
    step = StaffStep(request_id=wanted.request_id, user_id=entry.row_id)
    act = staff.activate if (entry.before or {})["is_active"] else staff.deactivate
    act(connections.session_maker, step)
    return frozenset({"is_active"})
