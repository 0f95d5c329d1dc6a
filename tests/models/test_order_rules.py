"""Each rule of an order's and a delivery's life, broken by plain SQL."""

from typing import Any

import psycopg
import pytest

LIFE = {
    "pending": {"paid", "processing", "canceled"},
    "paid": {"pending", "processing", "completed", "canceled"},
    "processing": {"paid", "pending", "in_delivery", "completed", "canceled"},
    "in_delivery": {"processing", "completed", "canceled"},
    "completed": set(),
    "canceled": set(),
}


def _order_in(shop: Any, status: str) -> int:
    if status == "pending":
        return int(shop.order())
    order = int(shop.paid_order())
    if status == "processing":
        shop.set("orders", order, status="processing")
    elif status == "in_delivery":
        shop.deliver(order, "in_progress")
    elif status == "completed":
        shop.set("orders", order, status="completed")
    elif status == "canceled":
        shop.cancel(order)
    assert shop.status("orders", order) == status
    return order


@pytest.mark.parametrize("was", LIFE)
def test_an_order_goes_only_the_ways_of_its_life(shop: Any, was: str) -> None:
    order = _order_in(shop, was)
    for becomes in set(LIFE) - LIFE[was] - {was}:
        reason = "no reason" if becomes == "canceled" else shop.get("orders", order)["cancel_reason"]
        with shop.refused("orders_move" if LIFE[was] else "orders_final"):
            shop.set("orders", order, status=becomes, cancel_reason=reason)


def test_an_order_is_born_pending(shop: Any) -> None:
    for status in set(LIFE) - {"pending"}:
        with shop.refused("orders_born_pending"):
            shop.order(status=status)


def test_an_order_names_a_customer_who_can_be_reached(shop: Any) -> None:
    with shop.refused("orders_customer_name_filled"):
        shop.order(customer_name=" ")
    with shop.refused("orders_customer_reachable"):
        shop.order(customer_phone=" ", customer_email="")
    with shop.refused("orders_text_length"):
        shop.order(delivery_address="ж" * 20_001)
    assert shop.order(customer_phone=None, customer_email="a@b.ru")


def test_a_car_is_sold_once(shop: Any) -> None:
    car = shop.car()
    shop.order(car_id=car)
    with shop.refused("orders_car_available"):
        shop.order(car_id=car)
    sold = shop.car(status="sold")
    with shop.refused("orders_car_available"):
        shop.order(car_id=sold)
    free = shop.car()
    with shop.refused("orders_car_available"):
        shop.run(
            "INSERT INTO orders (customer_name, customer_phone, payment_method, car_id) "
            "VALUES ('Анна', '+79123456789', 'cash', %(car)s), ('Олег', '+79123456780', 'cash', %(car)s)",
            car=free,
        )


def test_a_second_active_order_fails_even_without_triggers(shop: Any) -> None:
    car = shop.car()
    shop.order(car_id=car)
    shop.run("ALTER TABLE orders DISABLE TRIGGER orders_before_insert")
    with shop.refused("uq_orders_active_car"):
        shop.order(car_id=car, total_amount=5)


def test_a_total_is_positive_and_never_raised(shop: Any) -> None:
    for total in (0, -1, "NaN"):
        with shop.refused("orders_total_positive"):
            shop.order(total_amount=total)
    with shop.refused("orders_total_positive"):
        shop.order(car_id=shop.car(price=0))
    order = shop.order()
    with shop.refused("orders_total_never_raised"):
        shop.set("orders", order, total_amount="1000.01")
    with shop.refused("orders_total_never_raised"):
        shop.set("orders", order, total_amount="NaN")
    with shop.refused("orders_total_positive"):
        shop.set("orders", order, total_amount=0)


def test_an_order_keeps_its_car(shop: Any) -> None:
    with shop.refused("orders_keep_car"):
        shop.set("orders", shop.order(), car_id=shop.car())


def test_what_may_change_until_when(shop: Any) -> None:
    for status in ("pending", "paid"):
        shop.set("orders", _order_in(shop, status), payment_method="loan", delivery_address="Тверь")
    for status in ("processing", "in_delivery"):
        with shop.refused("orders_method_fixed"):
            shop.set("orders", _order_in(shop, status), payment_method="loan")
    shop.set("orders", _order_in(shop, "processing"), delivery_address="Тверь")
    with shop.refused("orders_address_fixed"):
        shop.set("orders", _order_in(shop, "in_delivery"), delivery_address="Тверь")


