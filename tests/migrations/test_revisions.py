"""The revisions make what the models say, take it away again, and keep what is in the tables."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from pytest_alembic.tests import (  # noqa: F401
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)

from dealer_desktop.core import paths, settings
from dealer_desktop.core.errors import WrongSetting
from dealer_desktop.models import Base, rules
from dealer_desktop.models.rules import kept
from dealer_desktop.server.connect import connect
from dealer_desktop.server.upgrade import VERSION_LOCK, VERSION_TABLE

# Everything that a migration may leave behind: tables, views, sequences, types, functions, triggers, extensions.
STRAY = """
SELECT 'relation ' || relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'alembic_version%%'
UNION ALL
SELECT 'type ' || typname FROM pg_type
WHERE typnamespace = 'public'::regnamespace AND typname NOT IN ('alembic_version', '_alembic_version')
UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
"""


def _ask(url: str, sql: str) -> list[Any]:
    with connect(url) as connection:
        return [row[0] for row in connection.execute(sql.replace("%%", "%")).fetchall()]


def test_alembic_check_is_clean(alembic_config: Config) -> None:
    command.upgrade(alembic_config, "head")
    command.check(alembic_config)


def test_alembic_check_finds_a_rule_that_drifted(alembic_config: Config, empty_database_url: str) -> None:
    command.upgrade(alembic_config, "head")
    with connect(empty_database_url) as connection:
        connection.execute("CREATE OR REPLACE FUNCTION paid_so_far(order_number bigint) RETURNS numeric "
                           "LANGUAGE sql AS 'select 0::numeric'")  # fmt: skip
        connection.execute("DROP TRIGGER orders_history_update ON orders")
        connection.execute("ALTER TABLE cars DROP CONSTRAINT uq_cars_vin")
    with pytest.raises(CommandError) as caught:
        command.check(alembic_config)
    for found in ("paid_so_far", "orders_history_update", "UniqueConstraint"):
        assert found in str(caught.value)


def test_a_downgrade_leaves_nothing_behind_and_an_upgrade_makes_it_again(
    alembic_config: Config, empty_database_url: str
) -> None:
    command.upgrade(alembic_config, "head")
    whole = sorted(_ask(empty_database_url, STRAY))
    command.downgrade(alembic_config, "base")
    assert _ask(empty_database_url, STRAY) == []
    command.upgrade(alembic_config, "head")
    assert sorted(_ask(empty_database_url, STRAY)) == whole
    command.downgrade(alembic_config, "-1")
    command.upgrade(alembic_config, "head")
    assert sorted(_ask(empty_database_url, STRAY)) == whole


def test_a_downgrade_opens_what_the_rights_closed(alembic_config: Config, empty_database_url: str) -> None:
    """The groups are the server's, and other databases may need them; nothing here rests on them any more."""
    rests = (
        "SELECT refobjid::regrole::text FROM pg_shdepend WHERE dbid = (SELECT oid FROM pg_database "
        "WHERE datname = current_database()) AND refobjid::regrole::text LIKE 'dealer\\_%%'"
    )
    closed = (
        "SELECT 'default' FROM pg_default_acl UNION ALL SELECT 'connect' "
        "WHERE NOT has_database_privilege('public', current_database(), 'CONNECT, TEMPORARY')"
    )
    command.upgrade(alembic_config, "head")
    assert sorted(set(_ask(empty_database_url, rests))) == ["dealer_admin", "dealer_manager", "dealer_sales"]
    assert _ask(empty_database_url, closed) == ["default", "connect"]
    command.downgrade(alembic_config, "0005")
    assert _ask(empty_database_url, rests) == []
    assert _ask(empty_database_url, closed) == []
    command.downgrade(alembic_config, "base")
    assert _ask(empty_database_url, STRAY) == []


def test_a_downgrade_keeps_an_extension_that_others_use(alembic_config: Config, empty_database_url: str) -> None:
    command.upgrade(alembic_config, "head")
    with connect(empty_database_url) as connection:
        connection.execute("CREATE SCHEMA theirs")
        connection.execute("CREATE TABLE theirs.notes (note text)")
        connection.execute("CREATE INDEX ON theirs.notes USING gin (note gin_trgm_ops)")
    command.downgrade(alembic_config, "base")
    assert _ask(empty_database_url, "SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'") == ["pg_trgm"]


