"""Tabs are made when they are looked at, and by themselves soon after."""

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.window.main_window import MainWindow
from tests.ui.conftest import put_away


def _opened(context: UiContext, settings: QSettings) -> MainWindow:
    window = MainWindow(settings)
    window.show()
    window.open_database(context)
    return window


def test_the_first_is_there_at_once_and_the_others_come_by_themselves(
    context: UiContext, settings: QSettings, qtbot: QtBot
) -> None:
    window = _opened(context, settings)
    assert [tab.objectName() for tab in window.tabs.made] == ["inventoryTab"]
    words = [window.tabs.tabText(number) for number in range(window.tabs.count())]
    changes: list[int] = []
    window.tabs.currentChanged.connect(changes.append)
    qtbot.waitUntil(lambda: len(window.tabs.made) == window.tabs.count(), timeout=20_000)
    assert [window.tabs.tabText(number) for number in range(window.tabs.count())] == words
    assert (window.tabs.currentIndex(), changes) == (0, [])
    put_away(window)


def test_one_that_is_looked_at_is_made_before_it_is_seen(context: UiContext, settings: QSettings) -> None:
    window = _opened(context, settings)
    window.tabs.currentWidget().table.setFocus()
    seen: list[str] = []
    window.tabs.currentChanged.connect(lambda _index: seen.append(window.tabs.currentWidget().objectName()))
    bar = window.tabs.tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    assert seen == ["paymentsTab"]
    assert [tab.objectName() for tab in window.tabs.made] == ["inventoryTab", "paymentsTab"]
    assert window.tabs.currentWidget().isVisible()
    put_away(window)


def test_what_is_looked_for_by_its_name_is_found(context: UiContext, settings: QSettings) -> None:
    window = _opened(context, settings)
    assert window.findChild(QTableView, "deliveriesTable") is not None
    assert {"ordersSearch", "usersSearch"} <= {box.objectName() for box in window.findChildren(QLineEdit)}
    put_away(window)


def test_a_window_that_is_closed_at_once_makes_no_more(context: UiContext, settings: QSettings) -> None:
    window = _opened(context, settings)
    tabs = window.tabs
    window.close_unasked()
    assert len(tabs.made) == 1
    put_away(window)


def test_nothing_in_a_tab_is_a_window_of_its_own_for_a_moment(context: UiContext, settings: QSettings) -> None:
    """Shown before it had a parent, a button took the window's place in front, and the search its focus."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(f"{type(watched).__name__} {watched.objectName()}")
            return False

    window = _opened(context, settings)
    watch = Watch(window)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    while window.tabs.make_another():
        pass
    application.removeEventFilter(watch)
    assert shown == []
    put_away(window)
