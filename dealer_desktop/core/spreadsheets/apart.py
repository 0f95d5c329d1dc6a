"""A spreadsheet is read in a process of its own, killed when it takes too much memory or time, and on Cancel."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psutil

COMMAND = "read-sheet"
"""What the packaged program is called with to be the reader; nobody types it."""
_LOOK_EVERY = 0.03
"""Seconds."""


@dataclass(frozen=True)
class Limits:
    memory: int = 600_000_000
    """Bytes of the reader; a sheet of 200,000 cars needs less."""
    seconds: float = 12.0


class NotRead(Exception):
    """``code``: damaged, too_large, too_wide, long_cell, too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ReadingCanceled(Exception):
    """The person said stop."""


@dataclass(frozen=True)
class SheetRows:
    """One sheet; its rows lie in a file of their own and may be read again and again."""

    name: str
    visible: bool
    count: int
    hidden: frozenset[int]
    """Lines that the spreadsheet does not show."""
    strays: tuple[str, ...]
    """Cells far outside that were left out."""
    refused: str
    """Why it was not read, as NotRead's code; else empty."""
    _file: Path
    _folder: "tempfile.TemporaryDirectory[str]"
    """Held so that it lives as long as the rows are wanted."""

    def __iter__(self) -> Iterator[tuple[int, list[object]]]:
        if self.refused:
            return
        with self._file.open(encoding="utf-8", errors="surrogatepass") as source:
            for line in source:
                number, cells = json.loads(line)
                yield number, [_value(cell) if type(cell) is dict else cell for cell in cells]


def read(
    file: Path,
    kind: str,
    encoding: str = "utf-8",
    canceled: Callable[[], bool] | None = None,
    limits: Limits | None = None,
) -> list[SheetRows]:
    """All sheets of ``file``; ``kind`` is zip, binary (xls), xml or html. Raises NotRead, ReadingCanceled, OSError."""
    limits = limits or Limits()
    folder = tempfile.TemporaryDirectory(prefix="dealer-sheet-")
    place = Path(folder.name)
    request = {
        "file": str(file.absolute()),
        "kind": kind,
        "encoding": encoding,
        "folder": folder.name,
        "memory": limits.memory,
    }
    (place / "request.json").write_text(json.dumps(request), "utf-8")
    _run(place, limits, canceled)
    try:
        answer = json.loads((place / "sheets.json").read_text("utf-8"))
    except (OSError, ValueError):
        # It died: there was not enough memory, or the reader itself gave up.
        raise NotRead("too_large") from None
    if "error" in answer:
        raise NotRead(answer["error"])
    return [
        SheetRows(
            name=sheet["name"],
            visible=sheet["visible"],
            count=sheet["rows"],
            hidden=frozenset(sheet["hidden"]),
            strays=tuple(sheet["strays"]),
            refused=sheet["refused"],
            _file=place / f"{number}.jsonl",
            _folder=folder,
        )
        for number, sheet in enumerate(answer["sheets"])
    ]


def command(request: Path) -> list[str]:
    """How the reader is started: the packaged program calls itself, a Python runs the file alone."""
    if getattr(sys, "frozen", False):
        return [sys.executable, COMMAND, str(request)]
    return [sys.executable, "-I", str(Path(__file__).with_name("child.py")), str(request)]


def _run(place: Path, limits: Limits, canceled: Callable[[], bool] | None) -> None:
    """Until it ends, or is killed. Raises NotRead, ReadingCanceled."""
    # Not our environment: there are passwords in it.
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
    process = subprocess.Popen(
        command(place / "request.json"),
        cwd=place,
        env={name: os.environ[name] for name in kept if name in os.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    import psutil

    ends = time.monotonic() + limits.seconds
    watched = psutil.Process(process.pid)
    try:
        while True:
            try:
                process.wait(_LOOK_EVERY)
                return
            except subprocess.TimeoutExpired:
                pass
            if canceled is not None and canceled():
                raise ReadingCanceled
            if time.monotonic() > ends:
                raise NotRead("too_long")
            if _memory(watched) > limits.memory:
                raise NotRead("too_large")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _memory(process: "psutil.Process") -> int:
    import psutil

    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _value(cell: dict[str, Any]) -> object:
    return date.fromisoformat(cell["d"]) if "d" in cell else datetime.fromisoformat(cell["t"])
