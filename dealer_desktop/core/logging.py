"""The log: one rotating file in the person's log folder. No secret gets in: a filter masks what looks like one."""

import contextlib
import json
import logging
import os
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from urllib.parse import quote, quote_plus

from dealer_desktop.core import paths

FILE_NAME = "dealer-desktop.log"
_URL_PASSWORD = re.compile(r"(://[^:/?#\s]*:)(?!//)\S+(@)")
_NAME = (
    r"(?:\w*password|\w*passwd|\w*passphrase|\w*passcode|\bpwd|\bpass|\w*secret\w*|\w*token|\w*api_?key|\w*access_key\w*"
    r"|photos__key|authorization|x-amz-(?:signature|credential|security-token)|verifier|\w*пароль)"
)
_QUOTE = r"""(?:\\*['"])"""
_QUOTED = r"""(?:\\+(['"]).*?\\+\2|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")"""
_SCHEME = r"(?:(?:bearer|basic)\s+)?"
_VALUE = rf"""(?:\\*[bBuUrR]?{_QUOTED}|{_SCHEME}[^\s'"]\S*)"""
_KEY_VALUE = re.compile(rf"(\b{_NAME}{_QUOTE}?\s*(?:=>|:=|=|:|%3D)\s*){_VALUE}", re.IGNORECASE)
# ('password', 'x') and b"password", b"x", as tuples of parameters are written.
_PAIR = re.compile(rf"({_QUOTE}{_NAME}{_QUOTE}\s*,\s*)\\*[bBuUrR]?{_QUOTED}", re.IGNORECASE)
_OPTION = re.compile(rf"(--(?:\w+-)*(?:password|secret|token)\s+)(?:{_QUOTED}|\S+)", re.IGNORECASE)
_TAG = re.compile(rf"(<({_NAME})>)[^<]*", re.IGNORECASE)
_SQL = re.compile(r"(\bpassword\s+)(?:[eE]?'(?:[^'\\]|\\.|'')*'|(\$\w*\$).*?\2)", re.IGNORECASE | re.DOTALL)
_VERIFIER = re.compile(r"SCRAM-SHA-256\$\d+:\S+")
_SHORTEST = 6
"""Characters of a secret that is looked for as it is; a shorter one would be found in ordinary words."""

_secrets: set[str] = set()


def keep_secret(value: str) -> None:
    """Mask ``value`` wherever it stands in the log from now on, in whatever way it was quoted."""
    if len(value) >= _SHORTEST:
        slashed = value.replace("\\", "\\\\")
        _secrets.update({value, quote(value, safe=""), quote(value), quote_plus(value)})
        _secrets.update({repr(value)[1:-1], json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]})
        # libpq's way and SQL's.
        _secrets.update({slashed.replace("'", "\\'"), value.replace("'", "''")})


class SecretFilter(logging.Formatter):
    """Formats a record, its traceback included, and masks passwords in it."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def mask(text: str) -> str:
    """``text`` without secrets: those we know, and what looks like one in a URL, after its name or in SQL."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    text = _URL_PASSWORD.sub(r"\1***\2", text)
    text = _SQL.sub(r"\1'***'", _VERIFIER.sub("***", text))
    for pattern in (_KEY_VALUE, _PAIR, _OPTION, _TAG):
        text = pattern.sub(r"\1***", text)
    return text


class _LogFile(RotatingFileHandler):
    """For its owner's eyes: people's names and numbers are in it. What cannot be written is left out without a word."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with contextlib.suppress(OSError, AttributeError):  # somebody else's file; Windows, where rights are inherited
            os.fchmod(descriptor, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding=self.encoding, errors=self.errors)

    def close(self) -> None:
        with contextlib.suppress(OSError):  # the last lines do not fit on a full disk
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk, or rights that were taken away: no reason to print tracebacks over somebody's terminal."""


def _make_folder(folder: Path, *, is_our_own: bool) -> None:
    """A folder that only its owner may enter; one that the settings name and that is there keeps its rights."""
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if is_new or is_our_own:
        with contextlib.suppress(OSError):
            folder.chmod(0o700)


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
        _make_folder(file.parent, is_our_own=folder is None)
        handler: logging.Handler = _LogFile(file, maxBytes=2_000_000, backupCount=2, encoding="utf-8", delay=True)
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
