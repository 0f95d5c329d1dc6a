"""Test: whether the server of a form can be worked with, looked at off the GUI thread and told in sentences."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.errors import InvalidInput, SearchCanceled
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import connecting
from dealer_desktop.services.connecting import Server, Tested
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.setup.server_fields import in_line
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.loading_line import LoadingLine

Asked = tuple[Server, str, str]
"""What is looked at: the server, a login and its password; both empty where nobody signs in."""


class ServerTest(QWidget):
    """``run`` looks at what ``asked`` gives; ``refused`` is told fields that cannot be read."""

    refused = Signal(object)
    """Names of fields with what is wrong."""
    _told = Signal(str)

    def __init__(self, asked: Callable[[], Asked], *, owner: bool = False, parent: QWidget | None = None) -> None:
        """``owner``: the login is the one that owns the tables."""
        super().__init__(parent)
        self._asked = asked
        self._owner = owner
        self._job: jobs.Job | None = None
        self._done: Callable[[Tested], None] | None = None
        self.known: tuple[Asked, Tested] | None = None
        """What was looked at last, as long as nobody typed something else."""
        self.button = WordButton("testButton", _("Test"), self.look)
        self.cancel_button = WordButton("cancelTestButton", _("Cancel the test"), self.cancel)
        self.words = label("", "small", "second", wrap=True)
        self.words.setObjectName("testProgress")
        self.line = LoadingLine(self)
        self.result = label("", "base", wrap=True, selectable=True)
        self.result.setObjectName("testResult")
        self.result.setAccessibleName(_("What the test found"))
        self.details = label("", "small", "second", wrap=True, selectable=True)
        self.details.setObjectName("testDetails")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.cancel_button)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.line)
        layout.addWidget(self.result)
        layout.addWidget(self.details)
        self._told.connect(self.words.setText)
        self.forget()

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def look(self) -> None:
        """What the button does."""
        self.run()

    def run(self, done: Callable[[Tested], None] | None = None) -> None:
        """Look, show what was found, and tell ``done``; nothing where it looks already."""
        if self._job is not None:
            return
        self.forget()
        asked = self._asked()
        try:
            asked[0].config()
        except InvalidInput as error:
            self._refuse(error)
            return
        self._set_running(True)
        self._done = done
        self._job = jobs.run(
            self,
            _look,
            asked,
            self._owner,
            self._told.emit,
            takes_job=True,
            done=partial(self._show, asked),
            failed=self._fail,
        )

    def cancel(self) -> None:
        """Nobody waits for it any more; what waits for the network ends by itself."""
        job, self._job = self._job, None
        if job is not None:
            jobs.cancel(job)
            self._set_running(False)
            self._say(_("The test was canceled."), "second")

    def forget(self) -> None:
        """Something else was typed: what was found was about something else."""
        self.known = None
        self._say("", "")
        self.details.setText("")
        self.details.hide()
        if self._job is None:
            self._set_running(False)

    def _show(self, asked: Asked, tested: Tested) -> None:
        self._job = None
        self._set_running(False)
        self.known = (asked, tested)
        if tested.problems:
            self._say("\n".join(tested.problems), "red")
        elif tested.got_in:
            self._say(_("All is well: this PC can work with this server."), "green")
        else:
            self._say(
                _(
                    "The server answers, and asks who signs in. With an e-mail and a password the test goes on to the "
                    "database itself."
                ),
                "green",
            )
        fine = [f"{found.name}: {found.words}" for found in tested.findings if not found.problem]
        self.details.setText("\n".join(map(in_line, fine)))
        self.details.setVisible(bool(fine))
        done, self._done = self._done, None
        if done is not None:
            done(tested)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._set_running(False)
        if isinstance(error, InvalidInput):
            self._refuse(error)
        else:
            self._say(sentence_of(error), "red")

    def _refuse(self, error: InvalidInput) -> None:
        self.refused.emit(error.fields)
        self._say(str(error), "red")

    def _say(self, words: str, tone: str) -> None:
        self.result.setText(in_line(words))
        theme.set_tone(self.result, tone)
        self.result.setVisible(bool(words))

    def _set_running(self, running: bool) -> None:
        has_focus = self.button.hasFocus() or self.cancel_button.hasFocus()
        self.button.setVisible(not running)
        self.cancel_button.setVisible(running)
        self.line.setVisible(running)
        self.line.set_loading(running)
        self.words.setText("")
        if has_focus:
            (self.cancel_button if running else self.button).setFocus()


def _look(job: jobs.Job, asked: Asked, owner: bool, tell: Callable[[str], None]) -> Tested:
    """On a pool thread."""

    def say(words: str) -> None:
        if job.is_canceled():
            raise SearchCanceled()
        tell(words)

    return connecting.test(*asked, say, owner=owner)
