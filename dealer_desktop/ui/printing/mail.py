"""A file handed to the PC's own mail program, attached where that program can be told to."""

import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices


def send(file: Path, subject: str) -> bool:
    """Open the mail program with ``file`` attached; where that is not possible, without it. Whether it is attached."""
    command = _command(file, subject)
    if command is not None:
        try:
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError:
            command = None
    if command is None:
        letter = QUrl("mailto:")
        query = QUrlQuery()
        query.addQueryItem("subject", subject)
        letter.setQuery(query)
        QDesktopServices.openUrl(letter)
    return command is not None


def _command(file: Path, subject: str) -> list[str] | None:
    if sys.platform == "darwin":
        return ["open", "-a", "Mail", str(file)]
    if sys.platform == "win32":
        outlook = shutil.which("outlook")
        return [outlook, "/c", "ipm.note", "/a", str(file)] if outlook else None
    xdg = shutil.which("xdg-email")
    return [xdg, "--subject", subject, "--attach", str(file)] if xdg else None
