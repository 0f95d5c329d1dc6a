"""A database beside the one in use, on the same server, for a backup that is put back without touching what is there;
and which of the bundled server's databases this PC works with.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import in_use, new_server
from dealer_desktop.server.connect import connect, conninfo, in_database

LONGEST = 63
"""Bytes of a name in PostgreSQL."""
_NAMES = """
SELECT datname::text FROM pg_database
 WHERE datallowconn AND NOT datistemplate AND datname <> 'postgres' AND datname NOT LIKE 'dealer\\_trial\\_%'
   AND pg_get_userbyid(datdba) = current_user ORDER BY datname
"""


class NoRightToMakeDatabase(DealerError):
    def sentence(self) -> str:
        return _(
            "The login {user} may not make databases. Make it with “dealer-desktop db init --name {name}”, set "
            "DB__NAME={name}, and restore into it."
        ).format(user=self.user, name=self.name)


class NameNotFit(DealerError):
    def sentence(self) -> str:
        return _("“{name}” cannot be a database’s name: use letters, digits and _, no more than 60.").format(
            name=self.name
        )


class NoSuchDatabase(DealerError):
    def sentence(self) -> str:
        return _("This PC’s server has no database {name}. It has: {names}.").format(
            name=self.name, names=", ".join(self.names)
        )


def make(url: str, name: str) -> str:
    """The URL of the database ``name`` on the server of ``url``, made where it is missing, with a locale that knows
    Russian, and owned by the login of ``url``.

    Raises NameNotFit, NoRightToMakeDatabase, and what ``connect`` raises.
    """
    if not name.replace("_", "").isalnum() or len(name.encode()) > LONGEST or name in ("postgres", "template0"):
        raise NameNotFit(name=name)
    with connect(url, statement_timeout=0) as connection:
        there = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there is None:
            try:
                new_server.create(connection, sql.Identifier(name), sql.Identifier(str(conninfo(url)["user"])))
            except psycopg.errors.InsufficientPrivilege as error:
                raise NoRightToMakeDatabase(user=connection.info.user, name=name) from error
            except psycopg.errors.DuplicateDatabase:
                pass  # another was faster
    return in_database(url, name)


def names(url: str) -> list[str]:
    """The databases of this login on the server of ``url``."""
    with connect(in_database(url, "postgres")) as connection:
        return [row[0] for row in connection.execute(_NAMES)]


def use(url: str, folder: Path, name: str) -> None:
    """Work with ``name`` from the next start on; nothing of the other is touched. Raises NoSuchDatabase and OSError."""
    there = names(url)
    if name not in there:
        raise NoSuchDatabase(name=name, names=there)
    in_use.write(folder, name)
