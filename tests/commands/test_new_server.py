"""``db init``: from an empty server to its first admin, again and again, and what it refuses."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dealer_desktop.core import paths
from dealer_desktop.domain.enums import Role
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import sign_in
from tests.server.bare_servers import PASSWORD, SUPERUSER, BareServer, bare_server

ADMIN, ADMIN_PASSWORD = "anna@example.com", "Первый пароль"


@pytest.fixture(scope="module")
def server() -> Iterator[BareServer]:
    with bare_server() as one:
        with connect(one.url()) as connection:
            connection.execute("ALTER SYSTEM SET log_statement = 'all'")
            connection.execute("SELECT pg_reload_conf()")
        yield one


def init(
    server: BareServer, home: Path, *more: str, email: str = ADMIN, password: str = ADMIN_PASSWORD, **environment: str
) -> "subprocess.CompletedProcess[str]":
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("DB__", "DB_INIT", "DEALER__"))
    } | {"DB_INIT_PASSWORD": PASSWORD, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "UI__LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, "-m", "dealer_desktop", "db", "init", "--host", "127.0.0.1", "--port", str(server.port),
         "--admin-email", email, "--admin-name", "Анна Орлова", "--password-stdin", *more],
        cwd=paths.product_root(), env=given | environment, input=password + "\n", capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def test_an_empty_server_gets_all_and_keeps_it(server: BareServer, tmp_path: Path) -> None:
    first = init(server, tmp_path)
    assert first.returncode == 0, first.stderr
    shown = next(line for line in first.stdout.splitlines() if line.startswith("The password of dealer_owner"))
    owner_password = shown.rpartition(": ")[2]
    admin = sign_in(server.url(name="dealer"), ADMIN, ADMIN_PASSWORD)
    assert admin.role is Role.ADMIN
    with connect(server.url("dealer_owner", owner_password, "dealer")) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreaterole, pg_has_role('pg_signal_backend', 'MEMBER') FROM pg_roles"
            " WHERE rolname = session_user"
        ).fetchone()
        assert row == (False, True, True)
        assert connection.execute("SELECT lower('Ё'), show_trgm('Лада') <> '{}'").fetchone() == ("ё", True)
        connection.execute("INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
                           " VALUES ('XTA217030C0000001', 'LADA', 'Vesta', 2020, 0, 1000000, 'used')")  # fmt: skip
    # Neither the superuser's log nor the screen has a password of a person.
    assert ADMIN_PASSWORD not in server.log() + first.stdout + first.stderr
    assert owner_password not in server.log()

    # Once more, without the owner's password: it is not replaced behind the backs of the PCs that have it.
    refused = init(server, tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.strip().startswith("The login dealer_owner is there already.")

    again = init(server, tmp_path, password="Второй пароль", DB__OWNER_PASSWORD=owner_password)
    assert again.returncode == 0, again.stderr
    assert "shown this once" not in again.stdout
    assert sign_in(server.url(name="dealer"), ADMIN, "Второй пароль").role is Role.ADMIN
    with connect(server.url(name="dealer")) as connection:
        assert connection.execute("SELECT count(*) FROM cars").fetchone() == (1,)


def test_a_second_dealership_on_the_same_server(server: BareServer, tmp_path: Path) -> None:
    """The groups belong to the server, and another owner made them; each has logins of its own people."""
    done = init(
        server,
        tmp_path,
        "--name",
        "Вторая",
        email="boris@example.com",
        DB__OWNER="second_owner",
        DB__OWNER_PASSWORD="of the second",
    )
    assert done.returncode == 0, done.stderr
    assert (
        sign_in(server.url(name="%D0%92%D1%82%D0%BE%D1%80%D0%B0%D1%8F"), "boris@example.com", ADMIN_PASSWORD).role
        is Role.ADMIN
    )


def test_tables_of_a_superuser_become_the_owners(server: BareServer, tmp_path: Path) -> None:
    """As an admin made them who ran the migrations as postgres."""
    with connect(server.url()) as connection:
        connection.execute("CREATE DATABASE old TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'")
    from dealer_desktop.server import upgrade

    upgrade.upgrade(server.url(name="old"))
    done = init(
        server,
        tmp_path,
        "--name",
        "old",
        email="vera@example.com",
        DB__OWNER="old_owner",
        DB__OWNER_PASSWORD="of the old one",
    )
    assert done.returncode == 0, done.stderr
    with connect(server.url(name="old")) as connection:
        owners = connection.execute(
            "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class c WHERE relnamespace = 'public'::regnamespace"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
        ).fetchall()
    assert owners == [("old_owner",)]
    assert sign_in(server.url(name="old"), "vera@example.com", ADMIN_PASSWORD).role is Role.ADMIN


def test_a_database_in_which_russian_has_no_case(server: BareServer, tmp_path: Path) -> None:
    with connect(server.url()) as connection:
        connection.execute("CREATE DATABASE latin")
    done = init(server, tmp_path, "--name", "latin", DB__OWNER_PASSWORD="whatever it is")
    assert done.returncode == 1
    assert "does not know Russian letters" in done.stderr
    assert "Traceback" not in done.stderr


def test_who_may_not_make_logins(server: BareServer, tmp_path: Path) -> None:
    with connect(server.url()) as connection:
        connection.execute("CREATE ROLE somebody LOGIN PASSWORD 'somebody''s own'")
    done = init(server, tmp_path, "--superuser", "somebody", DB_INIT_PASSWORD="somebody's own", DB__OWNER="theirs")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "The login somebody may not make logins and databases on this server. Name one that may with --superuser."
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DB_INIT_PASSWORD": "wrong"}, "refused"),
        ({"DB__OWNER": SUPERUSER, "DB__OWNER_PASSWORD": "whatever"}, "must not be one"),
        ({"DB__OWNER": "short", "DB__OWNER_PASSWORD": "short"}, "at least 8"),
    ],
)
def test_a_refusal_is_one_line(server: BareServer, tmp_path: Path, environment: dict[str, str], words: str) -> None:
    done = init(server, tmp_path, **environment)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert words in done.stderr


def test_what_was_cut_short_is_finished(server: BareServer, tmp_path: Path) -> None:
    """Only the login and the empty database were there when the first attempt died."""
    with connect(server.url()) as connection:
        connection.execute("CREATE ROLE half LOGIN PASSWORD 'half done half'")
        connection.execute(
            "CREATE DATABASE half_done OWNER half TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
        )
    done = init(
        server,
        tmp_path,
        "--name",
        "half_done",
        email="gleb@example.com",
        DB__OWNER="half",
        DB__OWNER_PASSWORD="half done half",
    )
    assert done.returncode == 0, done.stderr
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        connect(server.url("gleb@example.com", ADMIN_PASSWORD, "half_done")) as connection,
    ):
        connection.execute("DELETE FROM orders")
