"""Random lives of cars and orders, played from three sessions by hypothesis; after each step SQL looks at the whole."""

from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from dealer_desktop.core.errors import DealerError, UnexpectedRule
from dealer_desktop.services import Connections, deliveries, open_connections, order_lines, orders, payments
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.deliveries import DeliveryStep, ScheduleDelivery
from dealer_desktop.services.inputs.order_lines import ChangeLines
from dealer_desktop.services.inputs.orders import CancelOrder, OrderStep
from dealer_desktop.services.inputs.payments import ExpectedPaymentInput, PaymentArrived, PaymentInput, RefundInput

ACTIVE = "('pending', 'paid', 'processing', 'in_delivery')"
BROKEN = {
    "two active orders have one car": f"""
        SELECT car_id FROM orders WHERE status IN {ACTIVE} GROUP BY car_id HAVING count(*) > 1""",
    "more is paid than the total ever was": """
        SELECT o.id FROM orders o JOIN payments p ON p.order_id = o.id AND p.status = 'paid'
        GROUP BY o.id HAVING sum(p.amount) < 0 OR sum(p.amount) > (
            SELECT max((after ->> 'total_amount')::numeric) FROM audit_log
            WHERE table_name = 'orders' AND row_id = o.id)""",
    "more is expected than fits": """
        SELECT o.id FROM orders o JOIN payments p ON p.order_id = o.id AND p.status = 'pending'
        GROUP BY o.id HAVING sum(p.amount) > o.total_amount - o.paid_total""",
    "the sums of an order are not those of its rows": """
        SELECT o.id FROM orders o JOIN cars c ON c.id = o.car_id
        WHERE paid_total <> coalesce(
                (SELECT sum(amount) FROM payments WHERE order_id = o.id AND status = 'paid'), 0)
            OR lines_total <> coalesce((SELECT sum(amount) FROM order_lines WHERE order_id = o.id), 0)
            OR total_amount <> c.price + lines_total""",
    "nothing is left for a car": """
        SELECT o.id FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.kind = 'discount'
        GROUP BY o.id HAVING o.total_amount - o.lines_total + sum(l.amount) <= 0""",
    "an order and its balance tell different stories": """
        SELECT id FROM (
            SELECT o.id, o.status, o.total_amount - coalesce(
                (SELECT sum(amount) FROM payments WHERE order_id = o.id AND status = 'paid'), 0) AS balance
            FROM orders o) AS known
        WHERE (status = 'pending' AND balance <= 0) OR (status IN ('paid', 'completed') AND balance > 0)""",
    "a car and its order tell different stories": f"""
        SELECT c.id FROM cars c JOIN orders o ON o.car_id = c.id AND o.status IN {ACTIVE}
        WHERE c.status <> 'reserved'
        UNION ALL SELECT c.id FROM cars c WHERE c.status = 'reserved' AND c.hold_note IS NULL
            AND NOT EXISTS (SELECT FROM orders o WHERE o.car_id = c.id AND o.status IN {ACTIVE})
        UNION ALL SELECT o.car_id FROM orders o JOIN cars c ON c.id = o.car_id
        WHERE o.status = 'completed' AND c.status <> 'sold'""",
    "a delivery and its order tell different stories": """
        SELECT d.id FROM deliveries d JOIN orders o ON o.id = d.order_id
        WHERE (d.status = 'in_progress' AND o.status <> 'in_delivery')
            OR (d.status = 'pending' AND o.status NOT IN ('processing'))""",
    "more is given back than came": """
        SELECT p.id FROM payments p JOIN payments r ON r.refund_of = p.id
        GROUP BY p.id HAVING p.amount + sum(r.amount) < 0""",
}


