"""The settings files: where they are looked for, which of them are read, and which one says where the database is."""

import io
import logging
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from dealer_desktop.core import paths
from dealer_desktop.core.errors import WrongSetting
from dealer_desktop.core.i18n import gettext as _

_log = logging.getLogger(__name__)
OWN_NAME = "dealer.env"
"""What this program itself writes, in the user's configuration folder."""
_NAMES = (OWN_NAME, ".env")


def folders() -> tuple[Path, ...]:
    """Where settings files are looked for, the strongest first."""
    found = (paths.executable_folder(), Path.cwd(), paths.config_folder())
    return tuple(dict.fromkeys(found))


def candidates() -> tuple[Path, ...]:
    """Every place of a settings file, the strongest first."""
    return tuple(folder / name for folder in folders() for name in _NAMES)


def files() -> tuple[Path, ...]:
    """The settings files that are there and read, the strongest first."""
    return tuple(file for file in candidates() if file.is_file() and not why_not(file))


def left_out() -> dict[Path, str]:
    """The settings files that are there and not read, each with the reason as half a sentence."""
    return {file: why for file in candidates() if file.is_file() and (why := why_not(file))}


def database_file() -> Path | None:
    """The file that says where the database is; None where none does. Raises WrongSetting."""
    return next((file for file in candidates() if any(map(_is_of_database, _given(file)))), None)


def read() -> dict[str, str | None]:
    """What the files set, by lower-case names; of ``DB__*`` what one of them says, the strongest that has any.

    Mixed, a host from here and a password from there would send the one's secret to the other's server. Raises
    WrongSetting.
    """
    found: dict[str, str | None] = {}
    has_database = False
    for file in candidates():
        values = _given(file)
        database = set(filter(_is_of_database, values))
        for name, value in values.items():
            if name not in database or not has_database:
                found.setdefault(name, value)
        if database and not has_database:
            has_database = True
            _find_certificate(found, file.parent)
    return found


def _find_certificate(found: dict[str, str | None], folder: Path) -> None:
    """A certificate that lies beside the file that names it is found there, wherever that folder was copied to."""
    name = found.get("db__sslrootcert")
    if name and (folder / name).is_file():
        found["db__sslrootcert"] = str(folder / name)


def _given(file: Path) -> dict[str, str | None]:
    return {name.lower(): value for name, value in _values(file) if value}


def _is_of_database(name: str) -> bool:
    return name == "db" or name.startswith("db__")


def _values(file: Path) -> Iterator[tuple[str, str | None]]:
    """Refuses a file that cannot be read, with the line: a setting that is skipped silently is worse."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as opened:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return
            if why := why_not(file, os.fstat(descriptor)):
                _log.warning("the settings file %s is not read: %s", file, why)
                return
            # Notepad puts a byte order mark before the first name.
            text = opened.read().decode("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return
    except UnicodeDecodeError:
        raise WrongSetting(variable=str(file), reason=_("it is not saved as UTF-8")) from None
    except OSError as error:
        raise WrongSetting(variable=str(file), reason=error.strerror or str(error)) from None
    for binding in parse_stream(io.StringIO(text)):
        if binding.error:
            reason = _("line {number} is no setting").format(number=binding.original.line)
            raise WrongSetting(variable=str(file), reason=reason)
    yield from dotenv_values(stream=io.StringIO(text)).items()


def why_not(file: Path, found: os.stat_result | None = None) -> str:
    """Why ``file`` is not read, as half a sentence; empty where it is.

    Only in the working folder, which may be anybody's: the other two are the administrator's and the person's own.
    """
    if os.name != "posix" or file.parent != Path.cwd() or _is_beside_the_program(file):
        return ""
    link, found = file.lstat(), found or file.stat()
    if {link.st_uid, found.st_uid} != {os.geteuid()}:
        return _("it belongs to another user")
    if found.st_mode & stat.S_IWOTH or (found.st_mode & stat.S_IWGRP and not _is_private_group(found.st_gid)):
        return _("other users may write to it")
    return ""


def _is_beside_the_program(file: Path) -> bool:
    return bool(getattr(sys, "frozen", False)) and file.parent == paths.executable_folder()


def _is_private_group(gid: int) -> bool:
    """Whether it is the user's own group, which most Linux systems make for everybody and let write by default."""
    import grp
    import pwd

    try:
        group, person = grp.getgrgid(gid), pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return group.gr_name == person.pw_name and set(group.gr_mem) <= {person.pw_name}
