"""Reads from a standby, never staler than a minute without saying so.

Before each question the primary says how far it has written, and the standby whether it has come so far. One that lags
by more than a minute, is away, was promoted or belongs to another cluster is passed over: the primary answers then. The
ages are reckoned by the primary's clock alone, and a primary that writes nothing makes no standby look old.

Where the primary is away the standby still answers whoever holds a ticket, which then says as of when.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from dealer_desktop.core.deadline import Deadline
from dealer_desktop.core.errors import Busy, ConnectionLost, SearchCanceled
from dealer_desktop.dao import replication
from dealer_desktop.dao.replication import Written
from dealer_desktop.services.transactions import faults
from dealer_desktop.services.transactions.reader import Reader, Ticket

T = TypeVar("T")
_log = logging.getLogger(__name__)
STALEST = timedelta(minutes=1)
"""What the standby shows may be so old without a word about it."""
_COMING = 1.0
"""Seconds for which a standby may still come to where the primary is."""
_LOOK = 0.01
"""Seconds between two looks whether it has."""
_ASK_TIMEOUT = 2.0
"""Seconds that each may take to say how far it is."""
_AWAY = 30.0
"""Seconds for which a standby that did not answer is left alone."""
_SILENT = 5.0
"""Seconds for which a primary that did not answer is not asked how far it is."""


@dataclass(frozen=True)
class _Known:
    """What the primary said last."""

    written: Written
    heard: float
    """When, by ``time.monotonic()``."""

    @property
    def now(self) -> datetime:
        """The primary's clock at this moment."""
        return self.written.at + timedelta(seconds=time.monotonic() - self.heard)


class _PassedOver(Exception):
    """The standby does not answer this question."""


class StandbyReader(Reader):
    """Asks the standby at ``engine``, or else ``primary``."""

    def __init__(self, engine: Engine, primary: Reader) -> None:
        super().__init__(engine)
        self._primary = primary
        self._asker = Reader(primary._engine, _ASK_TIMEOUT)
        self._known: _Known | None = None
        self._away_until = self._silent_until = 0.0

    def renew(self) -> bool:
        """Overrides Reader: the standby may be another one, or the primary now."""
        self._away_until = self._silent_until = 0.0
        super().renew()
        return False  # whatever the standby did not answer, the primary was asked

    def close(self) -> None:
        """Overrides Reader."""
        super().close()
        self._asker.close()

    def run(
        self, ticket: Ticket | None, work: Callable[[Session], T], *, snapshot: bool = False, long: bool = False
    ) -> T:
        """Overrides Reader: of the standby, where it is as good, else of the primary."""
        if ticket is not None and ticket.canceled:
            raise SearchCanceled
        if time.monotonic() >= self._away_until:
            try:
                return self._of_standby(ticket, work, snapshot, long, primary_answers=self._ask_primary())
            except (_PassedOver, PoolTimeout) as error:
                _log.debug("the primary answers: %s", error)
            except DBAPIError as error:
                if ticket is not None and ticket.canceled:
                    raise SearchCanceled from None
                if faults.is_connection_lost(error):
                    self._leave_alone(str(error.orig))
                else:
                    # A long read may have been in the way of what came from the primary.
                    _log.info("the primary is asked instead of the standby: %s", error.orig)
        return self._primary.run(ticket, work, snapshot=snapshot, long=long)

    def _ask_primary(self) -> bool:
        """Whether it says how far it has written."""
        if time.monotonic() < self._silent_until:
            return False
        heard = time.monotonic()
        try:
            written = self._asker.run(None, replication.written)
        except (ConnectionLost, Busy):
            self._silent_until = time.monotonic() + _SILENT
            return False
        if written is not None:
            self._known = _Known(written, heard)
        return written is not None

    def _of_standby(
        self,
        ticket: Ticket | None,
        work: Callable[[Session], T],
        snapshot: bool,
        long: bool,
        *,
        primary_answers: bool,
    ) -> T:
        def checked(session: Session) -> T:
            with Deadline(_ASK_TIMEOUT) as asking:
                asking.watch(session.connection().connection.driver_connection)
                as_of = self._as_of(session, primary_answers)
            if ticket is not None:
                ticket.as_of = as_of
            elif as_of is not None:
                raise _PassedOver("nobody could be told how old it is")
            session.rollback()  # else it would be of the moment in which the standby had not come so far
            return work(session)

        return self._ask(ticket, checked, snapshot, Deadline(self._long_timeout if long else self._timeout))

    def _as_of(self, session: Session, primary_answers: bool) -> datetime | None:
        """As of when the standby is, where that must be said. Raises _PassedOver where the primary is better."""
        known = self._known
        if known is None:
            raise _PassedOver("nothing is known of the primary")
        found = replication.replayed(session, known.written.place)
        end = time.monotonic() + (_COMING if primary_answers else 0)
        while found.is_standby and not found.has_all and time.monotonic() < end:
            time.sleep(_LOOK)
            session.rollback()
            found = replication.replayed(session, known.written.place)
        if not found.is_standby or found.cluster != known.written.cluster:
            self._leave_alone("it is no standby of the primary")
            raise _PassedOver("it is no standby of the primary")
        if primary_answers and found.has_all:
            return None
        times = [at for at in (found.last_commit, known.written.at if found.has_all else None) if at is not None]
        if times and known.now - max(times) < STALEST:
            return None
        if primary_answers or not times:
            raise _PassedOver("it lags behind")
        return max(times)

    def _leave_alone(self, why: str) -> None:
        self._away_until = time.monotonic() + _AWAY
        _log.warning("the standby is left alone for %d s: %s", _AWAY, why)
