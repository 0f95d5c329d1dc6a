"""One sale of the demo, step by step: each step is a service called as at its moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from dealer_desktop.demo import catalogue, people
from dealer_desktop.demo.play import Play
from dealer_desktop.domain.enums import DeliveryStatus, OrderLineKind, OrderStatus, PaymentMeans, PaymentType
from dealer_desktop.services import deliveries, orders, payments, trade_ins
from dealer_desktop.services.inputs.deliveries import DeliveryStep, ScheduleDelivery
from dealer_desktop.services.inputs.orders import CancelOrder, NewOrder, OrderStep
from dealer_desktop.services.inputs.payments import ExpectedPaymentInput, PaymentInput, PaymentStep, RefundInput
from dealer_desktop.services.inputs.trade_ins import AgreedTradeIn, TradeInInput
from dealer_desktop.services.rows import DeliveryRow, OrderDetails, PaymentRow

CASH, CARD, LOAN, LEASE = PaymentMeans.CASH, PaymentMeans.CARD, PaymentMeans.LOAN, PaymentMeans.LEASE
TRANSFER = PaymentMeans.TRANSFER


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

    def make(self, method: PaymentMeans = CASH, *, address: bool = False, planned: int = 7, discount: int = 0) -> None:
        when = self.when(0)
        where = people.STREETS[self.number % len(people.STREETS)] if address else None
        details = self.play.do(
            when,
            orders.make,
            NewOrder,
            car_id=self.car_id(),
            payment_method=(CASH if method is TRANSFER else method).value,
            lines=[*self._extras(), *self._discount(discount)],
            delivery_address=where,
            delivery_date=self.when(planned).date() if address else None,
            salesperson_id=self.seller(),
            **self.buyer,
        )
        self.order_id, self.total = details.order.id, details.order.total_amount
        self.rest = self.total
        self.play.dates.set("orders", self.order_id, when, "created_at", "updated_at")
        for line in details.lines:
            self.play.dates.set("order_lines", line.id, when)
        account = details.order.user_id
        if account is not None and account not in self.play.dates.rows["users", "created_at"]:
            # The customer became known with this order.
            self.play.dates.set("users", account, when, "created_at", "updated_at")
        self._touch(when)

    def _extras(self) -> list[dict[str, Any]]:
        """What every second buyer takes with the car."""
        if self.number % 2:
            return []
        kinds = ("kind", "title", "quantity", "amount")
        first = self.number // 2 % len(catalogue.EXTRAS)
        chosen = (catalogue.EXTRAS * 2)[first : first + 1 + self.number % 3]
        return [dict(zip(kinds, extra, strict=True)) for extra in chosen]

    def _discount(self, percent: int) -> list[dict[str, Any]]:
        """In round thousands, with the reason that the manager was told."""
        amount = (self.price * percent / 100 / 1000).to_integral_value() * 1000
        reason = catalogue.DISCOUNT_REASONS[self.number % len(catalogue.DISCOUNT_REASONS)]
        line = {"kind": OrderLineKind.DISCOUNT, "title": catalogue.DISCOUNT, "amount": amount, "reason": reason}
        return [line] if amount > 0 else []

    def pay(
        self, later: int, minutes: int, amount: Decimal, method: PaymentMeans, kind: PaymentType = PaymentType.FULL
    ) -> PaymentRow:
        when = self.when(later, minutes)
        receipt = self.play.do(
            when,
            payments.take,
            PaymentInput,
            order_id=self.order_id,
            amount=amount,
            payment_type=kind,
            method=method,
            transaction_id=self._number_of(method, when, f"{self.number:02d}{later:02d}{minutes % 100:02d}"),
            paid_at=when,
        )
        self.rest -= amount
        self.play.dates.set("payments", receipt.payment.id, when)
        self._touch(when)
        return receipt.payment

    @property
    def habit(self) -> PaymentMeans:
        """How this buyer pays who pays without a bank's credit."""
        return (CARD, CASH, TRANSFER, CARD, CASH, CARD)[self.number % 6]

    def _number_of(self, method: PaymentMeans, when: datetime, number: str) -> str | None:
        """As the payment system, or the payer's bank, numbers it."""
        if method is CASH:
            return None
        if method is TRANSFER:
            return f"№ {int(number)} от {when:%d.%m.%Y}, 40702810{self.number:012d}"
        return f"{when:%d%m}-{number[:-2]}-{number[-2:]}"

    def deposit(self, share: int = 10, method: PaymentMeans | None = None) -> PaymentRow:
        """``share`` percent of the total, in round thousands."""
        amount = (self.total * share / 100 / 10_000).to_integral_value() * 10_000
        return self.pay(0, 12, amount, method or self.habit, PaymentType.DEPOSIT)

    def trade_in(self, later: int, minutes: int, car: dict[str, Any], allowed: Decimal, payoff: Decimal) -> None:
        """The buyer's old car pays a part of it, and comes into stock."""
        when = self.when(later, minutes)
        receipt = self.play.do(
            when,
            trade_ins.take,
            TradeInInput,
            order_id=self.order_id,
            paid_at=when,
            allowed=allowed,
            payoff=payoff,
            **car,
        )
        self.rest -= allowed - payoff
        self.play.dates.set("payments", receipt.trade_in.payment_id, when)
        self.play.dates.set("trade_ins", receipt.trade_in.id, when)
        self.play.dates.set("cars", receipt.car.id, when, "created_at", "updated_at")
        self._touch(when)

    def agree_trade_in(self, later: int, minutes: int, car: dict[str, Any], allowed: Decimal) -> None:
        """A car that is still to come."""
        when = self.when(later, minutes)
        receipt = self.play.do(
            when,
            trade_ins.agree,
            AgreedTradeIn,
            order_id=self.order_id,
            allowed=allowed,
            due_date=(when + timedelta(days=5)).date(),
            **car,
        )
        self.play.dates.set("payments", receipt.payment.id, when)
        self._touch(when)

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
