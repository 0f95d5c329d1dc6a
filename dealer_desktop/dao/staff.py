"""SQL of the dealership's people and their logins: the database's own ``staff_*`` functions and nothing beside them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from dealer_desktop.dao import window
from dealer_desktop.dao.people import user_fields
from dealer_desktop.dao.rows import StaffRow, UserRow
from dealer_desktop.dao.staff_window import WINDOW
from dealer_desktop.domain.enums import Role
from dealer_desktop.domain.passwords import ONE_TIME
from dealer_desktop.models import User


def everybody(session: Session) -> tuple[StaffRow, ...]:
    """All of the staff by name."""
    ids = list(window.ids(session, WINDOW, window.TableQuery("users", sort="full_name")))
    found = window.rows(session, WINDOW, ids)
    return tuple(found[id] for id in ids if id in found)


def person(session: Session, user_id: int) -> StaffRow | None:
    return window.row(session, WINDOW, user_id)


def customer_with(session: Session, email: str) -> UserRow | None:
    """The customer who has this e-mail."""
    found = user_fields().where(sa.func.lower(User.email) == email.lower(), User.role == Role.CUSTOMER)
    row = session.execute(found).one_or_none()
    return None if row is None else UserRow(*row)


def add(session: Session, **given: Any) -> int:
    """``email``, ``full_name``, ``role``, ``phone``, ``verifier``: the new row's id."""
    return int(session.scalars(sa.select(sa.func.staff_add(*_typed(given)))).one())


def call(session: Session, function: str, *arguments: str | Role | None) -> None:
    """One of ``staff_role``, ``staff_rename``, ``staff_password``, ``staff_off``, ``staff_on``."""
    made = [_role(each) if isinstance(each, Role) else sa.cast(each, sa.Text) for each in arguments]
    session.execute(sa.select(getattr(sa.func, function)(*made)))


def end(session: Session, email: str) -> None:
    """End the sessions of somebody who was made inactive; after the commit of ``staff_off``."""
    session.execute(sa.select(sa.func.staff_end(email)))


def change_own_password(session: Session, verifier: str) -> None:
    """Of the login that is signed in; its verifier holds no character that a quote could not hold."""
    assert "'" not in verifier
    _say(session, f"ALTER ROLE CURRENT_USER PASSWORD '{verifier}'")


def signs_in(session: Session) -> bool:
    """Whether the server knows persons at all: it has the groups."""
    return bool(session.scalar(sa.select(sa.func.to_regrole("dealer_sales").is_not(None))))


def mark_one_time(session: Session, login: str) -> None:
    """The login's password is for once. As its maker; the mark is one of the login's own settings, which it may take
    away itself: an ordinary login can keep nothing else about itself on the server.
    """
    statement = session.scalar(sa.select(sa.func.format(f"ALTER ROLE %I SET {ONE_TIME[0]} TO %L", login, ONE_TIME[1])))
    _say(session, statement or "")


def forget_one_time(session: Session) -> None:
    """Of the login that is signed in, if it has the mark."""
    marked = sa.text("SELECT :mark = ANY (rolconfig) FROM pg_roles WHERE rolname = session_user")
    if session.scalar(marked, {"mark": "=".join(ONE_TIME)}):
        _say(session, f"ALTER ROLE CURRENT_USER RESET {ONE_TIME[0]}")


def _say(session: Session, statement: str) -> None:
    """As it is: what looks like a parameter in it, as in a verifier, is none."""
    session.connection().exec_driver_sql(statement, execution_options={"no_parameters": True})


def _typed(given: dict[str, Any]) -> list[Any]:
    return [
        sa.cast(given["email"], sa.Text),
        sa.cast(given["full_name"], sa.Text),
        _role(given["role"]),
        sa.cast(given["phone"], sa.Text),
        sa.cast(given["verifier"], sa.Text),
    ]


def _role(role: Role) -> sa.ColumnElement[Any]:
    return sa.cast(sa.literal(role.value, sa.Text), User.__table__.c.role.type)
