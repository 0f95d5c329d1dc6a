"""The manner of every form: faults under their fields, once and only once, drafts, and a lost connection."""

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.core.errors import ConnectionLost, InvalidInput, NotFound
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.session.drafts import Draft, Drafts
from dealer_desktop.ui.widgets import fields
from dealer_desktop.ui.widgets.form_dialog import FormDialog


class NameDialog(FormDialog):
    """A name and a phone; the work is what the test gives."""

    def __init__(self, context: UiContext, work: Callable[[UUID, dict[str, Any]], Any], name: str = "") -> None:
        super().__init__(context, name="nameDialog", title="Name", save="Save the name", draft="name")
        self.work = work
        self.results: list[Any] = []
        self.add_field("customer_name", "Name", fields.LineEdit(304), hint="As in the passport").field.setText(name)
        phone = fields.PhoneEdit("RU")
        self.add_field("customer_phone", "Phone", phone, check=phone.problem)
        self.set_consequence("Due after this:", "1 ₽", "red")
        self.finish()

    def prepare(self) -> Callable[[], Any]:
        typed = self.typed()
        if not typed["customer_name"]:
            raise InvalidInput({"customer_name": "Enter a name."})
        return lambda: self.work(self.request_id, typed)

    def saved(self, result: Any) -> None:
        self.results.append(result)


@pytest.fixture
def show(context: UiContext, keep: Callable[[QWidget], QWidget], qtbot: QtBot) -> Callable[..., NameDialog]:
    def make(work: Callable[[UUID, dict[str, Any]], Any] = lambda _id, typed: typed, name: str = "") -> NameDialog:
        dialog = NameDialog(context, work, name)
        keep(dialog)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return make


def type_name(dialog: NameDialog, qtbot: QtBot, name: str = "Anna") -> None:
    qtbot.keyClicks(dialog.field("customer_name"), name)


def test_the_focus_starts_in_the_first_empty_field(show: Callable[..., NameDialog]) -> None:
    dialog = show()
    assert dialog.focusWidget() is dialog.field("customer_name")


