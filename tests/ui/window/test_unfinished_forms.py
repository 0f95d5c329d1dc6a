"""A form that was open when the program ended is offered at the next start, and is never saved twice."""

import ast
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from dealer_desktop.core import paths
from dealer_desktop.services import Connections, cars, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput, EditCar
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.inputs.payments import PaymentInput
from dealer_desktop.ui import jobs
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.session import drafts
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.session.drafts import Draft, Drafts
from dealer_desktop.ui.window.main_window import MainWindow
from dealer_desktop.ui.window.sections import SECTIONS
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.form_hands import OpenWindow, banner, press

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def kill(database_url: str, settings: QSettings, car_id: int, end: str) -> None:
    """Somebody sells the car in another process, which is killed in the middle."""
    command = [sys.executable, "-m", "tests.ui.interrupted_child", database_url, settings.fileName(), str(car_id), end]
    environment = {**os.environ, "PYTHONPATH": str(paths.product_root()), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=paths.product_root()) as child:
        assert child.stdout is not None
        if end == "typing":
            assert child.stdout.readline() == b"typed\n"
            folder = Path(settings.fileName()).parent / "people"
            for _tenth in range(600):
                found = [file.read_text("utf-8") for file in folder.rglob("*.draft")]
                if any("+7 912 345-67-89" in text or "8 912 345-67-89" in text for text in found):
                    break
                QApplication.processEvents()
                child.poll()
                assert child.returncode is None
                QTimer.singleShot(50, QApplication.instance().quit)  # type: ignore[union-attr]
                QApplication.instance().exec()  # type: ignore[union-attr]
            os.kill(child.pid, signal.SIGKILL)
        assert child.wait(60) == -signal.SIGKILL


def draft_of(form: str, record: tuple[str, int] | None, key: str, values: dict[str, str], **more: Any) -> Draft:
    kind, number = record or ("", None)
    return Draft(key, values, uuid4(), form, kind, number, words="A form", is_open=True, **more)


def test_what_was_typed_when_the_program_was_killed_is_offered_and_used(
    start: OpenWindow, shop: Shop, database_url: str, settings: QSettings
) -> None:
    car = shop.car()
    kill(database_url, settings, car.id, "typing")
    window = start()
    assert banner(window).startswith(f"A form was not finished: New order, {car.title}, {car.year} (")
    press(window, "openUnfinishedButton")
    dialog: Any = Robot(window).dialog("newOrderDialog")
    assert banner(window) == ""
    assert dialog.field("customer_name").text() == "", "never filled in by itself"
    press(dialog, "useDraftButton")
    assert dialog.field("customer_name").text() == "Сергей Волков"
    press(dialog, "saveButton")
    assert shop.sql("SELECT customer_name, customer_phone FROM orders") == [("Сергей Волков", "+79123456789")]
    window.close()
    assert banner(start()) == ""


def test_what_was_committed_before_the_program_was_killed_is_not_offered_again(
    start: OpenWindow, shop: Shop, database_url: str, settings: QSettings
) -> None:
    car = shop.car()
    kill(database_url, settings, car.id, "after_commit")
    assert shop.one("SELECT count(*) FROM orders") == 1
    window = start()
    assert banner(window) == (
        f"New order, {car.title}, {car.year} was saved already before the program was interrupted. "
        "Nothing is left to do."
    )
    press(window, "showSavedButton")
    tab = window.list_tab("cars")
    assert tab is not None and tab.selected_id == car.id
    assert banner(window) == ""
    window.close()
    assert banner(start()) == ""
    assert shop.one("SELECT count(*) FROM orders") == 1


def test_what_was_killed_before_its_commit_is_offered_and_saved_once(
    start: OpenWindow, shop: Shop, database_url: str, settings: QSettings
) -> None:
    car = shop.car()
    kill(database_url, settings, car.id, "before_commit")
    assert shop.one("SELECT count(*) FROM orders") == 0
    window = start()
    assert banner(window).startswith("A form was not finished: New order")
    press(window, "openUnfinishedButton")
    dialog = Robot(window).dialog("newOrderDialog")
    press(dialog, "useDraftButton")
    press(dialog, "saveButton")
    assert shop.sql("SELECT customer_name, customer_phone FROM orders") == [("Сергей Волков", "+79123456789")]
    assert shop.one("SELECT count(*) FROM requests WHERE action = 'order.make'") == 1
    window.close()
    assert banner(start()) == ""


