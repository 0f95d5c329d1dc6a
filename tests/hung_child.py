"""A window that is left alone: ``python -m tests.hung_child URL|FOLDER``. It says ``open`` when it is."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from dealer_desktop import application
from dealer_desktop.application import Place
from dealer_desktop.ui import jobs


def main(where: str) -> int:
    settings = Path.cwd() / "window.ini"
    place = Place(url=where, settings=settings) if "://" in where else Place(Path(where), settings=settings)
    window = application.start(["dealer-desktop"], place)

    def look() -> None:
        if window.context is not None and not jobs.board().running:
            print("open", flush=True)
            timer.stop()
            # Somebody looks again now and then.
            timer.timeout.disconnect()
            timer.timeout.connect(window.refresh)
            timer.start(1_000)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    window.closed.connect(lambda: print("closed", flush=True))
    return application.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
