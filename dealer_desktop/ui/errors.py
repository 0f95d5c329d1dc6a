"""An exception as one sentence for a person, and as a dialog where nothing else shows it."""

import logging

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import log_file

log = logging.getLogger(__name__)


def sentence_of(error: BaseException) -> str:
    """A refusal as it reads; anything unexpected as one sentence with the log's path."""
    if isinstance(error, DealerError):
        return str(error)
    words = _("Something went wrong in the program. What was saved is safe. Details are in {log}.")
    return words.format(log=log_file())


def show(parent: QWidget | None, error: BaseException) -> QMessageBox:
    """Say it in a dialog that does not stop the program's events; also returned, for tests."""
    box = QMessageBox(
        QMessageBox.Icon.Warning, _("Dealer Desktop"), sentence_of(error), QMessageBox.StandardButton.Close, parent
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setObjectName("errorDialog")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
