"""Where the database is, as somebody chose it on this PC: whether anybody did, what says so, and how it is kept."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dealer_desktop.core import paths, settings_files
from dealer_desktop.core.errors import DealerError, FileNotWritten
from dealer_desktop.core.i18n import gettext as _

THIS_PC, DEMO = "this-pc", "demo"
"""What ``DB__PLACE`` may say."""
_OURS = frozenset({"host", "port", "name", "sslmode", "sslrootcert", "place"})
"""What a choice replaces; of the same server all else stays, of another nothing: a secret is no other server's."""
_LINE = re.compile(r"\s*(?:export\s+)?(DB(?:__\w+)?)\s*=", re.IGNORECASE)
_PLAIN = re.compile(r"[\w./:,@+-]*")


class ChosenElsewhere(DealerError):
    """What is read before ``file`` says where the database is: a choice written to ``file`` would change nothing."""

    def sentence(self) -> str:
        return _(
            "{stronger} says where the database is, and is read before {file}. Change it there, or take its lines "
            "with DB__ out, then choose again."
        ).format(stronger=self.stronger or _("The environment (DB__…)"), file=self.file)


class NotForEverybody(FileNotWritten):
    """Only an administrator may write beside the program."""

    def sentence(self) -> str:
        return _(
            "The file {file} cannot be written: {reason}. Start the program once as an administrator, or keep the "
            "choice for yourself alone."
        ).format(file=self.file, reason=self.reason)


class NotForMe(FileNotWritten):
    def sentence(self) -> str:
        return _(
            "The file {file} cannot be written: {reason}. Give yourself the right to write there, or let an "
            "administrator keep the choice for all users of this PC."
        ).format(file=self.file, reason=self.reason)


def file_for(*, everybody: bool) -> Path:
    """Where a choice is kept: for whoever starts the program from this folder, or for this user."""
    folder = paths.executable_folder() if everybody else paths.config_folder()
    return folder / settings_files.OWN_NAME


def is_chosen() -> bool:
    """Whether anybody said where the database is; a ``dealer.env`` beside the program says so whatever is in it."""
    beside = file_for(everybody=True)
    return _environment_says("") or beside.is_file() or settings_files.database_file() is not None


def stronger_than(file: Path) -> Path | None:
    """Raises ChosenElsewhere where what is read before ``file`` says where the database is; else what says it now."""
    if _environment_says("host") or _environment_says("place"):
        raise ChosenElsewhere(stronger=None, file=file)
    now = settings_files.database_file()
    order = list(settings_files.candidates())
    if now is not None and now != file and file in order and order.index(now) < order.index(file):
        raise ChosenElsewhere(stronger=now, file=file)
    return now


def keep(values: Mapping[str, str], *, everybody: bool) -> Path:
    """Write ``DB__*`` (names without the prefix, in lower case) whole or not at all; the file.

    For everybody the server's certificate is copied beside the file, so that the folder is all that other PCs need.
    Raises ChosenElsewhere and FileNotWritten.
    """
    file = file_for(everybody=everybody)
    stronger_than(file)
    try:
        if everybody and values.get("sslrootcert"):
            values = {**values, "sslrootcert": _beside(file, Path(values["sslrootcert"]))}
        before = file.read_text("utf-8-sig").splitlines() if file.is_file() else []
        lines = _kept(before, values.get("host", ""))
        lines += [f"DB__{name.upper()}={_quoted(value)}" for name, value in values.items() if value]
        _write(file, "\n".join(lines) + "\n", mode=0o644 if everybody else 0o600)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise (NotForEverybody if everybody else NotForMe)(file=file, reason=reason) from error
    return file


def is_for_everybody() -> bool:
    """Whether what is chosen now stands beside the program."""
    return settings_files.database_file() == file_for(everybody=True)


def _beside(file: Path, certificate: Path) -> str:
    """The certificate's name beside ``file``; one that cannot be read stays where it is said to be. Raises OSError."""
    copy = file.parent / certificate.name
    if not certificate.is_file():
        return str(certificate)
    if copy.exists() and copy.samefile(certificate):
        return certificate.name
    try:
        _write(copy, certificate.read_text("ascii"), mode=0o644)
    except UnicodeDecodeError:
        return str(certificate)  # no PEM, and so none that anything could be compared with
    return certificate.name


def _environment_says(setting: str) -> bool:
    """``setting``: without the prefix; empty: anything of the database."""
    given = {name.lower() for name, value in os.environ.items() if value}
    return "db" in given or any(name.startswith(f"db__{setting}") for name in given)


def _kept(lines: list[str], host: str) -> list[str]:
    """The lines that stay when the database is at ``host``."""
    same = any(found and found[1].upper() == "DB__HOST" and _value(line) == host for line, found in _read(lines))
    return [
        line
        for line, found in _read(lines)
        if not found or (same and found[1].upper() != "DB" and found[1][4:].lower() not in _OURS)
    ]


def _read(lines: list[str]) -> list[tuple[str, re.Match[str] | None]]:
    return [(line, _LINE.match(line)) for line in lines]


def _value(line: str) -> str:
    return line.partition("=")[2].strip().strip("'\"")


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _write(file: Path, text: str, *, mode: int) -> None:
    """Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_file():
        mode = file.stat().st_mode & 0o777
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    half = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        half.chmod(mode)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
