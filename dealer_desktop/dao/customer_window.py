"""The customers as a window: their accounts, without those that were merged into others."""

from decimal import Decimal

import sqlalchemy as sa

from dealer_desktop.dao import search_terms
from dealer_desktop.dao.rows import CustomerRow
from dealer_desktop.dao.window import Window, any_of, in_days, select_fields, sort_key
from dealer_desktop.domain.enums import CustomerKind, OrderStatus, Role
from dealer_desktop.models import CustomerDetails, Order, User

_joined = sa.outerjoin(User, CustomerDetails, CustomerDetails.user_id == User.id)
# Both rows' xmin: the details may be written by themselves.
_version: sa.ColumnElement[int] = sa.literal_column(
    "users.xmin::text::bigint + coalesce(customer_details.xmin::text::bigint, 0) * 4294967296", sa.BigInteger
)
KIND = sa.func.coalesce(
    CustomerDetails.kind, sa.cast(CustomerKind.PERSON.value, CustomerDetails.__table__.c.kind.type),
    type_=CustomerDetails.__table__.c.kind.type,
)  # fmt: skip


# What of each order is paid, and what is still to pay; of a canceled one all that was paid is to give back.
_balance = sa.case(
    (Order.status == OrderStatus.CANCELED, -Order.paid_total), else_=Order.total_amount - Order.paid_total
)


def _sum(amount: sa.SQLColumnExpression[Decimal]) -> sa.ScalarSelect[Decimal]:
    """Over the customer's orders."""
    summed = sa.func.coalesce(sa.func.sum(amount), 0, type_=sa.Numeric(14, 2))
    return sa.select(summed).where(Order.user_id == User.id).correlate(User).scalar_subquery()


def matching(text: str) -> sa.ColumnElement[bool]:
    """Each word is in the account or in its details; a UNION, so that both indexes answer."""
    return sa.and_(sa.true(), *(_word(alternatives) for alternatives in search_terms.patterns(text)))


def _word(alternatives: search_terms.Alternatives) -> sa.ColumnElement[bool]:
    own, details = sa.alias(User.__table__), sa.alias(CustomerDetails.__table__)
    return User.id.in_(
        sa.union_all(
            sa.select(own.c.id).where(sa.or_(*(own.c.search.like(one) for one in alternatives))),
            sa.select(details.c.user_id).where(sa.or_(*(details.c.search.like(one) for one in alternatives))),
        )
    )


WINDOW = Window(
    kind="customers",
    row=CustomerRow,
    id=User.id,
    source=_joined,
    select=select_fields(
        CustomerRow,
        User,
        _joined,
        version=_version,
        kind=KIND,
        address=CustomerDetails.address,
        tax_id=CustomerDetails.tax_id,
        document=CustomerDetails.document,
        birth_date=CustomerDetails.birth_date,
        signed_by=CustomerDetails.signed_by,
        signed_on_basis=CustomerDetails.signed_on_basis,
        orders=sa.select(sa.func.count()).where(Order.user_id == User.id).correlate(User).scalar_subquery(),
        paid=_sum(Order.paid_total),
        owes=_sum(sa.func.greatest(_balance, 0)),
        owed=_sum(sa.func.greatest(-_balance, 0)),
    ),
    only=sa.and_(User.role == Role.CUSTOMER, User.merged_into.is_(None)),
    sorts={
        "id": [User.id],
        "full_name": [sort_key(User.full_name)],
        "created_at": [User.created_at],
    },
    filters={"id": any_of(User.id), "kind": any_of(KIND), "created_at": in_days(User.created_at)},
    search=matching,
    values={"kind": KIND},
    totals={},
)
