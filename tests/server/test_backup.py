"""A backup holds everything, comes back byte for byte, and is refused where it could harm."""

import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import (
    DealerError,
    FileNotWritten,
    NoRightToUpgrade,
    SchemaBehind,
    SchemaNewer,
    UnreadableFile,
)
from dealer_desktop.server import upgrade
from dealer_desktop.server.backup import DatabaseNotEmpty, backup, restore
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import with_login
from dealer_desktop.server.table_copies import read_tables
from tests.models.conftest import PASSWORD, Logins
from tests.server import selling

ODD = "tab\there\nline\\two \\. \\N «Ёлка» 🚗 <b>жирный</b> \u202e'\";--"


@pytest.fixture
def full_url(database_url: str) -> str:
    """A database with rows in every table, made by the services and by other programs."""
    from dealer_desktop.services import cars, open_connections, orders, payments

    opened = open_connections(database_url)
    writes = opened.session_maker
    try:
        for _ in range(3):
            car = cars.add(writes, selling.car(uuid4()))
        order = orders.make(writes, selling.order(uuid4(), car.id)).order
        payments.take(writes, selling.payment(uuid4(), order.id, selling.DEPOSIT))
        payments.take(writes, selling.payment(uuid4(), order.id, selling.PRICE - selling.DEPOSIT))
    finally:
        opened.close()
    with connect(database_url) as connection:
        run = connection.execute
        run("UPDATE cars SET description = %s, held_until = NULL WHERE id = 1", [ODD])
        run("UPDATE dealer SET name = %s, logo = %s", [ODD, bytes(range(256))])
        run("INSERT INTO users (email, full_name, role) VALUES ('ivan@dealer.ru', %s, 'manager')", [ODD])
        run("INSERT INTO users (phone, full_name, role) VALUES ('+79123456789', %s, 'customer')", [ODD])
        run("INSERT INTO customer_details (user_id, kind, document) SELECT max(id), 'person', %s FROM users", [ODD])
        run("INSERT INTO approvals (act, car_id, reason) VALUES ('sell_held_car', 2, %s)", [ODD])
        run("INSERT INTO car_costs (car_id, kind, amount, note) VALUES (2, 'repair', 5, %s)", [ODD])
        run("INSERT INTO drawers (name, opening_amount) VALUES (%s, 5)", [ODD])
        run("INSERT INTO drawer_moves (drawer_id, amount, reason) VALUES (1, -2, %s)", [ODD])
        run("UPDATE drawers SET counted_amount = 4")
        run(
            "INSERT INTO orders (customer_name, customer_phone, car_id, payment_method) VALUES (%s, '+7', 1, 'cash')",
            [ODD],
        )
        run("INSERT INTO order_lines (order_id, kind, title, quantity, amount) VALUES (2, 'service', %s, 1, 5)", [ODD])
        with connection.transaction():
            run("INSERT INTO orders (customer_name, customer_phone, car_id, payment_method) "
                "VALUES ('Анна', '+79123456780', 2, 'cash')")  # fmt: skip
            run("INSERT INTO cars (vin, make, model, year, mileage, price, condition) "
                "VALUES ('1HGCM82633A004352', 'Honda', 'Accord', 2003, 9, 100, 'used')")  # fmt: skip
            run("INSERT INTO payments (order_id, amount, payment_type, method, status, paid_at) "
                "SELECT max(id), 100, 'installment', 'trade_in', 'paid', now() FROM orders")  # fmt: skip
            run("INSERT INTO trade_ins (order_id, car_id, payment_id) SELECT order_id, (SELECT max(id) FROM cars), id "
                "FROM payments WHERE method = 'trade_in'")  # fmt: skip
        run("INSERT INTO car_photos (car_id, url, is_main) VALUES (1, 'a.jpg', true), (1, 'b.jpg', false)")
        run("INSERT INTO car_reports (car_id, report_type, data) VALUES (1, 'vin_check', %s)", [json.dumps({"a": ODD})])
        run("INSERT INTO reviews (customer_name, car_id, rating, comment) VALUES (%s, 1, 5, %s)", [ODD, ODD])
        run("UPDATE orders SET delivery_address = 'Москва' WHERE id = %s", [order.id])
        run("INSERT INTO deliveries (order_id) VALUES (%s)", [order.id])
        contract = "INSERT INTO documents (kind, order_id, language, facts) VALUES ('contract', %s, 'ru', %s)"
        for _ in range(2):
            run(contract, [order.id, json.dumps({"a": ODD})])
        run("SELECT document_key()")
        run("INSERT INTO document_templates (kind, source) VALUES ('contract', %s)", [ODD])
    return database_url