def sent_payment(context: UiContext, shop: Shop, order_id: int, amount: str) -> Draft:
    """A deposit whose COMMIT reached the database and whose answer did not come back."""
    values = {"amount": amount, "payment_type": "deposit", "method": "card", "transaction_id": "T-1"}
    values |= {"expected_later": "", "due_date": ""}
    draft = draft_of("takePaymentDialog", ("orders", order_id), f"takePayment/{order_id}", values, sent=True)
    context.drafts.keep(draft)
    assert jobs.wait_for_all()
    return draft


def save_as_sent(shop: Shop, draft: Draft, order_id: int, amount: str) -> None:
    typed = {"amount": amount, "payment_type": "deposit", "method": "card", "transaction_id": "T-1"}
    payments.take(shop.maker, parse(PaymentInput, request_id=draft.request_id, order_id=order_id, **typed))


def test_saving_what_was_saved_already_gives_it_back_and_says_so(
    main_window: MainWindow, context: UiContext, shop: Shop, desk: Desk
) -> None:
    order = shop.order()
    draft = sent_payment(context, shop, order.id, "100,000")
    save_as_sent(shop, draft, order.id, "100,000")
    desk.go_to("orders", order.id)
    dialog = desk.start("takePaymentAction", "takePaymentDialog")
    assert desk.words(dialog).count("Saved again, it is not saved twice.") == 1
    press(dialog, "useDraftButton")
    desk.press_save(dialog)
    assert desk.told() == "This form was saved already before it was interrupted; nothing was saved twice."
    assert shop.sql("SELECT amount, transaction_id FROM payments") == [(100_000, "T-1")]
    assert context.drafts.get(draft.key) is None


def test_what_was_saved_already_and_edited_since_is_said_in_words(
    main_window: MainWindow, context: UiContext, shop: Shop, desk: Desk
) -> None:
    order = shop.order()
    draft = sent_payment(context, shop, order.id, "100,000")
    save_as_sent(shop, draft, order.id, "100,000")
    desk.go_to("orders", order.id)
    dialog = desk.start("takePaymentAction", "takePaymentDialog")
    press(dialog, "useDraftButton")
    desk.put(dialog, amount="150,000")
    desk.press_save(dialog)
    assert "already saved" in desk.words(dialog)
    assert not desk.find(QWidget, "amount", dialog).isEnabled()
    desk.key(dialog, Qt.Key.Key_Escape)
    assert shop.sql("SELECT amount FROM payments") == [(100_000,)]
    assert context.drafts.get(draft.key) is None, "what is saved is no draft"


def test_a_form_that_was_sent_but_not_saved_is_saved_once(start: OpenWindow, context: UiContext, shop: Shop) -> None:
    car = shop.car()
    values = {"customer_name": "Анна", "customer_phone": "+7 912 345-67-89", "total_amount": "1,000,000"}
    draft = draft_of("newOrderDialog", ("cars", car.id), f"newOrder/{car.id}", values, sent=True)
    context.drafts.keep(draft)
    assert jobs.wait_for_all()
    window = start()
    press(window, "openUnfinishedButton")
    dialog = Robot(window).dialog("newOrderDialog")
    press(dialog, "useDraftButton")
    press(dialog, "saveButton")
    assert shop.sql("SELECT customer_name FROM orders") == [("Анна",)]
    assert shop.one("SELECT count(*) FROM requests WHERE request_id = %s", draft.request_id) == 1
    again = parse(NewOrder, request_id=draft.request_id, car_id=car.id, customer_name="Анна",
                  customer_phone="+7 912 345-67-89", total_amount="1000000", asks=True)  # fmt: skip
    assert orders.make(shop.maker, again).order.customer_name == "Анна", "the very same request"


