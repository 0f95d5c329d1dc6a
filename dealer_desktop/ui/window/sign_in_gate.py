"""Who may be at the window: signing in, the locked window, and the owner's password for an upgrade.

The gate knows dialogs and timers; what signing in means is handed over by ``application``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from dealer_desktop.core import saved_passwords
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.person import text
from dealer_desktop.ui.window.sign_in_dialog import SignInDialog

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.window.main_window import MainWindow

_LAST = "signIn/email"
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Server(Protocol):
    """Where people sign in."""

    @property
    def place(self) -> str: ...


SignIn = Callable[[Any, str, str, bool], Any]
UpgradeAsOwner = Callable[[Any, str, str, Callable[[str], None]], None]


class SignInGate(QObject):
    entered = Signal(object)
    """Somebody signed in: what ``sign_in`` returned."""
    switch_asked = Signal()
    """Another person wants to take the place of the one who is here."""
    setup_asked = Signal()
    """Whoever should sign in wants another database."""

    def __init__(self, window: "MainWindow", sign_in: SignIn, upgrade_as_owner: UpgradeAsOwner) -> None:
        super().__init__(window)
        self._window = window
        self._sign_in = sign_in
        self._upgrade_as_owner = upgrade_as_owner
        self.can_set_up = False
        """Whether another database may be chosen instead of signing in."""
        self._server: Any = None
        self._email = ""
        self._context: UiContext | None = None
        self._dialog: SignInDialog | None = None
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)

    # -- signing in ---------------------------------------------------------------------------------------------------

    def ask(self, server: Server, message: str = "") -> None:
        """Ask who is here; the e-mail of the last one, and the password if it was kept, stand there already."""
        self._server = server
        email = text(self._window.settings, _LAST)

        def kept() -> tuple[bool, str]:
            can_keep = saved_passwords.can_keep()
            return can_keep, saved_passwords.read(server.place, email.strip().lower()) if can_keep and email else ""

        def show(found: tuple[bool, str]) -> None:
            self._show(server, email, found[1], can_remember=found[0], message=message)

        jobs.run(self, kept, done=show, failed=lambda _error: show((False, "")))

    def _show(self, server: Server, email: str, password: str, *, can_remember: bool, message: str) -> None:
        def attempt(typed: str, secret: str, remember: bool) -> tuple[str, Any]:
            return typed, self._sign_in(server, typed, secret, remember)

        dialog = SignInDialog(
            attempt,
            place=server.place,
            email=email,
            password=password,
            can_remember=can_remember,
            message=message,
            can_set_up=self.can_set_up,
            parent=self._window,
        )
        dialog.setup_asked.connect(self.setup_asked)
        dialog.signed_in.connect(self._signed_in)
        dialog.quit_asked.connect(self._window.close)
        self._open(dialog)

    def _signed_in(self, found: tuple[str, Any]) -> None:
        self._email, person = found
        self._window.settings.setValue(_LAST, self._email)
        self.entered.emit(person)

    def ask_owner(self, server: Server, person: object, owner: str, tell: Callable[[str], None]) -> None:
        """An admin gives the password of the tables' owner, so that the schema can be upgraded; then they go on."""

        def attempt(_email: str, secret: str, _remember: bool) -> object:
            self._upgrade_as_owner(server, owner, secret, tell)
            return person

        dialog = SignInDialog(
            attempt,
            place=_("The database needs an upgrade. Enter the password of its owner, or let somebody else sign in."),
            email=owner,
            can_remember=False,
            title=_("Upgrade the database"),
            button=_("Upgrade"),
            other=_("Another person"),
            fixed_email=True,
            parent=self._window,
        )
        dialog.signed_in.connect(self.entered)
        dialog.quit_asked.connect(self.switch_asked)
        self._open(dialog)

    def _open(self, dialog: SignInDialog) -> None:
        self._put_away()
        self._dialog = dialog
        dialog.finished.connect(self._put_away)
        dialog.open()

    def _put_away(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    # -- the locked window --------------------------------------------------------------------------------------------

    def watch(self, context: "UiContext") -> None:
        """The person who signed in is at work: lock by key, and after the minutes of ``UI__LOCK_AFTER``."""
        self._context = context
        context.lock_asked.connect(self.lock)
        context.switch_asked.connect(self.switch_asked)
        minutes = APP_CONFIG.ui.lock_after
        if minutes:
            self._idle.setInterval(minutes * 60_000)
            self._idle.start()
            application = QApplication.instance()
            assert application is not None
            application.installEventFilter(self)

    def ask_for_own_password(self, person: Any, context: "UiContext") -> None:
        """Where ``person`` signed in with a password that was given for once: before anything else, another."""
        if person is not None and person.has_one_time:
            from dealer_desktop.ui.window.password_dialog import PasswordDialog

            PasswordDialog(context, self._window, is_due=True).open()

    def stop_watching(self) -> None:
        self._idle.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._context = None
        self._put_away()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._idle.isActive():
            self._idle.start()
        return False

    @property
    def is_locked(self) -> bool:
        return self._window.is_covered

    def lock(self) -> None:
        """Cover everything until the same person comes back; what is open stays as it is underneath."""
        if self._context is None or self.is_locked:
            return
        self._idle.stop()
        self._window.cover(_("The window is locked."))
        server, email = self._server, self._email

        def attempt(_typed: str, secret: str, _remember: bool) -> object:
            return self._sign_in(server, email, secret, saved_passwords.read(server.place, email.lower()) == secret)

        dialog = SignInDialog(
            attempt,
            place=server.place,
            email=email,
            can_remember=False,
            title=_("Dealer Desktop is locked"),
            button=_("Unlock"),
            other=_("Another person"),
            fixed_email=True,
            parent=self._window,
        )
        dialog.signed_in.connect(self._unlock)
        dialog.quit_asked.connect(self.switch_asked)
        self._open(dialog)

    def _unlock(self, _person: object) -> None:
        self._window.uncover()
        if self._context is not None and APP_CONFIG.ui.lock_after:
            self._idle.start()
