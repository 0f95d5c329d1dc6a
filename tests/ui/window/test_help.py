"""F1 opens the guide at the place where one is; it is read beside the work."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QTableView, QWidget

from dealer_desktop.core import guides, i18n
from dealer_desktop.ui.window.help_dialog import HelpDialog
from tests.services.conftest import Shop
from tests.ui.desk import Desk

F1, CTRL = Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def in_front(request: pytest.FixtureRequest) -> None:
    """As on a person's screen; keys go to the window in front. After ``russian``, where that is asked for."""
    if "russian" in request.fixturenames:
        request.getfixturevalue("russian")
    to_front(request.getfixturevalue("desk").window, request.getfixturevalue("desk"))


def to_front(widget: QWidget, desk: Desk) -> None:
    widget.activateWindow()
    desk.wait(widget.isActiveWindow, "it is in front")


@pytest.fixture
def russian() -> Iterator[None]:
    i18n.set_language("ru")
    yield
    i18n.set_language("en")


def help_of(desk: Desk) -> HelpDialog:
    dialog = desk.dialog("helpDialog")
    assert isinstance(dialog, HelpDialog)
    return dialog


def reads(desk: Desk, title: str) -> None:
    """That heading is where the text begins that is seen, once its pictures are there."""
    desk.wait(lambda: in_view(help_of(desk)) == title, f"“{title}” is in view")


def in_view(dialog: HelpDialog) -> str:
    """The heading under which the text begins that is seen."""
    sections = guides.sections(dialog.section.guide, i18n.language())
    return sections[dialog.text.heading_in_view()].title


def test_f1_in_a_tab(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order().id)
    table = desk.find(QTableView, "ordersTable")
    to_front(desk.window, desk)
    desk.key(table, F1)
    dialog = help_of(desk)
    reads(desk, "Working on an order")
    assert dialog.contents.currentItem().text().strip() == "Working on an order"
    desk.click(desk.find(QAbstractButton, "helpKeysButton", dialog))
    sheet: QDialog = desk.dialog("keysDialog")
    assert "Take payment" in [each.text() for each in sheet.findChildren(QLabel)]
    desk.key(sheet, Qt.Key.Key_Escape)
    # It is no question: the list goes on behind it.
    desk.show_tab("deliveriesTab")
    to_front(desk.window, desk)
    desk.key(desk.window, F1)
    reads(desk, "Delivery and handover")
    desk.key(help_of(desk), Qt.Key.Key_Escape)


def test_f1_in_a_form_which_goes_on_beside_it_and_in_a_dialog(shop: Shop, desk: Desk) -> None:
    desk.go_to("orders", shop.order().id)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.key(form, F1)
    dialog = help_of(desk)
    reads(desk, "Taking money")
    assert not dialog.contents.isVisible(), "there is room for the page alone"
    desk.put(form, amount="1000")
    assert desk.text(form, "amount").startswith("1")
    desk.key(dialog, Qt.Key.Key_Escape)
    to_front(form, desk)
    desk.key(form, F1, CTRL)
    sheet = desk.dialog("keysDialog")
    said = [each.text() for each in sheet.findChildren(QLabel)]
    assert "Ctrl+Enter" in said
    assert "Take payment" not in said
    desk.key(sheet, Qt.Key.Key_Escape)
    desk.key(form, Qt.Key.Key_Escape)
    # The same in a dialog that is no form.
    desk.show_tab("paymentsTab")
    desk.act("takingsAction")
    takings = desk.dialog("takingsDialog")
    to_front(takings, desk)
    desk.key(takings, F1)
    reads(desk, "Taking money")
    desk.key(help_of(desk), Qt.Key.Key_Escape)
    desk.key(takings, Qt.Key.Key_Escape)


def test_f1_before_anybody_is_here(desk: Desk) -> None:
    desk.window.close_database()
    desk.window.show_failure("The server does not answer.")
    desk.key(desk.window, F1)
    reads(desk, "Nothing is lost")
    desk.key(help_of(desk), Qt.Key.Key_Escape)


def test_it_speaks_the_persons_language_and_has_pictures(russian: None, desk: Desk) -> None:
    desk.show_tab("inventoryTab")
    desk.key(desk.window, F1)
    dialog = help_of(desk)
    reads(desk, "Продажа автомобиля")
    drawn = [letters.toImageFormat() for block in dialog.text._blocks() for _c, letters in dialog.text._pieces(block)]
    pictures = [each for each in drawn if each.isValid()]
    assert len(pictures) == 3
    assert all(0 < each.width() <= dialog.text.viewport().width() for each in pictures)
    assert not dialog.text.document().resource(2, pictures[0].name()).isNull()
    desk.key(dialog, Qt.Key.Key_Escape)


def test_search_contents_links_and_the_way_back(desk: Desk) -> None:
    desk.key(desk.window, F1)
    dialog = help_of(desk)
    search = desk.find(QLineEdit, "helpSearch", dialog)
    desk.type(search, "merge account")
    listed = [dialog.contents.item(row).text().strip() for row in range(dialog.contents.count())]
    assert listed == ["One customer, two accounts"]
    assert dialog.text.extraSelections() == [] or dialog.section.guide == "salesperson"
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(dialog.contents, Qt.Key.Key_Return)
    reads(desk, "One customer, two accounts")
    assert dialog.text.extraSelections(), "what was searched for is marked"
    back = desk.find(QAbstractButton, "helpBackButton", dialog)
    desk.click(back)
    assert dialog.section.title == "Selling a car"
    assert not back.isEnabled()
    desk.click(desk.find(QAbstractButton, "helpForwardButton", dialog))
    reads(desk, "One customer, two accounts")
    desk.type(search, "xyzzy")
    assert [dialog.contents.item(row).text() for row in range(dialog.contents.count())] == [
        "Nothing found. Try fewer letters."
    ]
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert dialog.contents.count() > len(guides.GUIDES)
    dialog.text.followed.emit("salesperson.md#cash-drawers")
    reads(desk, "Cash drawers")
    to_front(dialog, desk)
    desk.key(dialog, F1)
    assert dialog.section.number == 0
    assert dialog.text.verticalScrollBar().value() == 0
    desk.key(dialog, Qt.Key.Key_Escape)
