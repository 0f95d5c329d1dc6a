"""Where this PC keeps what a person chose: in a folder of the login, since several people share a showroom's PC.

``people/<login>/settings.ini`` holds filters, sorting, columns, widths and views; ``people/<login>/drafts/`` what was
typed and not saved, by database, since a record's number means another one elsewhere.
"""

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PySide6.QtCore import QSettings

_NOBODY = "nobody"


class Person:
    """``login`` of the database; ``home`` is the folder of the window's own settings."""

    def __init__(self, home: Path, login: str, database: str) -> None:
        # A prefix, since Windows has files that may not be named so ("con", "nul").
        self.folder = home / "people" / f"login-{quote(login or _NOBODY, safe='@')}"
        self.settings = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)
        name = hashlib.sha256(database.encode("utf-8", "replace")).hexdigest()[:16]
        self.drafts_folder = self.folder / "drafts" / name


def text(settings: QSettings, key: str) -> str:
    """A remembered text; empty where there is none, or where something else stands there."""
    value: Any = settings.value(key)
    return value if isinstance(value, str) else ""


def read_json(stored: str) -> Any:
    """What was remembered as JSON; None for anything else."""
    try:
        return json.loads(stored)
    except (ValueError, RecursionError):
        return None
