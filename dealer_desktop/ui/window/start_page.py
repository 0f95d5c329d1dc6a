"""What is in the window before the database is open: one quiet sentence, a line that moves, or why it did not open."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import breakable, label
from dealer_desktop.ui.widgets.icon_label import IconLabel
from dealer_desktop.ui.widgets.loading_line import LoadingLine

FIRST_WAIT = 2
LONGEST_WAIT = 30
"""Seconds until it tries again by itself: twice as long after each failure."""


class StartPage(QWidget):
    setup_asked = Signal()
    """Somebody wants to say anew where the database is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = IconLabel("car", "second", 48, self)
        self._title = label(_("Dealer Desktop"), "title")
        self._words = label("", "base", "second", wrap=True)
        self._words.setObjectName("startText")
        self._words.setAlignment(centre)
        self._words.setFixedWidth(pixels(480))
        _write(self._words, "")
        self._line = LoadingLine(self)
        self._line.setFixedWidth(pixels(240))
        self._countdown = label("", "small", "second")
        self._countdown.setObjectName("startCountdown")
        self._countdown.hide()
        self._button = QPushButton(_("Try again"), self)
        self._button.setObjectName("startRetryButton")
        self._button.setAccessibleName(self._button.text())
        self._button.hide()
        self._offered = label("", "base", wrap=True)
        self._offered.setObjectName("startOffer")
        self._offered.setAlignment(centre)
        self._offered.setFixedWidth(pixels(480))
        self._offer_button = QPushButton(self)
        self._offer_button.setAccessibleName(self._button.text())  # until something is offered
        self._offer_button.setProperty("kind", "primary")
        self._offer_button.clicked.connect(self._take_offer)
        self._take: Callable[[], object] | None = None
        self.can_set_up = False
        """Whether it may be said here where the database is, when it did not open."""
        self._setup = QPushButton(_("Where the database is…"), self)
        self._setup.setObjectName("startSetupButton")
        self._setup.setAccessibleName(self._setup.text())
        self._setup.setProperty("kind", "link")
        self._setup.hide()
        self._setup.clicked.connect(self.setup_asked)
        self._retry: Callable[[], None] | None = None
        self.has_failed = False
        self._button.clicked.connect(self._pressed)
        self._wait = FIRST_WAIT
        self.seconds_left = 0
        """Until it tries again by itself; 0 where it does not."""
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        offer = (self._offered, self._offer_button)
        pressed = (self._button, self._setup)
        for widget in (self._icon, self._title, self._line, self._words, self._countdown, *offer, *pressed):
            layout.addWidget(widget, 0, centre)
        self._show_offer(False)
        layout.addStretch(3)

    def retranslate(self) -> None:
        self._title.setText(_("Dealer Desktop"))
        self._button.setText(_("Try again"))
        self._button.setAccessibleName(self._button.text())
        self._setup.setText(_("Where the database is…"))
        self._setup.setAccessibleName(self._setup.text())

    @property
    def words(self) -> str:
        return self._words.text()

    def show_progress(self, words: str) -> None:
        self._stop_counting()
        self._show_offer(False)
        self._icon.set_icon("car", "second")
        _write(self._words, words)
        self.has_failed = False
        self._line.set_loading(True)
        self._button.hide()
        self._setup.hide()

    def offer(self, words: str, name: str, button: str, take: Callable[[], object]) -> None:
        """Besides trying again: something that helps, until something else is shown."""
        _write(self._offered, breakable(words))
        self._offer_button.setObjectName(name)
        self._offer_button.setText(button)
        self._offer_button.setAccessibleName(button)
        self._take = take
        self._show_offer(True)

    def _take_offer(self) -> None:
        if self._take is not None:
            self._take()

    def _show_offer(self, shown: bool) -> None:
        self._offered.setVisible(shown)
        self._offer_button.setVisible(shown)

    def show_quiet(self, words: str) -> None:
        """One sentence, and nothing that moves."""
        self.show_progress(words)
        self._line.set_loading(False)

    def show_failure(self, sentence: str, retry: Callable[[], None] | None, *, waiting_helps: bool = False) -> None:
        """Why it did not open. Where ``waiting_helps``, ``retry`` is called by itself after a while too."""
        self._stop_counting()
        self._show_offer(False)
        self._icon.set_icon("warning", "amber")
        _write(self._words, sentence)
        self.has_failed = True
        self._line.set_loading(False)
        self._retry = retry
        self._button.setVisible(retry is not None)
        self._setup.setVisible(self.can_set_up)
        if retry is not None:
            self._button.setFocus()
        if retry is not None and waiting_helps:
            self.seconds_left = self._wait
            self._wait = min(2 * self._wait, LONGEST_WAIT)
            self._show_countdown()
            self._clock.start()
        else:
            self._wait = FIRST_WAIT

    def _pressed(self) -> None:
        """The person wants it now: the waiting begins anew with the shortest."""
        self._wait = FIRST_WAIT
        self._try()

    def _try(self) -> None:
        self._stop_counting()
        if self._retry is not None:
            self._button.hide()
            self._retry()

    def _tick(self) -> None:
        self.seconds_left -= 1
        if self.seconds_left > 0:
            self._show_countdown()
        else:
            self._try()

    def _show_countdown(self) -> None:
        words = ngettext("Trying again in {count} second", "Trying again in {count} seconds", self.seconds_left)
        self._countdown.setText(words.format(count=self.seconds_left))
        self._countdown.show()

    def _stop_counting(self) -> None:
        self._clock.stop()
        self.seconds_left = 0
        self._countdown.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        self._line.set_loading(False)
        if not event.spontaneous():  # left for good, not only minimised
            self._stop_counting()
            self._wait = FIRST_WAIT


def _write(label: QLabel, words: str) -> None:
    """All of it is seen: a layout that centres a label asks it for a height before it knows the width."""
    label.setText(words)
    label.setMinimumHeight(max(pixels(40), label.heightForWidth(label.width())))
