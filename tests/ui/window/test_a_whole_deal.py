"""One sale with all of it: extras, a discount, the customer's old car, cash in a drawer; in Russian, and on paper."""

import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog

from dealer_desktop.core import i18n
from dealer_desktop.domain.enums import OrderLineKind, PaymentMeans
from dealer_desktop.ui.printing import PaperPreview
from tests.services.conftest import Shop
from tests.ui.desk import Desk

OLD_VIN = "XTA210990Y2765432"


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    """Before the window is made."""
    i18n.set_language("ru")
    yield
    i18n.set_language("en")


def press(desk: Desk, form: QDialog, name: str) -> None:
    desk.click(desk.find(QAbstractButton, name, form))
    desk.settle()


def add(desk: Desk, form: QDialog, kind: OrderLineKind, **typed: str) -> None:
    desk.choose(desk.find(QComboBox, "lineKind", form), kind)
    desk.put(form, **typed)
    press(desk, form, "addLineButton")


def read_back(desk: Desk, file: Path) -> str:
    """What another program reads from the paper that the preview shows, saved as a PDF."""
    paper = desk.dialog("printDialog")
    assert isinstance(paper, PaperPreview)
    desk.wait(lambda: paper.paper is not None, "the paper is drawn")
    paper.save(file)
    desk.wait(file.is_file, "the PDF is written")
    desk.settle()
    paper.reject()
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_extras_an_old_car_and_cash(russian: None, shop: Shop, desk: Desk, tmp_path: Path) -> None:
    shop.sql("UPDATE dealer SET uses_drawers = true")
    desk.wait(lambda: desk.window.context.dealer.uses_drawers, "the window knows of it")  # type: ignore[union-attr]
    car = shop.car(make="Kia", model="K5", price="2 000 000")

    # The morning's drawer.
    desk.show_tab("paymentsTab")
    desk.click(desk.find(QAbstractButton, "drawerButton"))
    drawer = desk.dialog("drawerDialog")
    desk.settle()
    desk.put(drawer, openingAmount="10 000", drawerName="Касса 1")
    press(desk, drawer, "openDrawerButton")
    drawer.reject()

    # The sale, with a deposit in cash.
    desk.go_to("cars", car.id)
    form = desk.start("sellCarAction", "newOrderDialog")
    desk.put(form, customerName="Пётр Иванов", customerPhone="8 912 345-67-89", firstPayment="100 000")
    desk.save(form)
    order = shop.one("SELECT id FROM orders")

    # What goes with the car.
    desk.go_to("orders", order)
    form = desk.start("linesAction", "orderLinesDialog")
    add(desk, form, OrderLineKind.ACCESSORY, lineTitle="Коврики", lineQuantity="2", lineAmount="12 500")
    add(desk, form, OrderLineKind.DISCOUNT, lineTitle="Постоянному покупателю", lineAmount="1 %", lineReason="третья")
    desk.save(form)
    assert shop.one("SELECT total_amount FROM orders") == Decimal(2_000_000 + 12_500 - 20_000)

    # The old car, with a loan still on it.
    form = desk.start("tradeInAction", "tradeInDialog")
    desk.put(form, vin=OLD_VIN, make="LADA", model="Vesta", year="2019", mileage="85 000", price="900 000")
    desk.put(form, allowed="800 000", payoff="150 000")
    desk.press_save(form)

    # The rest in cash: into the one drawer that is open.
    desk.go_to("orders", order)
    form = desk.start("takePaymentAction", "takePaymentDialog")
    desk.choose(desk.find(QComboBox, "paymentMethod", form), PaymentMeans.CASH)
    desk.save(form)
    paid = shop.sql("SELECT method::text, amount, drawer_id IS NOT NULL FROM payments ORDER BY id")
    rest = Decimal(1_992_500 - 100_000 - 650_000)
    assert paid == [("cash", 100_000, True), ("trade_in", 650_000, False), ("cash", rest, True)]
    assert shop.sql("SELECT status::text, total_amount - paid_total FROM orders") == [("paid", 0)]

    # The paper says all of it, and so does its database.
    desk.go_to("orders", order)
    desk.act("printOrderAction")
    words = read_back(desk, tmp_path / "order.pdf")
    for part in ("Пётр Иванов", "Коврики", "12 500,00", "20 000,00", "1 992 500,00", "650 000,00", OLD_VIN):
        assert part in words, (part, words)

    # Handed over; and the drawer closes with what is in it.
    form = desk.start("completeOrderAction", "completeOrderDialog")
    desk.save(form)
    assert shop.sql("SELECT o.status::text, c.status::text FROM orders o JOIN cars c ON c.id = o.car_id") == [
        ("completed", "sold")
    ]
    assert shop.sql("SELECT status::text, stay FROM cars WHERE vin = %s", OLD_VIN) == [("available", 1)]
    desk.show_tab("paymentsTab")
    desk.click(desk.find(QAbstractButton, "drawerButton"))
    drawer = desk.dialog("drawerDialog")
    desk.settle()
    counted = 10_000 + 100_000 + rest
    desk.put(drawer, countedAmount=str(counted))
    press(desk, drawer, "closeDrawerButton")
    desk.wait(lambda: shop.one("SELECT closed_at IS NOT NULL FROM drawers"), "the drawer is closed")
    assert shop.sql("SELECT counted_amount - expected_amount, z_number FROM drawers") == [(0, 1)]
    drawer.reject()
