"""The sheet of keys that Ctrl+F1 opens, with the keys as the actions themselves declare them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.column_area import ColumnArea
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window


@dataclass(frozen=True)
class Part:
    """Some keys under a heading: keys as they stand on the keyboard, and what they do."""

    title: str
    lines: Sequence[tuple[str, str]]


def keys_of(action: QAction) -> str:
    """As they stand on the keyboard; both Enter keys are one."""
    shown = (keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())
    return " · ".join(dict.fromkeys(keys.replace("Return", "Enter") for keys in shown))


def lines_of(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    lines: dict[str, str] = {}
    for action in actions:
        if action.shortcuts() and action.isVisible():
            lines.setdefault(keys_of(action), action.text().replace("&", ""))
    return list(lines.items())


def of_form() -> Part:
    """What every form has."""
    lines = [
        (_("Ctrl+Enter"), pgettext("keys", "Save")),
        (_("Enter"), _("To the next field")),
        (_("Esc"), _("Close; what was typed is kept")),
    ]
    return Part(pgettext("keys", "In a form"), lines)


class KeysSheet(QDialog):
    def __init__(self, found: Sequence[Part], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(_("Keys"))
        self.setAccessibleName(_("Keys"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        inside.setProperty("place", "window")
        grid = QGridLayout(inside)
        grid.setContentsMargins(24, 8, 24, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        row = 0
        for part in found:
            grid.addWidget(label(part.title, "medium"), row, 0, 1, 2)
            grid.setRowMinimumHeight(row, 36)
            for keys, words in part.lines:
                row += 1
                grid.addWidget(label(keys, "base", "second"), row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label(words, "base", wrap=True), row, 1)
            row += 1
        grid.setRowStretch(row, 1)
        foot = DialogFoot()
        foot.row.addStretch(1)
        close = WordButton("closeButton", _("Close"), self.close, "primary")
        foot.row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(DialogHead(_("Keys")))
        middle = QHBoxLayout()
        self._area = ColumnArea(inside, self)
        middle.addWidget(self._area)
        layout.addLayout(middle, 1)
        layout.addWidget(foot)
        fit_into_window(self, 520, 640)
        close.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QDialog: the arrow keys read on."""
        bar = self._area.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)
