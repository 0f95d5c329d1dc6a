"""Two people at one PC, who take each other's place again and again: nothing of one is ever the other's, and nothing
piles up. ``SWITCHES`` is how often (``tests/long/switches.py``)."""

import gc
import os
import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.engine import Engine

from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.search_everything import FoundPopup
from tests.models.conftest import PASSWORD, Logins
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.window.conftest import OpenFor
from tests.ui.window.test_sign_in import at_work, press, sign_in

SWITCHES = int(os.environ.get("SWITCHES") or 3)


def _alive(kind: type) -> int:
    """Also of what Qt has deleted and somebody still holds."""
    gc.collect()
    return sum(issubclass(type(each), kind) for each in gc.get_objects())


def _widgets() -> int:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(QApplication.allWidgets())


def _resident() -> int:
    """Bytes of memory that this process has."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _has_left(shop: Shop, login: str, own: int) -> bool:
    left = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND pid <> %s"
    return bool(shop.one(left, login, own) == 0)


def test_people_take_each_others_place_and_nothing_stays(pc: OpenFor, logins: Logins, shop: Shop, qtbot: QtBot) -> None:
    shop.car()
    boss, seller = logins.person("manager"), logins.person("salesperson")
    desk = pc(boss.login)
    window = desk.window
    people = (boss, seller)
    seen: list[tuple[int, int, int, int]] = []
    for number in range(SWITCHES):
        here, gone = people[number % 2], people[1 - number % 2]
        _is_all_theirs(window, here is boss, number >= 2)
        _leave_traces(desk, here is boss, number)
        desk.settle()
        press(window, "switchPersonAction")
        qtbot.waitUntil(partial(_has_left, shop, here.login, here.connection.info.backend_pid), timeout=30_000)
        sign_in(qtbot, window, gone.login, PASSWORD)
        at_work(qtbot, window, gone.login)
        assert jobs.wait_for_all()
        assert _has_left(shop, here.login, here.connection.info.backend_pid)
        own = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s"
        assert shop.one(own, gone.login) <= 12
        seen.append((_alive(UiContext), _alive(Engine), threading.active_count(), _widgets()))
    # The second person's window is another one than the first's: each is compared with an earlier one of the same.
    for which in (0, 1):
        contexts, engines, threads, widgets = zip(*seen[which::2], strict=True)
        assert max(contexts) == contexts[0]
        assert max(engines) == engines[0]
        assert max(threads) <= threads[0] + 2
        assert max(widgets[1:], default=0) <= widgets[0] * 1.05 + 20


def _is_all_theirs(window: MainWindow, is_boss: bool, was_here: bool) -> None:
    """Rights, drafts, searches and what was chosen: the person's own, and none of the other's."""
    context = window.context
    assert context is not None
    assert (window.findChild(QAction, "newCarAction") is not None) is is_boss
    assert (window.findChild(QTabWidget).findChild(QWidget, "dashboardTab") is not None) is is_boss
    drafts = {draft.form: draft.values for draft in context.drafts.unfinished()}
    if is_boss:
        assert set(drafts) <= {"carDialog"}
    else:
        assert set(drafts) <= {"customerDialog"}
    assert bool(drafts) is was_here
    assert window.findChild(QLineEdit, "carsSearch").text() == ""
    mine = "theirs/" + ("boss" if is_boss else "seller")
    other = "theirs/" + ("seller" if is_boss else "boss")
    assert (context.settings.value(mine) == "yes") is was_here
    assert context.settings.value(other) is None
    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]
    assert len(window.findChildren(FoundPopup)) == 1
    assert window.search.text() == ""


def _leave_traces(desk: Desk, is_boss: bool, number: int) -> None:
    """A form that is open with something typed, a search, a choice."""
    window = desk.window
    assert window.context is not None
    settings: QSettings = window.context.settings
    settings.setValue("theirs/" + ("boss" if is_boss else "seller"), "yes")
    desk.type(window.findChild(QLineEdit, "carsSearch"), "Lada")
    window.activateWindow()
    desk.wait(lambda: window.isActiveWindow(), "the window is in front")
    desk.type(window.search, "Lada")
    found = window.search._popup
    desk.wait(lambda: found.isVisible() and found.list.count(), "the search for everything finds it")
    desk.key(window.search, Qt.Key.Key_Escape)
    desk.settle()
    if is_boss:
        form, field = desk.start("newCarAction", "carDialog"), "make"
    else:
        form, field = desk.start("newCustomerAction", "customerDialog"), "fullName"
    desk.put(form, **{field: f"Вера {number}"})


def test_a_locked_windows_forms_are_the_drafts_of_who_typed_them(pc: OpenFor, logins: Logins, qtbot: QtBot) -> None:
    boss, seller = logins.person("manager"), logins.person("salesperson")
    desk = pc(boss.login)
    desk.put(desk.start("newCarAction", "carDialog"), make="Волга")
    press(desk.window, "lockAction")
    dialog = desk.dialog("signInDialog")
    desk.click(desk.find(QWidget, "cancelButton", dialog))
    sign_in(qtbot, desk.window, seller.login, PASSWORD)
    at_work(qtbot, desk.window, seller.login)
    assert desk.window.context is not None
    assert desk.window.context.drafts.unfinished() == []
    press(desk.window, "switchPersonAction")
    sign_in(qtbot, desk.window, boss.login, PASSWORD)
    at_work(qtbot, desk.window, boss.login)
    (draft,) = desk.window.context.drafts.unfinished()
    assert draft.values["make"] == "Волга"


if SWITCHES > 10:

    def test_memory_does_not_grow(pc: OpenFor, logins: Logins, qtbot: QtBot) -> None:
        people = (logins.person("manager"), logins.person("salesperson"))
        desk = pc(people[0].login)
        sizes = []
        for number in range(SWITCHES):
            press(desk.window, "switchPersonAction")
            sign_in(qtbot, desk.window, people[1 - number % 2].login, PASSWORD)
            at_work(qtbot, desk.window, people[1 - number % 2].login)
            assert jobs.wait_for_all()
            gc.collect()
            sizes.append(_resident())
        warm, end = sizes[SWITCHES // 3], sizes[-1]
        print(f"{warm / 1e6:.0f} MB after {SWITCHES // 3} switches, {end / 1e6:.0f} MB after {SWITCHES}")
        assert end - warm < 400_000 * (SWITCHES - SWITCHES // 3), sizes
