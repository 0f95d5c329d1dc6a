"""The bundled database, whole, into the fresh database of a shared server.

Nobody writes to the old one from the first row that is read until it is told that the new one is in use: its tables are
held. Both sides are then compared row by row. A move that dies anywhere leaves the old one as it was, and is run again:
where the new database has already all of it, only what came after is left to do.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from dealer_desktop.core.errors import Busy, DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import archives, backup, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.table_copies import read_tables

Tell = Callable[[str], None]

_FROM_INIT = ("users", "requests")
"""What ``db init`` leaves in a fresh database, besides its own lines in the history: the first admin."""
_GOES_ON = frozenset({"users", "requests", "audit_log"})
"""Tables to which giving people their logins adds after the rows came over."""


class MovedDiffers(DealerError):
    """The table ``table`` is not the same on both sides."""

    def sentence(self) -> str:
        return _(
            "The table {table} is not the same on both servers. Nothing was switched: this PC goes on with its own "
            "database. Make a new database with “db init --name …” and move again."
        ).format(table=self.table)


@contextmanager
def held(url: str) -> Iterator[None]:
    """Nobody writes to the database of ``url`` inside. Raises Busy where somebody is at work in it for long."""
    with connect(url, lock_timeout=15_000, statement_timeout=0, idle_in_transaction_session_timeout=0) as connection:
        tables = sql.SQL(", ").join(table.identifier for table in read_tables(connection))
        with connection.transaction():
            try:
                connection.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(tables))
            except psycopg.errors.LockNotAvailable as error:
                raise Busy() from error
            yield


def copy(source: str, target: str, tell: Tell, canceled: Callable[[], bool] = lambda: False) -> frozenset[str] | None:
    """All rows of ``source``, which is ``held``, into ``target``, unless they are there. The e-mails of who signed
    in at the source, None where that is not known.

    ``tell`` is told each table, and may raise to stop it. Raises DatabaseNotEmpty, MovedDiffers, and what ``backup``
    and ``restore`` raise.
    """
    with tempfile.TemporaryDirectory(prefix="dealer-move-") as folder:
        file = Path(folder) / "all"
        backup.backup(source, file, tell, canceled=canceled)
        try:
            logins = backup.restore(target, file, tell, besides=_FROM_INIT).logins
        except backup.DatabaseNotEmpty:
            if _difference(source, target, _GOES_ON, tell):
                raise
            with archives.opened(file) as archive:
                return archive.logins
    different = _difference(source, target, frozenset(), tell)
    if different:
        raise MovedDiffers(table=different)
    return logins


def _difference(source: str, target: str, but: frozenset[str], tell: Tell) -> str | None:
    """The first table whose rows differ; None where all are the same."""
    if upgrade.revision(source) != upgrade.revision(target):
        return "alembic_version"
    with backup.text_connection(source) as ours, backup.text_connection(target) as theirs:
        for mine, other in zip(read_tables(ours), read_tables(theirs), strict=True):
            if mine.name in but:
                continue
            tell(_("Comparing {table}…").format(table=mine.name))
            ours_are = backup.copy_out(ours, mine, _no_matter)
            theirs_are = backup.copy_out(theirs, other.with_columns(mine.columns), _no_matter)
            numbers_go_on = (other.last_number(theirs) or 0) >= (mine.last_number(ours) or 0)
            if mine.name != other.name or ours_are != theirs_are or not numbers_go_on:
                return mine.name
    return None


def _no_matter(_data: object) -> None:
    """The rows themselves: their count and their sum are what is compared."""
