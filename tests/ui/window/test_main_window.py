"""The window: its fixed names, going from tab to tab, the search for everything, the connection, closing."""

import gc
import sys
import threading
from collections.abc import Iterator

import psycopg
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dealer_desktop.core import formats, i18n
from dealer_desktop.server.connect import connect
from dealer_desktop.ui import errors, jobs, theme
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.question import Notice
from dealer_desktop.ui.window import crash
from dealer_desktop.ui.window.main_window import MainWindow
from tests.ui.conftest import put_away
from tests.ui.tables.test_model import insert_cars

TABS = ["inventoryTab", "ordersTab", "paymentsTab", "deliveriesTab", "customersTab", "dashboardTab", "usersTab"]
ACTIONS = [
    "newCarAction",
    "editCarAction",
    "importCarsAction",
    "exportCarsAction",
    "sellCarAction",
    "takePaymentAction",
    "startProcessingAction",
    "scheduleDeliveryAction",
    "completeOrderAction",
    "cancelOrderAction",
    "printOrderAction",
    "refundPaymentAction",
    "advanceDeliveryAction",
    "failDeliveryAction",
    "refreshAction",
]


@pytest.fixture
def database(database_url: str) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    with connect(database_url) as connection:
        connection.autocommit = True
        yield connection


def test_the_fixed_names(main_window: MainWindow) -> None:
    tabs = main_window.findChild(QTabWidget, "mainTabs")
    assert tabs is not None
    assert [tabs.widget(number).objectName() for number in range(tabs.count())] == TABS
    for kind in ("cars", "orders", "payments", "deliveries"):
        assert main_window.findChild(QTableView, f"{kind}Table")
        assert main_window.findChild(QLineEdit, f"{kind}Search")
        assert main_window.findChild(QLabel, f"{kind}Count")
    label = main_window.findChild(QLabel, "connectionLabel")
    assert label is not None and label.text().startswith("Connected to test_")


def test_one_action_each_and_a_disabled_one_says_why(main_window: MainWindow) -> None:
    for name in ACTIONS:
        found = main_window.findChildren(QAction, name)
        assert len(found) == 1, name
        if not found[0].isEnabled():
            assert found[0].toolTip() not in ("", found[0].text()), f"{name} does not say why"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_everything_that_can_be_used_has_an_accessible_name(
    context: UiContext, settings: QSettings, language: str, qtbot: QtBot
) -> None:
    i18n.set_language(language)
    window = MainWindow(settings)
    window.open_database(context)
    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView, QTabWidget):
        for widget in window.findChildren(kind):
            name = widget.objectName()
            if name.startswith("qt_") or type(widget).__name__ == "QTableCornerButton" or inside_a_field(widget):
                continue
            words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            assert words, f"{type(widget).__name__} {name} in {path(widget)}"
    put_away(window)


def inside_a_field(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QLineEdit | QComboBox) or type(parent).__name__ in ("QCalendarWidget", "QTabBar")


def path(widget: QWidget | None) -> str:
    names = []
    while widget is not None:
        names.append(widget.objectName() or type(widget).__name__)
        widget = widget.parentWidget()
    return " < ".join(names)


def test_another_tabs_record_is_one_step_away(
    main_window: MainWindow, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 50)
    main_window.tabs.setCurrentIndex(1)
    row = database.execute("SELECT id FROM cars ORDER BY id LIMIT 1 OFFSET 20").fetchone()
    assert row is not None
    assert main_window.context is not None
    main_window.context.show("cars", row[0])
    cars = main_window.list_tab("cars")
    assert cars is not None
    assert main_window.tabs.currentWidget() is cars
    qtbot.waitUntil(lambda: cars.selected_id == row[0])


