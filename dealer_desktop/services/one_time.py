"""Passwords for once, after a database was restored or moved: no backup holds the old ones.

Each is told once, to the admin who restores, and works until its person has chosen another: at the first sign-in the
window asks for it.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import uuid4

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.dao import staff as dao
from dealer_desktop.domain.enums import Role
from dealer_desktop.services import staff
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.people import NewStaff, StaffPassword
from dealer_desktop.services.transactions.connections import Connections

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another when it is read out or copied from paper."""
_PARTS, _PART = 3, 4


@dataclass(frozen=True)
class OneTime:
    email: str
    full_name: str
    password: str
    """Empty where there is none: ``problem`` says why."""
    problem: str = ""


def give(
    connections: Connections,
    emails: Collection[str] | None = None,
    verifiers: Mapping[str, str] | None = None,
    *,
    only_new: bool = False,
) -> tuple[OneTime, ...]:
    """A login and a password for once to everybody active of the staff whom the server does not know, by name; the
    password that they had to those in ``verifiers``.

    ``emails`` says who of them signed in before (lower case), None: all. Whoever still has a login keeps its password,
    and with ``only_new`` its group too: another database of the server is in use.
    Empty where the server knows no persons. As the tables' owner, who alone may.
    """
    if not connections.reader.run(None, dao.signs_in):
        return ()
    wanted = [
        person
        for person in staff.everybody(connections.reader)
        if person.is_active and (emails is None or person.email.lower() in emails)
    ]
    given = []
    for person in wanted:
        try:
            if person.has_login and only_new:
                continue
            if person.has_login:
                # Its group may be another than on the server that the row comes from.
                staff.make_login(connections.session_maker, person.id)
                continue
            if verifier := (verifiers or {}).get(person.email.lower()):
                staff.make_login(connections.session_maker, person.id, verifier)
                continue
            password = _password()
            new = parse(StaffPassword, request_id=uuid4(), user_id=person.id, new_password=password)
            staff.set_password(connections.session_maker, new, one_time=True)
            given.append(OneTime(person.email, person.full_name, password))
        except DealerError as error:
            given.append(OneTime(person.email, person.full_name, "", str(error)))
    return tuple(given)


def add_admin(connections: Connections, email: str, full_name: str) -> OneTime:
    """An admin whom the rows do not know, with a password for once: whoever made the server must not be shut out of it
    by the rows that were moved there. As the tables' owner.
    """
    password = _password()
    try:
        new = parse(
            NewStaff, request_id=uuid4(), email=email, full_name=full_name, role=Role.ADMIN, new_password=password
        )
        person = staff.add(connections.session_maker, new)
        again = parse(StaffPassword, request_id=uuid4(), user_id=person.id, new_password=password)
        staff.set_password(connections.session_maker, again, one_time=True)
    except DealerError as error:
        return OneTime(email, full_name, "", str(error))
    return OneTime(person.email, person.full_name, password)


def knows(connections: Connections, email: str) -> bool:
    """Whether somebody of the staff has this e-mail."""
    return any(person.email.lower() == email.lower() for person in staff.everybody(connections.reader))


def _password() -> str:
    made = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_PART)) for _ in range(_PARTS))
    keep_secret(made)
    return made
