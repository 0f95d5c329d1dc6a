"""The page by keys alone, and what it remembers: its days and where it stood."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget

from dealer_desktop.domain.periods import Days
from dealer_desktop.ui.dashboard.tab import DashboardTab
from dealer_desktop.ui.dashboard.tile import Tile
from tests.services.conftest import Shop
from tests.ui.dashboard.test_tab import page, sold
from tests.ui.desk import Desk
from tests.ui.form_hands import OpenWindow

OWN = Days(date(2020, 2, 3), date(2020, 4, 5))


def test_tab_reaches_everything_from_top_to_bottom(shop: Shop, start: OpenWindow) -> None:
    sold(shop, price=500_000)
    desk = Desk(start())
    tab = page(desk)
    desk.window.activateWindow()
    tab.period.period.setFocus()
    desk.wait(tab.period.period.hasFocus, "the keys are on the page")
    seen: list[QWidget] = []
    while tab.isAncestorOf(focused := QApplication.focusWidget() or desk.window) and focused not in seen:
        seen.append(focused)
        desk.key(focused, Qt.Key.Key_Tab)
    assert all(widget.accessibleName() for widget in seen)
    tables = [table for table in tab.findChildren(QTableWidget) if table.isVisible()]
    assert set(tables) <= set(seen)
    assert set(tab.findChildren(Tile)) <= set(seen)
    # Within a line from left to right, and lines from top to bottom: what stands beside is allowed to be higher.
    heights = [widget.mapTo(tab.page, QPoint(0, widget.height())).y() for widget in seen if widget in tables]
    assert heights == sorted(heights)
    assert tab.area.verticalScrollBar().value() > 0  # what has the keys is in sight
    tile = desk.find(Tile, "tile_sold", tab)
    tile.setFocus()
    desk.key(tile, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is desk.find(Tile, "tile_sold_total", tab)


def test_days_and_place_are_remembered(shop: Shop, start: OpenWindow) -> None:
    sold(shop, price=500_000)
    desk = Desk(start())
    tab = page(desk)
    tab.period.use(OWN)
    desk.settle()
    desk.wait(lambda: tab.area.verticalScrollBar().maximum() > 300, "the page is long")
    tab.area.verticalScrollBar().setValue(300)
    shop.sql("UPDATE orders SET customer_name = customer_name")
    desk.act("refreshAction")
    desk.settle()
    assert tab.area.verticalScrollBar().value() == 300
    desk.show_tab("inventoryTab")
    again = Desk(start())
    shown = page(again)
    assert isinstance(shown, DashboardTab)
    assert shown.period.days == OWN
    again.wait(lambda: shown.area.verticalScrollBar().value() == 300, "it stands where it stood")
