"""What an order holds besides its car, through the services: one form, one transaction, and what follows from it."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import BalanceExceeded, DeliveryOpen, FinalRecord, InvalidInput, WrongMove
from dealer_desktop.core.line_errors import LinesChanged, NothingLeftForCar
from dealer_desktop.domain.enums import OrderLineKind, OrderStatus, PaymentMeans, PaymentStatus
from dealer_desktop.services import order_lines, orders
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.order_lines import ChangeLines, TypedLine
from dealer_desktop.services.inputs.orders import NewOrder
from dealer_desktop.services.rows import OrderDetails, OrderLineRow

MATS = {"kind": "accessory", "title": "Коврики", "amount": "12 500", "quantity": "1"}
ALARM = {"kind": "service", "title": "Установка сигнализации", "amount": "30 000,50", "quantity": "1,5"}
DISCOUNT = {"kind": "discount", "title": "Скидка", "amount": "50 000", "reason": "постоянный покупатель"}


def kept(line: OrderLineRow, **changed: Any) -> dict[str, Any]:
    """A line as the form hands it over that did not touch it, or changed some of it."""
    values = {name: getattr(line, name) for name in ("id", "version", "kind", "title", "quantity", "reason")}
    return {**values, "amount": abs(line.amount), **changed}


def change(shop: Any, shown: OrderDetails, *lines: dict[str, Any], **given: Any) -> OrderDetails:
    values = {"request_id": uuid4(), "opened": [(line.id, line.version) for line in shown.lines], **given}
    return order_lines.change(shop.maker, parse(ChangeLines, order_id=shown.order.id, lines=lines, **values))


def shown(shop: Any, order: Any) -> OrderDetails:
    return orders.details(shop.reader, order.id)


def test_lines_are_added_changed_and_removed_in_one_step(shop: Any) -> None:
    first = change(shop, shown(shop, shop.order()), MATS, ALARM, DISCOUNT)
    assert [(line.kind, line.amount, line.quantity) for line in first.lines] == [
        (OrderLineKind.SERVICE, Decimal("30000.50"), Decimal("1.5")),
        (OrderLineKind.ACCESSORY, 12_500, 1),
        (OrderLineKind.DISCOUNT, -50_000, 1),
    ]
    order = first.order
    assert (order.total_amount, order.lines_total, order.left_for_car) == (
        Decimal("992500.50"), Decimal("-7499.50"), 1_000_000
    )  # fmt: skip
    assert (order.discounts, first.lines[2].reason) == (-50_000, "постоянный покупатель")
    alarm, _mats, discount = first.lines
    second = change(shop, first, kept(alarm, amount=40_000), kept(discount), {**MATS, "title": "Сетка"})
    assert [(line.title, line.amount) for line in second.lines] == [
        ("Установка сигнализации", 40_000), ("Скидка", -50_000), ("Сетка", 12_500)
    ]  # fmt: skip
    assert second.order.total_amount == 1_002_500
    assert second.lines[1] == discount, "what was not touched is not written"
    assert change(shop, second).order.total_amount == 1_000_000


def test_saving_twice_adds_once(shop: Any) -> None:
    wanted = parse(ChangeLines, request_id=uuid4(), order_id=shop.order().id, lines=[MATS])
    assert order_lines.change(shop.maker, wanted) == order_lines.change(shop.maker, wanted)
    assert shop.one("SELECT count(*) FROM order_lines") == 1


def test_an_expected_payment_that_fits_in_the_end_stays(shop: Any) -> None:
    first = change(shop, shown(shop, shop.order()), MATS)
    shop.pay(first.order.id, 1_000_000)
    shop.expect(first.order.id, 12_500)
    paid = change(shop, shown(shop, first.order), {**MATS, "title": "Сетка"})
    assert [payment.status for payment in paid.payments] == [PaymentStatus.PAID, PaymentStatus.PENDING]
    settled = change(shop, paid)
    assert settled.order.status is OrderStatus.PAID
    assert settled.payments[1].status is PaymentStatus.FAILED


def test_two_people_change_lines(shop: Any) -> None:
    opened = change(shop, shown(shop, shop.order()), MATS, ALARM)
    alarm, mats = opened.lines
    change(shop, opened, kept(alarm), kept(mats, amount=1), ALARM)
    # What the other one left alone, and what he added, stays out of the way.
    mine = change(shop, opened, kept(alarm, title="Сигнализация"), kept(mats, amount=1))
    assert [line.title for line in mine.lines] == ["Сигнализация", "Коврики", "Установка сигнализации"]
    for lines in ([kept(mats, amount=2), kept(alarm)], [kept(alarm, amount=7), kept(mats)], [kept(mats)]):
        with pytest.raises(LinesChanged):
            change(shop, opened, *lines)
    shop.sql("DELETE FROM order_lines")
    with pytest.raises(LinesChanged):
        change(shop, opened, kept(mats, amount=2))
    assert change(shop, opened).lines == (), "both removed it"


def test_when_lines_stay(shop: Any) -> None:
    order = shop.paid_order()
    before = shown(shop, order)
    shop.schedule(order.id)
    with pytest.raises(DeliveryOpen):
        change(shop, before, MATS)
    ready = shop.paid_order()
    before = shown(shop, ready)
    shop.sql("UPDATE orders SET status = 'processing' WHERE id = %s", ready.id)
    with pytest.raises(WrongMove):
        change(shop, before, MATS)
    shop.sql("UPDATE orders SET status = 'completed' WHERE id = %s", ready.id)
    with pytest.raises(FinalRecord):
        change(shop, before, MATS)


def test_something_is_left_for_the_car(shop: Any) -> None:
    before = shown(shop, shop.order())
    for lines in ([{**DISCOUNT, "amount": 1_000_000}], [ALARM, DISCOUNT, {**DISCOUNT, "amount": 950_000}]):
        with pytest.raises(NothingLeftForCar, match="below 1"):
            change(shop, before, *lines)
    with pytest.raises(NothingLeftForCar):
        shop.order(lines=[{**DISCOUNT, "amount": 1_000_000}])
    assert shop.one("SELECT count(*) FROM order_lines") == 0


def test_a_new_order_with_lines_and_a_payment_of_all(shop: Any) -> None:
    made = shop.order(lines=[DISCOUNT, MATS], first_payment="962 500")
    assert (made.total_amount, made.balance, made.status) == (962_500, 0, OrderStatus.PAID)
    with pytest.raises(InvalidInput):
        shop.order(lines=[MATS], first_payment="1 012 501")
    with pytest.raises(BalanceExceeded):
        shop.pay(made.id, 1)
    again = parse(NewOrder, **shop.order_input(lines=[MATS]).model_dump())
    assert orders.make(shop.maker, again) == orders.make(shop.maker, again)


def test_titles_are_known_with_their_last_price(shop: Any) -> None:
    first = change(shop, shown(shop, shop.order()), MATS, ALARM)
    change(shop, shown(shop, shop.order()), {**MATS, "title": "КОВРИКИ", "amount": 15_000, "quantity": 2}, DISCOUNT)
    assert first.lines
    known = order_lines.known(shop.reader, OrderLineKind.ACCESSORY, "ковр")
    assert [(line.title, line.amount, line.quantity) for line in known] == [("КОВРИКИ", 15_000, 2)]
    assert order_lines.known(shop.reader, OrderLineKind.ACCESSORY, "сиг") == ()
    assert [line.title for line in order_lines.known(shop.reader, OrderLineKind.DISCOUNT, "")] == ["Скидка"]
    assert order_lines.known(shop.reader, OrderLineKind.ACCESSORY, "100%_") == ()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"amount": "0"}, "amount"),
        ({"amount": "даром"}, "amount"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "много"}, "quantity"),
        ({"quantity": "1,2345"}, "quantity"),
        ({"kind": "discount"}, "reason"),
        ({"kind": "gift"}, "kind"),
    ],
)
def test_what_is_wrong_with_a_line(typed: dict[str, Any], wrong: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(TypedLine, request_id=uuid4(), **{**MATS, **typed})
    assert set(caught.value.fields) == {wrong}


def test_a_transfer_has_its_account_day_and_number(shop: Any) -> None:
    order = shop.order()
    taken = shop.pay(order.id, 5, method="transfer", transaction_id="№ 17 от 24.11.2026, 40702810900000012345")
    assert taken.payment.method is PaymentMeans.TRANSFER
    assert taken.payment.transaction_id == "40702810900000012345 24.11.2026 № 17"
    assert shop.pay(order.id, 5, method="card", transaction_id="№ 17 от 24.11.2026").payment.transaction_id == (
        "№ 17 от 24.11.2026"
    )
