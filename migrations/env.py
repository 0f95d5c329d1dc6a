"""Runs the migrations: ``alembic ...`` from a checkout, the upgrade at first launch, and the tests.

The database is, in this order: ``config.attributes["connection"]`` or ``["url"]`` (whoever calls Alembic from Python),
``DB__*``, the bundled PostgreSQL of this PC, which then runs until the command ends.
"""

import contextlib
import sys
from pathlib import Path

import alembic_postgresql_enum  # noqa: F401  (teaches autogenerate about enum types)
import sqlalchemy as sa
from alembic import context
from alembic.util import CommandError
from alembic_utils.pg_extension import PGExtension
from alembic_utils.pg_function import PGFunction
from alembic_utils.pg_trigger import PGTrigger
from alembic_utils.replaceable_entity import register_entities

from dealer_desktop import models
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.models import rights
from dealer_desktop.server.upgrade import VERSION_LOCK, VERSION_TABLE

# This folder is no package: a wheel and the packaged program keep it elsewhere.
sys.path.insert(0, str(Path(__file__).parent))
import entities

config = context.config
target_metadata = models.Base.metadata

register_entities(entities.declared(), entity_types=[PGExtension, PGFunction, PGTrigger])

LOCK_TIMEOUT = "15s"
"""How long a migration waits for a table that somebody uses, since everybody else queues behind it."""


def database_url() -> str:
    """The URL to migrate, put into ``alembic.ini``'s ``DB_URL`` on the way."""
    url = config.attributes.get("url")
    if url is None and APP_CONFIG.db.is_configured:
        url = APP_CONFIG.db.sqlalchemy_db_uri
    if url is None:
        from dealer_desktop.server import embedded

        # Held by the config, so that it is released when the command ends.
        config.attributes["server"] = server = embedded.ensure_running()
        url = server.url
    # An encoded password holds per cent signs, which mean interpolation here.
    config.set_section_option(config.config_ini_section, "DB_URL", str(url).replace("%", "%%"))
    return config.get_main_option("sqlalchemy.url") or ""


def migrate(connection: sa.Connection) -> None:
    """Migrate through ``connection``: one program at a time, all of it or nothing."""
    context.configure(connection=connection, target_metadata=target_metadata, compare_server_default=True)
    with context.begin_transaction():
        # PCs that start together wait here for the first one, however long its upgrade takes, then find it done.
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL lock_timeout = '10min'")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        with contextlib.suppress(sa.exc.IntegrityError), connection.begin_nested():
            # Where two begin with an empty database, the second waits here for the first to make it.
            connection.exec_driver_sql(VERSION_TABLE)
        connection.exec_driver_sql(VERSION_LOCK)
        lock_timeout = config.attributes.get("lock_timeout", LOCK_TIMEOUT)
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{lock_timeout}'")
        before = context.get_context().get_current_revision()
        context.run_migrations()
        after = context.get_context().get_current_revision()
        # Not at a look (alembic current, alembic check), and not on the way down.
        if after != before and after == context.script.get_current_head() and rights.may_be_given(connection):
            rights.give(connection)


def run() -> None:
    given = config.attributes.get("connection")
    if isinstance(given, sa.Connection):
        migrate(given)
        return
    engine = given or sa.create_engine(database_url(), poolclass=sa.NullPool, connect_args={"connect_timeout": 10})
    with engine.connect() as connection:
        migrate(connection)


if context.is_offline_mode():
    # The first revision asks the server for its time zones and puts the dealer's row there.
    raise CommandError(
        "The migrations talk with the database, so they cannot be written as SQL. Run them without --sql."
    )
run()
