"""The dealership's people and their logins: added, changed, made inactive and active again, by admins.

All of it goes through the database's ``staff_*`` functions. A password leaves this program only as the verifier that
PostgreSQL keeps; it is in no request, no history and no log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy.orm import Session

from dealer_desktop.core.errors import DealerError, EmailTaken
from dealer_desktop.core.person_errors import CustomerHasEmail
from dealer_desktop.dao import people, staff, versions
from dealer_desktop.dao.rows import StaffRow
from dealer_desktop.models import User
from dealer_desktop.server import passwords, sign_in, turns
from dealer_desktop.services.inputs.people import EditStaff, NewStaff, OwnPassword, StaffPassword, StaffStep
from dealer_desktop.services.transactions import merging
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


def everybody(reader: Reader, ticket: Ticket | None = None) -> tuple[StaffRow, ...]:
    """All of the staff by name."""
    return reader.run(ticket, staff.everybody)


def by_email(reader: Reader, email: str) -> StaffRow:
    """Raises NotFound."""
    wanted = email.strip().lower()
    return found(next((each for each in everybody(reader) if each.email.lower() == wanted), None))


def add(session_maker: SessionMaker, new: NewStaff) -> StaffRow:
    """Somebody new, with a login and a first password.

    Raises EmailTaken, CustomerHasEmail (then ``take_from_customer`` says that the admin agrees), InvalidInput.
    """

    def work(session: Session) -> int:
        _free(session, new.email, new.take_from_customer)
        return staff.add(
            session,
            email=new.email,
            full_name=new.full_name,
            role=new.role,
            phone=new.phone,
            verifier=_verifier(session, new.new_password.get_secret_value()),
        )

    with _turn(session_maker):
        return carry_out(session_maker, "staff.add", new, work, _read)


def edit(session_maker: SessionMaker, change: EditStaff) -> StaffRow:
    """Save what the person changed: the name and the phone in the row, the e-mail and the role by the functions.

    Raises Conflict, EmailTaken, CustomerHasEmail (as ``add`` does), NotFound, and the rule's words for the last admin.
    """

    def work(session: Session) -> int:
        user = found(people.lock_user(session, change.user_id))
        mine = {name: getattr(change, name) for name in ("email", "full_name", "phone", "role")}
        wanted = merging.changes(change.opened, mine, user, change.version)
        email = wanted.pop("email", None)
        role = wanted.pop("role", None)
        if email is not None:
            _free(session, email, change.take_from_customer, user.id)
        if wanted:
            versions.update(session, User, user.id, user.version, wanted)
        if role is not None:
            staff.call(session, "staff_role", user.email, role)
        if email is not None:
            staff.call(session, "staff_rename", user.email, email)
        return user.id

    with _turn(session_maker):
        return carry_out(session_maker, "staff.edit", change, work, _read)


def _free(session: Session, email: str, agreed: bool, own: int | None = None) -> None:
    """Nobody but the row ``own`` has ``email``: it is taken off a customer's where the admin ``agreed``."""
    customer = staff.customer_with(session, email)
    if customer is None:
        if people.id_of_email(session, email) not in (None, own):
            raise EmailTaken(email=email)
    elif agreed:
        versions.update(session, User, customer.id, customer.version, {"email": None})
    else:
        raise CustomerHasEmail(email=email, name=customer.full_name, has_phone=customer.phone is not None)


def set_password(session_maker: SessionMaker, given: StaffPassword, *, one_time: bool = False) -> StaffRow:
    """Give somebody another password; a login that was lost is made again. Raises InvalidInput, NotFound.

    ``one_time``: they are asked for one of their own when they sign in; only the tables' owner may say so.
    """

    def work(session: Session) -> int:
        user = found(people.user(session, given.user_id))
        staff.call(session, "staff_password", user.email, _verifier(session, given.new_password.get_secret_value()))
        if one_time:
            assert user.email is not None
            staff.mark_one_time(session, user.email.lower())
        return user.id

    with _turn(session_maker):
        return carry_out(session_maker, "staff.password", given, work, _read)


def make_login(session_maker: SessionMaker, user_id: int, verifier: str | None = None) -> None:
    """The login as its row says, in its role's group, with the password of ``verifier``, or the one that it has."""
    with _turn(session_maker), session_maker() as session, session.begin():
        staff.call(session, "staff_password", found(people.user(session, user_id)).email, verifier)


def deactivate(session_maker: SessionMaker, step: StaffStep) -> StaffRow:
    """Nobody signs in as this person any more, and their open sessions end. Raises the rule's words for the last
    active admin.
    """
    done = _step(session_maker, step, "staff.deactivate", "staff_off")
    # Not before the commit: until then a new session could begin.
    with session_maker() as session, session.begin():
        staff.end(session, done.email)
    return done


def activate(session_maker: SessionMaker, step: StaffStep) -> StaffRow:
    """They may sign in again, with the password that they had."""
    return _step(session_maker, step, "staff.activate", "staff_on")


def change_own_password(session_maker: SessionMaker, given: OwnPassword) -> None:
    """Of the person who is signed in. Raises SignInRefused where the old password is not theirs, and InvalidInput."""
    url = session_maker.kw["bind"].url
    sign_in.sign_in(url.render_as_string(hide_password=False), url.username, given.old_password.get_secret_value())
    with session_maker() as session, session.begin():
        staff.change_own_password(session, _verifier(session, given.new_password.get_secret_value()))
        staff.forget_one_time(session)


def _step(session_maker: SessionMaker, step: StaffStep, action: str, function: str) -> StaffRow:
    def work(session: Session) -> int:
        user = found(people.user(session, step.user_id))
        staff.call(session, function, user.email)
        return user.id

    with _turn(session_maker):
        return carry_out(session_maker, action, step, work, _read)


def _read(session: Session, user_id: int) -> StaffRow:
    return found(staff.person(session, user_id))


def _verifier(session: Session, password: str) -> str:
    driver: Any = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return passwords.verifier(driver, password, "new_password")


@contextmanager
def _turn(session_maker: SessionMaker) -> Iterator[None]:
    """Logins belong to the server, not to a database: programs on two databases of it must not change them at once."""
    url = session_maker.kw["bind"].url.render_as_string(hide_password=False)
    try:
        turn = turns.take(url)
    except DealerError:
        turn = None  # the dealer's row alone keeps the order then, in this database
    try:
        yield
    finally:
        if turn is not None:
            turn.close()
