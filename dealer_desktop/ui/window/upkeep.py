"""What the menu writes to a file for whoever looks after the program: the zip for support."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import checks, support
from dealer_desktop.services.transactions.connections import Connections
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import error_notice
from dealer_desktop.ui.widgets.file_dialogs import ask_to_save


def save_support(context: UiContext, window: QWidget) -> QFileDialog:
    """Ask where, then write what helps to find a fault: without secrets, without customers. The status bar says how
    far it is and stops it.
    """
    title = _("Write the file for support")

    def failed(error: Exception) -> None:
        error_notice.show(window, error)

    def begin(file: Path) -> None:
        jobs.run(
            context,
            partial(_support, context.connections, file),
            name=title,
            takes_job=True,
            done=lambda _result: context.tell(_("The file for support is written to {file}.").format(file=file)),
            failed=failed,
        )

    kinds = [(_("Zip files"), "*.zip")]
    return ask_to_save(window, title, "dealer-desktop-support.zip", kinds, begin, context.settings)


def _support(connections: Connections, file: Path, job: jobs.Job) -> None:
    support.write(file, checks.of_window(connections), progress=job.report, canceled=job.is_canceled)