def test_a_car_that_was_changed_meanwhile_is_merged(start: OpenWindow, context: UiContext, shop: Shop) -> None:
    car = shop.car(color="blue")
    first = start()
    desk = Desk(first)
    desk.go_to("cars", car.id)
    form = desk.start("editCarAction", "carDialog")
    desk.put(form, color="red", location="Lot 2")
    first.close_unasked()
    edited = {name: getattr(car, name) for name in CarInput.model_fields if name != "request_id"} | {
        "color": "green",
        "mileage": 46_000,
    }
    opened = {name: getattr(car, name) for name in CarInput.model_fields if name != "request_id"}
    cars.edit(
        shop.maker, parse(EditCar, request_id=uuid4(), car_id=car.id, version=car.version, opened=opened, **edited)
    )
    window = start()
    press(window, "openUnfinishedButton")
    dialog: Any = Robot(window).dialog("carDialog")
    press(dialog, "useDraftButton")
    press(dialog, "saveButton")
    assert "changed the same fields" in dialog.error_label.text()
    press(dialog, "saveButton")
    now = cars.details(context.reader, car.id).car
    assert (now.color, now.location) == ("red", "Lot 2"), "chosen by saving once more"
    assert now.mileage == 46_000, "somebody else's change stays"


def test_a_record_that_is_gone_is_said_and_nothing_typed_is_lost(
    start: OpenWindow, context: UiContext, shop: Shop
) -> None:
    values = {"holdNote": "Сергей, 8 912"}
    context.drafts.keep(draft_of("holdCarDialog", ("cars", 4711), "holdCar/4711", values))
    assert jobs.wait_for_all()
    window = start()
    press(window, "openUnfinishedButton")
    assert banner(window) == "A form: the record has changed so far that this form no longer fits it."
    press(window, "copyUnfinishedButton")
    assert QApplication.clipboard().text() == "Сергей, 8 912"
    press(window, "discardUnfinishedButton")
    assert banner(window) == "A form is discarded."
    press(window, "undoDiscardButton")
    assert banner(window).startswith("A form was not finished")
    press(window, "discardUnfinishedButton")
    window.close()
    assert banner(start()) == ""


def test_several_are_offered_one_after_the_other(start: OpenWindow, context: UiContext) -> None:
    for number, day in enumerate((3, 1, 2)):
        values = {"vin": f"X{number}"}
        at = datetime.now(UTC) - timedelta(days=day)
        context.drafts.keep(
            Draft(f"car/{number}", values, uuid4(), "carDialog", words=f"{day} days", is_open=True, at=at)
        )
    assert jobs.wait_for_all()
    window = start()
    assert banner(window).startswith("A form was not finished: 1 days (")
    assert banner(window).endswith("2 more wait.")
    press(window, "discardUnfinishedButton")
    press(window, "dismissUnfinishedButton")
    assert banner(window).startswith("A form was not finished: 2 days (")


def test_a_form_that_was_finished_by_another_way_is_offered_no_more(start: OpenWindow, context: UiContext) -> None:
    context.drafts.keep(draft_of("carDialog", None, "car/new", {"make": "LADA"}))
    assert jobs.wait_for_all()
    window = start()
    assert banner(window).startswith("A form was not finished: A form (")
    robot = Robot(window)
    robot.act("newCarAction")
    press(robot.dialog("carDialog"), "dropDraftButton")
    robot.dialog("carDialog").reject()
    assert banner(window) == ""


def test_what_is_discarded_and_taken_back_is_what_was_typed_last(start: OpenWindow, context: UiContext) -> None:
    context.drafts.keep(draft_of("carDialog", None, "car/new", {"make": "LADA"}))
    assert jobs.wait_for_all()
    window = start()
    robot = Robot(window)
    robot.act("newCarAction")
    dialog: Any = robot.dialog("carDialog")
    press(dialog, "useDraftButton")
    robot.type(robot.find(QWidget, "model", dialog), "Vesta")
    dialog.reject()
    press(window, "discardUnfinishedButton")
    press(window, "undoDiscardButton")
    kept = window.context.drafts.get("car/new") if window.context is not None else None
    assert kept is not None
    assert (kept.values["make"], kept.values["model"]) == ("LADA", "Vesta")


