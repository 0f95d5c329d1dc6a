"""Small questions that several services ask of a transaction: the dealer's money in words, and the server's clock."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Date, func, select
from sqlalchemy.orm import Session

from dealer_desktop.core import formats
from dealer_desktop.core.errors import InFuture
from dealer_desktop.dao import people, requests

_CLOCKS = timedelta(minutes=2)
"""How far this PC's clock may be ahead of the server's."""


def in_words(session: Session, amount: Decimal) -> str:
    """``amount`` as money in the dealer's currency."""
    dealer = people.dealer(session)
    return formats.money(amount, dealer.currency if dealer else "RUB")


def today(session: Session) -> date:
    """Which day it is at the dealer's."""
    return session.scalars(select(func.dealer_today(type_=Date))).one()


def day_at_dealers(session: Session, moment: datetime | None) -> date:
    """Which day ``moment`` is at the dealer's; None: today."""
    dealer = people.dealer(session) if moment is not None else None
    return today(session) if moment is None or dealer is None else formats.day_in(moment, dealer.timezone)


def happened_at(session: Session, typed: datetime | None) -> datetime | ColumnElement[datetime]:
    """When something happened: as typed, else the server's now. Raises InFuture."""
    if typed is None:
        return func.now()
    now = requests.clock(session)
    if typed > now + _CLOCKS:
        raise InFuture
    # A clock that is slightly ahead is no mistake of the person's; the database takes nothing from the future.
    return min(typed, now)
