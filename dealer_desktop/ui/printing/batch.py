"""Many papers at once: as one PDF, a file for each, or on a printer; off the GUI thread, to be stopped at any paper."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from dealer_desktop.core.errors import NotFound
from dealer_desktop.documents import Paper
from dealer_desktop.ui import jobs
from dealer_desktop.ui.printing import to_pdf, together
from dealer_desktop.ui.printing.pages import Pages, Size, set_page

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True)
class Batch:
    """Papers that belong together: those of the chosen rows, or all of today's."""

    words: str
    """What it is called, ``{count}`` in it."""
    kind: str
    """Of the papers: printer, paper size and tray are remembered for each."""
    ids: Callable[[], Sequence[int]]
    """What there is to print; called off the GUI thread."""
    paper: Callable[[int, str], tuple[Paper, str]]
    """The paper in a language, and what a file's name says beside its title; off the GUI thread, too."""


class Stopped(Exception):
    """Somebody wanted no more of them."""


def write_together(job: jobs.Job, batch: Batch, ids: Sequence[int], language: str, size: Size, file: Path) -> int:
    """How many papers the PDF holds. Raises Stopped, and leaves no file then."""
    counted = [0]
    together(_papers(job, batch, ids, language, counted), file, size)
    return counted[0]


def write_apart(job: jobs.Job, batch: Batch, ids: Sequence[int], language: str, size: Size, file: Path) -> int:
    """A PDF for each in the folder that ``file`` names, without its ending. Raises Stopped; what is written stays."""
    folder = file.with_suffix("")
    folder.mkdir(exist_ok=True)
    counted = [0]
    taken: set[str] = set()
    for paper, words in _named(job, batch, ids, language, counted):
        name = file_name(paper.title, words)
        if name in taken:
            name = f"{name.removesuffix('.pdf')} ({counted[0]}).pdf"
        taken.add(name)
        to_pdf(paper, folder / name, size)
    return counted[0]


def print_all(job: jobs.Job, batch: Batch, ids: Sequence[int], language: str, size: Size, printer: QPrinter) -> int:
    """As one job of the printer's. Raises Stopped, OSError where it does not take it."""
    counted = [0]
    set_page(printer, size)
    printer.setDocName(batch.words.format(count=len(ids)))
    try:
        Pages.paint_in_turn((Pages(each) for each in _papers(job, batch, ids, language, counted)), printer)
    except Stopped:
        printer.abort()
        raise
    return counted[0]


def file_name(*parts: str) -> str:
    """A name that every system takes: no signs of paths, not longer than 120 letters."""
    name = " ".join(_FORBIDDEN.sub("", " ".join(parts)).split()).strip(" .")
    return f"{name[:120].strip(' .')}.pdf"


def _papers(job: jobs.Job, batch: Batch, ids: Sequence[int], language: str, counted: list[int]) -> Iterator[Paper]:
    return (paper for paper, _words in _named(job, batch, ids, language, counted))


def _named(
    job: jobs.Job, batch: Batch, ids: Sequence[int], language: str, counted: list[int]
) -> Iterator[tuple[Paper, str]]:
    """What was deleted since it was chosen is passed over."""
    for place, number in enumerate(ids):
        if job.is_canceled():
            raise Stopped
        try:
            found = batch.paper(number, language)
        except NotFound:
            continue
        counted[0] += 1
        yield found
        job.report(place + 1, len(ids))
