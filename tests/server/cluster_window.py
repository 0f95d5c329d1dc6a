"""A window left open: ``python -m tests.server.cluster_window URL``. A line of JSON whenever what it says changes.

``{"at": ..., "connected": ..., "rows": ...}``: by ``time.time()``, what the status bar says, how many cars.
It closes when its input ends, and says ``{"closed": seconds that it took}``.
"""

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from dealer_desktop import application
from dealer_desktop.application import Place


def main(url: str) -> int:
    window = application.start(["dealer-desktop"], Place(url=url, settings=Path.cwd() / "window.ini"))
    last: dict[str, Any] = {}
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()

    def look() -> None:
        nonlocal last
        label = window.findChild(QLabel, "connectionLabel")
        tab = window.list_tab("cars")
        if label is None or tab is None or not label.text():
            return
        now = {"connected": label.text().startswith("Connected"), "rows": tab.model.rowCount()}
        if now != last:
            last = now
            print(json.dumps({"at": time.time(), **now}), flush=True)
        if ended.is_set():
            timer.stop()
            began = time.monotonic()
            window.close()
            print(json.dumps({"closed": time.monotonic() - began}), flush=True)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    return application.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
