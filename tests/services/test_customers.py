"""Customers are known again: found, kept, merged, and one account stands behind every order."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.customer_errors import AccountDiffers, AlreadyMerged, TwoAccounts
from dealer_desktop.core.errors import Conflict, EmailTaken, InvalidInput
from dealer_desktop.domain.enums import CustomerKind, OrderStatus
from dealer_desktop.services import customers, orders
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.customers import CustomerInput, EditCustomer, MergeCustomers
from dealer_desktop.services.rows import CustomerRow
from tests.services.conftest import Shop


def add(shop: Shop, name: str = "Пётр Волков", **typed: Any) -> CustomerRow:
    if "phone" not in typed and "email" not in typed:
        typed["phone"] = "8 912 000-00-01"
    return customers.add(shop.maker, parse(CustomerInput, request_id=uuid4(), full_name=name, **typed))


def edit(shop: Shop, row: CustomerRow, **typed: Any) -> CustomerRow:
    opened = {name: getattr(row, name) for name in customers.FIELDS}
    given = {**opened, **typed}
    change = parse(EditCustomer, request_id=uuid4(), customer_id=row.id, version=row.version, opened=opened, **given)
    return customers.edit(shop.maker, change)


def merge(shop: Shop, gone: CustomerRow, stays: CustomerRow) -> CustomerRow:
    return customers.merge(shop.maker, MergeCustomers(request_id=uuid4(), gone=gone.id, stays=stays.id))


@pytest.mark.parametrize(
    "letters", ["волк", "ООО Рома", "8 (912) 000-00-01", "+7 912 000", "79120000001", "@mail.ru", "7701234567"]
)
def test_a_few_letters_find_a_customer(shop: Shop, letters: str) -> None:
    add(shop, "Другой", phone="+7 903 111-22-33")
    firm = add(shop, "ООО Ромашка, Волкова", phone="8 912 000-00-01", email="info@mail.ru", kind="company",
               tax_id="7701234567")  # fmt: skip
    assert [row.id for row in customers.find(shop.reader, letters)] == [firm.id]


def test_the_card_tells_what_was_bought_paid_and_owed(shop: Shop) -> None:
    row = add(shop)
    first = shop.order(user_id=row.id, customer_name=row.full_name, customer_phone=row.phone)
    second = shop.order(user_id=row.id, customer_name=row.full_name, customer_phone=row.phone)
    shop.pay(first.id, 400_000)
    shop.pay(second.id, 50_000)
    shop.cancel(second.id)
    shop.sql("INSERT INTO reviews (user_id, customer_name, car_id, rating) VALUES (%s, 'Пётр', %s, 5)",
             row.id, first.car_id)  # fmt: skip
    card = customers.card(shop.reader, row.id)
    assert [order.id for order in card.orders] == [second.id, first.id]
    assert [review.rating for review in card.reviews] == [5]
    found = card.customer
    assert (found.orders, found.paid) == (2, Decimal("450000.00"))
    assert (found.owes, found.owed) == (Decimal("600000.00"), Decimal("50000.00"))


def test_two_people_change_one_customer(shop: Shop) -> None:
    row = add(shop)
    edit(shop, row, tax_id="7701234567")
    assert edit(shop, row, address="Тверь").tax_id == "7701234567"  # another field: no question
    with pytest.raises(Conflict):
        edit(shop, row, tax_id="7709999999")


def test_an_email_is_one_customers(shop: Shop) -> None:
    add(shop, email="p@mail.ru")
    with pytest.raises(EmailTaken):
        add(shop, "Другой", email="P@mail.ru")


def test_merging_shows_first_what_is_joined(shop: Shop) -> None:
    gone = add(shop, "Пётр", phone="+79120000001", email="p@mail.ru", address="Тверь")
    stays = add(shop, "Пётр Волков", phone="+79120000002")
    told = customers.joining(shop.reader, gone.id, stays.id)
    assert told.filled == {"email": "p@mail.ru", "address": "Тверь"}
    assert told.left == {"full_name": "Пётр", "phone": "+79120000001"}
    kept = merge(shop, gone, stays)
    assert (kept.email, kept.address, kept.phone) == ("p@mail.ru", "Тверь", "+79120000002")
    with pytest.raises(AlreadyMerged):
        merge(shop, gone, stays)
    with pytest.raises(AlreadyMerged):
        edit(shop, gone, full_name="Пётр П.")
    # Who is known by the merged one's phone is the one that stays.
    assert shop.order(customer_phone="+79120000001").user_id == stays.id


# -- the account of an order ------------------------------------------------------------------------------------------


def test_an_order_makes_the_account_once(shop: Shop) -> None:
    first = shop.order(customer_phone="8 912 345-67-89", customer_email="anna@mail.ru")
    assert first.user_id is not None
    assert shop.order(customer_phone="+7 (912) 345-67-89").user_id == first.user_id
    assert shop.order(customer_phone=None, customer_email="ANNA@mail.ru").user_id == first.user_id
    assert shop.one("SELECT count(*) FROM users WHERE role = 'customer'") == 1


def test_two_pcs_make_one_account_at_the_same_moment(shop: Shop) -> None:
    given = [shop.order_input(customer_phone="+7 912 345-67-89") for _number in range(6)]
    together = Barrier(len(given))

    def sell(order: Any) -> int | None:
        together.wait(20)
        return orders.make(shop.maker, order).order.user_id

    with ThreadPoolExecutor(len(given)) as pool:
        accounts = set(pool.map(sell, given))
    assert len(accounts) == 1
    assert shop.one("SELECT count(*) FROM users WHERE role = 'customer'") == 1


def test_phone_and_email_of_two_customers_are_asked_about(shop: Shop) -> None:
    first, second = add(shop, phone="+79120000001"), add(shop, "Вера", email="vera@mail.ru")
    given = {"customer_name": "Вера", "customer_phone": "+79120000001", "customer_email": "vera@mail.ru"}
    with pytest.raises(TwoAccounts) as caught:
        shop.order(**given)
    assert (caught.value.by_phone.id, caught.value.by_email.id) == (first.id, second.id)
    assert shop.one("SELECT count(*) FROM orders") == 0
    assert shop.order(**given, user_id=second.id).user_id == second.id


@pytest.fixture
def differing(shop: Shop) -> Callable[..., Any]:
    row = add(shop, phone="+79120000001")

    def sell(**typed: Any) -> Any:
        return shop.order(**{"customer_name": "Пётр П.", "customer_phone": "+79120000009", "user_id": row.id, **typed})

    return sell


def test_what_differs_is_asked_once_and_saved_as_it_is_answered(shop: Shop, differing: Callable[..., Any]) -> None:
    with pytest.raises(AccountDiffers) as caught:
        differing(asks=True)
    assert caught.value.differing == {"full_name": "Пётр П.", "phone": "+79120000009"}
    order = differing()
    assert shop.sql("SELECT full_name, phone FROM users WHERE id = %s", order.user_id) == [
        ("Пётр Волков", "+79120000001")
    ]
    order = differing(also_account=True)
    assert shop.sql("SELECT full_name, phone FROM users WHERE id = %s", order.user_id) == [("Пётр П.", "+79120000009")]


def test_a_companys_tax_id_is_kept_with_its_account(shop: Shop) -> None:
    order = shop.order(customer_name="ООО Ромашка", kind="company", tax_id="7701234567")
    row = customers.card(shop.reader, order.user_id or 0).customer
    assert (row.kind, row.tax_id) == (CustomerKind.COMPANY, "7701234567")


def test_a_first_payment_is_taken_with_the_order_or_neither_is(shop: Shop) -> None:
    order = shop.order(first_payment="50 000", first_payment_method="card")
    assert (order.paid, order.status) == (Decimal("50000.00"), OrderStatus.PENDING)
    assert shop.sql("SELECT amount, method::text, payment_type::text, status::text FROM payments") == [
        (Decimal("50000.00"), "card", "deposit", "paid")
    ]
    assert shop.order(first_payment="1 000 000").status is OrderStatus.PAID
    with pytest.raises(InvalidInput) as caught:
        shop.order(first_payment="1 000 000.01")
    assert set(caught.value.fields) == {"first_payment"}
    assert shop.one("SELECT count(*) FROM orders") == 2
