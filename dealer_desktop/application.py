"""The composition root: settings -> database -> services -> window.

The window is shown first. What it rests on is then fetched off the GUI thread (the bundled server, the connection, an
upgrade, the demo's data), and taken down in the opposite order when it closes.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QApplication

from dealer_desktop import __version__, opening
from dealer_desktop.core import i18n, letting_go, paths, qt_libraries
from dealer_desktop.core import logging as log
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.person_errors import SignedOut, UpgradeNeedsOwner
from dealer_desktop.core.server_errors import waiting_helps
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.domain.enums import Role
from dealer_desktop.ending import close, run
from dealer_desktop.opening import Place
from dealer_desktop.ui import errors, garbage, jobs, theme
from dealer_desktop.ui.session import appearance, qt_words
from dealer_desktop.ui.session.changes import ChangeFeed
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.session.quiet_minutes import QuietMinutes
from dealer_desktop.ui.window import crash, newer_offer
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.setting_up import SettingUp
from dealer_desktop.ui.window.sign_in_gate import SignInGate

if TYPE_CHECKING:
    from dealer_desktop.documents import Paper
    from dealer_desktop.opening import Opened, Reached
    from dealer_desktop.server.changes import ChangeListener
    from dealer_desktop.server.sign_in import SignedIn

__all__ = ["Composition", "Place", "close", "prepare", "run", "start", "write_pdf"]


def start(argv: Sequence[str], place: Place | None = None) -> MainWindow:
    """Do all that the command does (``argv`` as ``sys.argv``) short of entering the event loop.

    The window is on the screen when this returns; what it shows arrives while events are processed. Raises a
    DealerError where there can be no window: a wrong setting, no display, a library that Qt needs is missing.
    Without ``place`` the settings say which database; where nobody ever chose one, the set-up assistant is shown too.
    """
    follows = place is None and "--demo" not in argv[1:]
    is_first = follows and opening.is_first_start()
    if place is None:
        place = opening.chosen_place() if follows else Place(paths.demo_folder(), is_demo=True)
    garbage.keep_on_this_thread(prepare(argv))
    window = MainWindow(QSettings(str(place.settings), QSettings.Format.IniFormat) if place.settings else None)
    composition = Composition(window, place, follows=follows)
    window.show()
    if is_first:
        composition.setup.ask_first()
    else:
        composition.begin()
    return window


def prepare(argv: Sequence[str]) -> QApplication:
    """The QApplication with its language and look; the same one at every call."""
    i18n.set_language(APP_CONFIG.ui.language)
    log.set_up(APP_CONFIG.log.level, APP_CONFIG.log.dir)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        qt_libraries.require(display=True)
        application = QApplication([argv[0] if argv else paths.APP_NAME])
    application.setApplicationName(paths.APP_NAME)
    application.setApplicationDisplayName(_("Dealer Desktop"))
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(paths.APP_NAME)
    qt_words.speak(application)
    theme.install(application, APP_CONFIG.ui.theme)
    crash.install()
    return application


class Composition(QObject):
    """What one window rests on. It lives as long as the window is open or something is still on its way to it.

    Reach the server, let a person sign in where people do, open the database as that person; later the window may be
    locked, or another person may take their place: then all of the first one's goes before anything of the second's is
    there.
    """

    progressed = Signal(str)
    """One sentence about what is being done, from any thread."""
    _lost = Signal()
    """The listener lost its connection; from its thread."""
    _gone = Signal()
    """Nothing is left of what the window rested on; from any thread."""

    _all: "set[Composition]" = set()

    def __init__(self, window: MainWindow, place: Place, *, follows: bool = False) -> None:
        """``follows``: the settings say which place; another may be chosen in the window."""
        super().__init__()
        self._window = window
        self._place = place
        self._next: Place | None = None
        """Where it goes once what is on its way has come."""
        self._follows = follows
        self._feed = ChangeFeed(self)
        self._listener: ChangeListener | None = None
        self._reached: Reached | None = None
        self._person: SignedIn | None = None
        self._opened: Opened | None = None
        self._knows_overheard = False
        """Whether the person put the line away that says the connection is not encrypted."""
        self._quiet = QuietMinutes(self)
        self._quiet.told.connect(self._tell_backup)
        self._is_coming = False
        """Whether something is on its way, whose arrival then lets go of it in a window that was closed meanwhile."""
        self._closed = False
        self._gate = SignInGate(window, opening.sign_in, opening.upgrade_as_owner)
        self._gate.entered.connect(self._enter)
        self._gate.switch_asked.connect(self.switch_person)
        self.setup = SettingUp(window)
        self.setup.begin_asked.connect(self.begin)
        self.setup.chosen.connect(self._follow_settings)
        if follows:
            self.setup.offer_before(self._gate)
        self.progressed.connect(self._show_progress)
        self._lost.connect(self._look_whether_welcome)
        self._gone.connect(self._forget, Qt.ConnectionType.QueuedConnection)
        window.closed.connect(self.close)
        Composition._all.add(self)

    def begin(self) -> None:
        """Fetch everything; the window shows what is being done, then its tabs, or what went wrong and Retry."""
        self._show_progress(_("Starting…"))
        if self._reached is None:
            self._is_coming = True
            jobs.run(self, opening.reach, self._place, self.progressed.emit, done=self._at_server, failed=self._fail)
        elif self._reached.signs_in and self._person is None:
            self._gate.ask(self._reached)
        else:
            self._enter(self._person)

    def _at_server(self, reached: "Reached") -> None:
        self._reached = reached
        if self._is_wanted():
            self.begin()

    def _is_wanted(self) -> bool:
        """What was on its way has come; False where it was let go of, in a window that closed or went elsewhere."""
        self._is_coming = False
        place, self._next = self._next, None
        if self._closed:
            self._end()
        elif place is not None:
            self._go_to(place)
        return not self._closed and place is None

    # -- a person comes -----------------------------------------------------------------------------------------------

    def _enter(self, person: "SignedIn | None") -> None:
        """Somebody signed in, or nobody has to."""
        assert self._reached is not None
        self._person = person
        self._show_progress(_("Opening the database…"))
        self._is_coming = True
        jobs.run(
            self,
            opening.enter,
            self._reached,
            person,
            self._place,
            self.progressed.emit,
            done=self._open,
            failed=self._not_entered,
        )

    def _not_entered(self, error: Exception) -> None:
        if not self._is_wanted():
            return
        if isinstance(error, UpgradeNeedsOwner) and self._person is not None and self._person.role is Role.ADMIN:
            assert self._reached is not None
            self._gate.ask_owner(self._reached, self._person, self._person.owner, self.progressed.emit)
        else:
            self._show_failure(error)

    def _open(self, opened: "Opened") -> None:
        self._opened = opened
        if not self._is_wanted():
            return
        from dealer_desktop.server.changes import ChangeListener

        self._listener = ChangeListener(
            self._url,
            self._feed.report_change,
            self._report_connection,
            self._feed.report_heard,
            on_renewed=self._renew_connections,
            seen=opened.seen,
        )
        self._listener.start()
        self._show_opened(opened)
        if self._reached is not None and self._reached.server is not None and not self._place.is_demo:
            self._quiet.start(partial(opening.keep_backup, self._reached.server))
            jobs.run(self, opening.backup_warning, self._reached.server, done=self._tell_backup)

    def _tell_backup(self, words: str) -> None:
        """Of a backup that is too old; it is the admins' to mend."""
        if self._opened is not None and self._opened.at_work.role is Role.ADMIN:
            self._window.status.tell_backup(words)

    def _show_opened(self, opened: "Opened") -> None:
        """The window as this person wants it."""
        reached = self._reached
        assert reached is not None
        context = UiContext(
            opened.connections,
            self._feed,
            opened.dealer,
            self._window.settings,
            data_folder=str(reached.server.data_folder) if reached.server is not None else "",
            at_work=opened.at_work,
            signed_in=self._person is not None,
        )
        if self._follows:
            self.setup.offer(context, can_move=reached.server is not None and not self._place.is_demo)
        appearance.apply(context.settings)
        self._window.retranslate()
        context.appearance_changed.connect(self._dress_anew, Qt.ConnectionType.QueuedConnection)
        context.dealer_changed.connect(self._follow_dealer)
        if context.signed_in:
            context.password_changed.connect(self._use_new_password)
            self._gate.watch(context)
        self._window.open_database(context)
        self._gate.ask_for_own_password(self._person, context)
        newer_offer.NewerOffer(self._window, context)
        if self._follows and self._place.is_demo:
            self.setup.tell_demo()
        if opened.is_overheard and not self._knows_overheard:
            from dealer_desktop.server import health

            self._window.warn(health.unencrypted_words(), self._hide_overheard)

    def _hide_overheard(self) -> None:
        self._knows_overheard = True

    def _use_new_password(self, password: str) -> None:
        """Connections that are open stay; new ones sign in with the new password."""
        if self._person is not None and self._opened is not None:
            self._person = opening.with_password(self._person, password)
            self._opened.connections.use_password(password)

    def _follow_dealer(self) -> None:
        """Lists wrote their columns for the dealer's currency and time zone: with others they are made anew."""
        context = self._window.context
        if self._opened is None or context is None:
            return
        before, now = self._opened.dealer, context.dealer
        self._opened = replace(self._opened, dealer=now)
        if (before.currency, before.timezone) != (now.currency, now.timezone):
            context.appearance_changed.emit()

    def _dress_anew(self) -> None:
        """Another language or theme: the same database in a window made anew; open forms are offered as drafts."""
        if self._opened is not None and not self._closed:
            self._gate.stop_watching()
            self._window.close_database()
            self._show_opened(self._opened)

    def _url(self) -> str:
        """Where the listener connects, asked before each attempt."""
        assert self._reached is not None
        return self._person.url if self._person is not None else self._reached.current_url

    # -- a person goes ------------------------------------------------------------------------------------------------

    def switch_person(self, message: str = "") -> None:
        """All of this person's goes; what they typed is kept as their drafts. Then somebody else may sign in."""
        if self._reached is None or self._closed:
            return
        self._clear()
        self._show_progress(_("Sign in to go on."))
        self._gate.ask(self._reached, message=message)

    def _follow_settings(self) -> None:
        """Another place was chosen: all of this one's goes first. The one where the window is already stays open."""
        place = opening.chosen_place()
        if APP_CONFIG.db.is_configured or place != self._place or not (self._is_coming or self._reached):
            self._go_to(place)

    def _go_to(self, place: Place) -> None:
        if self._closed:
            return
        if self._is_coming:
            self._next = place
            return
        self._clear(self._reached)
        self._place = place
        self.begin()

    def _clear(self, reached: "Reached | None" = None) -> None:
        """Nobody is here; and where ``reached`` is given, no server either."""
        self._gate.stop_watching()
        self._window.close_database()
        self._leave(reached)
        self._person = None
        appearance.apply(None)
        self._window.retranslate()

    def _look_whether_welcome(self) -> None:
        """A connection may end because the network did, or because an admin took the login away."""
        if self._person is not None and self._reached is not None and not self._closed:
            person = self._person

            def answered(welcome: bool) -> None:
                if not welcome and person is self._person and self._opened is not None:
                    self.switch_person(str(SignedOut()))

            jobs.run(self, opening.is_welcome, person, done=answered)

    def _leave(self, reached: "Reached | None" = None) -> None:
        """Stop listening, close this person's connections, and let go of ``reached``, where nobody comes any more.

        Off the GUI thread: none of it may be waited for.
        """
        listener, opened = self._listener, self._opened
        self._listener = self._opened = None
        self._quiet.stop()
        self._feed.begin_anew()
        if reached is not None:
            self._reached = None
            opening.keep_photos_of(None)
        if listener is not None:
            listener.stop(0)
        letting_go.begin(
            *([opened.close] if opened is not None else []),
            *([listener.stop] if listener is not None else []),
            *([reached.release, self._gone.emit] if reached is not None else []),
        )

    # -- the ends -----------------------------------------------------------------------------------------------------

    def _fail(self, error: Exception) -> None:
        if self._is_wanted():
            self._show_failure(error)

    def _show_failure(self, error: Exception) -> None:
        self._window.show_failure(errors.in_full(error), self.begin, waiting_helps=waiting_helps(error))
        newer_offer.after_failure(self._window, error)

    def _show_progress(self, words: str) -> None:
        if not self._closed:
            self._window.show_progress(words)

    def _renew_connections(self, other_server: bool) -> bool:
        """On the listener's thread: what other threads still wait for goes the old way, which may be dead."""
        opened = self._opened
        return opened is not None and opened.connections.renew(other_server=other_server)

    def _report_connection(self, connected: bool, sentence: str) -> None:
        """On the listener's thread."""
        self._feed.report_connection(connected, sentence)
        if not connected:
            self._lost.emit()

    def close(self) -> None:
        """Stop listening, close the connections, let go of the bundled server; nobody waits for it."""
        if self._closed:
            return
        self._closed = True
        self._gate.stop_watching()
        if not self._is_coming:
            self._end()

    def _end(self) -> None:
        """Nothing is needed any more."""
        if self._reached is None:
            self._forget()
        else:
            self._leave(self._reached)

    def _forget(self) -> None:
        if self._closed:
            Composition._all.discard(self)


def write_pdf(paper: "Paper", file: Path) -> None:
    """Write a document as a PDF without a window. Raises FileNotWritten."""
    from dealer_desktop.ui import printing

    prepare(sys.argv)
    printing.to_pdf(paper, file)
