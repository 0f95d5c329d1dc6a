"""``python -m tests.benchmarks.paper``: 200 order summaries to PDF, beside 200 bare prints of the same HTML.

And how long the window's event loop did not turn while a pool thread makes them, beside what it did not turn while
that thread slept: what the machine itself takes is no fault of ours.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.floor import ratio


def main(papers: int = 200, rounds: int = 3) -> None:
    """Prints the median ratio, at most 1.5 is wanted; and the longest stall, wanted under 50 ms."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QPdfWriter, QTextDocument
    from PySide6.QtWidgets import QApplication

    from dealer_desktop.documents import Paper, order_summary
    from dealer_desktop.services.rows import OrderDetails
    from dealer_desktop.ui import printing
    from tests.documents.conftest import CAR, DEALER, DELIVERY, EXPECTED, ORDER, PAYMENT
    from tests.documents.test_numbered_paper import SIGNER

    _application = QApplication(sys.argv[:1])
    details = OrderDetails(order=ORDER, car=CAR, payments=(PAYMENT, EXPECTED), deliveries=(DELIVERY,), dealer=DEALER)

    def make() -> Paper:
        return order_summary(details, "ru", signer=SIGNER)

    pages = [make().html for _each in range(papers)]
    with tempfile.TemporaryDirectory() as folder:

        def ours() -> None:
            for number in range(papers):
                printing.to_pdf(make(), Path(folder) / f"{number}.pdf")

        def bare() -> None:
            for number, html in enumerate(pages):
                writer = QPdfWriter(str(Path(folder) / f"bare-{number}.pdf"))
                writer.setResolution(1200)
                document = QTextDocument()
                document.setHtml(html)
                document.print_(writer)

        bare()
        print(f"{papers} summaries: {ratio(ours, bare, rounds):.2f} times the bare prints")
        idle, busy = (1000 * _longest_stall(work) for work in (lambda: time.sleep(3), ours))
        print(f"longest stall of the window: {busy:.0f} ms ({idle:.0f} ms with nothing to do)")


def _longest_stall(work: Callable[[], object]) -> float:
    """Seconds between two turns of the event loop while ``work`` runs on a pool thread; the worst of them."""
    from PySide6.QtCore import QEventLoop, QObject, QTimer

    from dealer_desktop.ui import jobs

    owner, loop, turns = QObject(), QEventLoop(), [time.perf_counter()]
    timer = QTimer(owner, interval=2)
    timer.timeout.connect(lambda: turns.append(time.perf_counter()))
    timer.start()
    jobs.run(owner, work, done=lambda _nothing: loop.quit())
    loop.exec()
    timer.stop()
    return max(after - before for before, after in pairwise(turns))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
