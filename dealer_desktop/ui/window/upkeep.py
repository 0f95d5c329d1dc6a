"""What the menu writes to a file for whoever looks after the program: the whole database, and the zip for support."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFileDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services import backups, checks, support
from dealer_desktop.services.transactions.connections import Connections
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save

Write = Callable[[Connections, jobs.Job, Path], None]


def save_backup(context: UiContext, window: QWidget) -> QFileDialog:
    """Ask where, then save everything; the status bar says how far it is and stops it."""
    today = datetime.now(ZoneInfo(context.dealer.timezone)).date()
    name = pgettext("file", "dealership {day}").format(day=today)
    kinds = [(_("Backups"), "*.dealer-backup")]
    told = _("The database is saved to {file}.")
    return _ask(context, window, _("Back up the database"), f"{name}.dealer-backup", kinds, _backup, told)


def save_support(context: UiContext, window: QWidget) -> QFileDialog:
    """Ask where, then write what helps to find a fault: without secrets, without customers."""
    kinds = [(_("Zip files"), "*.zip")]
    told = _("The file for support is written to {file}.")
    return _ask(context, window, _("Write the file for support"), "dealer-desktop-support.zip", kinds, _support, told)


def _ask(
    context: UiContext,
    window: QWidget,
    title: str,
    name: str,
    kinds: list[tuple[str, str]],
    write: Write,
    told: str,
) -> QFileDialog:
    def failed(error: Exception) -> None:
        error_notice.show(window, error)

    def begin(file: Path) -> None:
        jobs.run(
            context,
            partial(_written, write, context.connections, file),
            name=title,
            takes_job=True,
            done=lambda _result: context.tell(told.format(file=file)),
            failed=failed,
        )

    return ask_to_save(window, title, name, kinds, begin, context.settings)


def _written(write: Write, connections: Connections, file: Path, job: jobs.Job) -> None:
    write(connections, job, file)


def _backup(connections: Connections, job: jobs.Job, file: Path) -> None:
    backups.save(connections, file, progress=job.report, canceled=job.is_canceled)


def _support(connections: Connections, job: jobs.Job, file: Path) -> None:
    support.write(file, checks.of_window(connections), progress=job.report, canceled=job.is_canceled)
