"""Entering a report: the checklist with keys and mouse, and JSON that is pasted."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dealer_desktop.core import i18n
from dealer_desktop.documents import report_paper
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import Mark
from dealer_desktop.services import cars
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.reports import ReportInput
from dealer_desktop.services.rows import CarRow, ReportRow
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.inventory.car.story import Story
from dealer_desktop.ui.inventory.reports.dialog import Entry
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.window import reopening
from tests.services.conftest import Shop
from tests.ui.inventory.conftest import child, dialog, is_open

Stock = tuple[CarRow, ...]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def story(qtbot: QtBot, inventory: InventoryTab, stock: Stock) -> Story:
    """What the card tells of the first car, which is chosen."""
    inventory.table.select_id(stock[0].id)
    found = inventory._card.story
    qtbot.waitUntil(lambda: not found.isHidden(), timeout=10_000)
    assert jobs.wait_for_all()
    return found


@pytest.fixture
def form(qtbot: QtBot, inventory: InventoryTab, story: Story) -> Iterator[Any]:
    """The dialog as the card's button opens it."""
    qtbot.mouseClick(child(story, "addReportButton"), Qt.MouseButton.LeftButton)
    opened = dialog("reportDialog")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    assert jobs.wait_for_all()


def told(parent: Any) -> list[str]:
    return [label.text() for label in parent.findChildren(QLabel) if not label.isHidden()]


def paste(qtbot: QtBot, form: Any, text: str) -> Any:
    """Choose JSON with the mouse and paste ``text`` with the keys."""
    qtbot.mouseClick(child(form, "reportEntry").buttons[1], Qt.MouseButton.LeftButton)
    field = child(form, "reportJson")
    assert field.isVisible()
    field.setFocus()
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(field, Qt.Key.Key_V, CTRL)
    return field


def reports(shop: Shop) -> list[tuple[Any, ...]]:
    return shop.sql("SELECT car_id, report_type::text, data FROM car_reports ORDER BY id")


def test_an_inspection_with_the_keyboard_alone(
    qtbot: QtBot, inventory: InventoryTab, story: Story, form: Any, stock: Stock, shop: Shop
) -> None:
    def key(which: Qt.Key | str, *modifiers: Any) -> None:
        focus = form.focusWidget()
        qtbot.keyClicks(focus, which) if isinstance(which, str) else qtbot.keyClick(focus, which, *modifiers)

    assert form.focusWidget() is child(form, "inspector")
    key("A. Sorokin")
    key(Qt.Key.Key_Return)  # the day is today's
    key(Qt.Key.Key_Return)
    assert form.focusWidget() is child(form, "mileage")
    key("48500")
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)  # past what marks all the rest
    assert form.focusWidget() is child(form, "point_body_mark").frame
    key("2")
    key(Qt.Key.Key_Tab)
    key("180")
    key(Qt.Key.Key_Tab)
    key("Left wing painted")
    child(form, "point_body").setFocus()
    for mark in "11113":  # glass, lights, engine, fluids, exhaust
        key(Qt.Key.Key_Down)
        key(mark)
    assert form.focusWidget() is child(form, "point_exhaust_mark").frame
    key(Qt.Key.Key_Right)  # from defect to not checked, and round to in order
    key(Qt.Key.Key_Right)
    child(form, "point_suspension_note").setFocus()
    key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Down)
    assert form.focusWidget() is child(form, "point_steering_note")
    assert "1 remark" in [text.lower() for text in told(form)] and "6 of 22 points checked" in told(form)
    key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "1 remark" in told(story), timeout=10_000)
    assert not is_open("reportDialog")
    [(car_id, kind, data)] = reports(shop)
    assert (car_id, kind) == (stock[0].id, "technical_inspection")
    assert data == {
        "form": "technical_inspection/1", "inspector": "A. Sorokin", "date": data["date"], "mileage_km": 48_500,
        "verdict": "good",
        "points": {
            "body": {"mark": "attention", "paint_um": 180, "note": "Left wing painted"},
            "glass": {"mark": "ok"}, "lights": {"mark": "ok"}, "engine": {"mark": "ok"},
            "fluids": {"mark": "ok"}, "exhaust": {"mark": "ok"},
        },
    }  # fmt: skip
    # The next inspection is most likely made by the same person.
    inventory.actions_["addReportAction"].trigger()
    assert child(dialog("reportDialog"), "inspector").text() == "A. Sorokin"
    dialog("reportDialog").reject()


