"""The filters beside the lists of selling: they narrow the list, show as chips, count, and are remembered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.services.tables import Range
from dealer_desktop.ui.orders.tab import OrdersTab
from dealer_desktop.ui.sales.list_filters import Period
from dealer_desktop.ui.tables import FilterPanel
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def filters_of(desk: Desk, kind: str, total: int) -> Any:
    """The panel, opened once the list has all its ``total`` rows."""
    desk.show_tab(f"{kind}Tab")
    desk.wait(lambda: count(desk, kind) == str(total), f"{total} {kind} are listed")
    panel = desk.window.findChild(QWidget, f"{kind}Filters")
    if not panel.isVisible():
        desk.action(f"{kind}FiltersAction").trigger()
    desk.wait(panel.isVisible, "the filters are in view")
    return panel


def count(desk: Desk, kind: str) -> str:
    label = desk.window.findChild(QLabel, f"{kind}Count")
    assert label is not None
    return label.text()


def test_the_list_has_its_whole_width_until_filters_are_wanted(shop: Shop, desk: Desk) -> None:
    desk.show_tab("ordersTab")
    assert not desk.window.findChild(QWidget, "ordersFilters").isVisible()


def test_status_narrows_the_orders_and_counts_them(shop: Shop, desk: Desk) -> None:
    shop.order()
    shop.order()
    paid = shop.paid_order()
    panel = filters_of(desk, "orders", 3)
    desk.wait(lambda: {"2", "1"} <= set(desk.words(panel).split("\n")), "the counts are there")
    desk.click_box(panel, "filter_paid")
    desk.wait(lambda: count(desk, "orders") == "1 of 3", "the list is narrowed")
    desk.go_to("orders", paid.id)
    tab = desk.window.findChild(OrdersTab)
    assert [chip.words for chip in tab.filters.values()] == ["Paid"]
    tab.chips.removed.emit("status")
    desk.wait(lambda: count(desk, "orders") == "3", "the chip is off")
    assert not panel.findChild(QCheckBox, "filter_paid").isChecked()


def test_what_is_due_and_what_is_to_give_back(shop: Shop, desk: Desk) -> None:
    shop.paid_order()
    due = shop.order()
    back = shop.order()
    shop.pay(back.id, 5_000)
    shop.cancel(back.id)
    panel = filters_of(desk, "orders", 3)
    desk.click_box(panel, "dueFilter")
    desk.wait(lambda: count(desk, "orders") == "1 of 3", "one is due")
    desk.go_to("orders", due.id)
    desk.click_box(panel, "dueFilter")
    desk.click_box(panel, "giveBackFilter")
    desk.wait(lambda: count(desk, "orders") == "1 of 3", "one is to be given back")
    desk.go_to("orders", back.id)


def test_a_period_ends_today(shop: Shop, desk: Desk) -> None:
    old, new = shop.order(), shop.order()
    shop.sql("UPDATE orders SET created_at = now() - interval '40 days' WHERE id = %s", old.id)
    panel = filters_of(desk, "orders", 2)
    box = panel.findChild(QComboBox, "createdFilter")
    desk.choose(box, 30)
    desk.wait(lambda: count(desk, "orders") == "1 of 2", "the old one is left out")
    desk.go_to("orders", new.id)
    desk.choose(box, 365)
    desk.wait(lambda: count(desk, "orders") == "2 of 2", "both are of this year")


def test_today_is_another_day_after_midnight_at_the_dealers(qtbot: QtBot) -> None:
    clock = [datetime(2026, 3, 1, 20, 59, tzinfo=UTC)]  # 23:59 in Moscow
    period = Period("Created", "createdFilter", "Europe/Moscow", clock=lambda: clock[0])
    panel = FilterPanel("ordersFilters", {"created_at": period})
    qtbot.addWidget(panel)
    asked: list[Any] = []
    panel.changed.connect(lambda: asked.append(panel.filters()["created_at"].value))
    period.restore(1)
    saved = panel.state()
    assert panel.filters()["created_at"].value == Range(low=date(2026, 3, 1))
    period.look_at_the_clock()
    assert asked == []
    clock[0] += timedelta(minutes=2)
    period.look_at_the_clock()
    period.look_at_the_clock()
    assert asked == [Range(low=date(2026, 3, 2))]
    assert panel.state() == saved, "what is remembered is the meaning, not the day"


def test_a_period_that_is_open_over_night_lists_the_new_day(
    shop: Shop, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.order()
    panel = filters_of(desk, "orders", 1)
    desk.choose(panel.findChild(QComboBox, "createdFilter"), 1)
    desk.wait(lambda: count(desk, "orders") == "1", "today's order is listed")
    period = panel.groups["created_at"]
    monkeypatch.setattr(period, "_clock", lambda: datetime.now(UTC) + timedelta(days=1))
    period.look_at_the_clock()
    desk.wait(lambda: count(desk, "orders") == "0 of 1", "it is yesterday's now")


def test_refunds_of_the_payments_and_open_deliveries(shop: Shop, desk: Desk) -> None:
    payment = shop.pay(shop.order().id, 5_000).payment
    shop.refund(payment.id, 1_000)
    panel = filters_of(desk, "payments", 2)
    desk.click_box(panel, "refundFilter")
    desk.wait(lambda: count(desk, "payments") == "1 of 2", "the refund is listed")
    delivery = shop.schedule(shop.paid_order().id, delivery_date="2020-01-15")
    shop.schedule(shop.paid_order().id, delivery_date="2030-01-15")
    panel = filters_of(desk, "deliveries", 2)
    desk.click_box(panel, "overdueFilter")
    desk.go_to("deliveries", delivery.id)
    desk.wait(lambda: count(desk, "deliveries") == "1 of 2", "only the late one is listed")


def test_they_are_remembered(shop: Shop, desk: Desk, settings: QSettings) -> None:
    shop.order()
    desk.click_box(filters_of(desk, "orders", 1), "filter_paid")
    desk.settle()
    again = OrdersTab(desk.window.context)
    assert [chip.words for chip in again.filters.values()] == ["Paid"]
    desk.settle()
    again.deleteLater()
