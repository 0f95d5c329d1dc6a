"""What is copied from a card is what stands in the database, however it is broken into lines."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.ui.widgets.card import breakable, label
from dealer_desktop.ui.widgets.facts import Fact, Facts

ADDRESS = "https://example.com/report/" + "abcdef0123456789" * 4


def test_an_address_is_copied_whole_by_the_keys_and_by_the_menu(
    qtbot: QtBot, keep: Callable[[QWidget], QWidget]
) -> None:
    facts = Facts()
    facts.show_facts(Fact("Source", breakable(ADDRESS)))
    value = facts.findChildren(QLabel)[1]
    comment = label(breakable(f"See {ADDRESS}"), wrap=True, selectable=True)
    for part, shown, text in ((facts, value, ADDRESS), (comment, comment, f"See {ADDRESS}")):
        keep(part)
        part.show()
        shown.setSelection(0, len(shown.text()))
        QGuiApplication.clipboard().clear()
        qtbot.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == text
        QGuiApplication.clipboard().clear()
        middle = shown.rect().center()
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(shown, QContextMenuEvent(reason, middle, shown.mapToGlobal(QPoint(middle))))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.actions()[0].trigger()
        menu.close()
        assert QGuiApplication.clipboard().text() == text
