"""Two accounts of one customer become one, whoever writes it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Shop = Any


def customer(shop: Shop, name: str = "Пётр", **values: Any) -> int:
    if "phone" not in values and "email" not in values:
        values["phone"] = "+79120000001"
    return int(shop.insert("users", full_name=name, role="customer", **values))


def merge(shop: Shop, gone: int, stays: int) -> None:
    shop.run("SELECT customers_merge(%(gone)s, %(stays)s)", gone=gone, stays=stays)


def test_orders_and_reviews_go_over_final_ones_too(shop: Shop) -> None:
    gone, stays = customer(shop), customer(shop, phone="+79120000002")
    open_one = shop.order(user_id=gone)
    done = shop.completed_order(user_id=gone)
    off = shop.order(user_id=gone)
    shop.cancel(off)
    review = shop.insert("reviews", user_id=gone, customer_name="Пётр", car_id=shop.car(), rating=5)
    before = [shop.get("orders", order) for order in (open_one, done, off)]
    merge(shop, gone, stays)
    after = [shop.get("orders", order) for order in (open_one, done, off)]
    assert [row.pop("user_id") for row in after] == [stays] * 3
    for was, becomes in zip(before, after, strict=True):
        del was["user_id"], was["updated_at"], becomes["updated_at"]
        assert becomes == was
    assert shop.get("reviews", review)["user_id"] == stays
    merged = shop.get("users", gone)
    assert (merged["merged_into"], merged["is_active"], merged["phone"]) == (stays, False, "+79120000001")


def test_only_the_account_of_a_final_order_may_change_and_only_by_merging(shop: Shop) -> None:
    gone, stays = customer(shop), customer(shop, phone="+79120000002")
    done = shop.completed_order(user_id=gone)
    with shop.refused("orders_final"):
        shop.set("orders", done, user_id=stays)
    merge(shop, gone, stays)
    with shop.refused("orders_final"):
        shop.set("orders", done, user_id=gone)


def test_what_is_empty_is_filled_and_nothing_else(shop: Shop) -> None:
    gone, stays = customer(shop, email="p@mail.ru", phone=None), customer(shop, phone="+79120000002")
    for who, values in ((gone, {"tax_id": "7701", "address": "Тверь", "birth_date": date(1980, 1, 2)}),
                        (stays, {"tax_id": "7702"})):  # fmt: skip
        names = ", ".join(values)
        places = ", ".join(f"%({name})s" for name in values)
        shop.run(f"INSERT INTO customer_details (user_id, kind, {names}) VALUES (%(who)s, 'person', {places})",
                 who=who, **values)  # fmt: skip
    merge(shop, gone, stays)
    kept = shop.run("SELECT * FROM customer_details WHERE user_id = %(stays)s", stays=stays)[0]
    assert (kept["tax_id"], kept["address"], kept["birth_date"]) == ("7702", "Тверь", date(1980, 1, 2))
    row = shop.get("users", stays)
    assert (row["phone"], row["email"]) == ("+79120000002", "p@mail.ru")


def test_there_are_no_chains(shop: Shop) -> None:
    one, two, three = (customer(shop, phone=f"+7912000000{n}") for n in (1, 2, 3))
    merge(shop, one, two)
    with shop.refused("users_merge_no_chain"):
        merge(shop, three, one)
    merge(shop, two, three)
    assert [shop.get("users", who)["merged_into"] for who in (one, two, three)] == [three, three, None]
    with shop.refused("users_merge_no_chain"):
        merge(shop, three, two)


def test_what_is_merged_stays_merged(shop: Shop) -> None:
    gone, stays, third = (customer(shop, phone=f"+7912000000{n}") for n in (1, 2, 3))
    merge(shop, gone, stays)
    with shop.refused("users_stay_merged"):
        shop.set("users", gone, merged_into=third)
    with shop.refused("users_stay_merged"):
        shop.set("users", gone, merged_into=None)
    with shop.refused("users_merged_inactive"):
        shop.set("users", gone, is_active=True)


def test_customers_are_merged_and_nobody_else(shop: Shop) -> None:
    one = customer(shop)
    anna = shop.insert("users", full_name="Анна", role="salesperson", email="anna@dealer.ru")
    for gone, stays in ((one, anna), (anna, one), (one, one)):
        with shop.refused("users_merge_two_customers"):
            merge(shop, gone, stays)
    with shop.refused("users_merge_two_customers"):
        customer(shop, phone="+79120000003", merged_into=one)


def test_only_a_manager_merges(logins: Any) -> None:
    gone, stays = customer(logins.owner), customer(logins.owner, phone="+79120000002")
    seller = logins.person("salesperson")
    with pytest.raises(Exception, match="permission denied"):
        merge(seller, gone, stays)
    with pytest.raises(Exception, match="permission denied"):
        seller.set("users", gone, merged_into=stays)
    manager = logins.person("manager")
    with pytest.raises(Exception, match="permission denied"):  # by the function alone
        manager.set("users", gone, merged_into=stays)
    merge(manager, gone, stays)
    assert logins.owner.get("users", gone)["merged_into"] == stays
    logins.owner.connect_as("salesperson")
    with logins.owner.refused("users_merge_by_manager"):
        merge(logins.owner, customer(logins.owner, phone="+79120000003"), stays)


def test_an_order_of_a_merged_account_is_the_other_ones(shop: Shop) -> None:
    gone, stays = customer(shop), customer(shop, phone="+79120000002")
    merge(shop, gone, stays)
    order = shop.order(user_id=gone)
    assert shop.get("orders", order)["user_id"] == stays
    shop.set("orders", order, user_id=None)
    shop.set("orders", order, user_id=gone)
    assert shop.get("orders", order)["user_id"] == stays


def test_the_history_tells_names_of_personal_data_alone(shop: Shop) -> None:
    who = customer(shop)
    shop.run("INSERT INTO customer_details (user_id, kind, document) VALUES (%(who)s, 'person', '4501 123456')",
             who=who)  # fmt: skip
    shop.run("UPDATE customer_details SET document = '4501 999999' WHERE user_id = %(who)s", who=who)
    told = shop.run("SELECT before, after FROM audit_log WHERE table_name = 'customer_details' ORDER BY id")
    assert [row["after"] for row in told] == [{"kind": "***", "document": "***"}, {"document": "***"}]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    owners=st.lists(st.integers(0, 3), min_size=1, max_size=6),
    paid=st.lists(st.integers(0, 1000), min_size=6, max_size=6),
    merges=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=5),
)
def test_merging_keeps_every_order_and_every_sum(
    shop: Shop, owners: list[int], paid: list[int], merges: list[tuple[int, int]]
) -> None:
    people = [customer(shop, phone=f"+7912111000{n}") for n in range(4)]
    orders = [shop.order(user_id=people[owner]) for owner in owners]
    for order, amount in zip(orders, paid, strict=False):
        if amount:
            shop.pay(order, amount)
    sums = "SELECT sum(total_amount) AS total, sum((SELECT sum(amount) FROM payments WHERE order_id = orders.id)) " \
           "AS paid FROM orders WHERE id = ANY(%(orders)s)"  # fmt: skip
    before = shop.run(sums, orders=orders)
    stays = dict(zip(people, people, strict=True))
    for gone, other in merges:
        first, second = stays[people[gone]], stays[people[other]]
        if first != second:
            merge(shop, first, second)
            stays = {who: second if now == first else now for who, now in stays.items()}
    assert shop.run(sums, orders=orders) == before
    assert before[0]["total"] == Decimal(1000 * len(orders))
    for order, owner in zip(orders, owners, strict=True):
        assert shop.get("orders", order)["user_id"] == stays[people[owner]]
    for who in people:
        assert shop.get("users", who)["merged_into"] == (None if stays[who] == who else stays[who])