@pytest.mark.parametrize("status", ["completed", "canceled"])
def test_a_final_order_is_never_changed(shop: Any, status: str) -> None:
    order = _order_in(shop, status)
    for change in (
        {"customer_name": "Олег"},
        {"total_amount": 1},
        {"delivery_date": "2030-01-01"},
        {"car_id": shop.car()},
        {"completed_at": "2000-01-01T00:00:00Z"},
        {"cancel_reason": "another"},
    ):
        with shop.refused("orders_final"):
            shop.set("orders", order, **change)
    shop.set("orders", order, status=status)  # saying it again changes nothing


@pytest.mark.parametrize("table", ["orders", "deliveries", "payments"])
def test_nothing_of_a_sale_is_deleted(shop: Any, table: str) -> None:
    order = shop.paid_order()
    shop.deliver(order)
    for sql in ("DELETE FROM {}", "TRUNCATE {} CASCADE"):
        with shop.refused(
            {
                "orders": "orders_never_deleted",
                "deliveries": "deliveries_never_deleted",
                "payments": "payments_never_deleted",
            }[table]
        ):
            shop.run(sql.format(table))


def test_paid_means_settled(shop: Any) -> None:
    order = shop.order()
    shop.pay(order, 999)
    with shop.refused("orders_paid_when_settled"):
        shop.set("orders", order, status="paid")
    shop.pay(order, 1)
    with shop.refused("orders_pending_when_due"):
        shop.set("orders", order, status="pending")


def test_only_credit_is_processed_before_it_is_paid(shop: Any) -> None:
    for method in ("cash", "card"):
        with shop.refused("orders_processing_on_credit"):
            shop.set("orders", shop.order(payment_method=method), status="processing")
    for method in ("loan", "lease"):
        shop.set("orders", shop.order(payment_method=method), status="processing")


def test_an_order_is_put_back_where_its_money_says(shop: Any) -> None:
    order = shop.order(payment_method="loan")
    shop.set("orders", order, status="processing")
    with shop.refused("orders_paid_when_settled"):
        shop.set("orders", order, status="paid")
    shop.pay(order, 1000)
    with shop.refused("orders_pending_when_due"):
        shop.set("orders", order, status="pending")
    delivery = shop.deliver(order)
    with shop.refused("orders_put_back_without_delivery"):
        shop.set("orders", order, status="paid")
    shop.step(delivery, "failed")
    shop.set("orders", order, status="paid")


def test_an_order_is_in_delivery_by_its_delivery_only(shop: Any) -> None:
    order = shop.paid_order()
    delivery = shop.deliver(order)
    with shop.refused("orders_in_delivery_by_delivery"):
        shop.set("orders", order, status="in_delivery")
    shop.step(delivery, "in_progress")
    with shop.refused("orders_back_by_failed_delivery"):
        shop.set("orders", order, status="processing")


def test_nothing_is_completed_with_money_due_or_a_delivery_open(shop: Any) -> None:
    order = shop.order(payment_method="loan")
    shop.set("orders", order, status="processing")
    with shop.refused("orders_completed_settled"):
        shop.set("orders", order, status="completed")
    delivery = shop.deliver(order)
    shop.pay(order, 1000)
    with shop.refused("orders_completed_no_open_delivery"):
        shop.set("orders", order, status="completed")
    shop.step(delivery, "in_progress")
    with shop.refused("orders_completed_no_open_delivery"):
        shop.set("orders", order, status="completed")
    owing = shop.order(payment_method="lease")
    shop.set("orders", owing, status="processing")
    shop.deliver(owing, "in_progress", "delivered")
    with shop.refused("orders_completed_settled"):
        shop.set("orders", owing, status="completed")
    with shop.refused("orders_back_by_failed_delivery"):
        shop.set("orders", owing, status="processing")


def test_an_order_in_delivery_is_completed_only_when_delivered(shop: Any) -> None:
    """A failed delivery leads back to processing; even without that move the order would not be complete."""
    order = shop.paid_order()
    delivery = shop.deliver(order, "in_progress")
    shop.run("ALTER TABLE deliveries DISABLE TRIGGER deliveries_moves_update")
    shop.step(delivery, "failed")
    with shop.refused("orders_completed_delivered"):
        shop.set("orders", order, status="completed")


def test_an_order_with_an_address_is_not_handed_over_in_the_showroom(shop: Any) -> None:
    order = shop.paid_order(delivery_address="Тверь")
    with shop.refused("orders_handover_without_address"):
        shop.set("orders", order, status="completed")
    shop.set("orders", order, status="completed", delivery_address=" ")


def test_a_cancel_says_why(shop: Any) -> None:
    for reason in (None, "  "):
        with shop.refused("orders_cancel_reason_when_canceled"):
            shop.set("orders", shop.order(), status="canceled", cancel_reason=reason)
    with shop.refused("orders_cancel_reason_when_canceled"):
        shop.set("orders", shop.order(), cancel_reason="why?")
    with shop.refused("orders_completed_at_when_completed"):
        shop.set("orders", shop.order(), completed_at="2026-01-01T00:00:00Z")


