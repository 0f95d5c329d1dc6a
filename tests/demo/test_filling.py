"""The demo as it lies in the database: made by the services, the same every time, carried on where it was stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from dealer_desktop import demo
from dealer_desktop.domain.enums import CarStatus, DeliveryStatus, OrderStatus, PaymentStatus
from dealer_desktop.server.connect import connect
from dealer_desktop.server.embedded import BundledServer
from dealer_desktop.services import open_connections
from tests.ui import added_list

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 23)
Ask = Callable[[str], list[Any]]
# What stands in every row that people see; photos by their file's name, since each demo has a folder of its own.
SHOWN = {
    "customer_details": "user_id, kind, address, tax_id, signed_by, signed_on_basis",
    "users": "id, email, full_name, phone, role, is_active, created_at, updated_at",
    "cars": "id, vin, make, model, year, mileage, price, condition, color, status, description, stock_number, location,"
    " arrived_on, hold_note, held_until, created_at, updated_at",
    "car_photos": "id, car_id, regexp_replace(url, '.*/', ''), is_main, position",
    "car_reports": "id, car_id, report_type, data::text, created_at",
    "orders": "id, customer_name, customer_phone, customer_email, user_id, salesperson_id, car_id, status,"
    " payment_method, total_amount, delivery_address, delivery_date, completed_at, cancel_reason, created_at,"
    " updated_at",
    "payments": "id, order_id, amount, status, payment_type, method, transaction_id, paid_at, refund_of, due_date,"
    " created_at",
    "deliveries": "id, order_id, status, tracking_number, delivered_at, failure_reason, created_at",
    "reviews": "id, user_id, customer_name, car_id, rating, comment, created_at",
    "car_costs": "id, car_id, stay, order_id, kind, amount, incurred_on, note",
    "trade_ins": "id, order_id, car_id, stay, payment_id, payoff, created_at",
    "dealer": "name, address, phone, tax_id, currency, region, timezone, uses_drawers",
    "drawers": "id, name, opening_amount, counted_amount, expected_amount, z_number, note",
    "drawer_moves": "id, drawer_id, amount, reason, created_at",
}


@contextmanager
def database(server: BundledServer, template: str, name: str) -> Iterator[str]:
    maintenance = urlunsplit(urlsplit(server.url)._replace(path="/postgres"))
    with connect(maintenance) as connection:
        connection.autocommit = True
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY".encode())
        yield urlunsplit(urlsplit(server.url)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="module")
def url(server: BundledServer, template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo made in one go."""
    with database(server, template_database, "demo_in_one_go") as made:
        fill(made, tmp_path_factory.mktemp("demo"))
        yield made


@pytest.fixture
def ask(url: str) -> Iterator[Ask]:
    with connect(url) as connection:
        yield lambda query: connection.execute(query.encode()).fetchall()


def fill(url: str, folder: Path, progress: Callable[[int, int], None] | None = None) -> None:
    connections = open_connections(url)
    try:
        demo.fill(connections, folder, progress, today=TODAY)
    finally:
        connections.close()


def content(connection: psycopg.Connection[Any]) -> dict[str, list[Any]]:
    return {
        table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1".encode()).fetchall()
        for table, columns in SHOWN.items()
    }


class Interrupted(Exception):
    pass


def test_interrupted_twice_and_carried_on_it_is_the_same(
    url: str, server: BundledServer, template_database: str, tmp_path: Path
) -> None:
    def interrupt_after(steps: int) -> Callable[[int, int], None]:
        def progress(done: int, total: int) -> None:
            if done == steps:
                raise Interrupted

        return progress

    with database(server, template_database, "demo_in_pieces") as other:
        for steps in (120, 500):
            with pytest.raises(Interrupted):
                fill(other, tmp_path, interrupt_after(steps))
        fill(other, tmp_path)
        with connect(url) as first, connect(other) as second:
            expected, found = content(first), content(second)
        for table, rows in expected.items():
            assert found[table] == rows, table


