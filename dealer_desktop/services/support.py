"""One zip for whoever helps: ``doctor``'s findings, the settings, the logs; no secret, no customer.

What a log tells is not ours to choose: names and numbers of people come in with errors. So of its lines only those
words stay that this program or PostgreSQL says by itself, the places in the code, small numbers; all else is a mark.
"""

import contextlib
import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from pydantic import BaseModel, SecretStr

from dealer_desktop.core import paths, settings_files
from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.logging import log_file, mask
from dealer_desktop.core.person_errors import SupportCanceled
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.services.checks import Check

GONE = "…"
"""Stands for what is left out."""
MOST = 2_000_000
"""Bytes of each log's end."""
_HEAD = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \d+ \S+ [\w.]+: )(.*)$")
_PLACE = re.compile(r'^  File "(.*)", line (\d+), in ([\w<>]+)$')
_ADDRESS = re.compile(r"[^\s'\"(<]*@[^\s'\")>]*")
_NUMBER = re.compile(r"\+?\d[\d\s().\u00a0\u202f/-]{4,}\d")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_SHORT = 4
"""Letters of a number that may stay: an order's, a line's."""
_ERRORS = re.compile(r"^[A-Z][A-Za-z]*(?:Error|Exception|Warning|Violation|Interrupt)$")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_EXAMPLES = re.compile(r"\S*@\S*|“[^”]*”|«[^»]*»|\b[A-ZА-ЯЁ]\w+ [A-ZА-ЯЁ]\w+\b")
_SERVERS_OWN = """
    duplicate key value violates unique constraint check foreign not null relation column table index function trigger
    permission denied for schema database role login password authentication failed connection refused timeout timed
    out expired lost closed unexpectedly server terminating statement canceling due to lock user request deadlock
    detected could serialize access concurrent update syntax at or near does exist already null in of violated
    transaction aborted current commands ignored until end block idle session disk full no space left on device
    too many clients remaining slots reserved starting up shutting down recovery mode read only the a is was be with
    this by and an it from as line context detail hint select insert delete where set values into begin commit rollback
    job failed repeated brought revision seconds settings are read keyring gave took forget password unexpected error
    refused traceback most recent call last during handling above exception another occurred direct cause following
    keyerror valueerror typeerror none true false str int float
"""


def write(
    file: Path,
    findings: Iterable[Check],
    *,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> None:
    """Readable by its owner only; it appears when it is complete. Raises FileNotWritten and SupportCanceled."""
    logs = _logs()
    steps = len(logs) + 2
    part: Path | None = None

    def step(number: int) -> None:
        if canceled is not None and canceled():
            raise SupportCanceled()
        if progress is not None:
            progress(number, steps)

    try:
        descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.", suffix=".unfinished")
        part = Path(name)
        with os.fdopen(descriptor, "wb") as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            step(0)
            archive.writestr("findings.txt", _plain("\n".join(_told(each) for each in findings)))
            step(1)
            archive.writestr("settings.txt", _plain("\n".join(_settings())))
            for number, log in enumerate(logs, 2):
                step(number)
                archive.writestr(f"logs/{log.name}", scrubbed(_end_of(log)))
            step(steps)
        part.replace(file)
    except OSError as error:
        raise FileNotWritten(file=file, reason=error.strerror or str(error)) from None
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def scrubbed(text: str) -> str:
    """A log without anything that people typed."""
    lines = []
    for line in text.splitlines():
        if head := _HEAD.match(line):
            lines.append(head[1] + _own_words(mask(head[2])))
        elif place := _PLACE.match(line):
            lines.append(f'  File "{_short_path(place[1])}", line {place[2]}, in {place[3]}')
        else:
            indent = len(line) - len(line.lstrip(" "))
            lines.append(" " * indent + _own_words(mask(line.strip())))
    return "\n".join(lines) + "\n"


def _own_words(message: str) -> str:
    return _WORD.sub(_own_word, _NUMBER.sub(GONE, _ADDRESS.sub(GONE, message)))


def _own_word(found: re.Match[str]) -> str:
    word = found[0]
    if word.isdecimal():
        return word if len(word) <= _SHORT else GONE
    return word if word.lower() in _vocabulary() or _ERRORS.match(word) else GONE


@cache
def _vocabulary() -> frozenset[str]:
    """The words that this program says, in any language, and PostgreSQL's; no examples, which are names."""
    found = set(_SERVERS_OWN.split())
    for file in sorted((paths.resources() / "locale").rglob("*.po")):
        for line in file.read_text("utf-8").splitlines():
            said = line.partition('"')[2].rpartition('"')[0] if line.startswith(("msgid", "msgstr", '"')) else ""
            said = _EXAMPLES.sub(" ", _PLACEHOLDER.sub(" ", said))
            found.update(word.lower() for word in _WORD.findall(said) if not word.isdecimal())
    return frozenset(found)


def _logs() -> list[Path]:
    log = log_file(APP_CONFIG.log.dir)
    return sorted(each for each in log.parent.glob(f"{log.name}*") if each.is_file() and not each.is_symlink())


def _end_of(log: Path) -> str:
    with log.open("rb") as source:
        source.seek(max(0, log.stat().st_size - MOST))
        return source.read().decode("utf-8", "replace")


def _told(check: Check) -> str:
    return f"{check.line}\n    {check.problem}" if check.problem else check.line


def _settings() -> list[str]:
    """Every setting, in the order of the manual; of a secret only whether it is set."""
    lines = [f"# {file}" for file in settings_files.files()]
    for group, values in APP_CONFIG.model_dump().items():
        model = getattr(APP_CONFIG, group)
        if not isinstance(model, BaseModel):
            lines.append(f"{group.upper()}={_value(model)}")
            continue
        # The dealership's own name and numbers are no setting of this PC's.
        lines += [
            f"{group.upper()}__{name.upper()}={_value(getattr(model, name))}" for name in values if group != "dealer"
        ]
    return lines


def _value(value: object) -> str:
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
    return "" if value is None else str(value)


def _plain(text: str) -> str:
    return mask(text.replace(str(Path.home()), "~")) + "\n"


def _short_path(name: str) -> str:
    """Without the folders above the program, which name the person."""
    with contextlib.suppress(ValueError):
        return str(Path(name).relative_to(paths.product_root()))
    return "/".join(Path(name).parts[-3:])
