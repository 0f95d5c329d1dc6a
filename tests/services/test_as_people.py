"""The services on the connections of people who are signed in: what each may is enough for the day's work."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import DealerError, NotAllowed
from dealer_desktop.core.person_errors import ManagerNeeded
from dealer_desktop.dao.lists import WINDOWS
from dealer_desktop.domain.periods import Days
from dealer_desktop.server.sign_in import with_login
from dealer_desktop.services import (
    Connections,
    another_car,
    cars,
    costs,
    deliveries,
    drawers,
    numbers,
    open_connections,
    orders,
    payment_plans,
    payments,
    profit,
    stories,
    tables,
    takings,
    users,
)
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import ChangePrices
from dealer_desktop.services.inputs.costs import CostInput
from dealer_desktop.services.inputs.deliveries import MoveDelivery
from dealer_desktop.services.inputs.payments import CorrectionInput, PaymentArrived, PaymentPlanInput
from dealer_desktop.services.inputs.people import UserInput
from tests.models.conftest import PASSWORD, Logins
from tests.services.conftest import Shop
from tests.services.test_another_car import change
from tests.services.test_drawers import close, move, open_one
from tests.services.test_orders import edit


@pytest.fixture
def at_work(database_url: str, shop: Shop) -> Iterator[Callable[[str], Shop]]:
    logins = Logins(database_url)
    opened: list[Connections] = []

    def sign_in(role: str) -> Shop:
        person = logins.person(role)
        opened.append(open_connections(with_login(database_url, person.login, PASSWORD)))
        theirs = Shop(opened[-1], person.connection)
        theirs._numbers = shop._numbers
        return theirs

    yield sign_in
    for connections in opened:
        connections.close()
    logins.close()


def test_a_salesperson_sells_a_car_from_the_list_to_the_keys(shop: Shop, at_work: Any) -> None:
    car, anna = shop.car(), at_work("salesperson")
    for window in WINDOWS:
        tables.first_page(anna.reader, tables.TableQuery(window.kind))
        tables.ids(anna.reader, tables.TableQuery(window.kind, search="анна"))
    order = anna.order(car_id=car.id, delivery_address="Казань")
    assert order.salesperson_name == "Salesperson"
    expected = anna.expect(order.id, 1000)
    assert expected.payment.status == "pending"
    order = anna.pay(order.id, order.total_amount).order
    delivery = anna.schedule(order.id)
    delivery = anna.advance(delivery.id, "in_progress")
    anna.advance(delivery.id, "delivered")
    assert anna.read_order(order.id).status == "completed"
    assert numbers.read(anna.reader, Days(date.today(), date.today())).now.available == 0
    anna.cancel(anna.order(car_id=shop.car().id).id)


def test_a_salesperson_is_told_what_a_managers_is(shop: Shop, at_work: Any) -> None:
    anna = at_work("salesperson")
    order = shop.paid_order()
    for act in (
        lambda: anna.car(),
        lambda: anna.order(car_id=shop.car().id, total_amount=1),
        lambda: anna.cancel(order.id),
    ):
        with pytest.raises(DealerError):
            act()
    customer = parse(UserInput, request_id=uuid4(), email="c@x.ru", full_name="Пётр")
    assert users.add(anna.maker, customer).role == "customer"
    with pytest.raises(DealerError):
        users.add(anna.maker, parse(UserInput, request_id=uuid4(), email="s@x.ru", full_name="Олег", role="admin"))


def test_a_manager_does_a_managers_day(at_work: Any) -> None:
    manager = at_work("manager")
    order = manager.order(total_amount=900_000)
    payment = manager.pay(order.id, 100_000).payment
    manager.refund(payment.id, 100_000)
    manager.cancel(order.id)
    paid = manager.paid_order()
    manager.step(orders.start_processing, paid.id)
    manager.step(orders.put_back, paid.id)


def test_a_salesperson_puts_an_order_right_and_reads_its_story(shop: Shop, at_work: Any) -> None:
    anna, other = at_work("salesperson"), shop.car(price=1_200_000)
    order = anna.order(car_id=shop.car().id)
    assert edit(anna, order, customer_phone="+7 916 000-11-22", delivery_address="Казань").delivery_address == "Казань"
    with pytest.raises(NotAllowed):
        edit(anna, anna.read_order(order.id), total_amount=900_000)
    made = another_car.take(anna.maker, change(order.id, other.id)).order
    assert (made.car_id, made.salesperson_name, made.customer_phone) == (other.id, "Salesperson", "+79160001122")
    assert {entry.actor for entry in stories.of_order(anna.reader, made.id).entries} == {"Salesperson"}
    assert "orders" in {entry.table_name for entry in cars.details(anna.reader, order.car_id).history}


def test_moving_money_with_another_car_and_several_prices_are_a_managers(shop: Shop, at_work: Any) -> None:
    anna, boss = at_work("salesperson"), at_work("manager")
    order, other = anna.order(car_id=shop.car().id), shop.car()
    anna.pay(order.id, 100_000)
    with pytest.raises(NotAllowed):
        another_car.take(anna.maker, change(order.id, other.id))
    assert (shop.read_order(order.id).status, shop.read_order(order.id).paid) == ("pending", 100_000)
    assert another_car.take(boss.maker, change(order.id, other.id)).order.paid == 100_000
    prices = {"prices": [{"car_id": other.id, "seen": other.price, "price": 900_000}]}
    with pytest.raises(NotAllowed):
        cars.change_prices(anna.maker, parse(ChangePrices, request_id=uuid4(), **prices))
    assert cars.change_prices(boss.maker, parse(ChangePrices, request_id=uuid4(), **prices)) == 1


def test_a_salesperson_plans_payments_puts_a_delivery_off_and_sees_the_takings(shop: Shop, at_work: Any) -> None:
    anna, boss = at_work("salesperson"), at_work("manager")
    order = anna.order(car_id=shop.car().id, delivery_address="Казань")
    parts = [{"amount": 400_000, "due_date": "2030-01-31"}, {"amount": 600_000, "due_date": "2030-02-28"}]
    plan = parse(PaymentPlanInput, request_id=uuid4(), order_id=order.id, planned=parts)
    first, _second = payment_plans.make(anna.maker, plan).payments
    arrived = parse(PaymentArrived, request_id=uuid4(), payment_id=first.id, amount=100_000)
    assert payments.mark_paid(anna.maker, arrived).order.expected == 900_000
    today = shop.one("SELECT dealer_today()")
    (line,) = takings.read(anna.reader, today, today).lines
    assert (line.person, line.total) == ("Salesperson", 100_000)
    wrong = parse(CorrectionInput, request_id=uuid4(), payment_id=first.id, amount=90_000)
    with pytest.raises(NotAllowed):
        payments.correct(anna.maker, wrong)
    payments.correct(boss.maker, wrong)
    anna.pay(order.id, 910_000)
    delivery = anna.schedule(order.id)
    moved = parse(MoveDelivery, request_id=uuid4(), delivery_id=delivery.id, delivery_date="2030-03-01")
    assert str(deliveries.move(anna.maker, moved).delivery_date) == "2030-03-01"


def test_costs_and_profit_are_the_managers(shop: Shop, at_work: Any) -> None:
    anna, boss, car = at_work("salesperson"), at_work("manager"), shop.car()
    given = parse(CostInput, request_id=uuid4(), car_id=car.id, kind="repair", amount="77")
    with pytest.raises(NotAllowed):
        costs.add(anna.maker, given)
    costs.add(boss.maker, given)
    today = date.today()
    for ask in (
        lambda: costs.of_car(anna.reader, car.id),
        lambda: profit.read(anna.reader, today, today),
    ):
        with pytest.raises(NotAllowed):
            ask()
    assert costs.of_car(boss.reader, car.id).total == 77
    assert profit.read(boss.reader, today, today).all.count == 0


def test_a_salesperson_keeps_the_own_drawer_and_a_manager_closes_any(shop: Shop, at_work: Any) -> None:
    shop.sql("UPDATE dealer SET uses_drawers = true")
    anna, oleg, manager = at_work("salesperson"), at_work("salesperson"), at_work("manager")
    hers, his = open_one(anna, "1").drawer, open_one(oleg, "2").drawer
    assert (hers.opened_by, drawers.chosen(drawers.open_ones(anna.reader), hers.opened_by_id)) == ("Salesperson", hers)
    anna.pay(anna.order(car_id=shop.car().id).id, 500, method="cash")
    move(anna, hers.id, 200, goes_in=False)
    with pytest.raises(ManagerNeeded):
        close(anna, his.id, 0)
    assert close(anna, hers.id, 1300).drawer.difference == 0
    assert close(manager, his.id, 1000).drawer.z_number == 2
    assert [row.z_number for row in drawers.overview(anna.reader).closed] == [2, 1]
