"""The ways that a sale of the demo can go, and which are told when."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from random import Random
from typing import Any

from dealer_desktop.demo import people
from dealer_desktop.demo.play import Story
from dealer_desktop.demo.sales import CARD, CASH, LEASE, LOAN, Sale
from dealer_desktop.domain.enums import DeliveryStatus, PaymentMeans
from dealer_desktop.services.rows import DeliveryRow

Telling = Callable[[Sale], Generator[datetime, None, Any]]


def handed_over(sale: Sale) -> Story:
    """Deposit by card, the rest two days later, the keys in the showroom."""
    yield sale.when(0)
    sale.make(sale.random.choice((CASH, CARD)), discount=sale.random.choice((0, 0, 0, 2)))
    yield sale.when(0, 12)
    sale.deposit()
    yield sale.when(2)
    sale.pay(2, 0, sale.rest, CASH)
    yield sale.when(2, 70)
    sale.complete(2)


def traded_in(sale: Sale) -> Story:
    """The old car pays a part, cash the rest."""
    yield sale.when(0)
    sale.make(CASH)
    yield sale.when(0, 12)
    sale.deposit()
    yield sale.when(1, 15)
    car, allowed, payoff = people.OLD_CARS[sale.number % len(people.OLD_CARS)]
    # No car stands for more than half of the new one.
    allowed = min(allowed, (sale.total / 2 / 10_000).to_integral_value() * 10_000)
    sale.trade_in(1, 15, {**car, "vin": f"{car['vin']}{sale.number:03d}"}, allowed, min(payoff, allowed / 2))
    yield sale.when(2)
    sale.pay(2, 0, sale.rest, CASH)
    yield sale.when(2, 70)
    sale.complete(2)


def trade_in_agreed(sale: Sale) -> Story:
    """The customer's car comes with the keys of the new one; until then it is agreed."""
    yield sale.when(0)
    sale.make(CASH)
    yield sale.when(0, 12)
    sale.deposit(40)
    yield sale.when(0, 25)
    car = {**people.AGREED_CAR, "vin": f"{people.AGREED_CAR['vin']}{sale.number:05d}"}
    sale.agree_trade_in(0, 25, car, (sale.total / 3 / 10_000).to_integral_value() * 10_000)


def delivered(sale: Sale) -> Story:
    """Paid at once and brought to the door."""
    yield sale.when(0)
    sale.make(sale.habit, address=True, planned=5)
    yield sale.when(0, 12)
    sale.deposit(20)
    yield sale.when(1)
    sale.pay(1, 0, sale.rest, sale.habit)
    yield sale.when(1, 45)
    delivery = sale.schedule(1)
    yield sale.when(5)
    sale.advance(delivery, 5, 0, DeliveryStatus.IN_PROGRESS)
    yield sale.when(5, 150)
    sale.advance(delivery, 5, 150, DeliveryStatus.DELIVERED)


def on_loan(sale: Sale, method: PaymentMeans = LOAN) -> Story:
    """A first payment, the bank's decision, the bank's money, the keys."""
    yield sale.when(0)
    sale.make(method)
    yield sale.when(0, 12)
    sale.deposit(20, CASH)
    yield sale.when(2, 40)
    sale.process(2)
    yield sale.when(4)
    sale.pay(4, 0, sale.rest, method)
    yield sale.when(5, 70)
    sale.complete(5)


def leased(sale: Sale) -> Story:
    yield from on_loan(sale, LEASE)


def pending(sale: Sale) -> Story:
    """Made, and nothing paid yet."""
    yield sale.when(0)
    sale.make(sale.random.choice((CASH, CARD, LOAN)), address=bool(sale.number % 2), planned=6)


def in_installments(sale: Sale) -> Story:
    """A deposit, and the rest expected in two parts."""
    yield sale.when(0)
    sale.make(sale.habit)
    yield sale.when(0, 12)
    sale.deposit(15)
    yield sale.when(0, 20)
    half = (sale.rest / 2 / 1000).to_integral_value() * 1000
    sale.expect(0, half, due=7)
    yield sale.when(0, 21)
    sale.expect(0, sale.rest - half, due=21)


def installment_failed(sale: Sale) -> Story:
    """The first installment did not come; another one is expected."""
    yield sale.when(0)
    sale.make(sale.habit)
    yield sale.when(0, 12)
    sale.deposit(15)
    yield sale.when(0, 20)
    first = sale.expect(0, sale.rest, due=4)
    yield sale.when(5, 130)
    sale.fail_payment(first, 5)
    yield sale.when(6, 20)
    sale.expect(6, sale.rest, due=20)


