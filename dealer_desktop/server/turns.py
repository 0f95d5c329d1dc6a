"""Changes of logins take turns, on the whole server: two at once end in ``tuple concurrently updated``."""

from typing import Any

import psycopg

from dealer_desktop.server.connect import connect, in_database

_LOCK = 7_270_311_002
_MAINTENANCE = "postgres"
_WAIT = 15_000
"""Milliseconds."""


def take(url: str) -> psycopg.Connection[tuple[Any, ...]] | None:
    """A connection that holds the turn until it is closed; None where the server lets this login not wait for one.

    Raises ServerUnreachable or LoginRefused, as where the maintenance database may not be entered.
    """
    connection = connect(in_database(url, _MAINTENANCE), lock_timeout=_WAIT)
    try:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    except psycopg.Error:
        connection.close()
        return None
    return connection
