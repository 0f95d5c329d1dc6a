"""Every list is written to a file as it stands on the screen."""

import csv
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from python_calamine import CalamineWorkbook

from dealer_desktop.ui.tables import ListTab
from tests.services.conftest import Shop
from tests.ui.desk import Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def tab_of(desk: Desk, kind: str) -> ListTab:
    tab = desk.window.list_tab(kind)
    assert tab is not None
    desk.show_tab(tab.objectName())
    desk.wait(lambda: tab.model.rowCount() > 0 and tab.model.is_exact and not tab.model.is_asking, f"{kind} are listed")
    desk.settle()
    return tab


def export(desk: Desk, tab: ListTab, file: Path) -> None:
    """By its key, through the file dialog."""
    desk.window.activateWindow()
    tab.table.setFocus()
    desk.wait(tab.table.hasFocus, "the list has the focus")
    desk.key(tab.table, Qt.Key.Key_I, CTRL | SHIFT)
    asked = desk.wait(
        lambda: next((each for each in tab.findChildren(QFileDialog) if each.isVisible()), None), "it asks where"
    )
    if file.suffix == ".csv":
        asked.selectNameFilter(next(words for words in asked.nameFilters() if "csv" in words))
        asked.filterSelected.emit(asked.selectedNameFilter())
    asked.selectFile(str(file))
    asked.accept()
    desk.settle()
    desk.wait(file.exists, "the file is written")


def on_screen(tab: ListTab) -> list[list[str]]:
    """As they are shown, without the spaces between figures; nothing is empty."""
    model, shown = tab.model, tab.table.columns_in_view()
    rows = [[str(model.index(row, column).data()) for column in shown] for row in range(model.rowCount())]
    return [["" if text in "–—" else text for text in row] for row in rows]


def sell(shop: Shop) -> None:
    for name, price in (("Иванов", "900000"), ("=HYPERLINK(1)", "1200000.50"), ("Сидоров", "700000")):
        car = shop.car(price=price)
        order = shop.order(car_id=car.id, customer_name=name, delivery_address="Казань, ул. Баумана, 1")
        shop.pay(order.id, "1000.50")
        shop.expect(order.id, "500", due_date="2030-01-02")


def read(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.reader(source))


def plain(text: str) -> str:
    """A cell and what is shown alike: amounts without groups and empty kopecks, days as spreadsheets have them."""
    text = text.removeprefix("'").replace(",", "").replace("₽", "").strip().removesuffix(".00")
    try:
        return datetime.strptime(text, "%d %b %Y").strftime("%Y-%m-%d")
    except ValueError:
        return text


def test_every_list_in_the_columns_and_words_of_the_screen(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    sell(shop)
    shop.schedule(shop.paid_order(customer_name="Ольга", delivery_address="Уфа").id)
    for kind in ("orders", "payments", "deliveries", "customers"):
        tab = tab_of(desk, kind)
        file = tmp_path / f"{kind}.csv"
        export(desk, tab, file)
        written, shown = read(file), on_screen(tab)
        assert written[0] == [tab.model.columns[number].title for number in tab.table.columns_in_view()]
        assert [list(map(plain, line)) for line in written[1:]] == [list(map(plain, row)) for row in shown]
        assert not [cell for line in written for cell in line if cell[:1] in ("=", "@", "+")]
        assert len(shown) > 0
        assert desk.told().startswith(f"{len(shown)} row")


def test_searched_sorted_and_chosen_rows_as_a_workbook(shop: Shop, desk: Desk, tmp_path: Path) -> None:
    sell(shop)
    tab = tab_of(desk, "orders")
    desk.key(tab.table, Qt.Key.Key_Home)
    desk.key(tab.table, Qt.Key.Key_Down, SHIFT)
    assert desk.action("exportOrdersAction").text() == "Export the 2 chosen rows"
    export(desk, tab, tmp_path / "two.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "two.xlsx")).get_sheet_by_index(0).to_python()
    customer, total = rows[0].index("Customer"), next(n for n, title in enumerate(rows[0]) if "Total" in str(title))
    assert [row[customer] for row in rows[1:]] == ["Сидоров", "=HYPERLINK(1)"]
    assert [row[total] for row in rows[1:]] == [700000, 1200000.5], "numbers are numbers"
    desk.type(tab.search, "иванов")
    desk.settle()
    export(desk, tab, tmp_path / "one.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "one.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[customer] for row in rows[1:]] == ["Иванов"]
