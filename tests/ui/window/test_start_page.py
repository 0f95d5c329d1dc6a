"""The start page tries again by itself where waiting may help, and leaves that where it cannot or the person acts."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from dealer_desktop.core.errors import Busy, ConnectionLost, LoginRefused, SchemaNewer, ServerUnreachable
from dealer_desktop.core.server_errors import CertificateRefused, NotEncrypted, ReadOnlyServer, waiting_helps
from dealer_desktop.ui.window.start_page import LONGEST_WAIT, StartPage


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    page = StartPage(None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    return page


def countdown(page: StartPage) -> QLabel:
    found = page.findChild(QLabel, "startCountdown")
    assert isinstance(found, QLabel)
    return found


def test_it_tries_again_by_itself_and_says_when(page: StartPage, qtbot: QtBot) -> None:
    tried: list[int] = []
    page.show_failure("The server does not answer.", lambda: tried.append(1), waiting_helps=True)
    assert countdown(page).isVisible() and "2 seconds" in countdown(page).text()
    qtbot.waitUntil(lambda: tried == [1], timeout=10_000)
    assert not countdown(page).isVisible()


def test_it_waits_longer_after_each_failure_and_anew_after_the_button(page: StartPage) -> None:
    waits = []
    for _ in range(6):
        page.show_failure("x", lambda: None, waiting_helps=True)
        waits.append(page.seconds_left)
        page.show_progress("Starting…")
    assert waits == [2, 4, 8, 16, 30, LONGEST_WAIT]
    page.show_failure("x", lambda: None, waiting_helps=True)
    button = page.findChild(QAbstractButton, "startRetryButton")
    assert button is not None
    button.click()
    assert page.seconds_left == 0 and not countdown(page).isVisible()
    page.show_failure("x", lambda: None, waiting_helps=True)
    assert page.seconds_left == 2


def test_what_waiting_cannot_mend_is_not_tried_again(page: StartPage) -> None:
    page.show_failure("x", lambda: None, waiting_helps=True)
    page.show_failure("The login is refused.", lambda: None, waiting_helps=False)
    assert page.seconds_left == 0 and not countdown(page).isVisible()


def test_a_page_that_is_left_does_not_try_behind_it(page: StartPage) -> None:
    page.show_failure("x", lambda: None, waiting_helps=True)
    page.hide()
    assert page.seconds_left == 0


def test_which_faults_pass_by_themselves() -> None:
    for passing in (ServerUnreachable(), ConnectionLost(), Busy(), ReadOnlyServer()):
        assert waiting_helps(passing)
    for lasting in (NotEncrypted(), CertificateRefused(), LoginRefused(), SchemaNewer(), ValueError()):
        assert not waiting_helps(lasting)
