"""What the server keeps of people's passwords, for a backup that holds them: verifiers, from which none can be read."""

import psycopg

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server.connect import connect, in_database

_SYSTEM = "postgres"
"""Logins belong to no database; the bundled one's right to read them stands in this."""
_VERIFIERS = """
SELECT rolname::text, rolpassword FROM pg_authid
 WHERE rolcanlogin AND NOT rolsuper AND rolpassword LIKE 'SCRAM-SHA-256$%'
"""


class PasswordsOutOfReach(DealerError):
    """``user`` may not read what the server keeps of passwords."""

    def sentence(self) -> str:
        return _(
            "The login {user} may not read what the server keeps of people’s passwords; a superuser may. Name one with "
            "--superuser, or save without them: people are then given new passwords when it is restored."
        ).format(user=self.user)


def read(url: str) -> dict[str, str]:
    """By login. Raises PasswordsOutOfReach and what ``connect`` raises."""
    with connect(in_database(url, _SYSTEM)) as connection:
        try:
            return dict(connection.execute(_VERIFIERS).fetchall())
        except psycopg.errors.InsufficientPrivilege as error:
            raise PasswordsOutOfReach(user=connection.info.user) from error


def read_if_allowed(url: str) -> dict[str, str]:
    """As ``read``; empty where this login may not."""
    try:
        return read(url)
    except DealerError:
        return {}
