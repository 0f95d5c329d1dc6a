"""A value is put back out of the history: as by the record's own form, with its checks, rules and rights."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from dealer_desktop.core.errors import Conflict, DealerError, FinalRecord, NotAllowed, TotalRaised, VinTaken
from dealer_desktop.server.sign_in import with_login
from dealer_desktop.services import Connections, history, open_connections
from dealer_desktop.services.history import CannotPutBack, PutBack
from tests.models.conftest import PASSWORD, Logins, logins  # noqa: F401
from tests.services.conftest import Shop


def newest(shop: Shop, table: str, **values: Any) -> int:
    """Change a record by plain SQL; the history's entry of it."""
    number = values.pop("id")
    what = ", ".join(f"{name} = %s" for name in values)
    shop.sql(f"UPDATE {table} SET {what} WHERE id = %s", *values.values(), number)
    return int(shop.one("SELECT max(id) FROM audit_log WHERE table_name = %s", table))


def put_back(connections: Connections, entry: int, **how: Any) -> frozenset[str]:
    return history.put_back(connections, PutBack(request_id=uuid4(), entry_id=entry, **how))


def test_the_values_of_before_come_back_and_the_history_says_so(shop: Shop) -> None:
    car = shop.car(price="1 234 567.89", color=None)
    entry = newest(shop, "cars", id=car.id, price=5, color="red", arrived_on="2020-01-01")
    shop.sql("UPDATE cars SET mileage = 7 WHERE id = %s", car.id)
    assert put_back(shop.connections, entry) == {"price", "color", "arrived_on"}
    assert shop.sql("SELECT price, color, arrived_on, mileage FROM cars") == [
        (Decimal("1234567.89"), None, car.arrived_on, 7)
    ]
    told = history.page(shop.reader, table_name="cars").entries[0]
    assert told.after == {"price": 1234567.89, "color": None, "arrived_on": str(car.arrived_on)}
    # And that again.
    assert put_back(shop.connections, told.id) == {"price", "color", "arrived_on"}
    assert shop.one("SELECT price FROM cars") == 5
    assert put_back(shop.connections, told.id) == frozenset()


def test_what_was_changed_again_since_is_a_conflict(shop: Shop) -> None:
    car = shop.car(price=100)
    entry = newest(shop, "cars", id=car.id, price=90)
    newest(shop, "cars", id=car.id, price=80)
    with pytest.raises(Conflict) as refused:
        put_back(shop.connections, entry)
    assert refused.value.facts["theirs"] == {"price": 80}
    assert refused.value.facts["mine"] == {"price": 100}
    assert shop.one("SELECT price FROM cars") == 80
    assert put_back(shop.connections, entry, all_the_same=True) == {"price"}
    assert shop.one("SELECT price FROM cars") == 100


def test_the_rules_of_the_record_hold(shop: Shop) -> None:
    first, second = shop.car(), shop.car()
    entry = newest(shop, "cars", id=first.id, vin="XTA21099000000099")
    newest(shop, "cars", id=second.id, vin=first.vin)
    with pytest.raises(VinTaken):
        put_back(shop.connections, entry)
    order = shop.order(car_id=first.id)
    lowered = newest(shop, "orders", id=order.id, total_amount=5)
    with pytest.raises(TotalRaised):
        put_back(shop.connections, lowered)
    named = newest(shop, "orders", id=order.id, customer_name="Пётр")
    assert put_back(shop.connections, named) == {"customer_name"}
    again = newest(shop, "orders", id=order.id, customer_name="Пётр")
    shop.cancel(order.id)
    with pytest.raises(FinalRecord):
        put_back(shop.connections, again)


def test_what_cannot_be_put_back_says_why(shop: Shop) -> None:
    order = shop.order()
    expected = shop.expect(order.id, 100)
    made = shop.one("SELECT max(id) FROM audit_log WHERE table_name = 'orders'")
    details = "INSERT INTO customer_details (user_id, kind, document) SELECT max(id), 'person', 'secret' FROM users"
    shop.sql(details)
    shop.sql("UPDATE customer_details SET document = 'other'")
    private = shop.one("SELECT max(id) FROM audit_log WHERE table_name = 'customer_details'")
    status = newest(shop, "cars", id=shop.car().id, status="sold")
    money = newest(shop, "payments", id=expected.payment.id, amount=50)
    for entry, word in ((made, "added"), (private, "personal"), (money, "payment"), (status, "status")):
        with pytest.raises(CannotPutBack) as refused:
            put_back(shop.connections, entry)
        assert word in str(refused.value)
    assert shop.one("SELECT document FROM customer_details") == "other"


def test_people_and_the_dealership(shop: Shop, logins: Logins) -> None:  # noqa: F811
    newest(shop, "dealer", id=1, name="Авто")
    named = newest(shop, "dealer", id=1, name="Другой", currency="USD", region="KZ", timezone="Asia/Almaty")
    assert put_back(shop.connections, named) == {"name", "currency", "region", "timezone"}
    assert shop.one("SELECT currency || region FROM dealer") == "RUBRU"
    shop.order()
    customer = shop.one("SELECT max(id) FROM users WHERE role = 'customer'")
    called = newest(shop, "users", id=customer, full_name="Пётр", phone="+79990000000")
    assert put_back(shop.connections, called) == {"full_name", "phone"}
    assert shop.sql("SELECT full_name, phone FROM users") == [("Анна Петрова", "+79123456789")]

    logins.person("admin")
    person = logins.person("manager")
    logins.owner.run("SELECT staff_role(%(who)s, 'admin')", who=person.login)
    role = shop.one("SELECT max(id) FROM audit_log WHERE table_name = 'users'")
    assert put_back(shop.connections, role) == {"role"}
    assert person.one("SELECT dealer_role()") == "manager"
    logins.owner.run("SELECT staff_off(%(who)s)", who=person.login)
    off = shop.one("SELECT max(id) FROM audit_log WHERE table_name = 'users'")
    assert put_back(shop.connections, off) == {"is_active"}
    assert person.one("SELECT dealer_role()") == "manager"


def test_rights_are_the_persons_own(shop: Shop, logins: Logins, database_url: str) -> None:  # noqa: F811
    """What is put back is what that person's own form might save: a manager no dealer's row, a salesperson nothing."""
    newest(shop, "dealer", id=1, name="Авто")
    named = newest(shop, "dealer", id=1, name="Другой")
    car = newest(shop, "cars", id=shop.car().id, price=5)
    for role, entry, kind in (("manager", named, NotAllowed), ("salesperson", car, DealerError)):
        opened = open_connections(with_login(database_url, logins.person(role).login, PASSWORD))
        try:
            with pytest.raises(kind):
                put_back(opened, entry)
        finally:
            opened.close()
    assert shop.one("SELECT name FROM dealer") == "Другой"
    assert shop.one("SELECT price FROM cars") == 5


def test_one_press_counts_once(shop: Shop) -> None:
    """The answer was lost and the same press is sent again, after somebody went on from there."""
    car = shop.car(price=100)
    wanted = PutBack(request_id=uuid4(), entry_id=newest(shop, "cars", id=car.id, price=90))
    assert history.put_back(shop.connections, wanted) == {"price"}
    newest(shop, "cars", id=car.id, price=70)
    assert history.put_back(shop.connections, wanted) == {"price"}
    assert shop.one("SELECT price FROM cars") == 70
