"""The printers that this PC knows, asked of the system without Qt: it may take seconds, and a command has no window."""

import ctypes
import ctypes.util
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Printers:
    names: tuple[str, ...]
    default: str
    """Empty where none is the default."""
    has_system: bool = True
    """Whether the system can print at all: on Linux and macOS its CUPS is there."""


def look() -> Printers:
    """What the system says now; network printers whose server is silent are missing."""
    return _of_windows() if sys.platform == "win32" else _of_cups()


class _Destination(ctypes.Structure):
    """``cups_dest_t`` of ``cups/cups.h``."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("instance", ctypes.c_char_p),
        ("is_default", ctypes.c_int),
        ("num_options", ctypes.c_int),
        ("options", ctypes.c_void_p),
    )


def _of_cups() -> Printers:
    name = "libcups.so.2" if sys.platform.startswith("linux") else ctypes.util.find_library("cups") or ""
    try:
        cups = ctypes.CDLL(name)
    except OSError:
        return Printers((), "", has_system=False)
    found = ctypes.POINTER(_Destination)()
    cups.cupsFreeDests.argtypes = [ctypes.c_int, ctypes.POINTER(_Destination)]
    cups.cupsFreeDests.restype = None
    count = cups.cupsGetDests(ctypes.byref(found))
    try:
        each = [(found[number].name or b"", bool(found[number].is_default)) for number in range(count)]
    finally:
        cups.cupsFreeDests(count, found)
    names = tuple(dict.fromkeys(name.decode("utf-8", "replace") for name, _is_default in each))
    return Printers(names, next((name.decode("utf-8", "replace") for name, is_default in each if is_default), ""))


def _of_windows() -> Printers:
    if sys.platform != "win32":
        raise NotImplementedError
    import winreg

    names: list[str] = []
    default = ""
    root = r"Software\Microsoft\Windows NT\CurrentVersion"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{root}\Devices") as devices:
            names = [winreg.EnumValue(devices, number)[0] for number in range(winreg.QueryInfoKey(devices)[1])]
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{root}\Windows") as windows:
            default = str(winreg.QueryValueEx(windows, "Device")[0]).partition(",")[0]
    except OSError:
        pass  # nobody printed here yet
    return Printers(tuple(names), default)