ROWS = """
INSERT INTO users (email, full_name, role)
    VALUES ('anna@dealer.ru', 'Анна', 'salesperson'), ('petr@mail.ru', 'Пётр', 'customer');
INSERT INTO cars (vin, make, model, year, mileage, price, condition, status)
    VALUES ('1HGCM82633A004352', 'Лада', 'Веста', 2021, 5, 1000, 'used', 'sold');
INSERT INTO car_photos (car_id, url, position) VALUES (1, 'a.jpg', 1);
INSERT INTO car_reports (car_id, report_type, data) VALUES (1, 'vin_check', '{"ok": true}');
INSERT INTO reviews (car_id, customer_name, rating) VALUES (1, 'Пётр', 5);
INSERT INTO orders (user_id, customer_name, customer_phone, car_id, payment_method, total_amount, status, completed_at)
    VALUES (2, 'Пётр', '+79123456789', 1, 'cash', 1000, 'completed', now());
INSERT INTO payments (order_id, amount, payment_type, method, status, paid_at)
    VALUES (1, 1000, 'full', 'cash', 'paid', now());
INSERT INTO deliveries (order_id, status, delivered_at) VALUES (1, 'delivered', now());
INSERT INTO requests (request_id, action) VALUES ('0191d8b2-7b1c-7000-8000-000000000000', 'orders.make');
INSERT INTO audit_log (actor, table_name, row_id, action) VALUES ('dealer', 'cars', 1, 'INSERT');
"""


def _contents(url: str) -> dict[str, list[Any]]:
    here = _ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        table: _ask(url, f"SELECT to_jsonb(t) FROM {table} t ORDER BY 1")
        for table in Base.metadata.tables
        if table in here
    }


def test_an_upgrade_from_the_first_tables_keeps_every_row(alembic_config: Config, empty_database_url: str) -> None:
    command.upgrade(alembic_config, "0002")
    with connect(empty_database_url) as connection:
        connection.execute(ROWS)
    before = _contents(empty_database_url)
    assert all(before.values())
    command.upgrade(alembic_config, "head")
    after = _contents(empty_database_url)
    # New columns came, and nothing of the old ones is another.
    for table, rows in before.items():
        assert [{name: row[name] for name in old} for old, row in zip(rows, after[table], strict=True)] == rows


def test_a_new_revision_is_typed_and_shows_a_rule_as_it_reads(
    alembic_config: Config, empty_database_url: str, tmp_path: Path
) -> None:
    """As ``alembic revision --autogenerate`` writes it, of a checkout whose rules were edited."""
    command.upgrade(alembic_config, "head")
    with connect(empty_database_url) as connection:
        connection.execute("DROP TRIGGER cars_before_write ON cars")
        connection.execute("DROP FUNCTION cars_before_write")
    shutil.copytree(paths.migrations(), tmp_path / "migrations")
    alembic_config.set_main_option("script_location", str(tmp_path / "migrations"))
    script: Any = command.revision(alembic_config, "A new thing", autogenerate=True, rev_id="0099")
    text = Path(script.path).read_text("utf-8")
    assert re.search(r'^revision: str = "0099"$', text, re.MULTILINE)
    assert re.search(r'^down_revision: str \| Sequence\[str\] \| None = "\d{4}"$', text, re.MULTILINE)
    assert re.search(r"^ +new\.make := clean\(new\.make\);$", text, re.MULTILINE)
    command.upgrade(alembic_config, "head")
    command.check(alembic_config)
    command.downgrade(alembic_config, "-1")
    assert "function cars_before_write" not in _ask(empty_database_url, STRAY)


def test_each_statement_of_the_rules_is_found() -> None:
    text = "".join(file.read_text("utf-8") for file in rules.files())
    begun = re.findall(r"^create ", text, re.MULTILINE)
    assert len(rules.statements()) == len(begun) + len(list(kept.triggers()))


