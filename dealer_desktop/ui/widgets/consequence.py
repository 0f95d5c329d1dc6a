"""What a step without a form will do, asked before it is done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from dealer_desktop.core.i18n import gettext as _


def ask(
    parent: QWidget,
    name: str,
    title: str,
    question: str,
    consequence: str,
    yes: str,
    do: Callable[[], None],
    *,
    keep: str = "",
    is_loss: bool = False,
) -> QMessageBox:
    """``do`` is called when the person presses ``yes``; Enter and Escape keep all as it is where ``is_loss``."""
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(consequence)
    role = QMessageBox.ButtonRole.DestructiveRole if is_loss else QMessageBox.ButtonRole.AcceptRole
    button = box.addButton(yes, role)
    button.setObjectName("deleteButton" if is_loss else "yesButton")
    button.setProperty("kind", "danger" if is_loss else "primary")
    other = box.addButton(keep or _("Cancel"), QMessageBox.ButtonRole.RejectRole)
    other.setObjectName("keepButton")
    box.setDefaultButton(other if is_loss else button)
    box.setEscapeButton(other)
    button.clicked.connect(lambda _checked=False: do())
    return box
