"""What ``doctor`` looks at on this PC itself, whatever it is connected to: language and time, disk, fonts, printers."""

import importlib.util
import locale
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from dealer_desktop.core import formats, newer_packages, paths, printers
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG

LITTLE_SPACE = 500_000_000
"""Bytes left for the person's data below which it is time to act."""
_FONTS = {"fontpkg_inter": "Inter", "fontpkg_pt_sans": "PT Sans"}
"""Of the screen and of paper: no PC has to have them."""


@dataclass(frozen=True)
class Check:
    name: str
    finding: str
    problem: str | None = None
    """What is wrong and what to do, in one sentence; None where all is well."""

    @property
    def line(self) -> str:
        mark = "  " if self.problem is None else "! "
        return f"{mark}{self.name}: {self.finding}" if self.finding else f"{mark}{self.name}"


def of_locale() -> Check:
    """What the system says: words and numbers follow the person's own choice, file names and sorting this."""
    name, encoding = _("Locale"), sys.getfilesystemencoding()
    offset = time.strftime("%z")
    words = f"{'.'.join(filter(None, locale.getlocale())) or 'C'}, {encoding}, {time.tzname[0]} (UTC{offset})"
    if encoding.lower().replace("-", "") == "utf8":
        return Check(name, words)
    problem = _("File names with Russian letters cannot be read on this PC. Set its language to one with UTF-8.")
    return Check(name, words, problem)


def of_space(folder: Path) -> Check:
    """Room for photos, drafts, logs and, where it is this PC's own, the database."""
    name = _("Room on this PC")
    existing = next((parent for parent in (folder, *folder.parents) if parent.is_dir()), folder)
    try:
        free = shutil.disk_usage(existing).free
    except OSError as error:
        return Check(name, error.strerror or str(error))
    words = _("{size} MB free").format(size=formats.number(free // 1_000_000))
    problem = _("The disk with {folder} is nearly full. Free some space.").format(folder=folder)
    return Check(name, words, problem if free < LITTLE_SPACE else None)


def of_fonts() -> Check:
    name = _("Fonts")
    missing: list[str] = []
    there: list[str] = []
    for package, font in _FONTS.items():
        found = importlib.util.find_spec(package)
        folders = [Path(place) for place in (found.submodule_search_locations or ())] if found is not None else []
        files = [file for folder in folders for file in (folder / "files").glob("*.ttf")]
        (there if files else missing).append(font)
    if not missing:
        return Check(name, ", ".join(there))
    problem = _("The fonts {fonts} are missing in {folder}. Install the program again.")
    words = ", ".join(there) or _("none")
    return Check(name, words, problem.format(fonts=", ".join(missing), folder=paths.product_root()))


def of_newer() -> Check | None:
    """Whether a newer package waits somewhere; None where nobody said where to look."""
    folders = newer_packages.places()
    if not folders:
        return None
    name, reason = _("Newer version"), newer_packages.why_not()
    if reason:
        problem = _("The folder of newer versions {folder} cannot be read ({reason}). Check UPDATES__FOLDER.")
        folder = APP_CONFIG.updates.folder
        return Check(name, str(folder), problem.format(folder=folder, reason=reason))
    found = newer_packages.newest()
    return Check(name, f"{found.version}, {found.executable.parent}" if found is not None else _("none"))


def of_printers() -> Check:
    name = _("Printers")
    found = printers.look()
    if not found.names:
        words = _("none; documents are saved as PDF")
        if not found.has_system:
            words = _("none, and no printing system (CUPS); documents are saved as PDF")
        return Check(name, words)
    marked = (_("{printer} (default)").format(printer=each) if each == found.default else each for each in found.names)
    return Check(name, ", ".join(marked))
