"""The window's way to the set-up assistant, which is imported when somebody asks for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from dealer_desktop.core.i18n import gettext as _

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.setup.assistant import SetupAssistant
    from dealer_desktop.ui.window.main_window import MainWindow
    from dealer_desktop.ui.window.sign_in_gate import SignInGate


def somebody_watches() -> bool:
    """Whether there is a screen on which a question can be answered."""
    return QGuiApplication.platformName() not in ("offscreen", "minimal")


class SettingUp(QObject):
    chosen = Signal()
    """The settings say another place now."""
    begin_asked = Signal()
    """The window goes on with what the settings say."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._assistant: SetupAssistant | None = None

    def ask_first(self) -> None:
        """Nobody chose yet. Where nobody can see the question either, the window goes on with this PC's own database,
        and the assistant stays beside it.
        """
        watched = somebody_watches()
        assistant = self._make(_("Close the program") if watched else "")
        if watched:
            self._window.start_page.show_quiet(_("Choose where the database is."))
            assistant.rejected.connect(self._window.close)
            assistant.open()
        else:
            self.begin_asked.emit()
            assistant.setWindowModality(Qt.WindowModality.NonModal)
            assistant.show()
            self._window.activateWindow()

    def open(self) -> None:
        """From the menu, or where no database was reached."""
        self._make().open()

    def offer_before(self, gate: "SignInGate") -> None:
        """Where nobody is at work yet: who cannot go on may say anew where the database is."""
        self._window.start_page.can_set_up = True
        self._window.start_page.setup_asked.connect(self.open)
        gate.can_set_up = True
        gate.setup_asked.connect(self._open_instead)

    def offer(self, context: "UiContext", *, can_move: bool) -> None:
        """The window is about to show a database that the settings say."""
        context.can_set_up, context.can_move = True, can_move
        context.setup_asked.connect(self.open)
        context.moved.connect(self.chosen)

    def tell_demo(self) -> None:
        """The window shows the demo because somebody chose to look around: quietly, with the way on."""
        words = _("This is the demo: invented cars and customers.")
        button = ("setupButton", _("Set up this PC…"), self.open)
        self._window.warning.show_message(words, "second", button)

    def _open_instead(self) -> None:
        """Instead of signing in, which is asked again where nothing was chosen."""
        assistant = self._make()
        assistant.rejected.connect(self.begin_asked)
        assistant.open()

    def _make(self, leave: str = "") -> "SetupAssistant":
        from dealer_desktop.ui.setup.assistant import SetupAssistant

        self._put_away()
        made = SetupAssistant(self._window.settings, leave=leave, parent=self._window)
        made.chosen.connect(self.chosen)
        made.finished.connect(self._put_away)
        self._assistant = made
        return made

    def _put_away(self) -> None:
        if self._assistant is not None:
            self._assistant.deleteLater()
            self._assistant = None
