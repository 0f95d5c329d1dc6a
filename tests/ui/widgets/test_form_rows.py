"""A form on an input: rows by its fields, checks on leaving, drafts, and amounts far from what was expected."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.services.inputs.cars import BackOnSale, CarInput
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import fields, form_fit
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog


class PriceDialog(FormDialog):
    input_type = CarInput

    def __init__(self, context: UiContext, extra_rows: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(context, name="priceDialog", title="Price", save="Save", draft="price", parent=parent)
        self.results: list[BackOnSale] = []
        self.add_field("price", "Price", fields.MoneyEdit("RUB"), expected=Decimal(935_000))
        self.add_field("mileage", "Mileage", fields.DistanceEdit())
        self.add_field("engine_type", "Engine", fields.ComboBox([(None, "-"), ("diesel", "Diesel")]))
        self.add_field("arrived_on", "Arrived", DateEdit())
        for number in range(extra_rows):
            self.add_field(f"note_{number}", "Note", fields.LineEdit())
        self.field("engine_type").set_value("diesel")
        self.field("price").set_value(935_000)
        self.finish()

    def prepare(self) -> Callable[[], Any]:
        found = self.read(BackOnSale, car_id=1)
        return lambda: self.results.append(found)


@pytest.fixture
def show(context: UiContext, keep: Callable[[QWidget], QWidget], qtbot: QtBot) -> Callable[..., PriceDialog]:
    def make(extra_rows: int = 0, parent: QWidget | None = None) -> PriceDialog:
        dialog = PriceDialog(context, extra_rows, parent)
        keep(dialog)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make


def test_a_row_is_named_by_the_inputs_field_and_its_widget_after_it(show: Callable[..., PriceDialog]) -> None:
    dialog = show()
    assert dialog.field("engine_type").objectName() == "engineType"
    assert dialog.findChild(QWidget, "arrivedOnError") is not None


@pytest.mark.parametrize("typed", ["1", "9350", "93500000", "0,9 тыс"])
def test_an_amount_far_from_the_expected_is_asked_about_once(
    show: Callable[..., PriceDialog], qtbot: QtBot, typed: str
) -> None:
    dialog = show()
    dialog.field("price").setText(typed)
    dialog.save_button.click()
    assert not dialog.is_saving and "935" in dialog.error_label.text()
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()
    assert dialog.results[0].price == dialog.field("price").value()


def test_another_far_amount_is_asked_about_again(show: Callable[..., PriceDialog]) -> None:
    dialog = show()
    for typed in ("1", "2"):
        dialog.field("price").setText(typed)
        dialog.save_button.click()
        assert not dialog.is_saving and dialog.error_label.text()


@pytest.mark.parametrize("typed", ["935 000", "900 000", "300 000", "1,5 млн"])
def test_a_likely_amount_is_saved_at_once(show: Callable[..., PriceDialog], qtbot: QtBot, typed: str) -> None:
    dialog = show()
    dialog.field("price").setText(typed)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("price", "1,5 млн", "1,500,000.00\u00a0₽"),
        ("mileage", "85k mi", "136,794"),
        ("arrived_on", "30,11,2020", "30 Nov 2020"),
        ("arrived_on", "30112020", "30 Nov 2020"),
    ],
)
def test_what_was_understood_is_written_out_on_leaving(
    show: Callable[..., PriceDialog], qtbot: QtBot, name: str, typed: str, shown: str
) -> None:
    dialog = show()
    field = dialog.field(name)
    field.setFocus()
    field.setText(typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == shown


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("price", "12 500 $", "Convert it"),
        ("price", "5 попугаев", "попугаев"),
        ("mileage", "85 часов", "часов"),
        ("arrived_on", "31.02.2026", "not a date"),
        ("arrived_on", "30.11.2096", "not come yet"),
    ],
)
def test_what_was_not_is_told_on_leaving(
    show: Callable[..., PriceDialog], qtbot: QtBot, name: str, typed: str, said: str
) -> None:
    dialog = show()
    field = dialog.field(name)
    field.setFocus()
    field.setText(typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert said in dialog.form_row(name).problem


def test_a_draft_keeps_a_cleared_choice_and_an_unfinished_date(show: Callable[..., PriceDialog], qtbot: QtBot) -> None:
    dialog = show()
    dialog.field("engine_type").set_value(None)
    dialog.field("arrived_on").setText("30.1")
    dialog.field("arrived_on").setText("31.02.2")
    dialog.cancel_button.click()
    again = show()
    assert again.field("engine_type").value() == "diesel"
    again.findChild(QPushButton, "useDraftButton").click()
    assert again.field("engine_type").value() is None
    assert again.field("arrived_on").text() == "31.02.2"


def test_a_form_is_never_higher_than_the_screen_nor_below_it(
    show: Callable[..., PriceDialog], keep: Callable[[QWidget], QWidget], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_fit, "is_drawn_only", lambda: False)
    window = QWidget()
    keep(window)
    window.resize(1000, 3000)
    window.show()
    dialog = show(40, window)
    room = dialog.screen().availableGeometry()
    assert dialog.height() <= room.height()
    assert dialog.frameGeometry().bottom() <= room.bottom()
    place = dialog.save_button.mapToGlobal(dialog.save_button.rect().bottomLeft())
    assert place.y() <= room.bottom()
