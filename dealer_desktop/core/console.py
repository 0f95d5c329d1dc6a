"""The console that called a windowed program on Windows: it has none of its own, and its commands speak there.

``DealerDesktop.exe`` opens no console window. Called with a command from a console it attaches to that one; where what
it says goes into a file or a pipe, Windows has given it that already. What asks for a password is
``dealer-desktop.exe`` beside it, a console program: a shell does not wait for a windowed one, and would itself read
what is typed.
"""

import io
import sys
from collections.abc import Callable, Sequence

DEVICE = "CONOUT$"
_PARENT = -1
_ERROR_SIGN = 0x10
WINDOWS: tuple[list[str], ...] = ([], ["--demo"])
"""What opens a window. It must not end with the console that it was called from."""


def attach(argv: Sequence[str], attach_parent: "Callable[[], bool] | None" = None, device: str = DEVICE) -> None:
    """Give ``sys.stdout`` and ``sys.stderr``, where there are none, to the console that called, if there is one."""
    if (sys.stdout is not None and sys.stderr is not None) or list(argv[1:]) in WINDOWS:
        return
    if not (attach_parent or _attach_parent)():
        return
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # The shell has shown its prompt already.
            stream = io.open(device, "w", encoding="utf-8", errors="replace", buffering=1)  # noqa: SIM115, UP020
            setattr(sys, name, stream)
    if sys.stdout is not None:
        sys.stdout.write("\n")


def show(sentence: str, title: str) -> bool:
    """Say why there will be no window, where nobody reads a console; False where this system cannot."""
    if sys.platform != "win32":
        return False
    import ctypes

    ctypes.windll.user32.MessageBoxW(None, sentence, title, _ERROR_SIGN)
    return True


def _attach_parent() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return bool(ctypes.windll.kernel32.AttachConsole(_PARENT))
