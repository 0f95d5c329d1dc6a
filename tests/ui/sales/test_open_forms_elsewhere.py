"""Every open form, while another program changes its record: what the form says, and the step that it offers.

Each event is a statement of a process of its own, which knows nothing of this program.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog

from dealer_desktop.services import customers
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.customers import CustomerInput
from dealer_desktop.ui.rehearsal.robot import StepFailed
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from tests.services.conftest import Shop
from tests.ui.desk import Desk
from tests.ui.sales.test_another_car_dialog import find

_PROGRAM = """
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    for statement in sys.argv[2:]:
        connection.execute(statement)
"""
PAY = (
    "INSERT INTO payments (order_id, amount, status, payment_type, paid_at) "
    "VALUES ({order}, {amount}, 'paid', 'installment', now())"
)
BACK = (
    "INSERT INTO payments (order_id, amount, status, payment_type, paid_at, refund_of) "
    "VALUES ({order}, -{amount}, 'paid', 'installment', now(), {payment})"
)
CANCEL = "UPDATE orders SET status = 'canceled', cancel_reason = 'no money' WHERE id = {order}"
ON_ITS_WAY = "UPDATE deliveries SET status = 'in_progress' WHERE id = {delivery}"
DELIVERED = "UPDATE deliveries SET status = 'delivered', delivered_at = now() WHERE id = {delivery}"
TAKE_CAR = (
    "INSERT INTO orders (car_id, customer_name, customer_phone, payment_method) "
    "VALUES ({car}, 'Quicker', '+79990001122', 'cash')"
)
PRICE = "UPDATE cars SET price = 900000 WHERE id = {car}"
MERGE = "SELECT customers_merge({customer}, {other})"


@dataclass(frozen=True)
class Event:
    """A statement, what the form then says, and the button that it offers; "" for a form that can go on."""

    statement: str
    says: tuple[str, ...]
    offers: str = ""


@dataclass(frozen=True)
class Case:
    form: str
    kind: str
    action: str
    arrange: Callable[[Shop], dict[str, Any]]
    events: tuple[Event, ...]
    shown: str = "order"
    """The record at which the form is opened."""
    then: Callable[[Desk, Any, dict[str, Any]], None] = field(default=lambda _desk, _form, _ids: None)
    """What the person does before anything happens."""


# -- what there is before ---------------------------------------------------------------------------------------------


def an_order(shop: Shop) -> dict[str, Any]:
    order = shop.order()
    return {"order": order.id, "customer": order.user_id, "car": order.car_id, "other": account(shop, "Вера Ли")}


def a_paid_order(shop: Shop) -> dict[str, Any]:
    return {"order": shop.paid_order(delivery_address="Kazan").id}


def one_paid_in_the_showroom(shop: Shop) -> dict[str, Any]:
    return {"order": shop.paid_order().id}


def an_order_and_a_car(shop: Shop) -> dict[str, Any]:
    return {"car": shop.car(make="Kia", model="K5").id, "order": shop.order().id}


def a_car(shop: Shop) -> dict[str, Any]:
    return {"car": shop.car(make="Kia", model="K5").id}


def a_payment(shop: Shop) -> dict[str, Any]:
    order = shop.order()
    target = shop.order()
    return {"order": order.id, "payment": shop.pay(order.id, 100_000).payment.id, "target": target.id}


def an_expected_payment(shop: Shop) -> dict[str, Any]:
    order = shop.order()
    return {"order": order.id, "payment": shop.expect(order.id, 100_000).payment.id}


def a_delivery(shop: Shop) -> dict[str, Any]:
    order = shop.paid_order(delivery_date="2030-11-29")
    return {"order": order.id, "delivery": shop.schedule(order.id).id}


def two_customers(shop: Shop) -> dict[str, Any]:
    return {"customer": account(shop, "Анна Ли"), "other": account(shop, "Вера Ли"), **a_car(shop)}


def account(shop: Shop, name: str) -> int:
    phone = f"+7916{shop.one('SELECT count(*) FROM users'):07d}"
    return customers.add(shop.maker, parse(CustomerInput, request_id=uuid4(), full_name=name, phone=phone)).id


def find_other_car(desk: Desk, form: Any, _ids: dict[str, Any]) -> None:
    find(desk, form, "k5")


def find_car(desk: Desk, form: Any, ids: dict[str, Any]) -> None:
    desk.put(form, car="k5")
    popup = form.choice.completer().popup()
    desk.wait(popup.isVisible, "it is offered")
    form.choice.tidy()
    assert form.choice.car.id == ids["car"]


def await_targets(desk: Desk, form: Any, _ids: dict[str, Any]) -> None:
    desk.settle()
    assert form.target.count() == 1


# -- the forms --------------------------------------------------------------------------------------------------------

PAID = Event(
    PAY.format(order="{order}", amount=400_000), ("400,000.00 ₽ was paid meanwhile. 600,000.00 ₽ is due now.",)
)
CANCELED = Event(
    CANCEL,
    ("The order was canceled meanwhile: no money. The order is canceled, so it is never changed.",),
    "showOrderButton",
)
TAKEN = Event(TAKE_CAR, ("(Quicker) has this car.",), "openOrderButton")
PRICED = Event(PRICE, ("The price was changed from 1,000,000.00 ₽ to 900,000.00 ₽.",))
GIVEN_BACK = (
    Event(BACK.format(order="{order}", payment="{payment}", amount=30_000), ("70,000.00 ₽ of this payment is left",)),
    Event(
        BACK.format(order="{order}", payment="{payment}", amount=70_000),
        ("All of this payment was given back already.",),
        "showOrderButton",
    ),
)
WENT_ON = (
    Event(ON_ITS_WAY, ("The delivery is now: On its way.",)),
    Event(DELIVERED, ("The car is delivered already.",), "showOrderButton"),
)
FAILED = Event(
    "UPDATE payments SET status = 'failed' WHERE id = {payment}",
    ("The payment is now: Failed.", "never changed"),
    "showOrderButton",
)
MERGED = "The account was merged with another one meanwhile: Вера Ли."

CASES = (
    Case("newOrderDialog", "cars", "sellCarAction", a_car, (
        PRICED,
        Event("UPDATE cars SET status = 'reserved', hold_note = 'Boris' WHERE id = {car}",
              ("The car is on hold now: Boris.",)),
        TAKEN,
    ), "car"),
    Case("newOrderDialog", "orders", "newOrderAction", an_order_and_a_car, (PRICED, TAKEN), then=find_car),
    Case("newOrderDialog", "customers", "sellToCustomerAction", two_customers, (
        Event("UPDATE users SET full_name = 'Анна Ким' WHERE id = {customer}",
              ("The customer’s account is changed: Name: Анна Ким.",)),
        Event(MERGE, (MERGED,)),
    ), "customer"),
    Case("takePaymentDialog", "orders", "takePaymentAction", an_order, (
        PAID,
        Event("UPDATE orders SET total_amount = 950000 WHERE id = {order}",
              ("The total was changed to 950,000.00 ₽. 550,000.00 ₽ is due now.",)),
        CANCELED,
    )),
    Case("paymentPlanDialog", "orders", "planPaymentsAction", an_order, (PAID, CANCELED)),
    Case("orderDialog", "orders", "editOrderAction", an_order, (
        Event("UPDATE orders SET customer_name = 'Анна Ким' WHERE id = {order}",
              ("Somebody changed: Customer: Анна Петрова → Анна Ким.",)),
        PAID,
        Event(MERGE, ("The order belongs to another customer’s account now.",)),
        CANCELED,
    )),
    Case("anotherCarDialog", "orders", "anotherCarAction", an_order_and_a_car, (PAID, PRICED, TAKEN, CANCELED),
         then=find_other_car),
    Case("cancelOrderDialog", "orders", "cancelOrderAction", an_order, (PAID, CANCELED)),
    Case("completeOrderDialog", "orders", "completeOrderAction", one_paid_in_the_showroom, (
        Event("UPDATE orders SET delivery_address = 'Tver' WHERE id = {order}",
              ("address or day was changed", "Schedule its delivery"), "showOrderButton"),
        CANCELED,
    )),
    Case("deliveryDialog", "orders", "scheduleDeliveryAction", a_paid_order, (
        Event("UPDATE orders SET delivery_date = '2030-12-01' WHERE id = {order}", ("address or day was changed",)),
        Event("INSERT INTO deliveries (order_id) VALUES ({order})", ("has an open delivery already",),
              "showOrderButton"),
    )),
    Case("deliveryDialog", "deliveries", "advanceDeliveryAction", a_delivery, WENT_ON, "delivery"),
    Case("failDeliveryDialog", "deliveries", "failDeliveryAction", a_delivery, WENT_ON, "delivery"),
    Case("editDeliveryDialog", "deliveries", "editDeliveryAction", a_delivery, (
        Event("UPDATE orders SET delivery_date = '2030-12-01' WHERE id = {order}",
              ("Somebody changed: Delivery date: 29 Nov 2030 → 1 Dec 2030.",)),
        *WENT_ON,
    ), "delivery"),
    Case("correctPaymentDialog", "payments", "correctPaymentAction", a_payment, GIVEN_BACK, "payment"),
    Case("refundDialog", "payments", "refundPaymentAction", a_payment, GIVEN_BACK, "payment"),
    Case("movePaymentDialog", "payments", "movePaymentAction", a_payment, (
        Event(PAY.format(order="{target}", amount=400_000), ("600,000.00 ₽ is due now.",)),
        Event(CANCEL.replace("{order}", "{target}"), ("The order was canceled meanwhile",), "showOrderButton"),
        *GIVEN_BACK,
    ), "payment", await_targets),
    Case("paymentArrivedDialog", "payments", "paymentArrivedAction", an_expected_payment, (FAILED,), "payment"),
    Case("carDialog", "cars", "editCarAction", a_car, (
        Event(PRICE, ("Somebody changed: Price: 1,000,000 ₽ → 900,000 ₽.",)),
        Event(TAKE_CAR, ("(Quicker) has this car.",)),
    ), "car"),
    Case("carDialog", "cars", "editCarAction", a_car, (
        Event("DELETE FROM cars WHERE id = {car}", ("It was deleted meanwhile.",)),
    ), "car"),
    Case("holdCarDialog", "cars", "holdCarAction", a_car, (PRICED, TAKEN), "car"),
    Case("mergeCustomersDialog", "customers", "mergeCustomersAction", two_customers, (
        Event(MERGE, (MERGED,), "showCustomerButton"),
    ), "customer"),
    Case("customerDialog", "customers", "editCustomerAction", two_customers, (
        Event("UPDATE users SET full_name = 'Анна Ким' WHERE id = {customer}",
              ("Somebody changed: Name: Анна Ли → Анна Ким.",)),
        Event(MERGE, (MERGED,), "showCustomerButton"),
    ), "customer"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.form}-{case.kind}-{len(case.events)}")
def test_what_happens_elsewhere_is_said_in_the_form(shop: Shop, desk: Desk, database_url: str, case: Case) -> None:
    ids = case.arrange(shop)
    desk.go_to(case.kind, ids[case.shown])
    form = desk.start(case.action, case.form)
    assert isinstance(form, FormDialog)
    case.then(desk, form, ids)
    for event in case.events:
        elsewhere(database_url, event.statement.format(**ids))
        try:
            desk.wait(lambda said=event.says: all(words in news(form) for words in said), "it is said in the form")
        except StepFailed:
            pytest.fail(f"{case.form} says {news(form)!r} instead of {event.says}")
        assert event.offers == "" or desk.find(QAbstractButton, event.offers, form).isEnabled()
    form.reject()
    desk.settle()


def elsewhere(url: str, statement: str) -> None:
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    subprocess.run([sys.executable, "-c", _PROGRAM, plain, statement], check=True, timeout=30)


def news(form: QDialog) -> str:
    assert isinstance(form, FormDialog)
    return form.news_banner.words.replace("\u00a0", " ")
