"""A salesperson and a manager try everything that their windows offer: no door is there that the database keeps shut.

Every action that is enabled for a record is triggered, what opens is filled and saved, and whatever the server refuses
for want of a right (42501 without a rule's name) is told with its statement.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid
from sqlalchemy.engine import Engine, ExceptionContext

from dealer_desktop.core.errors import NotAllowed
from dealer_desktop.ui import jobs
from dealer_desktop.ui.tables import ListTab
from tests.models.conftest import Logins
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.window.conftest import OpenFor

_TYPED = {
    "reason": "передумал",
    "amount": "1000",
    "customerName": "Пётр Ель",
    "customerPhone": "+7 912 345-67-88",
    "fullName": "Пётр Ель",
    "phone": "+7 912 345-67-87",
    "rating": "5",
}
"""What is typed into fields that are empty."""
_LEFT = {"switchPersonAction", "lockAction", "openLogAction", "saveViewAction"}
"""They end the walk, leave the program, or ask nothing of the database."""
_TIMES = int(os.environ.get("WALKS") or 1)
"""An action is tried on as many records (``tests/long/walks.py``: on all)."""
_LAST = ("cancelOrderAction", "deleteCarAction", "anotherCarAction", "mergeCustomersAction")
"""They end their record."""


@pytest.fixture
def refused() -> Iterator[list[str]]:
    """What the server refused for want of a right, by any connection of this program."""
    found: list[str] = []

    def note(context: ExceptionContext) -> None:
        error: Any = context.original_exception
        if getattr(error, "sqlstate", None) == "42501" and not error.diag.constraint_name:
            found.append(f"{error}: {' '.join(str(context.statement).split())[:200]}")

    sa.event.listen(Engine, "handle_error", note)
    yield found
    sa.event.remove(Engine, "handle_error", note)


class _Maps(QWidget):
    """Takes what would be shown in a browser."""

    def show_map(self, _url: object) -> None:
        pass


@pytest.fixture(autouse=True)
def no_browser(qapp: QApplication) -> Iterator[None]:
    maps = _Maps()
    QDesktopServices.setUrlHandler("https", maps, "show_map")
    yield
    QDesktopServices.unsetUrlHandler("https")


def _records(shop: Shop) -> None:
    """Something in every state that a list may show."""
    for status, note in (("reserved", "для Олега"), ("sold", None)):
        car = shop.car()
        shop.sql("UPDATE cars SET status = %s, hold_note = %s WHERE id = %s", status, note, car.id)
    shop.car()
    shop.order(payment_method="loan")
    shop.refund(shop.pay(shop.order(customer_name="Вера Бук").id, 300_000).payment.id, 1_000)
    shop.expect(shop.order().id, 1_000)
    shop.paid_order(delivery_address="Казань")
    delivery = shop.schedule(shop.paid_order().id)
    shop.advance(delivery.id, "in_progress")
    shop.schedule(shop.paid_order().id)
    shop.cancel(shop.paid_order().id)


class Walk:
    def __init__(self, desk: Desk, refused: list[str], *, saves: bool) -> None:
        self.desk = desk
        self.refused = refused
        self.saves = saves
        """Whether what opens is saved; else it is only looked at, so that no record changes under the walk."""
        self.tried: list[str] = []
        self.told: list[str] = []

    def everywhere(self) -> None:
        window = self.desk.window
        for number in range(window.tabs.count()):
            page = window.tabs.widget(number)
            self.desk.show_tab(page.objectName())
            self._settle(page.objectName())
            for name in self._enabled(page, without_row=True):
                self._try(page, name, "")
            if isinstance(page, ListTab):
                self._sort(page)
                self._rows(page)
        for action in window.top_corner.findChildren(QAction):
            if action.isEnabled() and action.objectName() not in _LEFT and not action.isCheckable():
                self._act(action, "menu")
        self.desk.type(window.search.edit if hasattr(window.search, "edit") else window.search, "Lada")
        self._settle("search everything")

    def _sort(self, page: ListTab) -> None:
        for number in range(page.table.model().columnCount()):
            page.table.sortByColumn(number, Qt.SortOrder.AscendingOrder)
            self._settle(f"{page.objectName()} by column {number}")

    def _rows(self, page: ListTab) -> None:
        model = page.table.model()
        role = Qt.ItemDataRole.UserRole
        ids = [model.index(row, 0).data(role) for row in range(min(model.rowCount(), 12))]
        for row_id in ids:
            done: set[str] = set()
            while True:
                if self.desk._index_of(page.table, row_id) is None:
                    break  # it was deleted
                self.desk.go_to(page.kind, row_id)
                self._settle(f"{page.kind} {row_id}")
                left = [
                    name
                    for name in self._enabled(page)
                    if name not in done and self.tried.count(name) < (_TIMES if self.saves else 1)
                ]
                if not left:
                    break
                name = next((name for name in left if name not in _LAST), left[0])
                done.add(name)
                self._try(page, name, row_id)

    def _enabled(self, page: QWidget, *, without_row: bool = False) -> list[str]:
        rows = set(page.actions_._made) if isinstance(page, ListTab) else set()
        return [
            action.objectName()
            for action in page.findChildren(QAction)
            if action.isEnabled() and action.isVisible() and action.objectName().endswith("Action")
            and (action.objectName() in rows) != without_row and action.parent() is page
            and action.objectName() not in _LEFT and not action.objectName().endswith(("ViewsAction", "ColumnsAction"))
        ]  # fmt: skip

    def _try(self, page: QWidget, name: str, row_id: object) -> None:
        action = page.findChild(QAction, name)
        if action is not None and action.isEnabled():
            self._act(action, f"{page.objectName()} {row_id}")

    def _act(self, action: QAction, where: str) -> None:
        what = f"{where}: {action.objectName()}"
        self.tried.append(action.objectName())
        QTimer.singleShot(2_000, _close_popup)  # a menu keeps the program until it is closed
        action.trigger()
        self._settle(what)
        for _round in range(4):
            dialogs = _dialogs()
            if not dialogs:
                break
            for dialog in dialogs:
                if isValid(dialog) and dialog.isVisible():
                    self._fill_and_save(dialog, what)
                    if isValid(dialog) and dialog.isVisible():
                        dialog.reject()
                    self._settle(what)
        _close_popup()
        assert not _dialogs(), what
        self.desk.show_tab(where.split(" ")[0]) if where.split(" ")[0].endswith("Tab") else None

    def _fill_and_save(self, dialog: QDialog, what: str) -> None:
        save = dialog.findChild(QAbstractButton, "saveButton")
        if save is None or not self.saves or isinstance(dialog, QFileDialog):
            return
        for name, text in _TYPED.items():
            field = dialog.findChild(QWidget, name)
            if isinstance(field, QLineEdit | QPlainTextEdit) and field.isEnabled() and field.isVisible():
                is_empty = not (field.text() if isinstance(field, QLineEdit) else field.toPlainText())
                if is_empty:
                    self.desk.type(field, text)
        self._settle(what)
        if isValid(dialog) and dialog.isVisible() and save.isEnabled():
            self.desk.click(save)
            self._settle(what)

    def _settle(self, what: str) -> None:
        assert jobs.wait_for_all(15_000), what
        QApplication.processEvents()
        before = len(self.told)
        self.told += [f"{what}: {refusal}" for refusal in self.refused]
        self.refused.clear()
        words = str(NotAllowed())
        for label in self.desk.window.findChildren(QLabel):
            if label.isVisible() and words in label.text():
                self.told.append(f"{what}: {words}")
        assert len(self.told) == before or len(self.told) < 30, self.told


def _close_popup() -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def _dialogs() -> list[QDialog]:
    """Those that are open, the innermost first."""
    open_ones = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    return sorted(open_ones, key=lambda each: -_depth(each))


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


def _reads_what_it_may_not(desk: Desk) -> None:
    context = desk.window.context
    assert context is not None
    with pytest.raises(NotAllowed):
        context.reader.run(None, lambda session: session.execute(sa.text("SELECT * FROM pg_authid")).all())


@pytest.mark.parametrize(
    ("role", "saves", "has"),
    [
        ("salesperson", True, {"sellCarAction", "takePaymentAction", "cancelOrderAction", "takingsAction"}),
        ("manager", False, {"editCarAction", "holdCarAction", "putBackOrderAction", "historyAction"}),
    ],
)
def test_no_door_is_there_that_the_database_keeps_shut(
    pc: OpenFor, logins: Logins, shop: Shop, refused: list[str], role: str, saves: bool, has: set[str]
) -> None:
    _records(shop)
    desk = pc(logins.person(role).login)
    _reads_what_it_may_not(desk)
    assert len(refused) == 1
    refused.clear()
    walk = Walk(desk, refused, saves=saves)
    walk.everywhere()
    assert walk.told == []
    assert has <= set(walk.tried)