def test_the_dealers_row_comes_from_the_settings(
    alembic_config: Config, empty_database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    told = {"NAME": "Авто «Ёлка» 100%", "ADDRESS": "Тверь", "TIMEZONE": "Asia/Omsk", "CURRENCY": "KZT", "REGION": "KZ"}
    for name, value in {**told, "LOGO": str(tmp_path / "logo.png"), "TAX_ID": "7701"}.items():
        monkeypatch.setenv(f"DEALER__{name}", value)
    settings.reload()
    command.upgrade(alembic_config, "head")
    with connect(empty_database_url) as connection:
        row = connection.execute(
            "SELECT id, name, address, phone, tax_id, logo, currency, region, timezone FROM dealer"
        ).fetchall()
    assert row == [(1, "Авто «Ёлка» 100%", "Тверь", None, "7701", b"\x89PNG", "KZT", "KZ", "Asia/Omsk")]


@pytest.mark.parametrize(("name", "value"), [("DEALER__TIMEZONE", "Mars/Olympus"), ("DEALER__LOGO", "/nowhere.png")])
def test_a_wrong_dealer_setting_is_named_and_nothing_is_made(
    alembic_config: Config, empty_database_url: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    settings.reload()
    with pytest.raises(WrongSetting, match=name):
        command.upgrade(alembic_config, "head")
    assert _ask(empty_database_url, STRAY) == []


def test_sql_for_later_is_refused_in_a_sentence(alembic_config: Config) -> None:
    with pytest.raises(CommandError, match="without --sql"):
        command.upgrade(alembic_config, "head", sql=True)


def test_an_upgrade_waits_no_longer_than_its_limit_for_a_table_in_use(
    alembic_config: Config, empty_database_url: str
) -> None:
    """Whoever comes after a waiting migration would wait with it."""
    command.upgrade(alembic_config, "0002")
    alembic_config.attributes["lock_timeout"] = "200ms"
    with connect(empty_database_url) as user:
        user.autocommit = False
        user.execute("INSERT INTO users (email, full_name, role) VALUES ('a@b.ru', 'Анна', 'customer')")
        with pytest.raises(sa.exc.OperationalError) as caught:
            command.upgrade(alembic_config, "head")
        assert isinstance(caught.value.orig, psycopg.errors.LockNotAvailable)
        user.commit()
    command.upgrade(alembic_config, "head")


@pytest.mark.parametrize("begun_at", ["base", "0004"])
def test_a_second_upgrade_waits_for_the_first(alembic_config: Config, empty_database_url: str, begun_at: str) -> None:
    if begun_at != "base":
        command.upgrade(alembic_config, begun_at)
    with connect(empty_database_url) as first, connect(empty_database_url) as asker:
        first.autocommit = False
        first.execute(VERSION_TABLE)
        first.execute(VERSION_LOCK)
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(lambda: command.upgrade(alembic_config, "head"))
            waiting = (
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
                "WHERE NOT granted AND datname = current_database()"
            )
            while asker.execute(waiting).fetchone() != (1,):
                assert not second.done(), second.exception()
            first.commit()
            second.result(60)
    assert "function sort_key" in _ask(empty_database_url, STRAY)


BEFORE_CLEANING = """
ALTER TABLE orders DISABLE TRIGGER USER; ALTER TABLE payments DISABLE TRIGGER USER;
ALTER TABLE cars DISABLE TRIGGER USER;
INSERT INTO users (email, full_name, role) VALUES
    (E'a@b.ru\\t', 'Анна', 'customer'), (E'c@d.ru', 'Олег', 'customer'), (E'C@d.ru\\t', E'\\u200b', 'customer');
INSERT INTO cars (vin, make, model, year, mileage, price, condition, status)
    VALUES ('1HGCM82633A004352', E'\\ufeff', 'Веста', 2021, 5, 1000, 'used', 'sold');
INSERT INTO orders (customer_name, customer_phone, car_id, payment_method, total_amount, status, completed_at)
    VALUES (E'\\u2060', E'\\u200b', 1, 'cash', 1000, 'completed', now());
INSERT INTO payments (order_id, amount, payment_type, method, status, paid_at, transaction_id) VALUES
    (1, 400, 'full', 'cash', 'paid', '9000-01-01', 'TX-1'), (1, 300, 'full', 'cash', 'paid', now(), 'тх-1'),
    (1, 300, 'full', 'cash', 'paid', now(), 'TX-2');
ALTER TABLE orders ENABLE TRIGGER USER; ALTER TABLE payments ENABLE TRIGGER USER; ALTER TABLE cars ENABLE TRIGGER USER;
"""


def test_an_upgrade_takes_what_would_be_refused_today(alembic_config: Config, empty_database_url: str) -> None:
    command.upgrade(alembic_config, "0004")
    with connect(empty_database_url) as connection:
        connection.execute(BEFORE_CLEANING)
    before = {table: rows for table, rows in _contents(empty_database_url).items() if table in ("orders", "payments")}
    command.upgrade(alembic_config, "head")
    after = _contents(empty_database_url)
    # Nothing of a sale is another now but a name that nobody could see.
    assert [row["transaction_id"] for row in after["payments"]] == ["TX-1", "тх-1", "TX-2"]
    assert [row["amount"] for row in after["payments"]] == [row["amount"] for row in before["payments"]]
    assert after["orders"][0]["customer_name"] == "?"
    assert after["orders"][0]["updated_at"] == before["orders"][0]["updated_at"]
    assert after["cars"][0]["make"] == "?"
    assert sorted((row["email"], row["full_name"]) for row in after["users"]) == [
        ("C@d.ru\t", "?"), ("a@b.ru", "Анна"), ("c@d.ru", "Олег")
    ]  # fmt: skip
    with connect(empty_database_url) as connection:
        connection.execute("INSERT INTO cars (vin, make, model, year, mileage, price, condition) "
                           "VALUES ('VIN-12345', 'Лада', 'Веста', 2021, 5, 1000, 'used')")  # fmt: skip
        connection.execute("INSERT INTO orders (customer_name, customer_phone, car_id, payment_method) "
                           "VALUES ('Анна', '+79123456789', 2, 'cash')")  # fmt: skip
        for spelling in ("Tx-1", "тх-2"):
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO payments (order_id, amount, payment_type, transaction_id) "
                                   "VALUES (2, 1, 'full', %s)", [spelling])  # fmt: skip
    command.check(alembic_config)
    command.downgrade(alembic_config, "0004")
