"""The composition root: settings -> database -> services -> window.

The window is shown first. What it rests on is then fetched off the GUI thread (the bundled server, the connection, an
upgrade, the demo's data), and taken down in the opposite order when it closes.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from dealer_desktop import __version__
from dealer_desktop.core import i18n, paths, qt_libraries
from dealer_desktop.core import logging as log
from dealer_desktop.core.errors import SchemaNewer
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.ui import errors, jobs, theme
from dealer_desktop.ui.session.changes import TABLES, ChangeFeed, TableChange
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.window import crash, interrupts
from dealer_desktop.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from dealer_desktop.documents import Paper
    from dealer_desktop.server.changes import Change, ChangeListener
    from dealer_desktop.server.embedded import BundledServer
    from dealer_desktop.services import Connections
    from dealer_desktop.services.rows import DealerRow

# Services and server, and with them SQLAlchemy, are imported where they are first needed: on the thread that connects,
# while the window is on the screen already.

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Which database a window works on: ``folder`` of a bundled one, or the one that the settings say."""

    folder: Path | None = None
    is_demo: bool = False
    url: str = ""
    """A database that runs already; for tests."""
    settings: Path | None = None
    """Where the window's own settings are kept, if not with the person's; for rehearsals and tests."""


def demo_folder() -> Path:
    """Where the demo keeps its own bundled database and photos."""
    return paths.data_folder() / "demo"


def start(argv: Sequence[str], place: Place | None = None) -> MainWindow:
    """Do all that the command does (``argv`` as ``sys.argv``) short of entering the event loop.

    The window is on the screen when this returns; what it shows arrives while events are processed. Raises a
    DealerError where there can be no window: a wrong setting, no display, a library that Qt needs is missing.
    """
    if place is None:
        is_demo = "--demo" in argv[1:]
        place = Place(demo_folder(), is_demo=True) if is_demo else Place()
    prepare(argv)
    window = MainWindow(QSettings(str(place.settings), QSettings.Format.IniFormat) if place.settings else None)
    composition = Composition(window, place)
    window.show()
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
    theme.install(application, APP_CONFIG.ui.theme)
    crash.install()
    return application


def run() -> int:
    """The event loop, until the last window is closed or Ctrl+C is pressed."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with interrupts.ctrl_c_closes_windows():
        return application.exec()


def close(window: MainWindow) -> None:
    """Close ``window`` without a person: what still runs is waited for, and the widgets are gone when this returns."""
    jobs.wait_for_all()
    window.close_unasked()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass(frozen=True)
class Connected:
    """What was fetched off the GUI thread."""

    server: "BundledServer | None"
    connections: "Connections"
    dealer: "DealerRow"

    def close(self) -> None:
        self.connections.close()
        if self.server is not None:
            self.server.release()


class Composition(QObject):
    """What one window rests on. It lives as long as the window is open or something is still on its way to it."""

    progressed = Signal(str)
    """One sentence about what is being done, from any thread."""

    _all: "set[Composition]" = set()

    def __init__(self, window: MainWindow, place: Place) -> None:
        super().__init__()
        self._window = window
        self._place = place
        self._feed = ChangeFeed(self)
        self._listener: ChangeListener | None = None
        self._connected: Connected | None = None
        self._closed = False
        self.progressed.connect(self._show_progress)
        window.closed.connect(self.close)
        Composition._all.add(self)

    def begin(self) -> None:
        """Fetch everything; the window shows what is being done, then its tabs, or what went wrong and Retry."""
        self._show_progress(_("Starting…"))
        jobs.run(self, self._connect, done=self._open, failed=self._fail)

    def _connect(self) -> Connected:
        """On a pool thread."""
        from dealer_desktop import services
        from dealer_desktop.server import embedded, upgrade
        from dealer_desktop.services import dealer as dealer_service
        from dealer_desktop.services import photo_files

        server: BundledServer | None = None
        connections: Connections | None = None
        try:
            url = self._place.url
            if not url and (self._place.folder is not None or not APP_CONFIG.db.is_configured):
                self.progressed.emit(_("Starting the database of this PC…"))
                server = embedded.ensure_running(self._place.folder)
                url = server.url
            elif not url:
                self.progressed.emit(_("Connecting to the database…"))
                url = APP_CONFIG.db.sqlalchemy_db_uri
            status = upgrade.status(url)
            if status is upgrade.SchemaStatus.NEWER:
                raise SchemaNewer(revision=upgrade.revision(url))
            if status is not upgrade.SchemaStatus.CURRENT:
                upgrade.upgrade(url, self.progressed.emit)
            connections = services.open_connections(url, APP_CONFIG.db)
            if self._place.is_demo:
                assert self._place.folder is not None
                fill_demo(connections, self._place.folder, self.progressed.emit)
            found = Connected(server, connections, dealer_service.get(connections.reader))
            if self._place.folder is not None:
                photo_files.keep_in(self._place.folder / "photos")
            return found
        except BaseException:
            if connections is not None:
                connections.close()
            if server is not None:
                server.release()
            raise

    def _open(self, connected: Connected) -> None:
        if self._closed:
            self._take_down(connected)
            return
        from dealer_desktop.server.changes import ChangeListener

        self._connected = connected
        server, url = connected.server, self._place.url
        self._listener = ChangeListener(
            lambda: server.url if server else url or APP_CONFIG.db.sqlalchemy_db_uri,
            self._report_change,
            self._feed.report_connection,
        )
        self._listener.start()
        self._window.open_database(
            UiContext(
                connected.connections,
                self._feed,
                connected.dealer,
                self._window.settings,
                database=str(server.data_folder) if server is not None else "",
            )
        )

    def _fail(self, error: Exception) -> None:
        if self._closed:
            Composition._all.discard(self)
        else:
            self._window.show_failure(errors.sentence_of(error), self.begin)

    def _show_progress(self, words: str) -> None:
        if not self._closed:
            self._window.show_progress(words)

    def _report_change(self, change: "Change") -> None:
        """On the listener's thread."""
        if change.table != "*":
            self._feed.report_change(change)
        else:
            for table in TABLES:
                self._feed.report_change(TableChange(table, change.operation, None))

    def close(self) -> None:
        """Stop listening, close the connections, let go of the bundled server."""
        if self._closed:
            return
        self._closed = True
        if self._listener is not None:
            self._listener.stop()
        if self._connected is not None:
            self._take_down(self._connected)

    def _take_down(self, connected: Connected) -> None:
        from dealer_desktop.services import photo_files

        self._connected = None
        photo_files.keep_in(None)
        connected.close()
        Composition._all.discard(self)


def fill_demo(connections: "Connections", folder: Path, say: Callable[[str], None]) -> None:
    """The demo's data, made at the first call."""
    from dealer_desktop import demo

    def tell(done: int, total: int) -> None:
        if done % 20 == 0:
            say(_("Making the sample data, {percent} %…").format(percent=done * 100 // total))

    demo.fill(connections, folder, tell)


def write_pdf(paper: "Paper", file: Path) -> None:
    """Write a document as a PDF without a window. Raises FileNotWritten."""
    from dealer_desktop.ui import printing

    prepare(sys.argv)
    printing.to_pdf(paper, file)
