"""What is seen between dialogs: saved views, a form left open when the window is closed, and one found at the start."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services.inputs.approvals import Wanted
from dealer_desktop.services.rows import ApprovalRow, CarRow
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.setup.assistant import SetupAssistant
from dealer_desktop.ui.setup.move_dialog import MoveDialog
from dealer_desktop.ui.widgets.approval_dialog import ApprovalDialog, Need
from dealer_desktop.ui.window import closing
from dealer_desktop.ui.window.approvals import ApprovalsDialog
from dealer_desktop.ui.window.main_window import MainWindow

_USED_AND_CHEAP = {"filters": {"condition": ["used"], "price": ["", "1500000"]}, "sort": "price"}


def moments(window: MainWindow, robot: Robot, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Each picture's name and what is on it, shown while it is taken."""
    yield from _views(window, robot, settle)
    yield from _approvals(window, robot, settle)
    yield from _setting_up(window, robot, settle)
    yield from _unfinished(window, robot, settle)


def _setting_up(window: MainWindow, robot: Robot, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """The set-up assistant, its test of a server that is not there, and the move."""
    assert window.context is not None
    assistant = SetupAssistant(window.settings, parent=window)
    assistant.open()
    settle()
    yield "setup", assistant
    assistant.show_server()
    robot.type(assistant.fields.host, "127.0.0.1")
    robot.type(assistant.fields.port, "1")
    assistant.fields.sslmode.set_value("verify-full")
    assistant.test.look()
    settle()
    yield "setup-test", assistant
    assistant.close()
    move = MoveDialog(window.context, window)
    move.open()
    robot.type(move.fields.host, "srv-auto")
    settle()
    yield "move", move
    move.reject()
    settle()


def _views(window: MainWindow, robot: Robot, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    robot.show_tab("inventoryTab")
    tab = window.list_tab("cars")
    assert tab is not None
    tab.state.use(_USED_AND_CHEAP)
    tab.views.ask_to_save()
    dialog = robot.dialog("viewNameDialog")
    field = robot.find(QWidget, "viewName", dialog)
    robot.type(field, _("Used under 1.5 million"))
    settle()
    yield "save-view", dialog
    robot.save(dialog)
    settle()
    yield "views", window
    tab.views.menu.popup(tab.views.button.mapToGlobal(QPoint(0, tab.views.button.height())))
    settle()
    yield "views-menu", tab.views.menu
    tab.views.menu.hide()
    tab.views.arrange_columns()
    columns = robot.dialog("columnsDialog")
    settle()
    yield "columns", columns
    columns.close()
    tab.views.use_whole_list()
    settle()


def _approvals(window: MainWindow, robot: Robot, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """A manager's yes: as a salesperson asks for it, and as managers see what waits."""
    assert window.context is not None
    stock, sales = window.list_tab("cars"), window.list_tab("orders")
    assert stock is not None
    assert sales is not None
    first = stock.model.id_at(0)
    assert first is not None
    window.context.show("cars", first)
    settle()
    car = stock.row
    assert isinstance(car, CarRow)
    who = getattr(sales.row, "salesperson_name", None) or window.context.at_work.name
    customer = getattr(sales.row, "customer_name", None) or "–"
    amount = car.price * Decimal("0.95")
    why = _("The customer has an offer from another dealer and decides today.")
    below = Wanted(act=ApprovalAct.SELL_BELOW_PRICE, car_id=car.id, amount=amount)
    words = _("A manager must allow {difference} below the price.")
    need = Need(words.format(difference=window.context.money(car.price - amount)), (below,), customer)
    asking = ApprovalDialog(window.context, need, window)
    asking.open()
    robot.type(asking.reason, why)
    settle()
    yield "ask-manager", asking
    asking.reject()
    listed = ApprovalsDialog(window.context, window)
    listed.open()
    settle()
    listed.show_requests(tuple(_requests(car, amount, why, who, customer)))
    settle()
    yield "approvals", listed
    listed.reject()
    settle()


def _requests(car: CarRow, amount: Decimal, why: str, who: str, customer: str) -> Iterator[ApprovalRow]:
    """Of each kind one, as they would wait; nothing of them is stored."""
    acts = {
        ApprovalAct.SELL_BELOW_PRICE: amount,
        ApprovalAct.LOWER_PRICE: amount,
        ApprovalAct.SELL_HELD_CAR: None,
        ApprovalAct.CANCEL_WITH_MONEY: None,
        ApprovalAct.REFUND: Decimal(50_000),
    }
    for number, (act, limit) in enumerate(acts.items(), 1):
        yield ApprovalRow(
            id=number,
            act=act,
            car_id=car.id,
            order_id=1000 + number,
            payment_id=None,
            amount=limit,
            reason=why if act is not ApprovalAct.SELL_BELOW_PRICE else f"{customer}: {why}",
            asked_by=who,
            asked_at=car.created_at,
            decided_by=None,
            decided_at=None,
            is_granted=None,
            used_at=None,
            is_over=False,
            make=car.make,
            model=car.model,
            year=car.year,
            price=car.price,
            hold_note=customer,
            customer_name=None if act in (ApprovalAct.SELL_BELOW_PRICE, ApprovalAct.SELL_HELD_CAR) else customer,
            total_amount=car.price,
            paid=Decimal(200_000),
        )


def _unfinished(window: MainWindow, robot: Robot, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    assert window.context is not None
    drafts = window.context.drafts
    robot.act("newCarAction")
    form = robot.dialog("carDialog")
    for name, text in (("make", "LADA"), ("model", "Vesta SW Cross")):
        robot.type(robot.find(QWidget, name, form), text)
    settle()
    question = closing.question_about_forms(window)
    assert question is not None
    question.open()
    settle()
    yield "close", question
    question.close()
    question.deleteLater()
    form.reject()
    kept = drafts.get("car/new")
    assert kept is not None
    drafts.keep(replace(kept, is_open=True, owner=""))
    settle()
    window.unfinished.look()
    settle()
    yield "unfinished", window
    robot.click(window.unfinished.banner.buttons[0])
    settle()
    again = robot.dialog("carDialog")
    yield "draft", again
    again.reject()
    drafts.forget_all()
    settle()
