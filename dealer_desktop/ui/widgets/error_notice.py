"""An exception as a dialog, where nothing else shows it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.widgets.question import Notice


def show(parent: QWidget | None, error: BaseException) -> Notice:
    """Say it without stopping the program's events; also returned, for tests."""
    told = Notice("errorDialog", _("Dealer Desktop"), sentence_of(error), ("closeButton", _("Close")), parent)
    told.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    told.open()
    return told
