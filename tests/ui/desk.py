"""A salesperson at the window: the robot's hands, and eyes for what the tabs and forms of selling say."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from dealer_desktop.ui import jobs
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.window.main_window import MainWindow


class Desk(Robot):
    window: MainWindow

    def settle(self) -> None:
        """Until no job runs."""
        assert jobs.wait_for_all()

    def action(self, name: str) -> QAction:
        found = self.window.findChild(QAction, name)
        assert found is not None, name
        return found

    def go_to(self, kind: str, row_id: int) -> None:
        """Show the tab of ``kind`` and click the row of ``row_id``; what may be done with it is known then."""
        self.show_tab(f"{kind}Tab" if kind != "cars" else "inventoryTab")
        table = self.find(QTableView, f"{kind}Table")
        index = self.wait(lambda: self._index_of(table, row_id), f"{kind} {row_id} is listed")
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
        tab = self.window.list_tab(kind)
        assert tab is not None
        self.wait(lambda: tab.row is not None and tab.row.id == row_id, f"{kind} {row_id} is selected")

    def row(self, kind: str) -> Any:
        """The selected row as the tab knows it."""
        tab = self.window.list_tab(kind)
        assert tab is not None
        return tab.row

    def start(self, action: str, dialog: str) -> QDialog:
        """Press the action's button and wait for its dialog."""
        self.act(action)
        opened = self.dialog(dialog)
        self.wait(opened.isActiveWindow, f"{dialog} is in front")
        return opened

    def put(self, dialog: QDialog, **typed: str) -> None:
        """Type into fields, key by key, as a person replaces what stands there."""
        for name, text in typed.items():
            self.type(self.find(QWidget, name, dialog), text)

    def text(self, dialog: QDialog, name: str) -> str:
        field = dialog.findChild(QWidget, name)
        assert field is not None, name
        if isinstance(field, QLabel | QLineEdit):
            return field.text()
        return str(field.toPlainText())  # type: ignore[attr-defined]

    def press_save(self, dialog: QDialog) -> None:
        """Click Save and wait for what comes of it."""
        self.click(self.find(QAbstractButton, "saveButton", dialog))
        self.settle()

    def refusal(self, dialog: QDialog) -> str:
        """Press Save, which is refused: what the form says. It stays open."""
        self.press_save(dialog)
        assert is_open(dialog), "it was saved"
        label = dialog.findChild(QLabel, "errorLabel")
        assert label is not None
        assert label.isVisible()
        return label.text()

    def key(
        self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(widget, key, modifiers)

    def double_click(self, kind: str) -> None:
        """On the selected row."""
        table = self.find(QTableView, f"{kind}Table")
        place = table.visualRect(table.currentIndex()).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def click_box(self, dialog: QDialog, name: str) -> None:
        """Tick a check box at its square."""
        box = self.find(QCheckBox, name, dialog)
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))

    def words(self, widget: QWidget) -> str:
        """Everything that is written there, a line a label."""
        labels = [label for label in widget.findChildren(QLabel) if label.isVisible()]
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if label.text())
        return "\n".join(label.text() for label in labels)

    def cell(self, kind: str, column: str) -> str:
        """What the selected row shows in the column of that key."""
        table = self.find(QTableView, f"{kind}Table")
        tab = self.window.list_tab(kind)
        assert tab is not None
        number = next(n for n, each in enumerate(tab.model.columns) if each.key == column)
        return str(table.model().index(table.currentIndex().row(), number).data())

    def told(self) -> str:
        """What the status bar says."""
        return self.window.status.told

    def menu_of(self, kind: str) -> QMenu:
        """Click the right button on the selected row."""
        table = self.find(QTableView, f"{kind}Table")
        place: QPoint = table.visualRect(table.currentIndex()).center()
        table.customContextMenuRequested.emit(place)
        return self.wait(lambda: _open_menu(), "a menu is open")


def is_open(dialog: QDialog) -> bool:
    return isValid(dialog) and dialog.isVisible()


def _open_menu() -> QMenu | None:
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None
