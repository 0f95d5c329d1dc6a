"""A paper is brought: its code is scanned into the dialog, or into the window with no dialog open."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from dealer_desktop.domain import keyboard
from dealer_desktop.services import document_codes
from dealer_desktop.services.document_codes import Claims
from tests.services.conftest import Shop
from tests.ui.desk import Desk

RUSSIAN = str.maketrans(
    keyboard.ENGLISH_KEYS + keyboard.ENGLISH_KEYS.upper(), keyboard.RUSSIAN_KEYS + keyboard.RUSSIAN_KEYS.upper()
)


@pytest.fixture
def token(shop: Shop) -> str:
    order = shop.order()
    claims = Claims("summary", order.id, order.total_amount, order.paid, datetime(2026, 11, 24, tzinfo=UTC))
    shop.pay(order.id, 1000)
    return document_codes.signer(shop.maker).sign(claims)


def _dialog(desk: Desk) -> Any:
    return desk.wait(lambda: desk.window.findChild(QDialog, "checkDocumentDialog"), "the dialog is open")


def _scan(place: QObject, text: str) -> None:
    """As the keyboard's driver tells a window, or Qt a widget; QTest knows no Cyrillic keys."""
    for letter in text:
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(place, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


def _said(desk: Desk, dialog: Any, words: str) -> str:
    label = dialog.findChild(QLabel, "resultLabel")
    desk.wait(lambda: words in label.text(), f"it says {words}")
    return str(label.text())


def test_what_is_scanned_is_told_and_the_order_opened(desk: Desk, token: str) -> None:
    desk.window.findChild(QAction, "checkDocumentAction").trigger()
    dialog = _dialog(desk)
    code = dialog.findChild(QPlainTextEdit, "code")
    code.setFocus()
    QTest.keyClicks(code, "forged")
    _said(desk, dialog, "no code of a document")
    assert not dialog.findChild(QPushButton, "openOrderButton").isEnabled()
    code.clear()
    _scan(code, token.translate(RUSSIAN) + "\r")
    words = _said(desk, dialog, "Genuine").replace("\u00a0", " ")
    assert "Paid: was 0.00 ₽, now 1,000.00 ₽" in words and "Total:" not in words
    number = dialog.reading.claims.order
    desk.click(dialog.findChild(QPushButton, "openOrderButton"))
    desk.wait(lambda: desk.row("orders") is not None and desk.row("orders").id == number, "the order is shown")


@pytest.mark.parametrize("layout", ["english", "russian"])
def test_a_scan_with_no_dialog_open_is_recognised(desk: Desk, token: str, layout: str) -> None:
    desk.window.list_tab("orders").focus_search()
    field = desk.wait(lambda: desk.window.findChild(QLineEdit, "carsSearch"), "there is a search box")
    field.setFocus()
    QTest.keyClicks(field, "ab")
    desk.settle()
    QTest.qWait(100)
    _scan(desk.window.windowHandle(), (token if layout == "english" else token.translate(RUSSIAN)) + "\r")
    dialog = _dialog(desk)
    _said(desk, dialog, "Genuine")
    assert field.text() == "ab"
    dialog.reject()


def test_what_is_no_code_goes_where_it_was_typed(qtbot: Any, desk: Desk) -> None:
    field = desk.wait(lambda: desk.window.findChild(QLineEdit, "carsSearch"), "there is a search box")
    field.setFocus()
    _scan(desk.window.windowHandle(), "eyJ and more")
    qtbot.waitUntil(lambda: field.text() == "eyJ and more")
    assert desk.window.findChild(QDialog, "checkDocumentDialog") is None