def test_search_everything_goes_to_the_record(
    main_window: MainWindow, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 50)
    main_window.activateWindow()
    qtbot.waitUntil(main_window.isActiveWindow)
    main_window.tabs.setCurrentIndex(2)
    qtbot.keyClick(main_window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(main_window.search.hasFocus)
    qtbot.keyClicks(main_window.search, "test000000033")
    popup = main_window.search._popup
    qtbot.waitUntil(lambda: popup.isVisible() and popup.list.currentItem() is not None)
    assert popup.list.currentItem().data(Qt.ItemDataRole.UserRole + 1) == "TEST000000033"
    qtbot.keyClick(main_window.search, Qt.Key.Key_Return)
    cars = main_window.list_tab("cars")
    assert cars is not None
    assert main_window.tabs.currentWidget() is cars
    qtbot.waitUntil(lambda: cars.row is not None and cars.row.vin == "TEST000000033")
    assert main_window.search.text() == ""


def test_ctrl_f_goes_to_the_lists_own_search(main_window: MainWindow, qtbot: QtBot) -> None:
    main_window.activateWindow()
    qtbot.waitUntil(main_window.isActiveWindow)
    main_window.tabs.setCurrentIndex(1)
    main_window.search.setFocus()
    qtbot.keyClick(main_window.search, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    orders = main_window.list_tab("orders")
    assert orders is not None
    qtbot.waitUntil(orders.search.hasFocus)


def test_search_everything_takes_the_words_to_the_list(
    main_window: MainWindow, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    insert_cars(database, 50)
    main_window.search.setText("toyota")
    qtbot.keyClick(main_window.search, Qt.Key.Key_Return)
    cars = main_window.list_tab("cars")
    assert cars is not None
    assert cars.search.text() == "toyota"
    qtbot.waitUntil(lambda: cars.model.is_exact and cars.model.query.search == "toyota" and cars.model.rowCount() == 16)


def test_a_lost_connection_is_told_and_comes_back(main_window: MainWindow, qtbot: QtBot) -> None:
    assert main_window.context is not None
    main_window.context.feed.report_connection(False, "The cable is out.")
    qtbot.waitUntil(lambda: main_window.banner.words.startswith("The cable is out. What is shown is as of "))
    lost = main_window.context.feed.lost_moment
    assert lost is not None and main_window.banner.words.endswith(
        f" as of {formats.clock(lost, main_window.context.dealer.timezone)}."
    )
    label = main_window.findChild(QLabel, "connectionLabel")
    assert label is not None and label.text().startswith("Not connected to ")
    main_window.context.feed.report_connection(True)
    qtbot.waitUntil(lambda: main_window.banner.words == "")
    assert label.text().startswith("Connected to ")


def test_what_is_done_is_said_in_the_status_bar(main_window: MainWindow) -> None:
    assert main_window.context is not None
    main_window.context.tell("Order 1042 is made.")
    assert main_window.status.told == "Order 1042 is made."


def test_running_jobs_are_shown_and_stopped(main_window: MainWindow, qtbot: QtBot) -> None:
    stopped = threading.Event()

    def count(job: jobs.Job) -> None:
        job.report(41, 120)
        while not job.is_canceled():
            stopped.wait(0.01)
        stopped.set()

    jobs.run(main_window, count, takes_job=True, name="Uploading photos")
    shown = main_window.findChild(QLabel, "jobsLabel")
    button = main_window.findChild(QAbstractButton, "stopJobsButton")
    assert shown is not None and button is not None
    qtbot.waitUntil(lambda: shown.text() == "Uploading photos: 41 of 120")
    assert button.isVisible()
    button.click()
    qtbot.waitUntil(stopped.is_set)
    assert not shown.isVisible()


def test_closing_waits_for_what_is_being_saved(context: UiContext, settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    window.show()
    window.open_database(context)
    saved: list[int] = []
    jobs.run(window, lambda: threading.Event().wait(0.3), done=lambda _none: saved.append(1), writes=True)
    window.close()
    assert saved == [1]
    assert not window.isVisible()
    put_away(window)


def test_closing_waits_for_nothing_without_a_connection(context: UiContext, settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    window.show()
    window.open_database(context)
    answered = threading.Event()
    jobs.run(window, lambda: answered.wait(20), writes=True)
    context.feed.report_connection(False)
    qtbot.waitUntil(lambda: not context.feed.connected)
    window.close()
    assert not window.isVisible()
    assert any(job.writes for job in jobs.board().running), "it was waited for"
    answered.set()
    put_away(window)


def test_the_window_comes_back_as_it_was_left(context: UiContext, settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    window.resize(795, 640)  # the offscreen screen has 800 x 800
    window.show()
    put_away(window)
    again = MainWindow(settings)
    assert (again.width(), again.height()) == (795, 640)
    put_away(again)


def test_the_first_window_is_on_the_screen_with_its_frame(settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    window.show()
    room = window.screen().availableGeometry()
    qtbot.waitUntil(lambda: room.contains(window.frameGeometry()))
    assert window.height() > 0.9 * room.height()
    put_away(window)


def test_a_window_of_a_larger_screen_comes_back_on_this_one(settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    window.resize(1400, 900)
    window._first_size = window.size()  # as it was restored
    window.show()
    qtbot.waitUntil(lambda: window.screen().availableGeometry().contains(window.frameGeometry()))
    put_away(window)


def test_the_start_page_tells_what_is_done_and_what_went_wrong(settings: QSettings, qtbot: QtBot) -> None:
    window = MainWindow(settings)
    window.show()
    window.show_progress("Preparing the database…")
    assert window.start_page.words == "Preparing the database…"
    tried: list[int] = []
    window.show_failure("The disk is full. Free some space.", lambda: tried.append(1))
    assert window.start_page.words == "The disk is full. Free some space."
    button = window.findChild(QAbstractButton, "startRetryButton")
    assert button is not None and button.isVisible()
    button.click()
    assert tried == [1]
    put_away(window)


def test_a_warning_stays_until_the_person_hides_it(main_window: MainWindow) -> None:
    hidden: list[int] = []
    main_window.warn("Others can read along.", lambda: hidden.append(1))
    assert main_window.warning.words == "Others can read along."
    button = main_window.findChild(QAbstractButton, "hideWarningButton")
    assert button is not None
    button.click()
    assert hidden == [1] and main_window.warning.words == ""


def test_light_becomes_dark_while_the_window_stands(main_window: MainWindow, qapp: QApplication) -> None:
    before = main_window.grab().toImage().pixelColor(5, 100)
    theme.install(qapp, "dark")
    after = main_window.grab().toImage().pixelColor(5, 100)
    theme.install(qapp, "light")
    assert before.lightness() > 200
    assert after.lightness() < 60


def test_words_are_not_cut_at_1280_in_russian(context: UiContext, settings: QSettings, qtbot: QtBot) -> None:
    i18n.set_language("ru")
    window = MainWindow(settings)
    window.resize(1280, 720)
    window.show()
    window.open_database(context)
    for number in range(window.tabs.count()):
        window.tabs.setCurrentIndex(number)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1280, 720)
        for button in window.tabs.currentWidget().findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                assert button.width() >= button.minimumSizeHint().width(), button.text()
        for label in window.findChildren(QLabel):
            if label.isVisible() and label.text() and not label.wordWrap() and label.objectName() != "toldLabel":
                assert label.width() >= label.sizeHint().width() - 1, label.text()
    put_away(window)


def test_an_uncaught_error_is_one_plain_sentence(
    main_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)  # pytest-qt's own would fail the test
    monkeypatch.setattr(crash, "_before", sys.__excepthook__)
    crash.install()
    try:
        raise ZeroDivisionError("secret details")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
    boxes = [box for box in QApplication.topLevelWidgets() if box.objectName() == "errorDialog" and box.isVisible()]
    assert len(boxes) == 1, "one dialog at a time"
    assert isinstance(boxes[0], Notice)
    assert boxes[0].text() == errors.sentence_of(ZeroDivisionError())
    assert "secret" not in boxes[0].text()
    put_away(boxes[0])


def test_references_to_none_are_not_lost(
    main_window: MainWindow, database: "psycopg.Connection[tuple[object, ...]]", qtbot: QtBot
) -> None:
    """PySide6 6.12.0 loses one with every void call until Python 3.11 dies of it; what we depend on must not."""
    insert_cars(database, 300)
    cars = main_window.list_tab("cars")
    assert cars is not None
    qtbot.waitUntil(lambda: cars.model.rowCount() == 300, timeout=6_000)

    def work() -> None:
        for number in range(main_window.tabs.count()):
            main_window.tabs.setCurrentIndex(number)
            main_window.grab()
        main_window.tabs.setCurrentIndex(0)
        for number in range(60):
            cars.table.setCurrentIndex(cars.model.index(number * 5, 1))
            cars.table.setObjectName("carsTable")
            QApplication.processEvents()
        cars.search_for("kia")
        assert jobs.wait_for_all()
        cars.search_for("")
        assert jobs.wait_for_all()

    work()
    gc.collect()  # garbage holds references too
    before = sys.getrefcount(None)
    work()
    gc.collect()
    assert sys.getrefcount(None) > before - 200
