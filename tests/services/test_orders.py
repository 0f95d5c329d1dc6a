"""An order's life through the services: each step, and each refusal."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.customer_errors import AccountDiffers, AnotherAccount
from dealer_desktop.core.errors import (
    CarNotAvailable,
    Conflict,
    DeliveryOpen,
    FinalRecord,
    InvalidInput,
    NeedsDelivery,
    NotFound,
    NotSettled,
    TotalRaised,
    WrongMove,
)
from dealer_desktop.domain.enums import CarStatus, DeliveryStatus, OrderStatus, PaymentMethod, PaymentStatus
from dealer_desktop.services import cars, customers, orders, users
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarStep, HoldCar
from dealer_desktop.services.inputs.customers import CustomerInput
from dealer_desktop.services.inputs.orders import EditOrder
from dealer_desktop.services.inputs.people import UserInput
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import OrderRow


def edit(shop: Any, opened: OrderRow, **changes: Any) -> OrderRow:
    names = (
        "customer_name",
        "customer_phone",
        "customer_email",
        "payment_method",
        "total_amount",
        "delivery_address",
        "delivery_date",
        "user_id",
        "salesperson_id",
    )
    values = {name: getattr(opened, name) for name in names}
    change = parse(
        EditOrder,
        request_id=uuid4(),
        order_id=opened.id,
        version=opened.version,
        opened=values,
        **{**values, **changes},
    )
    return orders.edit(shop.maker, change).order


def test_a_sale_reserves_the_car(shop: Any) -> None:
    car = shop.car(price="1 234 567,50")
    made = orders.make(shop.maker, shop.order_input(car_id=car.id, customer_email="Anna@Example.ru"))
    assert made.order.status is OrderStatus.PENDING
    assert made.order.total_amount == Decimal("1234567.50") == made.order.balance_due
    assert made.order.customer_phone == "+79123456789"
    assert made.car.status is CarStatus.RESERVED
    assert (made.car.order_id, made.car.order_by) == (made.order.id, "Анна Петрова")
    assert made.payments == made.deliveries == ()
    assert orders.details(shop.reader, made.order.id) == made


def test_a_car_is_sold_once(shop: Any) -> None:
    seller = users.add(
        shop.maker,
        parse(UserInput, request_id=uuid4(), email="ivan@dealer.ru", full_name="Иван Сидоров", role="salesperson"),
    )
    first = shop.order(salesperson_id=seller.id)
    with pytest.raises(CarNotAvailable) as refused:
        shop.order(car_id=first.car_id)
    assert str(refused.value) == (
        f"This car was just reserved by Иван Сидоров (order {first.id}). Choose another car or open the order."
    )
    assert shop.one("SELECT count(*) FROM orders") == 1


def test_a_sold_car_is_not_sold(shop: Any) -> None:
    car = shop.car()
    cars.mark_sold(shop.maker, CarStep(request_id=uuid4(), car_id=car.id))
    with pytest.raises(CarNotAvailable, match="is sold"):
        shop.order(car_id=car.id)


def test_a_held_car_is_sold_and_its_hold_ends(shop: Any) -> None:
    car = shop.car()
    cars.hold(shop.maker, parse(HoldCar, request_id=uuid4(), car_id=car.id, hold_note="Борис", held_until="2030-01-01"))
    shop.order(car_id=car.id)
    found = cars.details(shop.reader, car.id).car
    assert (found.status, found.hold_note, found.held_until) == (CarStatus.RESERVED, None, None)


def test_a_car_without_a_price_needs_a_total(shop: Any) -> None:
    car = shop.car(price=0)
    with pytest.raises(InvalidInput) as refused:
        shop.order(car_id=car.id)
    assert set(refused.value.fields) == {"total_amount"}
    assert shop.order(car_id=car.id, total_amount=5).total_amount == 5


def test_what_is_not_there(shop: Any) -> None:
    with pytest.raises(NotFound):
        shop.order(car_id=10**9)
    with pytest.raises(NotFound):
        shop.order(user_id=10**9)
    with pytest.raises(NotFound):
        orders.details(shop.reader, 10**9)
    with pytest.raises(NotFound):
        shop.cancel(10**9)


def test_handed_over_in_the_showroom(shop: Any) -> None:
    order = shop.paid_order()
    assert order.status is OrderStatus.PAID
    done = shop.step(orders.complete, order.id)
    assert done.order.status is OrderStatus.COMPLETED
    assert done.order.completed_at is not None
    assert done.car.status is CarStatus.SOLD
    with pytest.raises(FinalRecord):
        shop.cancel(order.id)
    with pytest.raises(FinalRecord):
        shop.step(orders.complete, order.id)


def test_completing_asks_for_the_money_first(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 400_000)
    with pytest.raises(NotSettled, match=r"600,000\.00\s₽"):
        shop.step(orders.complete, order.id)


def test_an_order_with_an_address_is_completed_by_its_delivery(shop: Any) -> None:
    order = shop.paid_order(delivery_address="Казань")
    with pytest.raises(NeedsDelivery):
        shop.step(orders.complete, order.id)
    delivery = shop.schedule(order.id)
    with pytest.raises(DeliveryOpen):
        shop.step(orders.complete, order.id)
    shop.advance(delivery.id, "in_progress")
    assert shop.read_order(order.id).status is OrderStatus.IN_DELIVERY
    shop.advance(delivery.id, "delivered")
    assert shop.read_order(order.id).status is OrderStatus.COMPLETED


def test_processing_needs_money_or_a_bank(shop: Any) -> None:
    with pytest.raises(NotSettled):
        shop.step(orders.start_processing, shop.order().id)
    loan = shop.order(payment_method="loan")
    started = shop.step(orders.start_processing, loan.id).order
    assert started.status is OrderStatus.PROCESSING
    with pytest.raises(WrongMove, match="Processing"):
        shop.step(orders.start_processing, loan.id)
    assert shop.step(orders.put_back, loan.id).order.status is OrderStatus.PENDING
    paid = shop.paid_order()
    shop.step(orders.start_processing, paid.id)
    assert shop.step(orders.put_back, paid.id).order.status is OrderStatus.PAID
    with pytest.raises(WrongMove):
        shop.step(orders.put_back, paid.id)


def test_an_order_with_an_open_delivery_is_not_put_back(shop: Any) -> None:
    order = shop.paid_order()
    shop.schedule(order.id)
    with pytest.raises(DeliveryOpen):
        shop.step(orders.put_back, order.id)


def test_canceling_frees_the_car_and_ends_what_was_planned(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 300_000)
    shop.expect(order.id, 100_000)
    canceled = shop.cancel(order.id, "нашёл другую")
    assert canceled.order.status is OrderStatus.CANCELED
    assert canceled.order.cancel_reason == "нашёл другую"
    assert canceled.order.to_give_back == 300_000
    assert canceled.order.balance_due == 0
    assert canceled.car.status is CarStatus.AVAILABLE
    assert [payment.status for payment in canceled.payments] == [PaymentStatus.PAID, PaymentStatus.FAILED]
    assert shop.order(car_id=order.car_id).status is OrderStatus.PENDING


def test_canceling_on_the_way_fails_the_delivery(shop: Any) -> None:
    order = shop.paid_order()
    delivery = shop.schedule(order.id)
    shop.advance(delivery.id, "in_progress")
    canceled = shop.cancel(order.id)
    assert canceled.order.status is OrderStatus.CANCELED
    assert canceled.deliveries[0].status is DeliveryStatus.FAILED
    assert canceled.deliveries[0].failure_reason


# -- editing ----------------------------------------------------------------------------------------------------------


def test_editing_saves_what_changed(shop: Any) -> None:
    order = shop.order()
    changed = edit(shop, order, customer_name="Анна Иванова", payment_method="loan", total_amount="900 000")
    assert changed.customer_name == "Анна Иванова"
    assert changed.payment_method is PaymentMethod.LOAN
    assert changed.total_amount == 900_000


def test_a_total_is_never_raised(shop: Any) -> None:
    with pytest.raises(TotalRaised):
        edit(shop, shop.order(), total_amount="1 000 001")


def test_a_lower_total_settles_the_order(shop: Any) -> None:
    order = shop.order()
    shop.pay(order.id, 900_000)
    changed = edit(shop, shop.read_order(order.id), total_amount=900_000)
    assert changed.status is OrderStatus.PAID


def test_what_no_longer_changes(shop: Any) -> None:
    order = shop.paid_order()
    shop.step(orders.start_processing, order.id)
    with pytest.raises(WrongMove):
        edit(shop, shop.read_order(order.id), payment_method="loan")
    edit(shop, shop.read_order(order.id), delivery_address="Уфа")
    delivery = shop.schedule(order.id, delivery_address=None)
    shop.advance(delivery.id, "in_progress")
    with pytest.raises(WrongMove):
        edit(shop, shop.read_order(order.id), delivery_address="Пермь")
    shop.cancel(order.id)
    with pytest.raises(FinalRecord):
        edit(shop, shop.read_order(order.id), customer_name="X")


def test_a_trigger_that_touched_the_order_is_no_conflict(shop: Any) -> None:
    opened = shop.order()
    shop.pay(opened.id, 100)
    assert edit(shop, opened, customer_name="Анна Иванова").customer_name == "Анна Иванова"


def test_two_people_change_different_fields(shop: Any) -> None:
    opened = shop.order()
    edit(shop, opened, customer_name="Анна Иванова")
    both = edit(shop, opened, delivery_address="Казань")
    assert (both.customer_name, both.delivery_address) == ("Анна Иванова", "Казань")


def test_two_people_change_the_same_field(shop: Any) -> None:
    opened = shop.order()
    edit(shop, opened, customer_name="Анна Иванова")
    with pytest.raises(Conflict) as refused:
        edit(shop, opened, customer_name="Анна Смирнова", delivery_address="Казань")
    assert refused.value.theirs == {"customer_name": "Анна Иванова"}
    assert refused.value.mine == {"customer_name": "Анна Смирнова"}
    now = shop.read_order(opened.id)
    assert refused.value.version == now.version
    assert now.delivery_address is None, "nothing of a refused save is written"


def test_two_people_change_the_same_field_alike(shop: Any) -> None:
    opened = shop.order()
    edit(shop, opened, customer_name="Анна Иванова")
    assert edit(shop, opened, customer_name="Анна Иванова").customer_name == "Анна Иванова"


# -- what the screens ask beforehand ----------------------------------------------------------------------------------


def test_why_not_agrees_with_the_services(shop: Any) -> None:
    """For an order in each status: what ``why_not`` allows the service does, what it refuses the service refuses."""
    functions = {
        Step.START_PROCESSING: orders.start_processing,
        Step.PUT_BACK: orders.put_back,
        Step.COMPLETE: orders.complete,
    }

    def pending() -> OrderRow:
        return shop.order()

    def loan() -> OrderRow:
        return shop.order(payment_method="loan")

    def paid() -> OrderRow:
        return shop.paid_order()

    def addressed() -> OrderRow:
        return shop.paid_order(delivery_address="Казань")

    def processing() -> OrderRow:
        return shop.step(orders.start_processing, paid().id).order

    def scheduled() -> OrderRow:
        order = paid()
        shop.schedule(order.id)
        return shop.read_order(order.id)

    def on_its_way() -> OrderRow:
        order = paid()
        shop.advance(shop.schedule(order.id).id, "in_progress")
        return shop.read_order(order.id)

    def completed() -> OrderRow:
        return shop.step(orders.complete, paid().id).order

    def canceled() -> OrderRow:
        return shop.cancel(paid().id).order

    for state in (pending, loan, paid, addressed, processing, scheduled, on_its_way, completed, canceled):
        for step, function in functions.items():
            order = state()
            if why_not(step, order) is None:
                shop.step(function, order.id)
            else:
                with pytest.raises(Exception, match=r".+") as refused:
                    shop.step(function, order.id)
                assert refused.type.__module__ == "dealer_desktop.core.errors", (state.__name__, step)


# -- whose order it is, once it is edited -----------------------------------------------------------------------------


def account(shop: Any, name: str, **typed: str) -> int:
    given = parse(CustomerInput, request_id=uuid4(), full_name=name, **typed)
    return customers.add(shop.maker, given).id


def test_what_differs_from_the_account_is_told_once_and_only_of_what_was_changed(shop: Any) -> None:
    opened = shop.order(customer_name="Анна")
    with pytest.raises(AccountDiffers) as asked:
        edit(shop, opened, customer_phone="+79160001122", asks=True)
    assert asked.value.facts["differing"] == {"phone": "+79160001122"}
    now = edit(shop, opened, customer_phone="+79160001122", asks=False)
    assert now.customer_phone == "+79160001122"
    assert shop.one("SELECT phone FROM users WHERE id = %s", opened.user_id) == "+79123456789"
    again = edit(shop, now, delivery_address="Kazan", asks=True)
    assert again.delivery_address == "Kazan", "a phone of this order only is not asked about again"
    edit(shop, again, customer_phone="+79160001133", also_account=True)
    assert shop.one("SELECT phone FROM users WHERE id = %s", opened.user_id) == "+79160001133"


def test_a_phone_that_is_known_of_somebody_else_is_asked_about(shop: Any) -> None:
    opened = shop.order()
    vera = account(shop, "Вера", phone="+79160001122")
    with pytest.raises(AnotherAccount) as asked:
        edit(shop, opened, customer_phone="+79160001122", asks=True)
    assert (asked.value.facts["theirs"].id, asked.value.facts["named"].id) == (opened.user_id, vera)
    with pytest.raises(AccountDiffers):
        edit(shop, opened, customer_phone="+79160001122", asks=True, is_theirs=True)
    moved = edit(shop, opened, customer_name="Вера", customer_phone="+79160001122", user_id=vera, asks=True)
    assert (moved.user_id, moved.customer_name) == (vera, "Вера")


def test_an_edit_of_an_order_whose_account_was_merged_meanwhile_goes_on(shop: Any) -> None:
    opened = shop.order()
    stays = account(shop, "Анна Петрова", phone="+79160001122")
    shop.sql("SELECT customers_merge(%s, %s)", opened.user_id, stays)
    saved = edit(shop, opened, delivery_address="Kazan", asks=True)
    assert (saved.user_id, saved.delivery_address) == (stays, "Kazan")
