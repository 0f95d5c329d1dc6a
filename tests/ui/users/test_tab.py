"""An admin looks after the dealership's people in the window, by keys and clicks, with real logins."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from psycopg import sql
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from dealer_desktop.core.errors import DealerError, LoginRefused
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import with_login
from dealer_desktop.services import open_connections, staff
from dealer_desktop.services.inputs.people import StaffStep
from tests.models.conftest import PASSWORD, Logins, logins  # noqa: F401
from tests.ui.desk import Desk, is_open


@pytest.fixture
def email(database_url: str) -> Iterator[str]:
    name = f"vera-{uuid4().hex[:8]}@dealer.ru"
    yield name
    with connect(database_url) as connection:
        login = sql.Identifier(name)
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT TRUE").format(login))
        connection.execute(sql.SQL("DROP OWNED BY {}").format(login))
        connection.execute(sql.SQL("DROP ROLE {}").format(login))


def number_of(url: str, email: str) -> int:
    with connect(url) as connection:
        row = connection.execute("SELECT id FROM users WHERE email = %s", [email]).fetchone()
    assert row is not None
    return int(row[0])


def test_a_person_is_added_and_goes(
    desk: Desk,
    qtbot: QtBot,
    database_url: str,
    logins: Logins,  # noqa: F811
    email: str,
) -> None:
    logins.person("admin")
    with connect(database_url) as connection:
        connection.execute(
            "INSERT INTO users (email, full_name, phone, role) VALUES (%s, 'Пётр', '+79120000000', 'customer')", [email]
        )
    desk.show_tab("usersTab")
    form = desk.start("newUserAction", "userDialog")
    desk.put(form, fullName="Вера Лис", email=email, newPassword="first secret")
    assert "Пётр" in desk.refusal(form)
    desk.click(desk.find(QAbstractButton, "takeEmailButton", form))
    desk.settle()
    number = number_of(database_url, email)
    session = connect(with_login(database_url, email, "first secret"))
    desk.go_to("users", number)
    form = desk.start("resetPasswordAction", "resetPasswordDialog")
    desk.put(form, newPassword="second secret")
    desk.press_save(form)
    with pytest.raises(LoginRefused):
        connect(with_login(database_url, email, "first secret"))
    desk.act("deactivateUserAction")
    desk.settle()
    qtbot.waitUntil(lambda: session.closed or _is_gone(session), timeout=10_000)
    with pytest.raises(LoginRefused):
        connect(with_login(database_url, email, "second secret"))
    qtbot.waitUntil(lambda: desk.row("users") is not None and not desk.row("users").is_active, timeout=10_000)
    desk.act("activateUserAction")
    desk.settle()
    connect(with_login(database_url, email, "second secret")).close()


def test_a_customers_e_mail_is_taken_off_only_where_the_admin_agrees(
    desk: Desk,
    database_url: str,
    logins: Logins,  # noqa: F811
    email: str,
) -> None:
    """An e-mail that names a person for good: a customer with a phone may lose it, one without may not."""
    admin, seller = logins.person("admin"), logins.person("salesperson")
    only = f"only-{email}"
    for address, phone in ((email, "+79120000000"), (only, None)):
        admin.insert("users", email=address, full_name="Пётр", phone=phone, role="customer")
    desk.show_tab("usersTab")
    desk.go_to("users", seller.id)
    form = desk.start("editUserAction", "userDialog")
    desk.put(form, email=only)
    assert "Give them a phone first" in desk.refusal(form)
    assert form.findChild(QAbstractButton, "takeEmailButton") is None
    desk.put(form, email=email)
    assert "Пётр" in desk.refusal(form)
    button = desk.find(QAbstractButton, "takeEmailButton", form)
    desk.put(form, email=only)
    # What was agreed about one e-mail is not agreed about another.
    assert "Give them a phone first" in desk.refusal(form)
    desk.put(form, email=email)
    desk.refusal(form)
    button = desk.find(QAbstractButton, "takeEmailButton", form)
    desk.click(button)
    desk.settle()
    assert not is_open(form)
    with connect(database_url) as connection:
        told = "SELECT email, role::text FROM users WHERE full_name IN ('Пётр', 'Salesperson') ORDER BY email"
        assert connection.execute(told).fetchall() == [(only, "customer"), (email, "salesperson"), (None, "customer")]
    connect(with_login(database_url, email, PASSWORD)).close()


def _is_gone(session: object) -> bool:
    try:
        session.execute("SELECT 1")  # type: ignore[attr-defined]
    except Exception:
        return True
    return False


def test_two_admins_who_deactivate_each_other_leave_one(database_url: str, logins: Logins) -> None:  # noqa: F811
    people = [logins.person("admin"), logins.person("admin")]

    def deactivate(me: int) -> bool:
        connections = open_connections(with_login(database_url, people[me].login, PASSWORD))
        try:
            staff.deactivate(connections.session_maker, StaffStep(request_id=uuid4(), user_id=people[1 - me].id))
        except DealerError:
            return False
        finally:
            connections.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(deactivate, (0, 1)))
    with connect(database_url) as connection:
        found = connection.execute("SELECT count(*) FROM users WHERE role = 'admin' AND is_active").fetchone()
    assert found == (1,)
