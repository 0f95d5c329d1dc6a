"""What is seen between dialogs: saved views, a form left open when the window is closed, and one found at the start."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.rehearsal.robot import Robot
from dealer_desktop.ui.window import closing
from dealer_desktop.ui.window.main_window import MainWindow

_USED_AND_CHEAP = {"filters": {"condition": ["used"], "price": ["", "1500000"]}, "sort": "price"}


def moments(window: MainWindow, robot: Robot, settle: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Each picture's name and what is on it, shown while it is taken."""
    yield from _views(window, robot, settle)
    yield from _unfinished(window, robot, settle)


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
