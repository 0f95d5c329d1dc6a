"""What dialogs that are no forms have alike: the head with a title, and a size that fits into the window."""

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout

from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label


class DialogHead(QFrame):
    """``title``, and under it ``about``, a label for the dialog to fill."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("place", "dialogHead")
        self.about = label("", "base", "second")
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(label(title, "title"))
        names.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.addLayout(names, 1)


def fit_into_window(dialog: QDialog, width: int, height: int) -> None:
    """Of that size in pixels at 100 %, but no higher than its parent's window."""
    dialog.resize(pixels(width), pixels(height))
    parent = dialog.parentWidget()
    if parent is not None:
        dialog.resize(dialog.width(), min(dialog.height(), parent.window().height() - pixels(32)))