def test_a_vin_check_with_the_mouse(qtbot: QtBot, story: Story, form: Any, shop: Shop) -> None:
    qtbot.mouseClick(child(form, "reportType").buttons[1], Qt.MouseButton.LeftButton)
    assert child(form, "source").isVisible() and not child(form, "inspector").isVisible()
    assert not child(form, "point_engine").isVisible()
    qtbot.keyClicks(child(form, "source"), "Autocode")
    qtbot.mouseClick(child(form, "point_pledge_mark").buttons[2], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(child(form, "point_pledge_note"), "Bank")
    qtbot.keyClicks(child(form, "point_owners_measure"), "2")
    rest = [button for button in form.findChildren(type(form.save_button), "restOkButton") if button.isVisible()]
    qtbot.mouseClick(rest[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 problem" in told(story), timeout=10_000)
    [(_car, kind, data)] = reports(shop)
    assert kind == "vin_check" and data["source"] == "Autocode" and "mileage_km" not in data
    assert data["points"]["pledge"] == {"mark": "defect", "note": "Bank"}
    assert data["points"]["owners"] == {"mark": "ok", "count": 2}
    assert sum(point["mark"] == "ok" for point in data["points"].values()) == 8


def test_what_is_wrong_is_told_at_its_field(qtbot: QtBot, form: Any, shop: Shop) -> None:
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert child(form, "point_bodyError").text() == "Nothing is marked yet. Mark what was checked."
    measure = child(form, "point_brakes_front_measure")
    measure.setFocus()
    qtbot.keyClicks(measure, "thin")
    child(form, "point_brakes_front_note").setFocus()
    assert child(form, "point_brakes_frontError").text() == "Enter a number from 0 to 30."
    child(form, "reportDate").setText("2099-01-01")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    assert "not come yet" in child(form, "reportDateError").text()
    assert form.error_label.text() and measure.text() == "thin"
    assert reports(shop) == []
    form.reject()


def test_a_draft_brings_marks_measures_and_notes_back(qtbot: QtBot, inventory: InventoryTab, form: Any) -> None:
    child(form, "point_tyres_rear_mark").set_value(Mark.ATTENTION)
    qtbot.keyClicks(child(form, "point_tyres_rear_measure"), "4")
    qtbot.keyClicks(child(form, "point_tyres_rear_note"), "worn")
    qtbot.mouseClick(child(form, "reportEntry").buttons[1], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(child(form, "reportJson"), '{"a":')
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not is_open("reportDialog")
    inventory.actions_["addReportAction"].trigger()
    again = dialog("reportDialog")
    assert child(again, "point_tyres_rear_mark").value() is Mark.NOT_CHECKED
    qtbot.mouseClick(child(again, "useDraftButton"), Qt.MouseButton.LeftButton)
    assert child(again, "point_tyres_rear_mark").value() is Mark.ATTENTION
    assert child(again, "point_tyres_rear_measure").text() == "4"
    assert child(again, "point_tyres_rear_note").text() == "worn"
    assert child(again, "reportEntry").value() is Entry.JSON
    assert child(again, "reportJson").toPlainText() == '{"a":'
    assert child(again, "reportJson").isVisible()
    again.reject()


def test_pasted_json_is_stored_and_shown(qtbot: QtBot, story: Story, form: Any, shop: Shop) -> None:
    qtbot.mouseClick(child(form, "reportType").buttons[1], Qt.MouseButton.LeftButton)
    foreign = {"Источник": "Сервис", "result": "Clean", "records": [{"mileage": 10}, {"mileage": 20}]}
    paste(qtbot, form, json.dumps(foreign, ensure_ascii=False, indent=2))
    qtbot.mouseClick(child(form, "previewReportButton"), Qt.MouseButton.LeftButton)
    sheet = dialog("reportSheet")
    assert "It is not saved yet." in " ".join(told(sheet)) and "Сервис" in told(sheet) and "20" in told(sheet)
    sheet.accept()
    assert reports(shop) == []
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Clean" in told(story), timeout=10_000)
    assert reports(shop)[0][1:] == ("vin_check", foreign)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste the report's JSON here."),
        ('{"a": 1,}', "line 1, character 9"),
        ("[1, 2]", "one JSON object"),
        ('{"a": 1, "a": 2}', "“a” stands twice"),
        ('{"a": NaN}', "not readable"),
        ('{"a":' * 9 + "1" + "}" * 9, "at most 8 levels"),
        ('{"a":' * 30_000, "not readable"),
        ('{"a": "' + "я" * 150_000 + '"}', "at most 200 kB"),
        ('{"form": "vin_check/1"}', "other kind"),
    ],
)
def test_json_that_is_refused_stays_as_it_was_pasted(
    qtbot: QtBot, form: Any, shop: Shop, text: str, words: str
) -> None:
    field = paste(qtbot, form, text)
    for button in (form.save_button, child(form, "previewReportButton")):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert words in child(form, "reportJsonError").text()
        assert words in form.error_label.text()
    assert field.toPlainText() == text and not is_open("reportSheet")
    assert reports(shop) == []
    form.reject()


def test_ten_megabytes_are_refused_at_once(qtbot: QtBot, form: Any) -> None:
    field = paste(qtbot, form, '{"a": 1}')
    QGuiApplication.clipboard().setText('{"a": "' + "x" * 10_000_000 + '"}')
    qtbot.keyClick(field, Qt.Key.Key_V, CTRL)
    assert field.toPlainText() == '{"a": 1}'
    assert child(form, "reportJsonError").text() == "At most 200,000 characters fit here."
    form.reject()


def test_a_report_from_another_pc_appears_and_opens_with_enter(
    qtbot: QtBot, story: Story, inventory: InventoryTab, stock: Stock, shop: Shop
) -> None:
    assert "No VIN check and no inspection yet." in told(story)
    data = {"form": "technical_inspection/1", "date": "2026-11-20",
            "points": {"clutch": {"mark": "defect"}, "engine": {"mark": "defect", "note": "шум"}}}  # fmt: skip
    report = parse(ReportInput, request_id=uuid4(), car_id=stock[0].id, report_type="technical_inspection", data=data)
    saved = cars.add_report(shop.maker, report)
    qtbot.waitUntil(lambda: "2 defects" in told(story), timeout=10_000)
    assert "20 Nov 2026" in told(story)
    button = child(story, f"report{saved.id}")
    assert button.accessibleName() == "Technical inspection, 20 Nov 2026, 2 defects"
    inventory.window().activateWindow()
    qtbot.waitUntil(inventory.isActiveWindow)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert "шум" in told(dialog("reportSheet"))
    dialog("reportSheet").accept()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert is_open("reportSheet")
    dialog("reportSheet").accept()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Technical inspection", "1 defect, 1 remark. 3 of 22 points checked", "Defects: 1", "Front brakes",
                "Defect", "1.5 mm · new pads", "Needs attention: 1", "180 µm", "In order: 1", "For sale after repair",
                "Not checked: 19", "48,500 km"]),
        ("ru", ["Техосмотр", "1 дефект, 1 замечание. Проверено пунктов: 3 из 22", "Дефекты: 1", "Тормоза передние",
                "Дефект", "1,5 мм · new pads", "Требует внимания: 1", "180 мкм", "В порядке: 1",
                "К продаже после ремонта", "Не проверено: 19", "48 500 км"]),
    ],
)  # fmt: skip
def test_the_sheet_speaks_the_readers_language(
    qtbot: QtBot, inventory: InventoryTab, form: Any, story: Story, language: str, words: list[str]
) -> None:
    """Entered in English, read in either."""
    child(form, "point_brakes_front_mark").set_value(Mark.DEFECT)
    child(form, "point_brakes_front_measure").setText("1.5")
    child(form, "point_brakes_front_note").setText("new pads")
    child(form, "point_body_mark").set_value(Mark.ATTENTION)
    child(form, "point_body_measure").setText("180")
    child(form, "point_engine_mark").set_value(Mark.OK)
    child(form, "mileage").setText("48500")
    child(form, "verdict").setCurrentIndex(2)
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 defect, 1 remark" in told(story), timeout=10_000)
    report = story._shown[0][0]
    assert report.report_type is ReportType.TECHNICAL_INSPECTION
    i18n.set_language(language)
    try:
        inventory._open_report(report)
        sheet = dialog("reportSheet")
        texts = [text.replace("\u00a0", " ").replace("\u202f", " ") for text in told(sheet)]
        for part in words:
            assert part in texts, part
        # What asks for something stands first.
        heads = [text for text in texts if text in words and ":" in text and text[-1].isdigit()]
        assert heads.index(words[2]) < heads.index(words[6]) < heads.index(words[8])
        qtbot.mouseClick(child(sheet, "printReportButton"), Qt.MouseButton.LeftButton)
        paper = dialog("printDialog")
        qtbot.waitUntil(lambda: paper.paper is not None)
        assert words[3] in paper.paper.html and words[0] in paper.windowTitle()
        paper.close()
        sheet.accept()
    finally:
        i18n.set_language("en")


