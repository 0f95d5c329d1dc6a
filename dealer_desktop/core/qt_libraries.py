"""Whether Qt can start on this PC, found out without importing it.

Where it cannot, Python or Qt would end with what helps nobody: an ImportError, or the abort of the whole process.
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from pathlib import Path

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext

# What each library is called in Debian and in Fedora: the first part is needed to import Qt at all, the second to show
# a window on an X server (objdump -p of PySide6-Essentials 6.11's libraries and of its libqxcb.so).
_EVERYWHERE = {
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
    "libz.so.1": ("zlib1g", "zlib"),
}
_ON_X11 = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xinerama.so.0": ("libxcb-xinerama0", "libxcb"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
}
_QT_LIBRARIES = ("Core", "DBus", "Gui", "Widgets", "Network", "Svg", "PrintSupport", "Test")


class QtLibrariesMissing(DealerError):
    """``libraries`` are the files' names, ``packages`` what brings them (may be empty where nobody knows)."""

    def sentence(self) -> str:
        libraries = ", ".join(self.libraries)
        missing = ngettext(
            "Qt needs a system library that is missing: {libraries}.",
            "Qt needs system libraries that are missing: {libraries}.",
            len(self.libraries),
        ).format(libraries=libraries)
        line = install_line(self.packages)
        return missing if not line else missing + " " + _("Install with: {line}").format(line=line)


class NoDisplay(DealerError):
    def sentence(self) -> str:
        return _(
            "There is no display: none of DISPLAY, WAYLAND_DISPLAY and QT_QPA_PLATFORM is set. Start it on a desktop,"
            " or try “dealer-desktop --demo” or “dealer-desktop selftest”, which work without one."
        )


class DisplayNotAnswering(DealerError):
    """``display`` is set, but Qt would find nothing there and abort."""

    def sentence(self) -> str:
        return _("The display {display} does not answer. Check DISPLAY, or start it on a desktop.").format(
            display=self.display
        )


class UnknownPlatform(DealerError):
    def sentence(self) -> str:
        return _("QT_QPA_PLATFORM names the platform {name}, which this Qt does not have. It has: {known}.").format(
            name=self.name, known=self.known
        )


def has_display() -> bool:
    """Whether there is somewhere to show a window; Windows and macOS always have it."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def require(*, display: bool) -> None:
    """Make sure that Qt can be imported and, with ``display``, that it can show a window; without, draw in memory.

    Raises QtLibrariesMissing, NoDisplay, DisplayNotAnswering or UnknownPlatform.
    """
    if not display:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not sys.platform.startswith("linux"):
        return
    folder = _folder("lib")
    if folder and (missing := _missing(_EVERYWHERE, [folder / f"libQt6{name}.so.6" for name in _QT_LIBRARIES])):
        raise QtLibrariesMissing(libraries=missing, packages=_packages(missing))
    if not display:
        return
    if not has_display():
        raise NoDisplay()
    _require_platform()


def _require_platform() -> None:
    """Look whether one of the platforms that Qt would try can be used; as Qt does, in the order it is asked."""
    folder = _folder("plugins/platforms")
    if folder is None:
        return
    problems: list[DealerError] = []
    for name in _platforms():
        plugin = folder / f"libq{name}.so"
        if not plugin.is_file():
            known = sorted(file.stem.removeprefix("libq") for file in folder.glob("libq*.so"))
            problems.append(UnknownPlatform(name=name, known=", ".join(known)))
        elif missing := _missing(_ON_X11 if name == "xcb" else {}, [plugin]):
            problems.append(QtLibrariesMissing(libraries=missing, packages=_packages(missing)))
        elif name == "xcb" and not _x_server_answers():
            problems.append(DisplayNotAnswering(display=os.environ.get("DISPLAY", "")))
        else:
            return
    raise problems[-1]


def _platforms() -> list[str]:
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return [part.partition(":")[0] for part in chosen.split(";") if part] or ["xcb"]
    wayland = os.environ.get("WAYLAND_DISPLAY")
    return (["wayland"] if wayland else []) + (["xcb"] if os.environ.get("DISPLAY") or not wayland else [])


def _x_server_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _folder(name: str) -> Path | None:
    """A folder of PySide6's own Qt; None where PySide6 is not there at all (then its import says so)."""
    found = importlib.util.find_spec("PySide6")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "Qt" / name
        if folder.is_dir():
            return folder
    return None


def _missing(known: dict[str, tuple[str, str]], wanted: list[Path]) -> list[str]:
    """The system libraries that ``wanted`` lack: all that we know by name, else the first that the loader names."""
    first = ""
    for file in wanted:
        if file.is_file() and (first := _load(str(file))):
            break
    if not first:
        return []
    missing = [name for name in known if _load(name)]
    return missing if first in missing or not first.startswith("lib") else [first, *missing]


def _load(file: str) -> str:
    """Load a library; empty where that worked, else the name of the library that is missing."""
    try:
        ctypes.CDLL(file)
    except OSError as error:
        # "libGL.so.1: cannot open shared object file: No such file or directory"
        return str(error).partition(":")[0].strip() or file
    return ""


def _packages(libraries: list[str]) -> list[str]:
    column = 1 if _package_tool() == "dnf" else 0
    names = {**_EVERYWHERE, **_ON_X11}
    return list(dict.fromkeys(names[library][column] for library in libraries if library in names))


def _package_tool() -> str:
    for tool in ("apt-get", "dnf"):
        if shutil.which(tool):
            return tool
    return ""


def install_line(packages: list[str]) -> str:
    """The command that brings ``packages`` on this system; empty where we know none."""
    tool = _package_tool()
    if not packages or not tool:
        return ""
    sudo = "" if os.geteuid() == 0 else "sudo "
    names = " ".join(packages)
    if tool == "dnf":
        return f"{sudo}dnf install -y {names}"
    return f"{sudo}apt-get update && {sudo}apt-get install -y {names}"
