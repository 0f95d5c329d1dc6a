"""Taking an import back: its new cars go, what it changed comes back, what was touched since stays and is named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dealer_desktop.core import formats
from dealer_desktop.core.errors import NotFound
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.dao import car_import, import_batches, requests
from dealer_desktop.services.transactions import faults
from dealer_desktop.services.transactions.connections import Reader, SessionMaker

_DAYS = 30
"""How long an import is offered to be undone."""
_SHOWN = 10
_NAMED = 20
"""Cars that the words name."""
_ATTEMPTS = 3


@dataclass(frozen=True)
class Batch:
    """An import that can be undone."""

    id: UUID
    file: str
    at: datetime
    taken: int
    updated: int


@dataclass(frozen=True)
class Undone:
    removed: int
    """New cars that are gone again."""
    restored: int
    """Cars that have their old values again."""
    sold: tuple[str, ...]
    """VINs of cars that stay, since they are ordered, held or sold."""
    changed: tuple[str, ...]
    """VINs of cars that stay, since somebody changed them."""


def keep(session: Session, batch: UUID, file: str, taken: int, updated: int, first_entry: int) -> bool:
    """Write down, in the import's own transaction, what it did; False where it changed nothing."""
    entries = import_batches.entries_since(session.connection(), first_entry)
    if entries == "{}":
        return False
    requests.claim(session, batch, import_batches.ACTION, "")
    requests.keep_result(session, batch, {"file": file, "taken": taken, "updated": updated, "entries": entries})
    return True


def recent(reader: Reader) -> list[Batch]:
    """The imports of the last month that were not undone, the newest first."""
    rows = reader.run(None, lambda session: import_batches.recent(session, days=_DAYS, limit=_SHOWN))
    return [
        Batch(row.id, row.result.get("file", ""), row.at, row.result.get("taken", 0), row.result.get("updated", 0))
        for row in rows
    ]


def undo(session_maker: SessionMaker, batch: UUID) -> Undone:
    """Take the import back, in one transaction; a repeat says what the first did.

    Raises NotFound, ConnectionLost, Busy, NotAllowed.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with session_maker() as session, session.begin():
                return _undo(session, batch)
        except DBAPIError as error:
            if attempt < _ATTEMPTS and faults.sqlstate(error) in faults.RETRIED:
                continue
            raise faults.translate(error) from error
    raise AssertionError("the last attempt returns or raises")


def _undo(session: Session, batch: UUID) -> Undone:
    kept = requests.stored(session, batch)
    if kept is None or kept[0] != import_batches.ACTION or not kept[2]:
        raise NotFound
    request = uuid5(batch, "undo")
    if not requests.claim(session, request, f"{import_batches.ACTION}.undo", ""):
        before = requests.stored(session, request)
        return _from_json((before[2] if before else None) or {})
    connection = session.connection()
    car_import.set_limits(connection, statement_ms=300_000, idle_ms=120_000)
    result = _change_back(connection, str(kept[2]["entries"]))
    requests.keep_result(session, request, {"batch": str(batch), **_to_json(result)})
    return result


def _change_back(connection: Connection, entries: str) -> Undone:
    import_batches.stage(connection, entries)
    staying = import_batches.kept(connection)
    restored = import_batches.restore_updated(connection)
    removed = import_batches.remove_new(connection)
    return Undone(
        removed,
        restored,
        tuple(row.vin for row in staying if row.is_sold),
        tuple(row.vin for row in staying if not row.is_sold),
    )


def _to_json(result: Undone) -> dict[str, Any]:
    return {
        "removed": result.removed,
        "restored": result.restored,
        "sold": list(result.sold),
        "changed": list(result.changed),
    }


def _from_json(kept: dict[str, Any]) -> Undone:
    return Undone(
        kept.get("removed", 0), kept.get("restored", 0), tuple(kept.get("sold", ())), tuple(kept.get("changed", ()))
    )


def batch_words(batch: Batch) -> str:
    """An import in one line, with what ``undo-import`` takes first."""
    return _("{id}  {file}, {day}: {taken} new, {updated} updated").format(
        id=batch.id,
        file=batch.file,
        day=formats.day(batch.at.astimezone().date()),
        taken=formats.number(batch.taken),
        updated=formats.number(batch.updated),
    )


def summary(result: Undone) -> list[str]:
    """What was undone and what stays, in words."""
    removed = ngettext("{count} new car is gone again", "{count} new cars are gone again", result.removed)
    restored = ngettext(
        "{count} car has its old values again", "{count} cars have their old values again", result.restored
    )
    lines = [
        _("The import is undone: {removed}, {restored}.").format(
            removed=removed.format(count=formats.number(result.removed)),
            restored=restored.format(count=formats.number(result.restored)),
        )
    ]
    if result.sold:
        lines.append(_("Ordered, held or sold since, so they stay: {cars}.").format(cars=_named(result.sold)))
    if result.changed:
        lines.append(_("Changed since, so they stay as they are: {cars}.").format(cars=_named(result.changed)))
    return lines


def _named(vins: tuple[str, ...]) -> str:
    shown = ", ".join(vins[:_NAMED])
    more = len(vins) - _NAMED
    return f"{shown}, " + _("{count} more").format(count=formats.number(more)) if more > 0 else shown
