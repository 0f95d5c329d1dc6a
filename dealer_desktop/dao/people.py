"""SQL of users and of the dealer's own row."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao.rows import AtWork, DealerRow, UserRow
from dealer_desktop.dao.table import table
from dealer_desktop.dao.window import select_fields, sort_key, version_of
from dealer_desktop.domain.enums import Role
from dealer_desktop.models import Dealer, User

_users = select_fields(UserRow, User, version=version_of("users"))
_dealer = select_fields(DealerRow, Dealer, version=version_of("dealer")).where(Dealer.id == 1)


def user_fields() -> sa.Select[Any]:
    """Every field of a UserRow."""
    return _users


def user(session: Session, user_id: int) -> UserRow | None:
    found = session.execute(_users.where(User.id == user_id)).one_or_none()
    return None if found is None else UserRow(*found)


def lock_user(session: Session, user_id: int) -> UserRow | None:
    found = sa.select(User.id).where(User.id == user_id).with_for_update(key_share=True)
    return user(session, user_id) if session.scalar(found) is not None else None


def id_of_email(session: Session, email: str) -> int | None:
    return session.scalar(sa.select(User.id).where(sa.func.lower(User.email) == sa.func.lower(email)))


def staff(session: Session) -> tuple[UserRow, ...]:
    """Active people who may sign in, by name."""
    found = _users.where(User.is_active, User.role != Role.CUSTOMER).order_by(sort_key(User.full_name), User.id)
    return tuple(UserRow(*row) for row in session.execute(found))


def at_work(session: Session) -> AtWork:
    """Who this connection's login is, by the server's word."""
    login: str = session.scalar(sa.select(sa.literal_column("session_user::text"))) or ""
    role: str | None = session.scalar(sa.select(sa.cast(sa.func.dealer_role(), sa.Text)))
    found = session.execute(_users.where(sa.func.lower(User.email) == login, User.role != Role.CUSTOMER)).one_or_none()
    return AtWork(login, Role(role) if role is not None else None, UserRow(*found) if found is not None else None)


def insert_user(session: Session, **values: Any) -> int:
    return session.scalars(sa.insert(table(User)).values(**values).returning(User.id)).one()


def dealer(session: Session) -> DealerRow | None:
    found = session.execute(_dealer).one_or_none()
    return None if found is None else DealerRow(*found)


def lock_dealer(session: Session) -> DealerRow | None:
    found = sa.select(Dealer.id).where(Dealer.id == 1).with_for_update(key_share=True)
    return dealer(session) if session.scalar(found) is not None else None
