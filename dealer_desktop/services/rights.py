"""Giving everybody in the database what their role gives, and nothing else."""

import sqlalchemy as sa

from dealer_desktop.models import rights
from dealer_desktop.server.upgrade import VERSION_LOCK


def give(url: str) -> bool:
    """As ``models/rules/rights.sql`` says; False where this login is not the tables' owner, or may not make the groups.

    An upgrade does it by itself. This is for what belongs to a database and comes with no backup, and for a server
    whose owner was allowed to make groups only later.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": 10})
    with engine.begin() as connection:
        if not rights.may_be_given(connection):
            return False
        connection.exec_driver_sql(VERSION_LOCK)
        rights.give(connection)
    return True
