"""A backup's file before a row of it is loaded: is it one of ours, whole, and no bigger than it says.

Whoever hands the file over may have made it to do harm, so nothing is unpacked into memory or trusted unread.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dealer_desktop.core.errors import SchemaNewer, UnreadableFile
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.server import upgrade

FORMAT = 1
MANIFEST = "manifest.json"
PHOTOS = "photos/"
"""Where in the file the photos are."""
CHUNK = 1 << 20
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError)
"""What the zip module raises for a damaged, encrypted or foreign file."""
MANIFEST_BYTES = 4 << 20
LINE_BYTES = 64 << 20
"""The longest row: a logo or a report is a few megabytes, twice that as hexadecimal text."""
UNPACKS_TO = 200
"""A table of text packs to a tenth; a thousandth is a file made to fill a disk."""
ALWAYS_FINE = 64 << 20
_LAST_NUMBER = (1 << 63) - 1
_PHOTO = re.compile(r"cars/\d+/[0-9a-f-]{36}\.jpg")
_VERIFIER = re.compile(r"SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+")


class BackupNewer(SchemaNewer):
    """The file was made by a newer program."""

    def sentence(self) -> str:
        return _("This backup was made by a newer Dealer Desktop. Restore it with that version, or a later one.")

    def for_admin(self) -> str:
        """Overrides SchemaNewer."""
        return ""


class Damaged(Exception):
    """The message is half a sentence that says what is wrong with the file."""


@dataclass(frozen=True)
class Copied:
    """What the manifest says of one table."""

    columns: list[str]
    rows: int
    sha256: str
    sequence: int | None
    """The last number that its id's sequence gave; None where it gave none."""


@dataclass(frozen=True)
class Archive:
    zip: zipfile.ZipFile
    revision: str
    tables: dict[str, Copied]
    logins: frozenset[str] | None
    """Whose of the staff signed in when the backup was made; None where it was not kept yet."""
    verifiers: dict[str, str]
    """What the server keeps of their passwords, by login; empty where they were left out."""
    photos: tuple[str, ...]
    """The names of the photos that are inside."""

    def table(self, name: str) -> zipfile.ZipInfo:
        return self.zip.getinfo(_member(name))

    def photo(self, name: str) -> bytes:
        """Raises Damaged."""
        try:
            return self.zip.read(f"{PHOTOS}{name}")
        except BROKEN as error:
            raise Damaged(_("its photo {name} is damaged").format(name=name)) from error


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """The backup in ``file``, whose tables are what its sums say. Raises UnreadableFile and SchemaNewer."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(set(names)) != len(names):
                raise Damaged(_("it holds one name twice"))
            for member in archive.infolist():
                _demand_modest(member)
            found = _read_manifest(archive)
            for name, told in found.tables.items():
                _demand_sum(archive, name, told)
            yield found
    except BROKEN as error:
        raise UnreadableFile(file=file, reason=_("it is no backup, or it is damaged")) from error
    except OSError as error:
        raise UnreadableFile(file=file, reason=error.strerror or str(error)) from None
    except Damaged as error:
        raise UnreadableFile(file=file, reason=str(error)) from error


def damaged_table(name: str) -> Damaged:
    return Damaged(_("its table {table} is damaged").format(table=name))


def _member(table: str) -> str:
    return f"tables/{table}.copy"


def _demand_modest(member: zipfile.ZipInfo) -> None:
    """Nothing that is encrypted, packed in a way that we do not write, or unpacks to far more than a backup does."""
    if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Damaged(_("it is no backup, or it is damaged"))
    if member.file_size > max(ALWAYS_FINE, UNPACKS_TO * member.compress_size):
        raise Damaged(_("its part {name} unpacks to far more than a backup does").format(name=member.filename))


def _read_manifest(archive: zipfile.ZipFile) -> Archive:
    no_backup = Damaged(_("it is no backup, or it is damaged"))
    try:
        if archive.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
            raise no_backup
        manifest = json.loads(archive.read(MANIFEST))
        version, revision = manifest["format"], manifest["revision"]
        tables = {name: _copied(facts) for name, facts in manifest["tables"].items()}
        logins = frozenset(manifest["logins"]) if "logins" in manifest else None
        verifiers = dict(manifest.get("verifiers", {}))
        photos = tuple(name.removeprefix(PHOTOS) for name in archive.namelist() if name.startswith(PHOTOS))
        told_photos = manifest.get("photos", 0)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise no_backup from None
    if type(version) is not int or not isinstance(revision, str):
        raise no_backup
    if not all(isinstance(login, str) for login in logins or ()):
        raise no_backup
    if not all(_VERIFIER.fullmatch(str(verifier)) for verifier in verifiers.values()):
        raise no_backup
    if len(photos) != told_photos or not all(_PHOTO.fullmatch(name) for name in photos):
        raise Damaged(_("its photos are not those that were saved"))
    if version > FORMAT or revision not in upgrade.known_revisions():
        raise BackupNewer(revision=revision)
    return Archive(archive, revision, tables, logins, verifiers, photos)


def _copied(facts: dict[str, Any]) -> Copied:
    """Raises ValueError where a fact is of another kind than we write."""
    told = Copied(**facts)
    if not (
        isinstance(told.columns, list)
        and all(isinstance(column, str) for column in told.columns)
        and len(set(told.columns)) == len(told.columns)
        and type(told.rows) is int
        and isinstance(told.sha256, str)
        and (told.sequence is None or (type(told.sequence) is int and 0 < told.sequence <= _LAST_NUMBER))
    ):
        raise ValueError(facts)
    return told


def _demand_sum(archive: zipfile.ZipFile, name: str, told: Copied) -> None:
    """Read a table's text once, in pieces: the bytes that were written, and no row without end."""
    digest, line = hashlib.sha256(), 0
    try:
        with archive.open(_member(name)) as source:
            while data := source.read(CHUNK):
                digest.update(data)
                first, last = data.find(b"\n"), data.rfind(b"\n")
                line = line + len(data) if first < 0 else len(data) - last - 1
                if line > LINE_BYTES:
                    raise Damaged(_("its table {table} has a row without end").format(table=name))
    except (KeyError, *BROKEN) as error:
        raise damaged_table(name) from error
    if digest.hexdigest() != told.sha256:
        raise damaged_table(name)