@pytest.mark.parametrize("stored", ["[1, [2, [3]]]", '"text"', "null", "7", "{}", '{"a":' * 400 + "1" + "}" * 400,
                                    "[" * 3_000 + "]" * 3_000, '{"form": "vin_check/1", "points": [1]}',
                                    json.dumps({f"k{n}": "x" * 3_000 for n in range(300)})])  # fmt: skip
def test_whatever_another_program_stored_opens_as_a_sheet(
    qtbot: QtBot, story: Story, stock: Stock, shop: Shop, stored: str
) -> None:
    insert = "INSERT INTO car_reports (car_id, report_type, data) VALUES (%s, 'vin_check', %s::jsonb) RETURNING id"
    [(report_id,)] = shop.sql(insert, stock[0].id, stored)
    qtbot.waitUntil(lambda: story.findChild(QPushButton, f"report{report_id}") is not None, timeout=10_000)
    qtbot.mouseClick(child(story, f"report{report_id}"), Qt.MouseButton.LeftButton)
    sheet = dialog("reportSheet")
    assert len("".join(told(sheet))) > 20
    qtbot.mouseClick(child(sheet, "printReportButton"), Qt.MouseButton.LeftButton)
    paper = dialog("printDialog")
    qtbot.waitUntil(lambda: paper.paper is not None)
    paper.close()
    sheet.accept()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_a_printed_sheet_can_be_searched(inventory: InventoryTab, story: Story, stock: Stock, tmp_path: Path) -> None:
    data = {"form": "technical_inspection/1", "inspector": "Ёлкин", "points": {
        "brakes_front": {"mark": "defect", "pads_mm": 1.5, "note": "менять <b>сейчас</b>"}}}  # fmt: skip
    report = ReportRow(1, stock[0].id, ReportType.TECHNICAL_INSPECTION, data, datetime(2026, 11, 24, tzinfo=UTC))
    file = tmp_path / "Осмотр.pdf"
    printing.to_pdf(report_paper(report, stock[0], inventory.context.dealer, "ru"), file)
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    text = " ".join(read.replace("\u00a0", " ").split())
    for part in ("Техосмотр", "Осмотрел Ёлкин", "Тормоза передние Дефект 1,5 мм · менять <b>сейчас</b>", "Страница 1"):
        assert part in text, part


def test_a_report_that_a_crash_left_is_opened_again(
    qtbot: QtBot, inventory: InventoryTab, form: Any, stock: Stock
) -> None:
    child(form, "point_engine_mark").set_value(Mark.DEFECT)
    form.reject()
    draft = inventory.context.drafts.get(form.draft_key)
    assert draft is not None and reopening.is_known(draft)
    record = reopening.read_record(inventory.context, draft)
    again = reopening.make_form(inventory.context, draft, record, inventory)
    assert again is not None
    again.open()
    qtbot.mouseClick(child(again, "useDraftButton"), Qt.MouseButton.LeftButton)
    assert child(again, "point_engine_mark").value() is Mark.DEFECT
    again.reject()
