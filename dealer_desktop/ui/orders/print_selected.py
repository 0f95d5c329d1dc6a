"""The summaries of all chosen orders at once: as one PDF, or a file for each."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.documents import Paper, order_summary
from dealer_desktop.services import document_codes, orders
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def print_selected(context: UiContext, parent: QWidget, ids: Sequence[int]) -> QFileDialog:
    """Ask for a file, then write off the GUI thread; the status bar shows how far it is and can stop it.

    With "a file for each" chosen as the kind of file, the name that is given is that of a folder beside it.
    """
    together, apart = _("All in one PDF"), _("A PDF for each")

    def fail(error: Exception) -> None:
        error_notice.show(parent, error)

    def start(file: Path) -> None:
        write = _write_apart if asking.selectedNameFilter().startswith(apart) else _write_together
        jobs.run(
            parent,
            write,
            context,
            tuple(ids),
            i18n.language(),
            file,
            takes_job=True,
            name=_("Printing the chosen orders"),
            writes=True,
            done=lambda count: context.tell(_told(count, file)),
            failed=fail,
        )

    name = ngettext("Summary of {count} order", "Summaries of {count} orders", len(ids)).format(count=len(ids))
    patterns = ((together, "*.pdf"), (apart, "*.pdf"))
    asking = ask_to_save(parent, _("Print the chosen orders"), f"{name}.pdf", patterns, start, context.settings)
    return asking


def _told(count: int, file: Path) -> str:
    words = ngettext("{count} summary written to {file}.", "{count} summaries written to {file}.", count)
    return words.format(count=count, file=file)


def _papers(
    job: jobs.Job, context: UiContext, ids: Sequence[int], language: str, use: Callable[[Paper, str], None]
) -> int:
    """Each paper in turn with the customer's name; how many were made until somebody stopped it."""
    signer = document_codes.signer(context.session_maker)
    for count, order_id in enumerate(ids):
        if job.is_canceled():
            return count
        details = orders.details(context.reader, order_id)
        use(order_summary(details, language, signer=signer), details.order.customer_name)
        job.report(count + 1, len(ids))
    return len(ids)


def _write_together(job: jobs.Job, context: UiContext, ids: Sequence[int], language: str, file: Path) -> int:
    papers: list[Paper] = []
    count = _papers(job, context, ids, language, lambda paper, _name: papers.append(paper))
    if not job.is_canceled():
        printing.together(papers, file)
    return count


def _write_apart(job: jobs.Job, context: UiContext, ids: Sequence[int], language: str, file: Path) -> int:
    folder = file.with_suffix("")
    folder.mkdir(exist_ok=True)
    return _papers(
        job, context, ids, language,
        lambda paper, name: printing.to_pdf(paper, folder / file_name(paper.title, name)),
    )  # fmt: skip


def file_name(*parts: str) -> str:
    """A name that every system takes: no signs of paths, not longer than 120 letters."""
    name = " ".join(_FORBIDDEN.sub("", " ".join(parts)).split()).strip(" .")
    return f"{name[:120].strip(' .')}.pdf"
