"""The log: one rotating file in the person's log folder. No secret gets in: a filter masks what looks like one."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import quote

from dealer_desktop.core import paths

FILE_NAME = "dealer-desktop.log"
_URL_PASSWORD = re.compile(r"(://[^:/\s]*:)\S+(@)")
_NAME = r"(?:\w*password|passwd|pwd|secret_key|\w*secret|token|api_key)"
_VALUE = r"""(?:'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|[^\s'"]\S*)"""
_KEY_VALUE = re.compile(rf"(\b{_NAME}['\"]?\s*(?:=|:|=>)\s*){_VALUE}", re.IGNORECASE)
_SQL = re.compile(r"(\bpassword\s+)'(?:[^']|'')*'", re.IGNORECASE)
_SHORTEST = 6
"""Characters of a secret that is looked for as it is; a shorter one would be found in ordinary words."""

_secrets: set[str] = set()


def keep_secret(value: str) -> None:
    """Mask ``value`` wherever it stands in the log from now on, percent-encoded too."""
    if len(value) >= _SHORTEST:
        _secrets.update({value, quote(value, safe=""), quote(value)})


class SecretFilter(logging.Formatter):
    """Formats a record, its traceback included, and masks passwords in it."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def mask(text: str) -> str:
    """``text`` without secrets: those we know, and what looks like one in a URL, in ``password=...`` or in SQL."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    text = _URL_PASSWORD.sub(r"\1***\2", text)
    return _SQL.sub(r"\1'***'", _KEY_VALUE.sub(r"\1***", text))


def log_file(folder: Path | None = None) -> Path:
    return (folder or paths.log_folder()) / FILE_NAME


def set_up(level: str = "INFO", folder: Path | None = None) -> Path:
    """Send the root logger to the rotating file (3 files of 2 MB) and return its path.

    A folder that cannot be written is no reason not to start: then nothing is logged.
    """
    file = log_file(folder)
    root = logging.getLogger()
    root.setLevel(level)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            file, maxBytes=2_000_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(SecretFilter("%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"))
    for old in list(root.handlers):
        if isinstance(old, RotatingFileHandler):
            root.removeHandler(old)
            old.close()
    root.addHandler(handler)
    logging.captureWarnings(True)
    return file