def test_a_wrong_field_is_marked_and_said_beside_the_button(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    dialog = show()
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.form_row("customer_name").problem == "Enter a name."
    assert dialog.error_label.text() == "Name: Enter a name."
    assert dialog.error_label.isVisible()
    assert dialog.isVisible()
    type_name(dialog, qtbot)
    assert dialog.form_row("customer_name").problem == ""
    assert dialog.error_label.text() == ""


def test_a_field_is_checked_when_it_is_left(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    dialog = show()
    phone = dialog.field("customer_phone")
    phone.setFocus()
    qtbot.keyClicks(phone, "+7 912")
    qtbot.keyClick(phone, Qt.Key.Key_Tab)
    assert dialog.form_row("customer_phone").problem.startswith("7 digits are missing")


def test_ctrl_enter_saves_and_closes(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    dialog = show()
    type_name(dialog, qtbot)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.field("customer_name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.results == [{"customer_name": "Anna", "customer_phone": ""}]
    assert dialog.result_value == dialog.results[0]


def test_it_cannot_be_sent_twice(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    go, calls = threading.Event(), []

    def work(request_id: UUID, typed: dict[str, Any]) -> None:
        calls.append(request_id)
        go.wait(10)

    dialog = show(work)
    type_name(dialog, qtbot)
    dialog.save_button.click()
    assert dialog.is_saving
    assert not dialog.save_button.isEnabled()
    assert dialog.save_button.text() == "Saving…"
    dialog.save_button.click()
    dialog.save()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "what is on its way is waited for"
    with qtbot.waitSignal(dialog.accepted):
        go.set()
    assert calls == [dialog.request_id]


def test_a_refusal_keeps_what_was_typed(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    def work(request_id: UUID, typed: dict[str, Any]) -> None:
        raise NotFound

    dialog = show(work)
    type_name(dialog, qtbot)
    with qtbot.waitSignal(dialog.work_finished):
        dialog.save_button.click()
    assert dialog.error_label.text() == str(NotFound())
    assert dialog.field("customer_name").text() == "Anna"
    assert dialog.save_button.isEnabled()


def test_a_lost_connection_locks_all_but_retry_and_close(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    calls: list[UUID] = []

    def work(request_id: UUID, typed: dict[str, Any]) -> str:
        calls.append(request_id)
        if len(calls) < 3:
            raise ConnectionLost
        return "done"

    dialog = show(work)
    type_name(dialog, qtbot)
    with qtbot.waitSignal(dialog.work_finished):
        dialog.save_button.click()
    assert dialog.isVisible()
    assert not dialog.field("customer_name").isEnabled()
    assert not dialog.save_button.isEnabled()
    assert dialog.cancel_button.isEnabled() and dialog.cancel_button.text() == "Close"
    retry = dialog.findChild(QPushButton, "retryButton")
    assert retry is not None and retry.isEnabled()
    dialog.save()
    assert len(calls) == 1, "only Retry sends again"
    with qtbot.waitSignal(dialog.work_finished):
        retry.click()
    with qtbot.waitSignal(dialog.accepted):
        dialog.findChild(QPushButton, "retryButton").click()
    assert calls == [dialog.request_id] * 3, "the same request id each time"
    assert dialog.results == ["done"]


def test_a_form_whose_answer_was_lost_goes_on_with_its_request_also_unedited(
    show: Callable[..., NameDialog], qtbot: QtBot
) -> None:
    asked: list[UUID] = []

    def work(request_id: UUID, typed: dict[str, Any]) -> str:
        asked.append(request_id)
        if len(asked) == 1:
            raise ConnectionLost
        return "done"

    dialog = show(work, "Anna")
    with qtbot.waitSignal(dialog.work_finished):
        dialog.save_button.click()
    dialog.cancel_button.click()
    again = show(work, "Anna")
    assert "is not saved twice" in again.draft_banner.words
    again.findChild(QPushButton, "useDraftButton").click()
    with qtbot.waitSignal(again.accepted):
        again.save_button.click()
    assert asked == [dialog.request_id] * 2
    assert not show(work, "Anna").draft_banner.isVisible()


def test_a_refusal_gives_the_request_back(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    def work(request_id: UUID, typed: dict[str, Any]) -> str:
        raise NotFound

    dialog = show(work, "Anna")
    with qtbot.waitSignal(dialog.work_finished):
        dialog.save_button.click()
    dialog.cancel_button.click()
    assert not show(work, "Anna").draft_banner.isVisible(), "nothing was typed, and nothing is on its way"


def test_escape_closes_at_once_and_the_draft_is_offered(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    dialog = show()
    type_name(dialog, qtbot, "Anna Pe")
    qtbot.keyClick(dialog.field("customer_name"), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    again = show()
    assert again.field("customer_name").text() == "", "never filled in by itself"
    assert again.draft_banner.isVisible()
    use = again.findChild(QPushButton, "useDraftButton")
    use.click()
    assert again.field("customer_name").text() == "Anna Pe"
    assert not again.draft_banner.isVisible()
    with qtbot.waitSignal(again.accepted):
        again.save_button.click()
    assert not show().draft_banner.isVisible(), "what was saved is no draft any more"


def test_typing_anew_keeps_the_draft_on_offer_beside_it(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    first = show()
    type_name(first, qtbot, "Anna")
    qtbot.keyClick(first.field("customer_name"), Qt.Key.Key_Escape)
    second = show()
    type_name(second, qtbot, "Boris")
    qtbot.keyClick(second.field("customer_name"), Qt.Key.Key_Escape)
    third = show()
    third.findChild(QPushButton, "dropDraftButton").click()
    assert third.draft_banner.isVisible(), "Anna's is offered after Boris's"
    third.findChild(QPushButton, "useDraftButton").click()
    assert third.field("customer_name").text() == "Anna"
    assert not third.draft_banner.isVisible()
    with qtbot.waitSignal(third.accepted):
        third.save_button.click()
    assert not show().draft_banner.isVisible()


def test_a_draft_that_was_sent_keeps_its_request_though_something_else_is_typed(
    show: Callable[..., NameDialog], context: UiContext, qtbot: QtBot
) -> None:
    sent = Draft("name", {"customer_name": "Anna"}, uuid4(), "nameDialog", sent=True)
    context.drafts.keep(sent)
    other = show()
    type_name(other, qtbot, "Boris")
    with qtbot.waitSignal(other.accepted):
        other.save_button.click()
    again = show()
    again.findChild(QPushButton, "useDraftButton").click()
    assert again.field("customer_name").text() == "Anna"
    assert again.request_id == sent.request_id


def test_a_draft_of_a_form_that_another_window_has_open_is_saved_by_itself(
    show: Callable[..., NameDialog], context: UiContext, qtbot: QtBot
) -> None:
    sent: list[UUID] = []

    def work(request_id: UUID, typed: dict[str, Any]) -> str:
        sent.append(request_id)
        return str(typed["customer_name"])

    there = Drafts(context.drafts.folder)
    theirs = Draft("name", {"customer_name": "Anna"}, uuid4(), "nameDialog", is_open=True, owner=there.owner)
    there.keep(theirs)
    assert jobs.wait_for_all()
    dialog = show(work)
    qtbot.mouseClick(dialog.findChild(QPushButton, "useDraftButton"), Qt.MouseButton.LeftButton)
    assert dialog.field("customer_name").text() == "Anna"
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.results == ["Anna"])
    assert sent == [dialog.request_id] != [theirs.request_id], "else theirs would be refused as saved already"
    there.close()


def test_a_draft_can_be_dropped(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    dialog = show()
    type_name(dialog, qtbot)
    dialog.cancel_button.click()
    again = show()
    again.findChild(QPushButton, "dropDraftButton").click()
    again.cancel_button.click()
    assert not show().draft_banner.isVisible()


def test_an_untouched_form_leaves_no_draft(show: Callable[..., NameDialog], qtbot: QtBot) -> None:
    show().cancel_button.click()
    assert not show().draft_banner.isVisible()


def test_every_part_has_an_accessible_name(show: Callable[..., NameDialog]) -> None:
    dialog = show()
    for name in ("customerName", "customerPhone", "saveButton", "cancelButton", "errorLabel"):
        part = dialog.findChild(QObject, name)
        assert isinstance(part, QWidget)
        assert part.accessibleName()
    assert jobs.wait_for_all()
