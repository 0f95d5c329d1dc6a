"""Who may what in the database: ``rules/rights.sql``, run by the tables' owner after an upgrade."""

import sqlalchemy as sa

from dealer_desktop.models.rules import FOLDER

FILE = FOLDER / "rights.sql"
OLDEST = 160_000
"""``server_version_num`` from which a membership says what it is good for (PostgreSQL 16)."""

_MAY = """
SELECT me.oid = (SELECT relowner FROM pg_class WHERE oid = to_regclass('public.alembic_version'))
   AND (me.rolsuper OR (me.rolcreaterole AND NOT EXISTS (
           SELECT FROM pg_roles AS grp WHERE grp.rolname IN ('dealer_sales', 'dealer_manager', 'dealer_admin')
              AND NOT EXISTS (
                  SELECT FROM pg_auth_members WHERE roleid = grp.oid AND member = me.oid AND admin_option))))
  FROM pg_roles AS me WHERE me.rolname = current_user
"""


def may_be_given(connection: sa.Connection) -> bool:
    """Whether this login owns the tables and makes the three groups, or made them.

    Where it may not, everybody is who they were before.
    """
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    return version >= OLDEST and bool(connection.exec_driver_sql(_MAY).scalar())


def give(connection: sa.Connection) -> None:
    """Take everything away and give what the file says, in the connection's transaction."""
    connection.exec_driver_sql(FILE.read_text("utf-8"), execution_options={"no_parameters": True})