def machine(shop: Any, sessions: list[Connections]) -> type[RuleBasedStateMachine]:
    which = st.integers(0, 2)
    anyone = st.integers(0, 10**6)
    amounts = st.sampled_from([1, 250_000, 500_000, 1_000_000])

    class Life(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.cars = [shop.car().id for _ in range(2)]

        def play(self, who: int, service: Any, model: Any, **values: Any) -> None:
            """A refusal is an answer; a rule that only the database told is a service that did not ask."""
            try:
                service(sessions[who].session_maker, parse(model, request_id=uuid4(), **values))
            except UnexpectedRule:
                raise
            except DealerError:
                pass

        def one(self, table: str, number: int) -> int | None:
            where = "car_id" if table == "orders" else "order_id IN (SELECT id FROM orders WHERE car_id"
            closing = "" if table == "orders" else ")"
            ids = shop.sql(
                f"SELECT id FROM {table} WHERE {where} = ANY(%s){closing} ORDER BY id DESC LIMIT 4", self.cars
            )
            return ids[number % len(ids)][0] if ids else None

        @rule(who=which, number=anyone, method=st.sampled_from(["cash", "loan"]))
        def sell(self, who: int, number: int, method: str) -> None:
            given = shop.order_input(car_id=self.cars[number % 2], payment_method=method)
            self.play(who, orders.make, type(given), **given.model_dump(exclude={"request_id"}))

        @rule(who=which, number=anyone, amount=amounts)
        def take(self, who: int, number: int, amount: int) -> None:
            if order := self.one("orders", number):
                self.play(who, payments.take, PaymentInput, order_id=order, amount=amount)

        @rule(who=which, number=anyone, amount=amounts)
        def expect(self, who: int, number: int, amount: int) -> None:
            if order := self.one("orders", number):
                self.play(who, payments.expect, ExpectedPaymentInput, order_id=order, amount=amount)

        @rule(who=which, number=anyone, amount=amounts, kind=st.sampled_from(["accessory", "discount"]))
        def hold(self, who: int, number: int, amount: int, kind: str) -> None:
            """One more line, and every third one that was there goes."""
            if order := self.one("orders", number):
                there = shop.sql("SELECT id, xmin::text::bigint FROM order_lines WHERE order_id = %s", order)
                opened = [line for line in there if (line[0] + number) % 3 == 0]
                line = {"kind": kind, "title": "Коврики", "amount": amount, "reason": "so"}
                self.play(who, order_lines.change, ChangeLines, order_id=order, lines=[line], opened=opened)

        @rule(who=which, number=anyone)
        def arrive(self, who: int, number: int) -> None:
            if payment := self.one("payments", number):
                self.play(who, payments.mark_paid, PaymentArrived, payment_id=payment)

        @rule(who=which, number=anyone, amount=amounts)
        def refund(self, who: int, number: int, amount: int) -> None:
            if payment := self.one("payments", number):
                self.play(who, payments.refund, RefundInput, payment_id=payment, amount=amount)

        @rule(
            who=which, number=anyone, step=st.sampled_from([orders.start_processing, orders.put_back, orders.complete])
        )
        def step(self, who: int, number: int, step: Any) -> None:
            if order := self.one("orders", number):
                self.play(who, step, OrderStep, order_id=order)

        @rule(who=which, number=anyone)
        def cancel(self, who: int, number: int) -> None:
            if number % 3 == 0 and (order := self.one("orders", number)):
                self.play(who, orders.cancel, CancelOrder, order_id=order, reason="передумал")

        @rule(who=which, number=anyone)
        def schedule(self, who: int, number: int) -> None:
            if order := self.one("orders", number):
                self.play(who, deliveries.schedule, ScheduleDelivery, order_id=order, delivery_address="Казань")

        @rule(who=which, number=anyone, status=st.sampled_from(["in_progress", "delivered", "failed"]))
        def advance(self, who: int, number: int, status: str) -> None:
            if delivery := self.one("deliveries", number):
                values = {"delivery_id": delivery, "status": status, "reason": "дорога закрыта"}
                self.play(who, deliveries.advance, DeliveryStep, **values)

        @invariant()
        def one_story(self) -> None:
            for words, query in BROKEN.items():
                assert shop.sql(query) == [], words

    return Life


def test_whatever_three_people_do_the_tables_tell_one_story(shop: Any, database_url: str) -> None:
    sessions = [open_connections(database_url) for _ in range(3)]
    try:
        run_state_machine_as_test(
            machine(shop, sessions),
            settings=settings(
                max_examples=12,
                stateful_step_count=30,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        for one in sessions:
            one.close()