@pytest.fixture
def other_url(empty_database_url: str) -> str:
    return empty_database_url


def everything(url: str) -> dict[str, list[Any]]:
    """Every row of every table, generated columns too."""
    with connect(url) as connection:
        return {
            table.name: connection.execute(
                f"SELECT (to_jsonb(t) - '{{written_in,came_in}}'::text[])::text FROM {table.name} t ORDER BY 1".encode()
            ).fetchall()
            for table in read_tables(connection)
        }


def test_everything_comes_back_byte_for_byte(full_url: str, other_url: str, tmp_path: Path) -> None:
    file = tmp_path / "копия с пробелом.zip"
    told: list[str] = []
    backup(full_url, file, told.append)
    before = everything(full_url)
    assert all(before.values()), "a table of this test has no rows"
    assert len(told) == len(before)
    restore(other_url, file)
    assert everything(other_url) == before
    assert upgrade.status(other_url) is upgrade.SchemaStatus.CURRENT


def test_the_restored_database_goes_on_with_its_rules_and_numbers(
    full_url: str, other_url: str, tmp_path: Path
) -> None:
    backup(full_url, tmp_path / "b")
    restore(other_url, tmp_path / "b")
    with connect(full_url) as old, connect(other_url) as new:
        triggers = (
            b"SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
        )
        assert new.execute(triggers).fetchall() == old.execute(triggers).fetchall()
        insert = b"INSERT INTO users (email, full_name, role) VALUES ('new@dealer.ru', 'New', 'customer') RETURNING id"
        assert new.execute(insert).fetchone() == old.execute(insert).fetchone()
        with pytest.raises(psycopg.errors.CheckViolation):
            new.execute("DELETE FROM orders")


