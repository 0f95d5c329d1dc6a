"""Words in the other alphabet and in the wrong layout, typed into a list's search."""

from PySide6.QtWidgets import QLabel, QLineEdit

from tests.services.conftest import Shop
from tests.ui.desk import Desk


def test_the_list_says_how_else_it_read_the_words(shop: Shop, desk: Desk) -> None:
    shop.car(make="LADA", model="Granta")
    shop.car(make="Škoda", model="Octavia")
    desk.settle()
    search = desk.find(QLineEdit, "carsSearch")
    tab = desk.window.list_tab("cars")
    assert tab is not None
    also = desk.window.findChild(QLabel, "carsAlso")
    assert also is not None
    for typed, said in (("лада", "LADA"), ("kflf", "лада"), ("irjlf", "шкода"), ("октавия", "Octavia")):
        desk.type(search, typed)
        desk.settle()
        assert tab.model.rowCount() == 1, typed
        assert also.isVisible() and said in also.text(), (typed, also.text())
    desk.type(search, "granta")
    desk.settle()
    assert not also.isVisible()


def test_what_was_found_in_another_reading_is_marked(shop: Shop, desk: Desk) -> None:
    shop.car(make="LADA", model="Granta")
    desk.type(desk.find(QLineEdit, "carsSearch"), "kflf")
    desk.settle()
    tab = desk.window.list_tab("cars")
    assert tab is not None and "lada" in tab.model.search_words
