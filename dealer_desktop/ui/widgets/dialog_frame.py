"""What dialogs that are no forms have alike: the head with a title, the foot, and a size that fits into the window."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

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


class DialogFoot(QFrame):
    """The line of buttons at the end, for a dialog to fill: ``row``."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("place", "dialogFoot")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 16, 24, 16)
        self.row.setSpacing(8)


def stack(dialog: QDialog, *parts: QWidget | QLayout) -> None:
    """Lay ``parts`` out from head to foot without a gap; the one above the foot has the room that is left."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        stretch = int(part is parts[-2])
        if isinstance(part, QLayout):
            layout.addLayout(part, stretch)
        else:
            layout.addWidget(part, stretch)


def room_for(dialog: QDialog) -> QSize:
    """How large it may become: as its screen, or as its window where that is larger (drawn without a screen)."""
    room = dialog.screen().availableGeometry().size()
    parent = dialog.parentWidget()
    return room.expandedTo(parent.window().size()) if parent is not None else room


def fit_into_window(dialog: QDialog, width: int, height: int) -> None:
    """Of that size in pixels at 100 %, but no larger than its parent's window."""
    dialog.resize(pixels(width), pixels(height))
    parent = dialog.parentWidget()
    if parent is not None:
        room = parent.window().size()
        dialog.resize(min(dialog.width(), room.width()), min(dialog.height(), room.height() - pixels(32)))
