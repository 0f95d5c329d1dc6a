"""Any password and any name connect, through Alembic's command line and through the app."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from dealer_desktop.core import paths, settings
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.db import make_engine, make_session_maker
from dealer_desktop.server import health, upgrade
from dealer_desktop.server.connect import connect, conninfo
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.services import rights

PASSWORDS = ["%@/: %41#?&=+\"'\\", "пароль с пробелами ", "100%s %(DB_URL)s %%"]


@pytest.fixture(params=PASSWORDS)
def login(request: Any, server: BundledServer, empty_database_url: str, monkeypatch: Any) -> Iterator[dict[str, str]]:
    """A login with an odd name and password that owns the database; ``DB__*`` are set to it."""
    user, there = f"иван%@/{uuid4().hex[:8]}", conninfo(empty_database_url)
    with connect(empty_database_url) as connection:
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(user), sql.Literal(request.param))
        )
        # The bundled server's own login is no superuser: it acts for whom it made only where it says so.
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE").format(sql.Identifier(user)))
        connection.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(there["dbname"]), sql.Identifier(user))
        )
    told = {
        "DB__HOST": str(there["host"]),
        "DB__PORT": str(there.get("port", "5432")),
        "DB__USER": user,
        "DB__PASSWORD": request.param,
        "DB__NAME": str(there["dbname"]),
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    settings.reload()
    yield told
    with connect(empty_database_url) as connection:
        connection.execute(sql.SQL("REASSIGN OWNED BY {} TO CURRENT_USER").format(sql.Identifier(user)))
        connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(user)))
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO CURRENT_USER").format(sql.Identifier(there["dbname"])))
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(user)))


def _alembic(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=paths.product_root(),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_alembic_and_the_app_connect(login: dict[str, str]) -> None:
    done = _alembic("upgrade", "head")
    assert done.returncode == 0, done.stderr
    assert "(head)" in _alembic("current").stdout
    url = APP_CONFIG.db.sqlalchemy_db_uri
    assert upgrade.status(url) is upgrade.SchemaStatus.CURRENT
    engine = make_engine(url)
    with make_session_maker(engine)() as session:
        assert session.scalar(sa.text("SELECT session_user")) == login["DB__USER"]
        assert session.scalar(sa.text("SELECT currency FROM dealer")) == "RUB"
    engine.dispose()
    assert login["DB__PASSWORD"] not in repr(engine) + repr(engine.url) + repr(APP_CONFIG.db)


def test_an_owner_who_may_make_no_groups_upgrades_and_everybody_is_who_they_were(login: dict[str, str]) -> None:
    url = APP_CONFIG.db.sqlalchemy_db_uri
    upgrade.upgrade(url)
    assert not rights.give(url)
    assert "CREATEROLE" in health.check(url).problems[-1]
    with connect(url) as connection:
        row = connection.execute("SELECT dealer_role(), has_function_privilege('public', 'sort_key(text)', 'EXECUTE')")
        assert row.fetchone() == ("admin", True)


def test_a_wrong_password_is_refused_and_not_shown(login: dict[str, str]) -> None:
    done = _alembic("current", DB__PASSWORD="wrong-secret-7f3a")
    assert done.returncode != 0
    assert "wrong-secret-7f3a" not in done.stderr + done.stdout


def test_an_engines_connections_have_their_limits(database_url: str) -> None:
    engine = make_engine(database_url, settings.DbConfig(statement_timeout=1234, lock_timeout=2345))
    with engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in (
                "statement_timeout",
                "lock_timeout",
                "idle_in_transaction_session_timeout",
                "application_name",
                "transaction_isolation",
            )
        }
        with pytest.raises(sa.exc.OperationalError) as caught:
            connection.exec_driver_sql("SELECT pg_sleep(5)")
    engine.dispose()
    assert told == {
        "statement_timeout": "1234ms",
        "lock_timeout": "2345ms",
        "idle_in_transaction_session_timeout": "10s",
        "application_name": "dealer-desktop",
        "transaction_isolation": "read committed",
    }
    assert isinstance(caught.value.orig, psycopg.errors.QueryCanceled)
