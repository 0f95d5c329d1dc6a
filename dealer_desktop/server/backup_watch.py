"""How far a backup is, and whether anybody still wants it."""

from collections.abc import Callable, Sequence
from typing import Any

import psycopg

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server.table_copies import Table

Connection = psycopg.Connection[tuple[Any, ...]]
Report = Callable[[int, int], None]


class BackupCanceled(DealerError):
    def sentence(self) -> str:
        return _("The backup was canceled. No file was written.")


class Watch:
    """How far a backup is, and whether anybody still wants it; asked at every piece that is read."""

    def __init__(self, report: Report, canceled: Callable[[], bool]) -> None:
        self._report, self._canceled = report, canceled
        self._total = self._done = self._ceiling = 0

    def begin(self, connection: Connection, tables: Sequence[Table]) -> None:
        self._sizes = {table.name: _size(connection, table) for table in tables}
        self._total = max(1, sum(self._sizes.values()))

    def table(self, table: Table) -> None:
        self._done = self._ceiling
        self._ceiling += self._sizes[table.name]
        self.read(0)

    def count(self, done: int, total: int) -> None:
        """Of photos, once the tables are read. Raises BackupCanceled."""
        if self._canceled():
            raise BackupCanceled()
        self._report(done, total)

    def read(self, length: int) -> None:
        """Raises BackupCanceled."""
        if self._canceled():
            raise BackupCanceled()
        # The text of a table is about as long as the table; never past its share.
        self._done = min(self._done + length, self._ceiling)
        self._report(self._done, self._total)


def _size(connection: Connection, table: Table) -> int:
    row = connection.execute("SELECT pg_table_size(%s::regclass)", [table.identifier.as_string(None)]).fetchone()
    return int(row[0]) if row else 0