def test_old_and_foreign_files_are_no_trouble(context: UiContext) -> None:
    folder = context.drafts.folder
    old = datetime.now(UTC) - timedelta(days=drafts.KEPT_DAYS + 1)
    context.drafts.keep(Draft("car/new", {"vin": "A"}, uuid4(), "carDialog", is_open=True, at=old))
    context.drafts.keep(Draft("car/1", {"vin": "B"}, uuid4(), "carDialog", is_open=False))
    assert jobs.wait_for_all()
    for name, junk in {"a": b"", "b": b"{", "c": b"\xff\xfe\x00", "d": b"[1]", "e": b'{"key": 1, "at": "x"}'}.items():
        (folder / f"{name}.draft").write_bytes(junk)
    assert Drafts(folder).unfinished() == []
    assert len(list(folder.glob("*.draft"))) == 6, "only what is too old is thrown away"


def test_a_program_that_still_runs_keeps_its_forms(context: UiContext) -> None:
    mine = Draft("car/new", {"vin": "A"}, uuid4(), "carDialog", is_open=True, owner=context.drafts.owner)
    context.drafts.keep(mine)
    assert jobs.wait_for_all()
    other = Drafts(context.drafts.folder)
    assert other.unfinished() == []
    context.drafts.close()
    assert [draft.key for draft in other.unfinished()] == ["car/new"]


def test_another_login_sees_none_of_it(context: UiContext, connections: Connections, settings: QSettings) -> None:
    context.drafts.keep(Draft("car/new", {"vin": "A"}, uuid4(), "carDialog", is_open=True))
    assert jobs.wait_for_all()
    other = UiContext(replace(connections, user="anna@dealer.ru"), context.feed, context.dealer, settings)
    assert other.drafts.get("car/new") is None
    assert other.drafts.unfinished() == []
    elsewhere = UiContext(connections, context.feed, context.dealer, settings, data_folder="another one")
    assert elsewhere.drafts.get("car/new") is None
    same = UiContext(connections, context.feed, context.dealer, settings)
    kept = same.drafts.get("car/new")
    assert kept is not None and kept.values == {"vin": "A"}


def test_every_form_that_keeps_a_draft_is_declared_by_a_section() -> None:
    """Else what was typed there when the program ended is never offered."""
    declared = {name for section in SECTIONS for name in (*section.forms(), *section.new_forms())}
    keeping: dict[str, str] = {}
    for file in (paths.product_root() / "dealer_desktop" / "ui").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            given = {each.arg: each.value for each in call.keywords} if isinstance(call, ast.Call) else {}
            if {"name", "draft", "record"} <= given.keys() and isinstance(name := given["name"], ast.Constant):
                keeping[str(name.value)] = file.name
    assert len(keeping) > 10
    assert {name: file for name, file in keeping.items() if name not in declared} == {}


def test_an_interrupted_completion_opens_on_the_order_with_its_car(start: OpenWindow, shop: Shop) -> None:
    order = shop.paid_order()
    shop.step(orders.start_processing, order.id)
    desk = Desk(start())
    desk.go_to("orders", order.id)
    desk.put(desk.start("completeOrderAction", "completeOrderDialog"), handedOverBy="Anna Petrova")
    desk.window.close_unasked()
    window = start()
    press(window, "openUnfinishedButton")
    again = Desk(window).dialog("completeOrderDialog")
    press(again, "useDraftButton")
    assert Desk(window).text(again, "handedOverBy") == "Anna Petrova"
    press(again, "saveButton")
    assert shop.sql("SELECT status FROM orders") == [("completed",)]


def test_a_completion_that_somebody_else_did_meanwhile_no_longer_fits(start: OpenWindow, shop: Shop) -> None:
    order = shop.paid_order()
    shop.step(orders.start_processing, order.id)
    desk = Desk(start())
    desk.go_to("orders", order.id)
    desk.put(desk.start("completeOrderAction", "completeOrderDialog"), handedOverBy="Anna Petrova")
    desk.window.close_unasked()
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", order.id)
    window = start()
    press(window, "openUnfinishedButton")
    assert "the record has changed so far that this form no longer fits it" in banner(window)
