"""The demo's orders, one function for each way that a sale can go."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from dealer_desktop.core.enums import DeliveryStatus, OrderStatus, PaymentMethod, PaymentType
from dealer_desktop.demo import people
from dealer_desktop.demo.play import Play, Story
from dealer_desktop.services import deliveries, orders, payments
from dealer_desktop.services.inputs import (
    CancelOrder,
    DeliveryStep,
    ExpectedPaymentInput,
    NewOrder,
    OrderStep,
    PaymentInput,
    PaymentStep,
    RefundInput,
    ScheduleDelivery,
)
from dealer_desktop.services.rows import DeliveryRow, OrderDetails, PaymentRow

CASH, CARD, LOAN, LEASE = PaymentMethod.CASH, PaymentMethod.CARD, PaymentMethod.LOAN, PaymentMethod.LEASE


@dataclass
class Sale:
    """What a story needs: who buys which car from whom, and when it began."""

    play: Play
    random: Random
    number: int
    days: int
    """How long ago the order was made."""
    minutes: int
    """After nine o'clock."""
    car_id: Callable[[], int]
    """Known once the car has arrived."""
    price: Decimal
    buyer: dict[str, Any]
    seller: Callable[[], int]
    order_id: int = 0
    total: Decimal = Decimal(0)
    rest: Decimal = Decimal(0)
    """What is still to pay; counted here, since a demo that is carried on would find later money in the database."""

    def when(self, later: int, minutes: int = 0) -> datetime:
        """``later`` days after the order, some ``minutes`` after its time of day."""
        return self.play.moment(self.days - later, self.minutes + minutes)

    # -- steps -----------------------------------------------------------------------------------------------------

    def make(self, method: PaymentMethod = CASH, *, address: bool = False, planned: int = 7, discount: int = 0) -> None:
        when = self.when(0)
        where = people.STREETS[self.number % len(people.STREETS)] if address else None
        total = self.price * (100 - discount) / 100
        details = self.play.do(
            when,
            orders.make,
            NewOrder,
            car_id=self.car_id(),
            payment_method=method,
            total_amount=(total / 5000).to_integral_value() * 5000 if discount else None,
            delivery_address=where,
            delivery_date=self.when(planned).date() if address else None,
            salesperson_id=self.seller(),
            **self.buyer,
        )
        self.order_id, self.total = details.order.id, details.order.total_amount
        self.rest = self.total
        self.play.dates.set("orders", self.order_id, when, "created_at", "updated_at")
        self._touch(when)

    def pay(
        self, later: int, minutes: int, amount: Decimal, method: PaymentMethod, kind: PaymentType = PaymentType.FULL
    ) -> PaymentRow:
        when = self.when(later, minutes)
        by_card = method is not CASH
        receipt = self.play.do(
            when,
            payments.take,
            PaymentInput,
            order_id=self.order_id,
            amount=amount,
            payment_type=kind,
            method=method,
            transaction_id=f"{when:%d%m}-{self.number:02d}{later:02d}-{minutes % 100:02d}" if by_card else None,
            paid_at=when,
        )
        self.rest -= amount
        self.play.dates.set("payments", receipt.payment.id, when)
        self._touch(when)
        return receipt.payment

    @property
    def habit(self) -> PaymentMethod:
        """How this buyer pays who pays without a bank."""
        return CASH if self.number % 3 == 1 else CARD

    def deposit(self, share: int = 10, method: PaymentMethod | None = None) -> PaymentRow:
        """``share`` percent of the total, in round thousands."""
        amount = (self.total * share / 100 / 10_000).to_integral_value() * 10_000
        return self.pay(0, 12, amount, method or self.habit, PaymentType.DEPOSIT)

    def expect(self, later: int, amount: Decimal, due: int) -> PaymentRow:
        """An installment due ``due`` days after the order."""
        when = self.when(later, 20)
        receipt = self.play.do(
            when,
            payments.expect,
            ExpectedPaymentInput,
            order_id=self.order_id,
            amount=amount,
            due_date=(when + timedelta(days=due - later)).date(),
        )
        self.play.dates.set("payments", receipt.payment.id, when)
        self._touch(when)
        return receipt.payment

    def refund(self, payment: PaymentRow, amount: Decimal, later: int) -> None:
        when = self.when(later, 95)
        receipt = self.play.do(
            when,
            payments.refund,
            RefundInput,
            payment_id=payment.id,
            amount=amount,
            transaction_id=None if payment.method is CASH else f"{when:%d%m}-R{self.number:02d}",
            paid_at=when,
        )
        self.rest += amount
        self.play.dates.set("payments", receipt.payment.id, when)
        self._touch(when)

    def process(self, later: int) -> None:
        self._step(orders.start_processing, OrderStep, later, 40)

    def complete(self, later: int, minutes: int = 70) -> None:
        when = self._step(orders.complete, OrderStep, later, minutes)
        self.play.dates.set("orders", self.order_id, when, "completed_at")

    def cancel(self, later: int, reason: int) -> None:
        self._step(orders.cancel, CancelOrder, later, 80, reason=people.CANCEL_REASONS[reason])

    def schedule(self, later: int) -> DeliveryRow:
        when = self.when(later, 45)
        delivery = self.play.do(
            when,
            deliveries.schedule,
            ScheduleDelivery,
            order_id=self.order_id,
            delivery_address=people.STREETS[self.number % len(people.STREETS)],
            tracking_number=f"МР-{1200 + self.number}" if self.number % 3 else None,
        )
        self.play.dates.set("deliveries", delivery.id, when)
        self._touch(when)
        return delivery

    def advance(
        self, delivery: DeliveryRow, later: int, minutes: int, status: DeliveryStatus, reason: str = ""
    ) -> None:
        when = self.when(later, minutes)
        done = self.play.do(
            when,
            deliveries.advance,
            DeliveryStep,
            delivery_id=delivery.id,
            status=status,
            reason=reason or None,
            delivered_at=when if status is DeliveryStatus.DELIVERED else None,
        )
        self._touch(when)
        if done.order_status is OrderStatus.COMPLETED:
            self.play.dates.set("orders", self.order_id, when, "completed_at")
        elif status is DeliveryStatus.DELIVERED:
            self.complete(later, minutes)

    def fail_payment(self, payment: PaymentRow, later: int) -> None:
        when = self.when(later, 130)
        self.play.do(when, payments.mark_failed, PaymentStep, payment_id=payment.id)
        self._touch(when)

    def _step(
        self, service: Callable[..., OrderDetails], model: Any, later: int, minutes: int, **values: Any
    ) -> datetime:
        when = self.when(later, minutes)
        self.play.do(when, service, model, order_id=self.order_id, **values)
        self._touch(when)
        return when

    def _touch(self, when: datetime) -> None:
        self.play.dates.set("orders", self.order_id, when, "updated_at")
        self.play.dates.set("cars", self.car_id(), when, "updated_at")


Telling = Callable[[Sale], Generator[datetime, None, Any]]


# -- stories ----------------------------------------------------------------------------------------------------------


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


def on_loan(sale: Sale, method: PaymentMethod = LOAN) -> Story:
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
    finished = [handed_over] * 12 + [delivered] * 9 + [on_loan] * 6 + [leased] * 2
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
        (in_installments, 6),
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
