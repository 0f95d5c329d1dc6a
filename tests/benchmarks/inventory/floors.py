"""The floors: raw psycopg with the same SQL, and a bare QTableView that paints what came."""

from collections.abc import Sequence
from typing import Any

import psycopg
import sqlalchemy as sa
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from sqlalchemy.dialects.postgresql import psycopg as dialect

from dealer_desktop.dao import car_window
from dealer_desktop.dao.window import TableQuery, _order
from tests.benchmarks.floor import seconds

PAGE = 100


def spelled(statement: sa.ClauseElement) -> bytes:
    """The SQL of ``statement`` with its values in it."""
    compiled = statement.compile(dialect=dialect.dialect(), compile_kwargs={"literal_binds": True})
    return str(compiled).replace("%%", "%").encode()


class BareModel(QAbstractTableModel):
    """Rows as psycopg gave them, as text."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._rows: Sequence[Sequence[Any]] = ()

    def show(self, rows: Sequence[Sequence[Any]]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Overrides QAbstractTableModel."""
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Overrides QAbstractTableModel."""
        return self._columns

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Overrides QAbstractTableModel."""
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self._rows[index.row()][index.column()])
        return None


class Floor:
    """``first_rows``, ``ids``, ``page`` and ``said``: seconds that nothing on this stack can go below."""

    def __init__(self, url: str, columns: int, size: QSize) -> None:
        self.raw = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
        self.model = BareModel(columns)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.resize(size)
        self.view.show()
        # Until the window system has exposed it, nothing is painted.
        QTest.qWaitForWindowExposed(self.view)

    def first_rows(self, query: TableQuery) -> float:
        """One SELECT of the first rows, and their paint."""
        window = car_window.WINDOW
        sql = spelled(window.select.order_by(*_order(window, query)).limit(PAGE))
        return seconds(lambda: self._painted(sql))

    def page(self, ids: Sequence[int]) -> float:
        """One SELECT of the rows with these ids, and their paint."""
        window = car_window.WINDOW
        wanted: sa.ColumnElement[Any] = sa.literal_column(f"'{{{','.join(map(str, ids))}}}'::bigint[]")
        sql = spelled(window.select.where(window.id == sa.any_(wanted)))
        return seconds(lambda: self._painted(sql))

    def ids(self, query: TableQuery) -> float:
        """All ids in order, as one binary value."""
        window = car_window.WINDOW
        order = ", ".join(spelled(column).decode() for column in _order(window, query))
        sql = f"SELECT string_agg(int8send(id), ''::bytea ORDER BY {order}) FROM cars".encode()

        def ask() -> None:
            with self.raw.cursor(binary=True) as cursor:
                cursor.execute(sql)
                cursor.fetchone()

        return seconds(ask)

    def said(self, statements: Sequence[tuple[str, dict[str, Any]]]) -> float:
        """The very same statements as ours, and the paint of what the last one found."""

        def ask() -> None:
            rows: Sequence[Any] = ()
            for sql, given in statements:
                rows = self.raw.execute(sql.encode(), given).fetchall()
            self.model.show(rows)
            self.view.viewport().repaint()

        return seconds(ask)

    def _painted(self, sql: bytes) -> None:
        self.model.show(self.raw.execute(sql).fetchall())
        self.view.viewport().repaint()

    def close(self) -> None:
        self.view.close()
        self.raw.close()