# -- deliveries -------------------------------------------------------------------------------------------------------


def test_a_delivery_is_born_pending_of_an_order_that_is_ready(shop: Any) -> None:
    for status, facts in (("in_progress", {}), ("delivered", {"delivered_at": "2026-01-01T00:00:00Z"})):
        with shop.refused("deliveries_born_pending"):
            shop.insert("deliveries", order_id=shop.paid_order(), status=status, **facts)
    for status in ("pending", "in_delivery", "completed", "canceled"):
        with shop.refused("deliveries_order_ready"):
            shop.deliver(_order_in(shop, status))
    order = shop.paid_order()
    shop.deliver(order)
    with shop.refused("uq_deliveries_open"):
        shop.deliver(order)


def test_a_delivery_goes_only_the_ways_of_its_life(shop: Any) -> None:
    order = shop.paid_order()
    delivery = shop.deliver(order)
    with shop.refused("deliveries_move"):
        shop.step(delivery, "delivered")
    shop.step(delivery, "in_progress")
    with shop.refused("deliveries_move"):
        shop.step(delivery, "pending")
    with shop.refused("deliveries_delivered_at_when_delivered"):
        shop.set("deliveries", delivery, status="delivered")
    for reason in (None, " "):
        with shop.refused("deliveries_failure_reason_when_failed"):
            shop.set("deliveries", delivery, status="failed", failure_reason=reason)
    with shop.refused("deliveries_keep_order"):
        shop.set("deliveries", delivery, order_id=shop.paid_order())
    with shop.refused("deliveries_text_length"):
        shop.set("deliveries", delivery, tracking_number="7" * 201)
    shop.set("deliveries", delivery, tracking_number="RB123")


@pytest.mark.parametrize("end", ["delivered", "failed"])
def test_a_finished_delivery_is_never_changed(shop: Any, end: str) -> None:
    delivery = shop.deliver(shop.paid_order(), "in_progress", end)
    for change in ({"status": "in_progress"}, {"tracking_number": "7"}, {"delivered_at": "2026-01-01T00:00:00Z"}):
        with shop.refused("deliveries_final"):
            shop.set("deliveries", delivery, **change)
    shop.set("deliveries", delivery, status=end)


def test_a_delivery_starts_and_ends_with_its_order(shop: Any) -> None:
    """Its order cannot be elsewhere while the moves work; the rule holds without them too."""
    order = shop.paid_order()
    shop.run("ALTER TABLE deliveries DISABLE TRIGGER deliveries_moves_insert")
    delivery = shop.deliver(order)
    with shop.refused("deliveries_start_from_processing"):
        shop.step(delivery, "in_progress")
    shop.set("orders", order, status="processing")
    shop.run("ALTER TABLE deliveries DISABLE TRIGGER deliveries_moves_update")
    shop.step(delivery, "in_progress")
    with shop.refused("deliveries_finish_in_delivery"):
        shop.step(delivery, "delivered")


# -- managers ---------------------------------------------------------------------------------------------------------


def test_what_only_managers_do(shop: Any) -> None:
    held, free = shop.car(status="reserved", hold_note="for Oleg"), shop.car()
    bought = shop.order()
    payment = shop.pay(bought, 1000)
    loan, put_back = shop.order(payment_method="loan"), shop.order(payment_method="loan")
    shop.set("orders", put_back, status="processing")
    empty, gone = shop.order(), shop.order()
    shop.connect_as("salesperson")
    with shop.refused("orders_held_car_by_manager"):
        shop.order(car_id=held)
    with shop.refused("orders_below_price_by_manager"):
        shop.order(car_id=free, total_amount=999)
    with shop.refused("orders_lower_total_by_manager"):
        shop.set("orders", empty, total_amount=999)
    with shop.refused("orders_cancel_with_money_by_manager"):
        shop.cancel(bought)
    with shop.refused("orders_processing_by_manager"):
        shop.set("orders", loan, status="processing")
    with shop.refused("orders_put_back_by_manager"):
        shop.set("orders", put_back, status="pending")
    with shop.refused("payments_refund_by_manager"):
        shop.refund(payment, 1)
    with shop.refused("payments_replace_by_manager"):
        shop.pay(bought, 1, replaces=payment)
    shop.cancel(gone)  # without money anybody may
    shop.set("orders", bought, status="completed")
    assert shop.order(car_id=free, total_amount=1001)  # above the price anybody may
    shop.connect_as("manager")
    shop.cancel(empty)
    assert shop.order(car_id=held, total_amount=5)


def test_a_reference_to_a_user_must_lead_somewhere(shop: Any) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        shop.order(user_id=999)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        shop.order(salesperson_id=999)
