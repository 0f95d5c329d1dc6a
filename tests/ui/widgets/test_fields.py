"""What people type and paste into the fields, and what the fields make of it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.core import i18n
from dealer_desktop.domain import days
from dealer_desktop.ui.widgets import fields
from dealer_desktop.ui.widgets.date_edit import DateEdit
from tests.ui.conftest import put_away


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    """A window with a layout that the fields stand in."""
    made = QWidget()
    QVBoxLayout(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    put_away(made)


def stand(page: QWidget, field: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(field)
    field.show()
    field.setFocus()


@pytest.mark.parametrize(
    ("typed", "amount", "shown"),
    [
        ("1134567", "1134567", "1 134 567,00 ₽"),
        ("1 134 567,5", "1134567.50", "1 134 567,50 ₽"),
        ("1.234,56", "1234.56", "1 234,56 ₽"),
        ("1 234 567 ₽", "1234567", "1 234 567,00 ₽"),
        ("2 185 000,00 руб.", "2185000", "2 185 000,00 ₽"),
        ("0", "0", "0,00 ₽"),
    ],
)
def test_money(page: QWidget, qtbot: QtBot, typed: str, amount: str, shown: str) -> None:
    i18n.set_language("ru")
    edit = fields.MoneyEdit()
    stand(page, edit)
    QGuiApplication.clipboard().setText(typed)
    edit.paste()
    assert edit.value() == Decimal(amount)
    edit.editingFinished.emit()
    assert edit.text().replace("\u202f", " ").replace("\u00a0", " ") == shown
    assert edit.value() == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "abc", "1,2,3,4", "12345678901234567890"])
def test_money_that_is_none_stays_as_typed(page: QWidget, typed: str) -> None:
    edit = fields.MoneyEdit()
    stand(page, edit)
    edit.setText(typed)
    edit.editingFinished.emit()
    assert edit.value() is None
    assert edit.text() == typed


def test_a_huge_paste_is_refused_and_never_cut_unseen(page: QWidget) -> None:
    edit = fields.LineEdit(limit=500)
    stand(page, edit)
    QGuiApplication.clipboard().setText("x" * 10_000_000)
    edit.paste()
    assert edit.refusal() == "At most 500 characters fit here; this text has 20,000."
    text = fields.TextEdit()
    stand(page, text)
    refused: list[str] = []
    text.refused.connect(refused.append)
    data = QMimeData()
    data.setText("x" * 10_000_000)
    text.insertFromMimeData(data)
    assert text.toPlainText() == ""
    assert refused == ["At most 20,000 characters fit here."]


def test_phone(page: QWidget, qtbot: QtBot) -> None:
    edit = fields.PhoneEdit("RU")
    stand(page, edit)
    qtbot.keyClicks(edit, "8 (912) 345-67-89")
    edit.editingFinished.emit()
    assert edit.text() == "+7 912 345-67-89"
    assert edit.value() == "+79123456789"
    assert edit.problem() is None
    edit.setText("+7 912 345-67")
    assert edit.value() is None
    assert edit.problem() == "2 digits are missing. Example: +7 912 345-67-89"


def test_vin_is_upper_case_and_latin_as_it_is_typed(page: QWidget, qtbot: QtBot) -> None:
    edit = fields.VinEdit()
    stand(page, edit)
    qtbot.keyClicks(edit, "xt")
    # QTest cannot press a Cyrillic key.
    QApplication.sendEvent(edit, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "а"))
    edit.setCursorPosition(0)
    qtbot.keyClicks(edit, "z")
    assert edit.text() == "ZXTA"
    assert edit.cursorPosition() == 1


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("29.11.2026", date(2026, 11, 29)),
        ("29.11.26", date(2026, 11, 29)),
        ("29.11", date(2026, 11, 29)),
        ("2026-11-29", date(2026, 11, 29)),
        ("29 Nov 2026", date(2026, 11, 29)),
        ("Nov 29, 2026", date(2026, 11, 29)),
        ("29 ноября 2026 г.", date(2026, 11, 29)),
        ("31.02.2026", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_days(typed: str, day: date | None) -> None:
    assert days.read(typed, date(2026, 1, 1)) == day


def test_a_date_is_written_out_and_steps_with_the_keys(page: QWidget, qtbot: QtBot) -> None:
    edit = DateEdit()
    stand(page, edit)
    assert edit.is_valid() and edit.value() is None
    qtbot.keyClicks(edit, "2026-11-29")
    edit.editingFinished.emit()
    assert edit.text() == "29 Nov 2026"
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.value() == date(2026, 11, 30)
    edit.setText("soon")
    assert not edit.is_valid()


def test_the_calendar_picks_a_day(page: QWidget, qtbot: QtBot) -> None:
    from PySide6.QtCore import QDate
    from PySide6.QtWidgets import QCalendarWidget

    edit = DateEdit()
    stand(page, edit)
    edit.set_value(date(2026, 11, 29))
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = edit.findChild(QCalendarWidget)
    assert calendar is not None and calendar.isVisible()
    assert calendar.selectedDate() == QDate(2026, 11, 29)
    calendar.clicked.emit(QDate(2026, 12, 1))
    assert not calendar.isVisible()
    assert edit.value() == date(2026, 12, 1)


def wheel(widget: QWidget) -> None:
    place = QPointF(5, 5)
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_wheel_never_turns_a_choice(page: QWidget) -> None:
    box = fields.ComboBox([("cash", "Cash"), ("card", "Card")])
    other = fields.LineEdit()
    stand(page, box)
    stand(page, other)
    wheel(box)
    assert box.value() == "cash"
    box.setFocus()
    assert box.hasFocus()
    wheel(box)
    assert box.value() == "cash"


def test_drafts_bring_back_what_stood_there(page: QWidget) -> None:
    for field, value in (
        (fields.LineEdit(), "<b>Anna</b> 😀 שלום"),
        (fields.TextEdit(), "two\nlines"),
        (DateEdit(), date(2026, 11, 29)),
        (fields.ComboBox([("cash", "Cash"), ("card", "Card")]), "card"),
    ):
        stand(page, field)
        field.set_value(value)
        kept = field.to_draft()
        field.set_value("cash" if isinstance(field, fields.ComboBox) else None)
        field.from_draft(kept)
        assert field.typed() == value
