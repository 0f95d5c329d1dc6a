"""Dating back what was just made, so that a demo's dealership has a past. Nothing else in the product uses it.

The database stamps what happens with its own clock and lets nobody change that, rightly; only the owner of the tables
can, with the triggers at rest, and nothing but the moments is touched.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import event

from dealer_desktop.dao import backdating as dao
from dealer_desktop.db import make_engine, make_session_maker
from dealer_desktop.services.transactions.connections import SessionMaker


class Dates:
    """When things are to have happened."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], dict[int, datetime]] = defaultdict(dict)
        self.births: dict[str, dict[int, datetime]] = defaultdict(dict)
        self.history: list[tuple[int, datetime]] = []

    def set(self, table: str, row_id: int, when: datetime, *columns: str) -> None:
        """The moments in ``columns`` of a row (``created_at`` where none is named)."""
        for column in columns or ("created_at",):
            self.rows[table, column][row_id] = when
            if column == "created_at":
                self.born(table, row_id, when)

    def born(self, table: str, row_id: int, when: datetime) -> None:
        """The history's entry about the row's insertion happened at ``when``."""
        self.births[table][row_id] = when

    def history_until(self, last_id: int, when: datetime) -> None:
        """The history's entries since the last call, up to ``last_id``, happened at ``when``."""
        if not self.history or last_id > self.history[-1][0]:
            self.history.append((last_id, when))


def hurried(session_maker: SessionMaker) -> SessionMaker:
    """Sessions whose commits do not wait for the disk: a thousand steps take half the time.

    A crash may lose the last of them; nothing is lost any more after ``apply`` with the session maker given here.
    """
    engine = make_engine(session_maker.kw["bind"].url)

    @event.listens_for(engine, "connect")
    def hurry(connection: Any, _record: Any) -> None:
        connection.execute("SET synchronous_commit TO off")
        connection.commit()

    return make_session_maker(engine)


def last_history_id(session_maker: SessionMaker) -> int:
    with session_maker() as session:
        return dao.last_history_id(session)


def apply(session_maker: SessionMaker, dates: Dates) -> None:
    """Write ``dates`` in one transaction; a second time changes nothing."""
    with session_maker.begin() as session:
        dao.rest_triggers(session, rest=True)
        for (table, column), moments in dates.rows.items():
            dao.set_moments(session, table, column, moments)
        if dates.history:
            dao.set_history(session, dates.history)
        for table, moments in dates.births.items():
            dao.set_births(session, table, moments)
        dao.rest_triggers(session, rest=False)
