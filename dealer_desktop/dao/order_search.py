"""The search of what belongs to an order: each word is in the row itself, in its order or in the order's car."""

import sqlalchemy as sa

from dealer_desktop.dao import search_terms
from dealer_desktop.models import Car, Delivery, Order, Payment


def matching(model: type[Delivery] | type[Payment], text: str) -> sa.ColumnElement[bool]:
    """Which rows of ``model`` have every word of ``text``; a UNION, so that all three indexes answer."""
    return sa.and_(sa.true(), *(_word(model, alternatives) for alternatives in search_terms.patterns(text)))


def _word(model: type[Delivery] | type[Payment], alternatives: search_terms.Alternatives) -> sa.ColumnElement[bool]:
    own, order, car = sa.alias(model.__table__), sa.alias(Order.__table__), sa.alias(Car.__table__)
    of_orders = sa.select(own.c.id).join(order, order.c.id == own.c.order_id)

    def has(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
        return sa.or_(*(column.like(one) for one in alternatives))

    return model.id.in_(
        sa.union_all(
            sa.select(own.c.id).where(has(own.c.search)),
            of_orders.where(has(order.c.search)),
            of_orders.join(car, car.c.id == order.c.car_id).where(has(car.c.search)),
        )
    )