def partly_refunded(sale: Sale) -> Story:
    """Half of a deposit given back."""
    yield sale.when(0)
    sale.make(CASH)
    yield sale.when(0, 12)
    deposit = sale.deposit(10)
    yield sale.when(1, 95)
    sale.refund(deposit, deposit.amount / 2, 1)


def paid(sale: Sale) -> Story:
    yield sale.when(0)
    sale.make(sale.habit)
    yield sale.when(0, 12)
    sale.deposit()
    yield sale.when(1)
    sale.pay(1, 0, sale.rest, sale.habit)


def preparing(sale: Sale) -> Generator[datetime, None, DeliveryRow]:
    """Paid, its delivery planned."""
    yield sale.when(0)
    sale.make(sale.habit, address=True, planned=9)
    yield sale.when(0, 12)
    sale.pay(0, 12, sale.total, sale.habit)
    yield sale.when(0, 45)
    return sale.schedule(0)


def waiting_for_the_bank(sale: Sale) -> Story:
    yield sale.when(0)
    sale.make(LOAN)
    yield sale.when(0, 12)
    sale.deposit(20, CASH)
    yield sale.when(1, 40)
    sale.process(1)


def on_the_way(sale: Sale) -> Story:
    delivery = yield from preparing(sale)
    yield sale.when(1)
    sale.advance(delivery, 1, 0, DeliveryStatus.IN_PROGRESS)


def second_try(sale: Sale) -> Story:
    """The first delivery failed, another is planned."""
    delivery = yield from preparing(sale)
    yield sale.when(2)
    sale.advance(delivery, 2, 0, DeliveryStatus.IN_PROGRESS)
    yield sale.when(2, 160)
    sale.advance(delivery, 2, 160, DeliveryStatus.FAILED, "Покупателя не было дома, перенесли")
    yield sale.when(3, 45)
    sale.schedule(3)


def canceled(sale: Sale) -> Story:
    yield sale.when(0)
    sale.make(CASH)
    yield sale.when(3, 80)
    sale.cancel(3, sale.number % len(people.CANCEL_REASONS))


def canceled_and_refunded(sale: Sale) -> Story:
    yield sale.when(0)
    sale.make(CASH)
    yield sale.when(0, 12)
    deposit = sale.deposit(10)
    yield sale.when(2, 80)
    sale.cancel(2, 0)
    yield sale.when(2, 95)
    sale.refund(deposit, deposit.amount, 2)


def canceled_with_money(sale: Sale) -> Story:
    """Canceled; the deposit is still to give back."""
    yield sale.when(0)
    sale.make(LOAN)
    yield sale.when(0, 12)
    sale.deposit(5)
    yield sale.when(2, 80)
    sale.cancel(2, 1)


def plan(random: Random) -> Iterator[tuple[Telling, int]]:
    """Which stories are told, and how many days ago each began, the oldest first."""
    finished = [handed_over] * 9 + [traded_in] * 3 + [delivered] * 9 + [on_loan] * 6 + [leased] * 2
    finished += [canceled] * 3 + [canceled_and_refunded] * 2
    random.shuffle(finished)
    for index, story in enumerate(finished):
        yield story, 118 - index * 3 - random.randint(0, 1)
    current: list[tuple[Telling, int]] = [
        (pending, 19),
        (installment_failed, 16),
        (in_installments, 11),
        (canceled_with_money, 10),
        (preparing, 8),
        (waiting_for_the_bank, 8),
        (canceled_with_money, 7),
        (second_try, 7),
        (trade_in_agreed, 6),
        (on_the_way, 6),
        (paid, 6),
        (waiting_for_the_bank, 5),
        (preparing, 5),
        (partly_refunded, 5),
        (on_the_way, 4),
        (paid, 4),
        (in_installments, 4),
        (pending, 4),
        (preparing, 4),
        (on_the_way, 3),
        (waiting_for_the_bank, 3),
        (paid, 3),
        (pending, 3),
        (in_installments, 3),
        (preparing, 2),
        (paid, 2),
        (on_the_way, 2),
        (pending, 2),
        (paid, 2),
        (preparing, 2),
        (in_installments, 1),
        (pending, 1),
        (preparing, 1),
        (pending, 1),
    ]
    yield from current
