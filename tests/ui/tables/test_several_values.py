"""Filters take several values at once, chosen in the open list without closing it; and what is missing or overdue."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QToolButton, QWidget

from dealer_desktop.ui.tables import ListTab
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def listed(desk: Desk, kind: str) -> set[int]:
    tab = tab_of(desk, kind)
    desk.wait(lambda: tab.model.is_exact and not tab.model.is_asking, f"{kind} are listed")
    return {tab.model.id_at(row) or 0 for row in range(tab.model.rowCount())}


def tab_of(desk: Desk, kind: str) -> ListTab:
    tab = desk.window.list_tab(kind)
    assert tab is not None
    return tab


def open_filters(desk: Desk, kind: str) -> None:
    tab = tab_of(desk, kind)
    desk.show_tab(tab.objectName())
    if tab._filters_frame.isHidden():
        desk.act(f"{kind}FiltersAction")
    desk.settle()


def tick(desk: Desk, box: QComboBox, words: str) -> None:
    """Click on the entry's box in the open list."""
    row = box.findText(words)
    assert row > 0, words
    view = box.view()
    view.scrollTo(box.model().index(row, 0))
    place = view.visualRect(box.model().index(row, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 12, place.center().y()))
    assert view.isVisible(), "the list stays open for the next one"


def test_several_makes(shop: Shop, desk: Desk) -> None:
    cars = {make: shop.car(make=make).id for make in ("LADA", "Kia", "Toyota")}
    open_filters(desk, "cars")
    box = desk.find(QComboBox, "makeFilter")
    desk.wait(lambda: box.count() == 4, "the makes are offered")
    box.showPopup()
    tick(desk, box, "LADA")
    tick(desk, box, "Toyota")
    box.hidePopup()
    desk.settle()
    assert listed(desk, "cars") == {cars["LADA"], cars["Toyota"]}
    assert box.toolTip() == "LADA, Toyota"
    assert tab_of(desk, "cars").filters["make"].words == "LADA, Toyota"
    # The space bar takes one away; the arrow keys choose one alone.
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(box.findText("LADA"), 0))
    desk.key(box.view(), Qt.Key.Key_Space)
    box.hidePopup()
    desk.settle()
    assert listed(desk, "cars") == {cars["Toyota"]}
    state = tab_of(desk, "cars").state.get()["filters"]
    assert state["make"] == "Toyota"
    tab_of(desk, "cars").state.use({"filters": {"make": ["Kia", "LADA"]}})
    desk.settle()
    assert listed(desk, "cars") == {cars["Kia"], cars["LADA"]}
    chip = desk.find(QWidget, "chip_make", tab_of(desk, "cars").chips)
    cross = chip.findChild(QToolButton)
    assert cross is not None
    desk.click(cross)
    desk.settle()
    assert listed(desk, "cars") == set(cars.values())


def test_salespeople_of_orders_and_deliveries(shop: Shop, desk: Desk) -> None:
    anna, boris = (
        shop.one("INSERT INTO users (email, full_name, role) VALUES (%s, %s, 'salesperson') RETURNING id", mail, name)
        for mail, name in (("anna-filter@dealer.ru", "Анна"), ("boris-filter@dealer.ru", "Борис"))
    )
    orders = {}
    for person in (anna, boris, None):
        orders[person] = shop.paid_order(delivery_address="Уфа").id
        shop.sql("UPDATE orders SET salesperson_id = %s WHERE id = %s", person, orders[person])
    deliveries = {person: shop.schedule(order_id).id for person, order_id in orders.items()}
    for kind, wanted in (("orders", orders), ("deliveries", deliveries)):
        tab = tab_of(desk, kind)
        tab.state.use({"filters": {"salesperson_id": [[anna, "Анна"], [0, "Nobody"]]}})
        open_filters(desk, kind)
        assert listed(desk, kind) == {wanted[anna], wanted[None]}, kind
        box = desk.find(QComboBox, "salespersonFilter", tab)
        box.showPopup()
        tick(desk, box, "Nobody")
        box.hidePopup()
        desk.settle()
        assert listed(desk, kind) == {wanted[anna]}, kind


def test_overdue_holds_and_cars_without_a_main_photo(shop: Shop, desk: Desk) -> None:
    late, held, plain = (shop.car().id for _each in range(3))
    for car_id, day in ((late, "current_date - 2"), (held, "current_date + 2")):
        shop.sql(f"UPDATE cars SET status='reserved', hold_note='Ольга', held_until={day} WHERE id = %s", car_id)
    shop.sql(
        "INSERT INTO car_photos (car_id, url, is_main) VALUES (%s, 'a.jpg', true), (%s, 'b.jpg', false)", held, plain
    )
    open_filters(desk, "cars")
    desk.find(QCheckBox, "overdueHoldFilter").click()
    desk.settle()
    assert listed(desk, "cars") == {late}
    desk.find(QCheckBox, "overdueHoldFilter").click()
    desk.find(QCheckBox, "noPhotoFilter").click()
    desk.settle()
    assert listed(desk, "cars") == {late, plain}
