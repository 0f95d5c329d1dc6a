"""A newer package of this program, beside the one that runs or in the folder that ``UPDATES__FOLDER`` names.

Files are looked at, and nothing else: no network of our own. A share may be silent for long: never on the GUI thread.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dealer_desktop import __version__
from dealer_desktop.core import paths
from dealer_desktop.core.settings import APP_CONFIG

EXECUTABLE = "DealerDesktop.exe" if sys.platform == "win32" else "DealerDesktop"
VERSION_FILE = Path("_internal") / "version.txt"
"""Where a package says its version (``build.spec`` writes it)."""
_NUMBERS = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}")
_MOST_FOLDERS = 500
"""Of a share with more in it, no more are looked into."""


@dataclass(frozen=True)
class Package:
    version: str
    executable: Path


def places() -> tuple[Path, ...]:
    """Folders that may hold packages: the one around this package, and the setting's."""
    beside = (paths.executable_folder().parent,) if getattr(sys, "frozen", False) else ()
    folder = APP_CONFIG.updates.folder
    return tuple(dict.fromkeys((*beside, *((folder,) if folder is not None else ()))))


def newest(version: str = __version__) -> Package | None:
    """The newest package that is newer than ``version``; a place that cannot be read has none."""
    found = [package for place in places() for package in _in(place) if _order(package.version) > _order(version)]
    return max(found, key=lambda package: _order(package.version), default=None)


def why_not() -> str:
    """Why the setting's folder cannot be read, in the system's words; empty where it can, or none is set."""
    folder = APP_CONFIG.updates.folder
    if folder is None:
        return ""
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def start(package: Package) -> None:
    """Start it as a program of its own. Raises OSError."""
    # PyInstaller's programs tell their children where their own files are; this one is no child of that kind.
    environment = os.environ | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        subprocess.Popen([package.executable], env=environment, close_fds=True, creationflags=flags)
        return
    nowhere = subprocess.DEVNULL
    subprocess.Popen(
        [package.executable], env=environment, start_new_session=True, stdin=nowhere, stdout=nowhere, stderr=nowhere
    )


def _in(place: Path) -> list[Package]:
    found = []
    try:
        with os.scandir(place) as entries:
            folders = [place, *(Path(entry.path) for entry, _ in zip(entries, range(_MOST_FOLDERS), strict=False))]
    except OSError:
        return []
    for folder in folders:
        try:
            with (folder / VERSION_FILE).open(encoding="utf-8") as file:
                version = file.read(64).strip()
        except (OSError, UnicodeDecodeError):
            continue
        if _NUMBERS.fullmatch(version) and (folder / EXECUTABLE).is_file():
            found.append(Package(version, folder / EXECUTABLE))
    return found


def _order(version: str) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", version)[:4]]
    return (*numbers, *(0,) * (4 - len(numbers)))
