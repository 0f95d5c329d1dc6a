"""What can be done while a person waits anyway, so that the window does not stand still for it later."""

import contextlib
import ctypes
import gc
import sys
from datetime import date
from decimal import Decimal

from dealer_desktop.core import formats

_settled: set[str] = set()


def load() -> None:
    """Off the GUI thread: the first tab's modules, and the language's numbers and dates, 0.4 s when first used."""
    from dealer_desktop.ui.window import sections

    formats.number(1)
    formats.amount(Decimal(1))
    formats.day(date(2026, 1, 1))
    sections.SECTIONS[0].tab()


def load_rest() -> None:
    """Off the GUI thread: the services, the modules of the other tabs, and of the forms that are opened most."""
    from dealer_desktop import services
    from dealer_desktop.ui.window import sections

    services.load()
    for section in sections.SECTIONS:
        section.tab()
    for section in sections.SECTIONS:
        section.forms()
        section.new_forms()


def settle(what: str) -> None:
    """Once ``what`` stands: all that is there now stays until the end, so Python need not look through it again.

    A full collection looks at some 600,000 objects of libraries, 0.1 s each time, in the middle of a scroll.
    """
    if what not in _settled:
        _settled.add(what)
        gc.freeze()
        _return_large_blocks()


def _return_large_blocks() -> None:
    """Let glibc give a list of a million ids back when it is freed; by itself it keeps one for each thread.

    ``mallopt(3)``: M_MMAP_THRESHOLD is -3, and setting it ends its growing.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(-3, 1 << 20)
