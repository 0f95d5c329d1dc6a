"""Letting go of what a window rested on, on threads of their own: what hangs must hold neither window nor process."""

import logging
import threading
import time
from collections.abc import Callable

_log = logging.getLogger(__name__)
_threads: set[threading.Thread] = set()


def begin(*steps: Callable[[], object]) -> None:
    """Take these steps in their order, each whatever came of the one before, on a thread that no process waits for."""

    def run() -> None:
        try:
            for step in steps:
                try:
                    step()
                except Exception:
                    _log.exception("not everything was let go of")
        finally:
            _threads.discard(threading.current_thread())

    thread = threading.Thread(target=run, name="letting go", daemon=True)
    _threads.add(thread)
    thread.start()


def wait(seconds: float | None = None) -> bool:
    """Until all is let go of; False where ``seconds`` passed first."""
    end = None if seconds is None else time.monotonic() + seconds
    for thread in list(_threads):
        thread.join(None if end is None else max(0.0, end - time.monotonic()))
        if thread.is_alive():
            return False
    return True