def test_a_finished_demo_is_left_alone(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text('{"begun_on": "2026-11-01", "done": true}', "utf-8")
    with connect(database_url) as connection:
        connection.execute(
            "INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
            " VALUES ('XTA21099043576182', 'LADA', 'Granta', 2020, 1, 1, 'used')"
        )
        connection.commit()
        fill(database_url, tmp_path)
        assert connection.execute("SELECT count(*) FROM cars").fetchall() == [(1,)]


def test_there_is_one_of_everything(ask: Ask) -> None:
    assert ask("SELECT count(*) FROM cars")[0][0] >= 320
    assert {status for (status,) in ask("SELECT DISTINCT status FROM orders")} == set(OrderStatus)
    assert {status for (status,) in ask("SELECT DISTINCT status FROM deliveries")} == set(DeliveryStatus)
    assert {status for (status,) in ask("SELECT DISTINCT status FROM payments")} == set(PaymentStatus)
    assert {status for (status,) in ask("SELECT DISTINCT status FROM cars")} == set(CarStatus)
    assert ask("SELECT count(*) FROM orders")[0][0] >= 60
    assert ask("SELECT count(*) FROM cars WHERE hold_note IS NOT NULL")[0][0] >= 3
    for table in ("car_photos", "car_reports", "reviews", "users"):
        assert ask(f"SELECT count(*) FROM {table}")[0][0] > 15, table
    assert ask("SELECT count(*) FROM payments WHERE refund_of IS NOT NULL")[0][0] >= 2
    assert ask(f"SELECT count(*) FROM payments WHERE status = 'pending' AND due_date < '{TODAY}'")[0][0] >= 1


def test_money_and_statuses_agree(ask: Ask) -> None:
    paid = "(SELECT coalesce(sum(amount), 0) FROM payments WHERE order_id = orders.id AND status = 'paid')"
    wrong = (
        f"SELECT id FROM orders WHERE status IN ('paid', 'completed', 'in_delivery') AND {paid} <> total_amount",
        f"SELECT id FROM orders WHERE status = 'pending' AND {paid} >= total_amount",
        "SELECT orders.id FROM orders JOIN cars ON car_id = cars.id"
        " WHERE orders.status = 'completed' AND cars.status <> 'sold'",
        "SELECT orders.id FROM orders JOIN cars ON car_id = cars.id"
        " WHERE orders.status NOT IN ('completed', 'canceled') AND cars.status <> 'reserved'",
    )
    for query in wrong:
        assert ask(query) == []
    assert ask(f"SELECT id FROM orders WHERE status = 'canceled' AND {paid} > 0") != []


def test_it_has_a_past(ask: Ask) -> None:
    """Nothing seems to have happened at the moment when the demo was made, and the order of numbers is that of time."""
    for table, column in (("cars", "created_at"), ("orders", "created_at"), ("payments", "created_at")):
        assert ask(f"SELECT count(*) FROM {table} WHERE {column} >= '{TODAY} 00:00 Europe/Moscow'") == [(0,)], table
        moments = [moment for (moment,) in ask(f"SELECT {column} FROM {table} ORDER BY id")]
        assert moments == sorted(moments), table
    assert ask(f"SELECT count(*) FROM orders WHERE completed_at >= '{TODAY}' OR updated_at >= '{TODAY}'") == [(0,)]
    assert ask(f"SELECT count(*) FROM audit_log WHERE at >= '{TODAY}'") == [(0,)]
    assert ask("SELECT count(*) FROM cars WHERE arrived_on <> (created_at AT TIME ZONE 'Europe/Moscow')::date") == [
        (0,)
    ]


def test_costs_and_cars_taken_in_payment_fit_together(ask: Ask) -> None:
    """Every sold car bears what it cost, with few losses; old cars stand in stock for what was allowed."""
    assert ask("SELECT count(*) FROM trade_ins") == [(3,)]
    agreed = "SELECT agreed_car->>'model', agreed_car ? 'mileage' FROM payments WHERE method = 'trade_in'"
    assert ask(f"{agreed} AND status = 'pending'") == [("Rapid", True)]
    assert ask(
        "SELECT count(*) FROM trade_ins t JOIN payments p ON p.id = t.payment_id "
        "JOIN car_costs c ON c.car_id = t.car_id AND c.amount = p.amount + t.payoff AND c.kind = 'purchase'"
    ) == [(3,)]
    ((sold, borne, losses),) = ask(
        "SELECT count(*), count(*) FILTER (WHERE costs > 0), count(*) FILTER (WHERE costs > total_amount) FROM orders "
        "CROSS JOIN LATERAL (SELECT sum(amount) AS costs FROM car_costs WHERE order_id = orders.id) AS borne "
        "WHERE status = 'completed'"
    )
    assert sold == borne > 20
    assert losses < 4


def test_the_photos_are_pictures_of_their_own_folder(ask: Ask) -> None:
    files = {Path(url) for (url,) in ask("SELECT DISTINCT url FROM car_photos")}
    assert len(files) > 30
    assert all(file.read_bytes().startswith(b"\xff\xd8") for file in files)


@pytest.fixture
def with_drives(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A list that the product does not have is added to it."""
    with connect(url) as connection:
        connection.autocommit = True
        added_list.add(monkeypatch, connection.execute)
        connection.execute("INSERT INTO test_drives (car_id, driver) SELECT id, 'Anna' FROM cars")
        yield
        connection.execute("DROP TABLE test_drives")


def test_every_tab_and_dialog_is_drawn(url: str, with_drives: None, qtbot: QtBot, tmp_path: Path) -> None:
    from dealer_desktop import application
    from dealer_desktop.commands.rehearsals import _own_cars
    from dealer_desktop.core import i18n
    from dealer_desktop.ui.rehearsal import screenshots
    from dealer_desktop.ui.window import sections

    place = application.Place(url=url, settings=tmp_path / "window.ini")
    window = application.start(["dealer-desktop"], place)
    try:
        qtbot.waitUntil(lambda: window.context is not None, timeout=30_000)
        drawn = screenshots.draw_all(
            window, tmp_path / "pictures", _own_cars(tmp_path), lambda line: None, languages=("ru",), looks=("dark",)
        )
    finally:
        application.close(window)
    names = {file.name for file in drawn}
    for name in (
        *(section.name for section in sections.SECTIONS if section.is_drawn),
        "drives",
        "name-driver",
        "new-order",
        "take-payment",
        "trade-in",
        "profit",
        "edit-car",
        "new-car",
        "import",
        "print",
        "refund",
        "price-tag",
        "add-report",
        "add-review",
        "report",
        "contract",
        "handover",
        "print-many",
        "check-document",
        "templates",
        "dealership",
        "history",
        "backups",
        "doctor",
        "newer-package",
        "views",
        "views-menu",
        "ask-manager",
        "approvals",
        "save-view",
        "close",
        "unfinished",
        "draft",
    ):
        assert f"{name}-dark-ru.png" in names
    assert all(QImage(str(file)).width() > 300 for file in drawn)
    assert i18n.language() == "en"


def test_companies_are_known_as_companies_with_who_signs_for_them(ask: Ask) -> None:
    looks = "full_name ~ '^(ООО|ИП|АО) '"
    known = ask(f"SELECT full_name FROM users JOIN customer_details ON user_id = id WHERE {looks} AND kind = 'company'"
                " AND tax_id IS NOT NULL AND signed_by IS NOT NULL AND signed_on_basis IS NOT NULL")  # fmt: skip
    assert len(known) == len(ask(f"SELECT full_name FROM users WHERE {looks}")) == 4
    assert ask("SELECT user_id FROM customer_details JOIN users ON id = user_id WHERE kind = 'company'"
               f" AND NOT {looks}") == []  # fmt: skip
