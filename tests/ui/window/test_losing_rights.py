"""Who loses a right, or the login, while a form is open: told at Save or signed out, and nothing typed is lost."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dealer_desktop.ui.window.main_window import MainWindow
from tests.models.conftest import PASSWORD, Logins
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open
from tests.ui.window.conftest import OpenFor
from tests.ui.window.test_sign_in import at_work, press, sign_in


def _lower(logins: Logins, login: str) -> None:
    logins.owner.run("SELECT staff_role(%(email)s, 'salesperson')", email=login)


def test_a_lowered_role_is_told_at_save_and_the_text_stays(pc: OpenFor, logins: Logins, shop: Shop) -> None:
    car = shop.car()
    boss = logins.person("manager")
    desk = pc(boss.login)
    desk.go_to("cars", car.id)
    form = desk.start("editCarAction", "carDialog")
    desk.put(form, color="зелёный")
    _lower(logins, boss.login)
    assert "role does not allow this" in desk.refusal(form)
    assert desk.text(form, "color") == "зелёный"
    assert shop.one("SELECT color FROM cars") is None
    desk.key(form, Qt.Key.Key_Escape)
    payment = shop.pay(shop.order().id, 300_000).payment
    desk.go_to("payments", payment.id)
    form = desk.start("refundPaymentAction", "refundDialog")
    desk.put(form, amount="1000")
    assert "Only a manager may give money back" in desk.refusal(form)
    assert desk.text(form, "amount").startswith("1")


def _deactivate(boss: Desk, number: int) -> None:
    boss.show_tab("usersTab")
    boss.go_to("users", number)
    boss.act("deactivateUserAction")


def _told(window: MainWindow) -> str:
    """What the form over the window says that is there now: the person's own go, the sign-in comes."""
    return "\n".join(label.text() for label in window.findChildren(QLabel, "errorLabel"))


def test_a_deactivated_person_is_signed_out_and_finds_the_form_again(
    pc: OpenFor, logins: Logins, shop: Shop, qtbot: QtBot
) -> None:
    car = shop.car()
    admin, seller, locked = logins.person("admin"), logins.person("salesperson"), logins.person("manager")
    boss, desk, covered = pc(admin.login), pc(seller.login), pc(locked.login)
    covered.put(covered.start("newCarAction", "carDialog"), make="Волга")
    press(covered.window, "lockAction")
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Пётр Ель", customerPhone="+7 912 345-67-89", totalAmount="900000")
    desk.press_save(form)
    desk.dialog("approvalDialog")
    for person, window in ((seller, desk.window), (locked, covered.window)):
        _deactivate(boss, person.id)
        boss.wait(lambda window=window: window.context is None, "the person is signed out")
        boss.wait(lambda window=window: "signed out by an admin" in _told(window), "why is told")
    assert not is_open(form)
    assert shop.one("SELECT count(*) FROM pg_stat_activity WHERE usename IN (%s, %s)", seller.login, locked.login) == 0
    sign_in(qtbot, desk.window, seller.login, PASSWORD)
    qtbot.waitUntil(lambda: "not accepted" in desk.window.findChild(QLabel, "errorLabel").text(), timeout=30_000)
    for person in (seller, locked):
        boss.go_to("users", person.id)
        boss.wait(lambda: boss.row("users") is not None and not boss.row("users").is_active, "the row says so")
        boss.act("activateUserAction")
        boss.settle()
    for person, window, typed in ((seller, desk.window, "Пётр Ель"), (locked, covered.window, "Волга")):
        sign_in(qtbot, window, person.login, PASSWORD)
        at_work(qtbot, window, person.login)
        assert window.context is not None
        (draft,) = window.context.drafts.unfinished()
        assert typed in draft.values.values()
    assert desk.find(QPushButton, "openUnfinishedButton").isVisible()
