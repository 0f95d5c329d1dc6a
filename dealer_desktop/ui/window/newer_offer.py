"""A newer package is offered: a line above the tabs, or under the sentence that this one is too old."""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout

from dealer_desktop.core import newer_packages
from dealer_desktop.core.errors import SchemaNewer
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.newer_packages import Package
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.window.main_window import MainWindow

_AGAIN_MS = 3_600_000
"""After which a window that stays open looks again."""


class NewerOffer(QObject):
    """Lives as long as the person's tabs; what they hid stays hidden until something newer still is there."""

    def __init__(self, window: MainWindow, context: UiContext) -> None:
        super().__init__(context)
        self._window = window
        self._hidden = ""
        self._shown: Package | None = None
        self.banner = Banner(window, name="newerBanner")
        page = window.tabs.parentWidget()
        layout = page.layout() if page is not None else None
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(0, self.banner)
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        jobs.run(self, newer_packages.newest, done=self.show_package, failed=lambda _error: None)

    def show_package(self, package: Package | None) -> None:
        """Offer it, unless it is there already or was hidden."""
        if package is None or package.version == self._hidden or package == self._shown:
            return
        self._shown = package
        self.banner.show_message(
            _words(package),
            "second",
            ("startNewerButton", _("Start it"), self._start),
            ("hideNewerButton", _("Hide"), self._hide),
        )

    def _start(self) -> None:
        if self._shown is not None:
            _start(self._window, self._shown)

    def _hide(self) -> None:
        self._hidden = self._shown.version if self._shown is not None else ""
        self.banner.clear()


def after_failure(window: MainWindow, error: Exception) -> None:
    """Where the database is newer than this program, look for the program that knows it."""
    if isinstance(error, SchemaNewer):
        jobs.run(window, newer_packages.newest, done=partial(_offer_instead, window), failed=lambda _error: None)


def _offer_instead(window: MainWindow, package: Package | None) -> None:
    if package is not None and window.start_page.has_failed:
        window.start_page.offer(_words(package), "startNewerButton", _("Start it"), partial(_start, window, package))


def _words(package: Package) -> str:
    return _("Dealer Desktop {version} is there: {folder}").format(
        version=package.version, folder=package.executable.parent
    )


def _start(window: MainWindow, package: Package) -> None:
    """Instead of this window, which closes as a person closes it: what is typed is asked about."""
    from dealer_desktop.core.errors import UnreadableFile
    from dealer_desktop.ui.widgets import error_notice

    if not window.close():
        return
    try:
        newer_packages.start(package)
    except OSError as error:
        error_notice.show(None, UnreadableFile(file=package.executable, reason=error.strerror or str(error)))
