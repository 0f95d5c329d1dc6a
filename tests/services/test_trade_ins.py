"""Cars taken in payment: at once or agreed, corrected, given back, and taken back by their owners."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import BalanceExceeded, InvalidInput, MustStaySettled
from dealer_desktop.core.trade_in_errors import TradeInCarGone, TradeInRefused
from dealer_desktop.domain.enums import CarStatus, OrderStatus, PaymentMeans
from dealer_desktop.services import cars, costs, orders, payments, trade_ins
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.payments import CorrectionInput, MoveInput
from dealer_desktop.services.inputs.trade_ins import AgreedTradeIn, TradeInInput
from dealer_desktop.services.rows import AgreedCar
from dealer_desktop.services.trade_ins import TradeInReceipt

VIN = "XWEG341ADM0012873"


def entered(order_id: int, **typed: Any) -> TradeInInput:
    values = {
        "vin": VIN.lower(),
        "make": "Kia",
        "model": "K5",
        "year": 2018,
        "mileage": "85 тыс",
        "price": "700 000",
        "allowed": "600 000",
        "payoff": "150 000",
    }
    return parse(TradeInInput, request_id=uuid4(), order_id=order_id, **{**values, **typed})


def take(shop: Any, order_id: int, **typed: Any) -> TradeInReceipt:
    return trade_ins.take(shop.maker, entered(order_id, **typed))


def test_a_car_is_taken_in_payment_once(shop: Any) -> None:
    order = shop.order()
    given = entered(order.id)
    receipt = trade_ins.take(shop.maker, given)
    assert trade_ins.take(shop.maker, given) == receipt  # no answer came, and it was sent again
    assert (receipt.trade_in.allowed, receipt.trade_in.amount, receipt.order.balance) == (600_000, 450_000, 550_000)
    assert (receipt.car.vin, receipt.car.mileage, receipt.car.status) == (VIN, 85_000, CarStatus.AVAILABLE)
    assert costs.of_car(shop.reader, receipt.car.id).total == 600_000
    assert orders.details(shop.reader, order.id).trade_ins == (receipt.trade_in,)
    assert cars.details(shop.reader, receipt.car.id).trade_ins == (receipt.trade_in,)
    # The wife's car too, on the same order.
    second = take(shop, order.id, vin="JTNKA123456789012", allowed="200 000", payoff=None)
    assert (len(orders.details(shop.reader, order.id).trade_ins), second.order.balance) == (2, 350_000)


@pytest.mark.parametrize(("typed", "field"), [({"payoff": "600 000"}, "payoff"), ({"allowed": "0"}, "allowed")])
def test_a_payoff_is_below_what_is_allowed(typed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        entered(1, **typed)
    assert field in wrong.value.fields


def test_which_cars_are_refused_and_nothing_is_left_behind(shop: Any) -> None:
    order, other = shop.order(), shop.order()
    stock = shop.car()
    before = shop.sql("SELECT (SELECT count(*) FROM cars), (SELECT count(*) FROM payments)")
    sold_one = cars.details(shop.reader, order.car_id).car.vin
    ordered = cars.details(shop.reader, other.car_id).car.vin
    for vin, reason in ((sold_one, "being_sold"), (ordered, "ordered"), (stock.vin, "in_stock")):
        with pytest.raises(TradeInRefused) as refused:
            take(shop, order.id, vin=vin)
        assert refused.value.facts["reason"] == reason
        assert str(refused.value)
    with pytest.raises(BalanceExceeded):
        take(shop, order.id, allowed="1 150 000,01")
    assert shop.sql("SELECT (SELECT count(*) FROM cars), (SELECT count(*) FROM payments)") == before


def test_a_car_sold_here_comes_back_on_its_own_row(shop: Any) -> None:
    sold = shop.paid_order()
    shop.step(orders.complete, sold.id)
    vin = cars.details(shop.reader, sold.car_id).car.vin
    receipt = take(shop, shop.order().id, vin=vin, mileage=120_000)
    assert (receipt.car.id, receipt.car.mileage, receipt.car.days_in_stock) == (sold.car_id, 120_000, 0)
    assert costs.of_car(shop.reader, sold.car_id).stay == 2


def test_agreed_today_and_handed_over_at_the_delivery(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 550_000)
    agreed = parse(AgreedTradeIn, request_id=uuid4(), order_id=order.id, allowed="600000", payoff="150000")
    expected = trade_ins.agree(shop.maker, agreed)
    assert (expected.payment.amount, expected.order.agreed) == (450_000, 450_000)
    assert expected.payment.agreed == AgreedCar(allowed=Decimal(600_000), payoff=Decimal(150_000))
    processed = shop.step(orders.start_processing, order.id).order
    assert processed.status is OrderStatus.PROCESSING
    first = next(each for each in payments.of_order(shop.reader, order.id) if each.method is not PaymentMeans.TRADE_IN)
    with pytest.raises(MustStaySettled):
        shop.refund(first.id, 1)
    receipt = take(shop, order.id, payment_id=expected.payment.id)
    assert receipt.trade_in.payment_id == expected.payment.id
    assert receipt.order.is_settled
    assert shop.step(orders.complete, order.id).order.status is OrderStatus.COMPLETED


def test_an_agreement_keeps_what_was_said_of_the_car(shop: Any) -> None:
    order, stock = shop.order(), shop.car()
    said = {"vin": VIN, "make": "Kia", "year": "2018", "mileage": "85 тыс", "allowed": "600 000"}
    agreed = parse(AgreedTradeIn, request_id=uuid4(), order_id=order.id, **said)
    expected = trade_ins.agree(shop.maker, agreed).payment
    assert expected.agreed == AgreedCar(vin=VIN, make="Kia", year=2018, mileage=85_000, allowed=Decimal(600_000))
    # One that could not be taken as things stand is not agreed either.
    with pytest.raises(TradeInRefused):
        trade_ins.agree(shop.maker, agreed.model_copy(update={"request_id": uuid4(), "vin": stock.vin}))
    assert len(payments.of_order(shop.reader, order.id)) == 1
    # Other programs write there too.
    shop.sql("""UPDATE payments SET agreed_car = '{"make": ["x"], "year": "two", "mileage": 1e99, "model": 5}'""")
    (read,) = payments.of_order(shop.reader, order.id)
    assert (read.agreed, read.agreed_title) == (AgreedCar(model="5"), "5")


def test_one_that_was_entered_wrongly_is_corrected_while_its_car_is_there(shop: Any) -> None:
    order = shop.order()
    receipt = take(shop, order.id)

    def correct(payment_id: int, amount: Any, **typed: Any) -> payments.PaymentReceipt:
        given = parse(CorrectionInput, request_id=uuid4(), payment_id=payment_id, amount=amount, **typed)
        return payments.correct(shop.maker, given)

    corrected = correct(receipt.trade_in.payment_id, 400_000)
    assert costs.of_car(shop.reader, receipt.car.id).total == 550_000
    wrong, right = orders.details(shop.reader, order.id).trade_ins
    assert (wrong.counts, right.counts, right.payment_id) == (False, True, corrected.payment.id)
    # The money on the way back goes by the bank: no drawer has it.
    assert shop.sql("SELECT method::text FROM payments WHERE refund_of IS NOT NULL") == [("transfer",)]
    shop.order(car_id=receipt.car.id)
    with pytest.raises(TradeInCarGone):
        correct(corrected.payment.id, 300_000)
    assert correct(corrected.payment.id, 400_000, method="cash").payment.method is PaymentMeans.CASH


def test_its_owner_takes_the_car_back(shop: Any) -> None:
    order = shop.order()
    receipt = take(shop, order.id)
    back = shop.order(car_id=receipt.car.id)
    moved = payments.move(
        shop.maker, MoveInput(request_id=uuid4(), payment_id=receipt.trade_in.payment_id, order_id=back.id)
    )
    assert (moved.order.id, moved.payment.method, moved.order.paid) == (back.id, PaymentMeans.TRANSFER, 450_000)
    assert shop.read_order(order.id).paid == Decimal(0)


def test_given_back_in_money(shop: Any) -> None:
    receipt = take(shop, shop.order().id)
    given = shop.refund(receipt.trade_in.payment_id, 450_000, method="cash")
    assert given.payment.method is PaymentMeans.CASH
    assert cars.details(shop.reader, receipt.car.id).car.status is CarStatus.AVAILABLE  # the car stays ours
