"""What was typed into forms and is not saved yet: on the disk while it is typed, so that it outlives a crash.

A draft is offered at its form's next opening, never filled in by itself. One whose form was open when the program
ended (a crash, a power cut, or a person who closed the window) is ``is_open``: it is offered at the next start too.

One file a draft, in a folder of the login and its database; older ones than ``KEPT_DAYS`` are thrown away, since they
hold customers' names and phones.
"""

import contextlib
import hashlib
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QLockFile, QObject, Signal

from dealer_desktop.ui import jobs

log = logging.getLogger(__name__)
KEPT_DAYS = 30
_SUFFIX = ".draft"
_UNFINISHED = ".new"
"""A file that was being written."""


@dataclass(frozen=True)
class Draft:
    """What one form held."""

    key: str
    """Which form on which record: there is one draft of it."""
    values: Mapping[str, str]
    """Texts by field name."""
    request_id: UUID
    """Of the form: saving what was sent already does nothing a second time."""
    form: str = ""
    """The dialog's objectName."""
    kind: str = ""
    """Of the record that the form is about, with ``record``; empty for a new one."""
    record: int | None = None
    words: str = ""
    """What a person would call it: "Add a car, LADA Vesta"."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else the form needs to go on where it was; JSON."""
    sent: bool = False
    """It was on its way to the database, and no answer came."""
    is_open: bool = False
    """Its form was open; nobody put it aside."""
    owner: str = ""
    """The running program that has the form open."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def to_json(self) -> str:
        found = {**asdict(self), "request_id": str(self.request_id), "at": self.at.isoformat()}
        return json.dumps(found, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Draft | None":
        """None for what is no draft."""
        try:
            found = json.loads(text)
            moment = datetime.fromisoformat(str(found["at"]))
            record, more = found.get("record"), found.get("more")
            return cls(
                key=str(found["key"]),
                values={str(name): str(value) for name, value in found["values"].items()},
                request_id=UUID(str(found["request_id"])),
                form=str(found.get("form", "")),
                kind=str(found.get("kind", "")),
                record=int(record) if record is not None else None,
                words=str(found.get("words", "")),
                more=dict(more) if isinstance(more, dict) else {},
                sent=bool(found.get("sent")),
                is_open=bool(found.get("is_open")),
                owner=str(found.get("owner", "")),
                at=moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC),
            )
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return None


class Drafts(QObject):
    """The drafts of one person on one database, in ``folder``. Written and deleted off the GUI thread, in order."""

    forgotten = Signal(str)
    """The draft of that key is no more: saved or discarded."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.owner = uuid4().hex
        self._known: dict[str, Draft | None] = {}
        """What was kept or forgotten here; the disk may be a moment behind."""
        self._newest: dict[str, int] = {}
        self._number = 0
        self._writing = threading.Lock()
        self._alive: QLockFile | None = None
        """Held while this program runs: whoever finds it free knows that its open forms were interrupted."""

    # -- for the forms, on the GUI thread -----------------------------------------------------------------------------

    def get(self, key: str) -> Draft | None:
        """The draft of that form, if there is one."""
        if key in self._known:
            return self._known[key]
        found = _read(self._file(key))
        return found if found is not None and found.key == key else None

    def keep(self, draft: Draft) -> None:
        """Write it as soon as a thread is free."""
        draft, number = self._note(draft.key, draft)
        jobs.run(self, self._store, draft, number, writes=True)

    def sending(self, draft: Draft) -> "Sender":
        """The draft as it is sent: what the job that saves it writes down first, on its own thread."""
        sent, number = self._note(draft.key, replace(draft, sent=True))
        return Sender(self, sent, number)

    def forget(self, key: str) -> None:
        _none, number = self._note(key, None)
        jobs.run(self, self._delete, key, number, writes=True)
        self.forgotten.emit(key)

    def put_aside(self, key: str) -> None:
        """Its form was seen and closed: it is not offered at the next start, but at the form's next opening."""
        draft = self.get(key)
        if draft is not None and draft.is_open:
            self.keep(replace(draft, is_open=False, owner=""))

    def forget_all(self) -> None:
        """Every draft of this person on this database."""
        for draft in [*map(_read, self._files()), *self._known.values()]:
            if draft is not None:
                self.forget(draft.key)

    def close(self) -> None:
        """The program ends as it should. What is still being written is waited for."""
        with self._writing:
            if self._alive is not None:
                self._alive.unlock()
                self._alive = None

    def _note(self, key: str, draft: Any) -> tuple[Any, int]:
        self._number += 1
        self._known[key] = draft
        self._newest[key] = self._number
        return draft, self._number

    # -- at the start, on a pool thread -------------------------------------------------------------------------------

    def unfinished(self) -> list[Draft]:
        """What was open when its program ended, the newest first. Throws away what is too old."""
        if not self.folder.is_dir():
            return []
        running = self._running_programs()
        oldest = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
        found = []
        for file in self.folder.iterdir():
            if file.suffix not in (_SUFFIX, _UNFINISHED):
                continue
            draft = _read(file) if file.suffix == _SUFFIX else None
            if (draft.at if draft is not None else _written_at(file)) < oldest:
                with contextlib.suppress(OSError):
                    file.unlink()
            elif draft is not None and draft.is_open and draft.owner not in running:
                found.append(draft)
        return sorted(found, key=lambda draft: draft.at, reverse=True)

    def _running_programs(self) -> set[str]:
        running = {self.owner}
        for file in self.folder.glob("*.lock"):
            lock = _lock(file)
            if lock.tryLock(0):
                lock.unlock()
            else:
                running.add(file.stem)
        return running

    # -- on the disk --------------------------------------------------------------------------------------------------

    def _file(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:24]}{_SUFFIX}"

    def _files(self) -> list[Path]:
        return list(self.folder.glob(f"*{_SUFFIX}")) if self.folder.is_dir() else []

    def _store(self, draft: Draft, number: int) -> None:
        with self._writing:
            if self._newest.get(draft.key, 0) > number:
                return
            try:
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                if self._alive is None:
                    alive = _lock(self.folder / f"{self.owner}.lock")
                    self._alive = alive if alive.tryLock(0) else None
                _write(self._file(draft.key), self.owner, draft.to_json())
            except OSError as error:
                log.warning("a draft could not be written: %s", error)

    def _delete(self, key: str, number: int) -> None:
        with self._writing:
            if self._newest.get(key, 0) > number:
                return
            try:
                self._file(key).unlink(missing_ok=True)
            except OSError as error:
                log.warning("a draft could not be deleted: %s", error)


@dataclass(frozen=True)
class Sender:
    drafts: Drafts
    draft: Draft
    number: int

    def write(self) -> None:
        """On any thread; returns when it is on the disk."""
        self.drafts._store(self.draft, self.number)


def _lock(file: Path) -> QLockFile:
    lock = QLockFile(str(file))
    lock.setStaleLockTime(0)  # only the death of its process frees it
    return lock


def _read(file: Path) -> Draft | None:
    try:
        return Draft.from_json(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _written_at(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return datetime.now(UTC)


def _write(file: Path, owner: str, text: str) -> None:
    """Whole or not at all, also when the power goes."""
    fresh = file.with_name(f"{file.stem}-{owner}{_UNFINISHED}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
