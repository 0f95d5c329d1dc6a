"""A person's hands: finds widgets by their names, clicks and types as mouse and keyboard do, waits for what follows."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QTabWidget,
    QToolButton,
    QWidget,
)

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
PATIENCE = 30.0
"""Seconds to wait for anything."""
_ROUNDS = 6
"""Of events that a pause has at least: a layout asks for the next one, and a busy PC has time for one of them."""


class StepFailed(DealerError):
    """``reason`` says in words what did not happen."""

    def sentence(self) -> str:
        return str(self.reason)


class Robot:
    def __init__(self, window: QWidget) -> None:
        self.window = window

    def wait(self, condition: Callable[[], T | None], what: str, seconds: float = PATIENCE) -> T:
        """Let the window work until ``condition`` gives something true, and return that. Raises StepFailed."""
        deadline = time.monotonic() + seconds
        while True:
            found = condition()
            if found:
                return found
            if time.monotonic() > deadline:
                raise StepFailed(
                    reason=_("this did not happen within {seconds} s: {what}").format(seconds=round(seconds), what=what)
                )
            QApplication.processEvents()
            time.sleep(0.005)

    def pause(self, seconds: float) -> None:
        """Let the window work for a while, however slow the PC is; for pictures, never for luck."""
        deadline = time.monotonic() + seconds
        rounds = 0
        while time.monotonic() < deadline or rounds < _ROUNDS:
            QApplication.processEvents()
            time.sleep(0.005)
            rounds += 1

    def find(self, kind: type[W], name: str, parent: QWidget | None = None) -> W:
        """The visible widget called ``name``."""

        def visible() -> W | None:
            found = (parent or self.window).findChild(kind, name)
            return found if found is not None and found.isVisible() else None

        return self.wait(visible, _("“{name}” is in view").format(name=name))

    def dialog(self, name: str) -> QDialog:
        """The open dialog called ``name``."""

        def open_one() -> QDialog | None:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QDialog) and widget.objectName() == name and widget.isVisible():
                    return widget
            return None

        return self.wait(open_one, _("“{name}” is in view").format(name=name))

    def show_tab(self, name: str) -> QWidget:
        """Click the tab whose page is called ``name``."""
        tabs = self.find(QTabWidget, "mainTabs")
        page = self.wait(lambda: tabs.findChild(QWidget, name), _("“{name}” is in view").format(name=name))
        bar = tabs.tabBar()
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(tabs.indexOf(page)).center())
        return self.wait(lambda: page if page.isVisible() else None, _("“{name}” is in view").format(name=name))

    def click(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def act(self, name: str) -> None:
        """Press the button of the action ``name``; the action itself where it stands in a menu."""
        action = self.window.findChild(QAction, name)
        if action is None:
            raise StepFailed(reason=_("there is no action “{name}”").format(name=name))
        self.wait(action.isEnabled, _("“{name}” is possible (it says: {why})").format(name=name, why=action.toolTip()))
        for button in action.associatedObjects():
            if (
                isinstance(button, QAbstractButton)
                and button.isVisible()
                and button.isEnabled()
                and not _opens_menu(button)
            ):
                self.click(button)
                return
        action.trigger()

    def type(self, field: QWidget, text: str) -> None:
        """Replace what the field holds, key by key."""
        edit = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        target: QWidget = edit if isinstance(edit, QLineEdit) else field
        target.setFocus()
        QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(target, Qt.Key.Key_Delete)
        for character in text:
            # QTest's own typing knows Latin letters only.
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))

    def choose(self, box: QComboBox, value: object) -> None:
        """Go to the entry whose data is ``value`` with the arrow keys."""
        wanted = box.findData(value)
        if wanted < 0:
            raise StepFailed(reason=_("“{name}” does not offer {value}").format(name=box.objectName(), value=value))
        box.setFocus()
        key = Qt.Key.Key_Down if wanted > box.currentIndex() else Qt.Key.Key_Up
        for _step in range(box.count()):
            if box.currentIndex() == wanted:
                return
            QTest.keyClick(box, key)
        if box.currentIndex() != wanted:
            raise StepFailed(reason=_("“{name}” does not offer {value}").format(name=box.objectName(), value=value))

    def select(self, kind: str, row_id: int, search: str) -> None:
        """Search the list of ``kind`` for ``search`` and click the row of ``row_id``."""
        self.type(self.find(QLineEdit, f"{kind}Search"), search)
        table = self.find(QTableView, f"{kind}Table")
        index = self.wait(
            lambda: self._index_of(table, row_id),
            _("“{search}” finds record {row_id} in {kind}").format(search=search, row_id=row_id, kind=kind),
        )
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())

    def _index_of(self, table: QTableView, row_id: int) -> QModelIndex | None:
        model = table.model()
        for row in range(min(model.rowCount(), 20)):
            index = model.index(row, 0)
            if model.data(index, Qt.ItemDataRole.UserRole) == row_id:
                return index
        return None

    def save(self, dialog: QDialog) -> None:
        """Press Save and wait until the dialog is closed; what it refuses is why it failed."""
        self.click(self.find(QAbstractButton, "saveButton", dialog))
        label = dialog.findChild(QLabel, "errorLabel")

        def closed() -> bool:
            if dialog.isVisible() and label is not None and label.isVisible() and label.text():
                raise StepFailed(reason=label.text())
            return not dialog.isVisible()

        name = dialog.objectName()
        self.wait(closed, _("“{name}” is saved").format(name=name))


def _opens_menu(button: QAbstractButton) -> bool:
    """Whether a click on it only shows a menu, and returns when that is closed."""
    return isinstance(button, QToolButton) and button.menu() is not None
