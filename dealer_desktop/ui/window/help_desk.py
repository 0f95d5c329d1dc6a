"""F1 opens the guide at the place where one is, Ctrl+F1 its keys: in the window, and in every dialog that it opens."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme

_HELP, _KEYS = "F1", "Ctrl+F1"
_NAME = "helpKeys"
"""Of what gives a dialog its keys."""


class HelpDesk(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.help_action = QAction(theme.icon("question"), "", window)
        self.help_action.setObjectName("helpAction")
        self.keys_action = QAction(theme.icon("keyboard"), "", window)
        self.keys_action.setObjectName("keysAction")
        for action, keys, slot in (
            (self.help_action, _HELP, self.show_help),
            (self.keys_action, _KEYS, self.show_keys),
        ):
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            window.addAction(action)
        self.retranslate()
        gui = QGuiApplication.instance()
        assert isinstance(gui, QGuiApplication)
        # Dialogs are modal, and what the window's own keys do does not reach them.
        gui.focusWindowChanged.connect(self._reach_dialog)

    @property
    def actions(self) -> tuple[QAction, QAction]:
        """What stands in the person's menu."""
        return self.help_action, self.keys_action

    def retranslate(self) -> None:
        """The words in the language in use now."""
        self.help_action.setText(_("Help"))
        self.keys_action.setText(_("Keys of this place"))

    def show_help(self) -> None:
        """Beside what is in front, at the section about it."""
        from dealer_desktop.ui.window.help_dialog import HelpDialog

        place = self._place()
        for earlier in self._window.findChildren(HelpDialog):
            earlier.close()
        dialog = HelpDialog(self.show_keys, place)
        dialog.stand_beside(place)
        dialog.show()
        dialog.show_about(*self._names(place))
        dialog.activateWindow()
        dialog.text.setFocus()

    def show_keys(self) -> None:
        from dealer_desktop.ui.widgets.form_frame import FormFrame
        from dealer_desktop.ui.widgets.keys_sheet import KeysSheet, of_form
        from dealer_desktop.ui.window import keys_of_place

        place = self._place()
        if isinstance(place, FormFrame):
            found = [of_form()]
        else:
            tabs = self._window.findChild(QTabWidget, "mainTabs")
            tab, title = (tabs.currentWidget(), tabs.tabText(tabs.currentIndex())) if tabs is not None else (None, "")
            found = keys_of_place.parts(self._window, tab, title)
        KeysSheet(found, place).open()

    @property
    def _window(self) -> QWidget:
        window = self.parent()
        assert isinstance(window, QWidget)
        return window

    def _place(self) -> QWidget:
        """The dialog in front, else the window; from the help itself what it was opened from."""
        dialog = QApplication.activeWindow()
        while dialog is not None and dialog.objectName() == "helpDialog":
            dialog = dialog.parentWidget()
        return dialog if isinstance(dialog, QDialog) and dialog in self._window.findChildren(QDialog) else self._window

    def _names(self, place: QWidget) -> Iterator[str]:
        """Of the place, and of those that it was opened from."""
        widget: QWidget | None = place
        while widget is not None and widget is not self._window:
            yield widget.objectName()
            widget = widget.parentWidget()
        tabs = self._window.findChild(QTabWidget, "mainTabs")
        yield tabs.currentWidget().objectName() if tabs is not None and tabs.isVisible() else "startPage"

    def _reach_dialog(self, handle: QWindow | None) -> None:
        """Qt tells of the window in front before ``activeWindow`` knows it."""
        dialogs = (each for each in self._window.findChildren(QDialog) if each.windowHandle() is not None)
        dialog = next((each for each in dialogs if each.windowHandle() == handle), None)
        if dialog is None or dialog.objectName() == "helpDialog" or dialog.findChild(QObject, _NAME) is not None:
            return
        for keys, slot in ((_HELP, self.show_help), (_KEYS, self.show_keys)):
            dialog.addAction(self._key(dialog, keys, slot))

    def _key(self, dialog: QDialog, keys: str, slot: Callable[[], None]) -> QAction:
        action = QAction(dialog)
        action.setObjectName(_NAME)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        return action
