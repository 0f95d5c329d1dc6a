"""SQL about how far a server has come: a primary with its writing, a standby with what it shows, the history."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Written:
    """How far a primary has written, and when by its clock."""

    cluster: str
    """Which cluster it is; its standbys have the same."""
    place: str
    """The position in its log (an LSN)."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Replayed:
    """How far a standby has come."""

    cluster: str
    is_standby: bool
    has_all: bool
    """Everything up to the place that was asked for."""
    last_commit: datetime | None
    """When the newest transaction that it shows was committed, by the primary's clock."""


# The time is that of the beginning: whatever was committed by then stands before the position.
_WRITTEN = sa.text(
    "SELECT (SELECT system_identifier FROM pg_control_system())::text, pg_current_wal_flush_lsn()::text, "
    "statement_timestamp() WHERE NOT pg_is_in_recovery()"
)
_MARK = sa.text("SELECT place, oldest, following, last FROM change_mark()")
_REPLAYED = sa.text(
    "SELECT (SELECT system_identifier FROM pg_control_system())::text, pg_is_in_recovery(), "
    "coalesce(pg_last_wal_replay_lsn() >= CAST(:place AS pg_lsn), false), pg_last_xact_replay_timestamp()"
)


def history_mark(session: Session) -> tuple[str, int, int, int]:
    """Where the history stands: ``server.catching_up.Mark``."""
    place, oldest, following, last = session.execute(_MARK).one()
    return place, oldest, following, last


def written(session: Session) -> Written | None:
    """Of a primary; None where this is a standby itself."""
    row = session.execute(_WRITTEN).one_or_none()
    return None if row is None else Written(*row)


def replayed(session: Session, place: str) -> Replayed:
    """Of a standby, compared with ``place``."""
    return Replayed(*session.execute(_REPLAYED, {"place": place}).one())


_ARCHIVE = sa.text("""
    SELECT coalesce(last_archived_time, stats_reset) FROM pg_stat_archiver
     WHERE current_setting('archive_mode') <> 'off' AND NOT pg_is_in_recovery()
       AND last_failed_time > coalesce(last_archived_time, '-infinity')
""")


def archive_fails_since(session: Session) -> datetime | None:
    """When the server's archive took something last, where it has refused everything since; None where all is well,
    where there is no archive, and of a standby."""
    found: datetime | None = session.scalar(_ARCHIVE)
    return found
