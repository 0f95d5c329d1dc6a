"""The status bar: which database, as whom, connected or not; what was just done; what still runs, and its stop."""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStatusBar, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_TOLD_MS = 8_000
_OFFERED_MS = 30_000
"""A customer is talked to before the paper is printed."""
_BEAT_MS = 500
_HEARD_WITHIN = 2.5
"""Seconds for which the server's last word is good."""


def _how_long(seconds: float) -> str:
    if seconds < 60:
        return _("{number} s").format(number=int(seconds))
    return _("{number} min").format(number=formats.number(int(seconds // 60)))


class _Dot(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tone = "grey"
        self.setFixedSize(8, 8)
        theme.changed().connect(self.update)

    def set_tone(self, tone: str) -> None:
        if tone != self.tone:
            self.tone = tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().tone(self.tone)))
        painter.drawEllipse(QRectF(0.5, 0.5, 7, 7))
        painter.end()


class StatusBar(QStatusBar):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(pixels(28))
        self._dot = _Dot(self)
        self.connection = label("", "small", "second")
        self.connection.setObjectName("connectionLabel")
        self.connection.setAccessibleName(_("Connection"))
        self._told = label("", "small", "text")
        self._told.setObjectName("toldLabel")
        self._told.setMinimumWidth(1)  # a long sentence is cut, the window is not widened
        self._told.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._backup = QPushButton(self)
        self._backup.setObjectName("backupButton")
        self._backup.setAccessibleName(_("Backups"))
        self._backup.setProperty("kind", "flat")
        self._backup.setFont(theme.font("small"))
        self._backup.clicked.connect(self._show_backups)
        self._backup.hide()
        self._jobs = label("", "small", "second")
        self._jobs.setObjectName("jobsLabel")
        self._stop = QPushButton(_("Stop"), self)
        self._stop.setObjectName("stopJobsButton")
        self._stop.setProperty("kind", "flat")
        self._stop.setFont(theme.font("small"))
        self._stop.setAccessibleName(_("Stop what is running"))
        self._stop.clicked.connect(self._stop_jobs)
        self._offer = QPushButton(self)
        self._offer.setAccessibleName(_("What can be done now"))
        self._offer.setProperty("kind", "flat")
        self._offer.setFont(theme.font("small"))
        self._offer.clicked.connect(self._take_offer)
        self._offered: Callable[[], object] | None = None
        whole = QWidget(self)
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(16, 0, 12, 0)
        layout.setSpacing(8)
        for widget in (self._dot, self.connection):
            layout.addWidget(widget)
        layout.addSpacing(16)
        layout.addWidget(self._told)
        layout.addWidget(self._offer)
        layout.addStretch(1)
        layout.addWidget(self._backup)
        layout.addWidget(self._jobs)
        layout.addWidget(self._stop)
        self.addWidget(whole, 1)
        self._quiet = QTimer(self, singleShot=True, interval=_TOLD_MS)
        self._quiet.timeout.connect(self._be_quiet)
        self._context: UiContext | None = None
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._look_at_connection)
        self._watched: set[int] = set()
        self._dot.hide()
        self._offer.hide()
        jobs.board().changed.connect(self._show_jobs)
        self._show_jobs()

    def tell_backup(self, words: str) -> None:
        """That the last backup is too old; nothing where it is not."""
        self._backup.setText(_("Backup too old"))
        self._backup.setIcon(theme.icon("warning", "amber"))
        self._backup.setToolTip(tooltips.plain(words))
        self._backup.setAccessibleName(words)
        self._backup.setVisible(bool(words))

    def _show_backups(self) -> None:
        """As the menu's action does, which admins alone have."""
        action = self.window().findChild(QAction, "backupAction")
        if action is not None:
            action.trigger()

    def show_connection(self, context: "UiContext", *, connected: bool) -> None:
        """Which database, as whom, connected or not; from then on it says so anew by itself."""
        self._context = context
        self._tell_connection(connected=connected)
        self._beat.start()

    def _look_at_connection(self) -> None:
        if self._context is not None:
            self._tell_connection(connected=self._context.feed.connected)

    def _tell_connection(self, *, connected: bool) -> None:
        assert self._context is not None
        feed, connections = self._context.feed, self._context.connections
        now = time.monotonic()
        # Whoever tells of the connection may hang itself; then nothing was heard, whatever it said before.
        lost_at = feed.lost_at if not connected else feed.heard_at
        silence = 0.0 if lost_at is None else now - lost_at
        if connected and silence < _HEARD_WITHIN:
            words = _("Connected to {place} as {user}")
            self._dot.set_tone("green")
        else:
            words = _("Not connected to {place} for {time}") if silence >= 1 else _("Not connected to {place}")
            self._dot.set_tone("red")
        words = words.format(place=connections.url_for_people, user=connections.user, time=_how_long(silence))
        self._dot.show()
        if words != self.connection.text():
            self.connection.setText(words)

    def retranslate(self) -> None:
        self.connection.setAccessibleName(_("Connection"))
        self._stop.setText(_("Stop"))
        self._stop.setAccessibleName(_("Stop what is running"))

    def show_nobody(self) -> None:
        """Nobody is signed in."""
        self._context = None
        self._beat.stop()
        self._dot.hide()
        self._backup.hide()
        self.connection.clear()
        self._be_quiet()

    def tell(self, sentence: str) -> None:
        """One sentence, until the next or for some seconds."""
        self._told.setText(sentence)
        self._told.setToolTip("")
        self._take_offer_away()
        self._quiet.start(_TOLD_MS)

    def offer(self, name: str, words: str, slot: Callable[[], object]) -> None:
        """A button beside the sentence that was told just now; both stay somewhat longer."""
        self._offered = slot
        self._offer.setObjectName(name)
        self._offer.setText(words)
        self._offer.setAccessibleName(words)
        self._offer.show()
        self._quiet.start(_OFFERED_MS)

    def _take_offer(self) -> None:
        slot = self._offered
        self._take_offer_away()
        if slot is not None:
            slot()

    def _take_offer_away(self) -> None:
        self._offered = None
        self._offer.hide()

    def _be_quiet(self) -> None:
        self._told.clear()
        self._take_offer_away()

    @property
    def told(self) -> str:
        return self._told.text()

    def _show_jobs(self) -> None:
        running = jobs.board().named
        for job in running:
            if id(job) not in self._watched:
                self._watched.add(id(job))
                job.progressed.connect(self._show_progress)
                job.finished.connect(partial(self._watched.discard, id(job)))
        self._jobs.setVisible(bool(running))
        self._stop.setVisible(bool(running))
        if not running:
            return
        if len(running) == 1:
            words = running[0].name
            if running[0].progress is not None:
                done, total = running[0].progress
                words = _("{job}: {done} of {total}").format(
                    job=words, done=formats.number(done), total=formats.number(total)
                )
        else:
            words = ngettext("{count} job", "{count} jobs", len(running)).format(count=len(running))
        self._jobs.setText(words)

    def _show_progress(self, _done: int, _total: int) -> None:
        self._show_jobs()

    def _stop_jobs(self) -> None:
        for job in jobs.board().named:
            jobs.cancel(job)
        self._show_jobs()
