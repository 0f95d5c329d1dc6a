"""Why the system did not give a file, in the person's words."""

import errno
import os
import stat
from pathlib import Path

from dealer_desktop.core.i18n import gettext as _


def reason_of(error: Exception) -> str:
    """Half a sentence, to stand after a colon; the system's own words where we have none."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return _("there is no such file or folder")
    if number in (errno.EACCES, errno.EPERM):
        return _("access is denied, or another program has it open")
    if number == errno.EISDIR:
        return _("it is a folder")
    if number == errno.ENODEV:
        return _("it is a device, not a file")
    if number == errno.ENOTDIR:
        return _("a part of its path is no folder")
    if number in (errno.ENOSPC, errno.EDQUOT):
        return _("the disk is full")
    if number == errno.EROFS:
        return _("the disk can only be read")
    if number == errno.ENAMETOOLONG:
        return _("its name is too long")
    words = getattr(error, "strerror", None) or str(error)
    return str(words)[:200] or type(error).__name__


def read_regular(file: Path, most: int) -> bytes:
    """The beginning of ``file``, at most ``most`` bytes. Raises OSError, ENODEV where it is no regular file.

    Looked at after it was opened, so that nobody changes it in between; a pipe without a writer does not hold us up,
    and a device is not read, which may have no end.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    descriptor = os.open(file, flags)
    with os.fdopen(descriptor, "rb") as opened:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(file))
        if not stat.S_ISREG(mode):
            raise OSError(errno.ENODEV, "it is a device, not a file", str(file))
        return opened.read(most)


def take_place(temporary: Path, file: Path) -> None:
    """Let the finished ``temporary`` be ``file``. Raises OSError; a device is refused, since it would be replaced too.

    As root that would turn ``/dev/null`` into a file, and then hardly any program works.
    """
    if file.exists() and not file.is_file() and not file.is_dir():
        raise OSError(errno.ENODEV, "it is a device")
    temporary.replace(file)