def test_a_backup_is_for_its_owners_eyes_and_replaces_an_older_one(full_url: str, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    file.write_text("older")
    backup(full_url, file)
    assert zipfile.is_zipfile(file)
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [left.name for left in tmp_path.iterdir()] == ["b.zip"]


def test_it_is_one_moment_whatever_others_write_meanwhile(full_url: str, other_url: str, tmp_path: Path) -> None:
    def meanwhile(words: str) -> None:
        with connect(full_url) as connection:
            connection.execute("INSERT INTO car_photos (car_id, url) VALUES (2, %s)", [words])

    before = everything(full_url)
    backup(full_url, tmp_path / "b", meanwhile)
    restore(other_url, tmp_path / "b")
    assert everything(other_url) == before


def test_a_database_with_rows_is_left_alone(full_url: str, tmp_path: Path) -> None:
    backup(full_url, tmp_path / "b")
    before = everything(full_url)
    with pytest.raises(DatabaseNotEmpty) as refused:
        restore(full_url, tmp_path / "b")
    assert "--into NAME" in str(refused.value)
    i18n.set_language("ru")
    assert "рядом" in str(refused.value)
    assert everything(full_url) == before


def test_a_new_database_with_its_schema_takes_it_too(
    full_url: str, other_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEALER__NAME", "Another dealer")
    upgrade.upgrade(other_url)
    backup(full_url, tmp_path / "b")
    restore(other_url, tmp_path / "b")
    assert everything(other_url) == everything(full_url)


@pytest.fixture
def damage(full_url: str, tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Makes a backup that something happened to: a manifest's changes, a table's other text, a cut."""
    backup(full_url, tmp_path / "good")

    def make(
        *, cut: int = 0, manifest: dict[str, Any] | None = None, tables: dict[str, bytes | None] | None = None
    ) -> Path:
        bad = tmp_path / "bad"
        with zipfile.ZipFile(tmp_path / "good") as good, zipfile.ZipFile(bad, "w") as target:
            for name in good.namelist():
                data: bytes | None = good.read(name)
                if name == "manifest.json":
                    data = json.dumps(json.loads(data or b"") | (manifest or {})).encode()
                if tables and name in tables:
                    data = tables[name]
                if data is not None:
                    target.writestr(name, data)
        if cut:
            bad.write_bytes(bad.read_bytes()[:-cut])
        return bad

    yield make


def nothing_happened(url: str) -> bool:
    with connect(url) as connection:
        tables = {table.name for table in read_tables(connection)}
        return not tables or connection.execute("SELECT count(*) FROM cars").fetchone() == (0,)


@pytest.mark.parametrize(
    "how",
    [
        {"cut": 100},
        {"manifest": {"format": "x"}},
        {"manifest": {"tables": 5}},
        {"tables": {"manifest.json": None}},
        {"tables": {"tables/cars.copy": b""}},
        {"tables": {"tables/cars.copy": None}},
        {"tables": {"tables/cars.copy": b"not\tenough\n"}},
        {"tables": {"tables/orders.copy": b""}},
        {"tables": {"tables/reviews.copy": b""}},
    ],
    ids=str,
)
def test_a_damaged_file_is_told_and_changes_nothing(
    damage: Callable[..., Path], other_url: str, how: dict[str, Any]
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        restore(other_url, damage(**how))
    assert "damaged" in str(refused.value)
    assert nothing_happened(other_url)


def test_a_backup_of_a_newer_program_is_told(damage: Callable[..., Path], other_url: str) -> None:
    with pytest.raises(SchemaNewer):
        restore(other_url, damage(manifest={"revision": "f00dfeed"}))
    with pytest.raises(SchemaNewer) as newer:
        restore(other_url, damage(manifest={"format": 99}))
    assert "made by a newer Dealer Desktop" in str(newer.value)


@pytest.mark.parametrize("content", [b"", b"PK", b"a,b,c\n1,2,3\n", bytes(1000)])
def test_what_is_no_backup_is_told(other_url: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(UnreadableFile):
        restore(other_url, tmp_path / "b")
    with pytest.raises(UnreadableFile):
        restore(other_url, tmp_path / "is not there")
    with pytest.raises(UnreadableFile):
        restore(other_url, tmp_path)


def test_a_place_that_cannot_be_written_is_told(full_url: str, tmp_path: Path) -> None:
    for wrong in (tmp_path / "no such folder" / "b", tmp_path):
        with pytest.raises(FileNotWritten):
            backup(full_url, wrong)
    assert list(tmp_path.iterdir()) == []


def test_there_is_nothing_to_save_in_an_empty_database(other_url: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaBehind):
        backup(other_url, tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


def test_an_admin_who_is_signed_in_saves_everything(full_url: str, other_url: str, tmp_path: Path) -> None:
    logins = Logins(full_url)
    try:
        admin = logins.person("admin")
        backup(with_login(full_url, admin.login, PASSWORD), tmp_path / "a")
    finally:
        logins.close()
    before = everything(full_url)
    restore(other_url, tmp_path / "a")
    assert everything(other_url) == before
    with connect(other_url) as connection:
        kept = connection.execute("SELECT relrowsecurity FROM pg_class WHERE relname = 'audit_log'").fetchone()
    assert kept == (True,)


def test_a_login_without_rights_is_told(full_url: str, other_url: str, tmp_path: Path) -> None:
    name = f"onlooker_{uuid4().hex[:8]}"
    with connect(full_url) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x'".encode())
        try:
            with pytest.raises(DealerError):
                backup(full_url.replace(full_url.split("//")[1].split("@")[0], f"{name}:x"), tmp_path / "a")
            backup(full_url, tmp_path / "b")
            with pytest.raises(NoRightToUpgrade):
                restore(other_url.replace(other_url.split("//")[1].split("@")[0], f"{name}:x"), tmp_path / "b")
        finally:
            connection.execute(f"DROP ROLE {name}".encode())
    assert nothing_happened(other_url)


def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    empty_database_url: str, database_url: str, tmp_path: Path
) -> None:
    """Into a database that has the newest schema already: it goes back, takes the rows, and comes forward."""
    newest, older = upgrade.head(), upgrade._revisions()[upgrade.head()][0]
    upgrade.upgrade(empty_database_url, revision=older)
    assert upgrade.status(empty_database_url) is upgrade.SchemaStatus.BEHIND
    with connect(empty_database_url) as connection:
        connection.execute(
            "INSERT INTO cars (vin, make, model, year, mileage, price, condition)"
            " VALUES ('XTA210990Y2765432', 'Lada', '21099', 2000, 1, 1, 'used')"
        )
    backup(empty_database_url, tmp_path / "b")
    restore(database_url, tmp_path / "b")
    assert upgrade.revision(database_url) == newest
    with connect(database_url) as connection:
        assert connection.execute("SELECT vin FROM cars").fetchall() == [("XTA210990Y2765432",)]
