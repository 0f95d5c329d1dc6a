"""Archives made to do harm, or changed together with their sums: refused in words, and nothing is left."""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.server import upgrade
from dealer_desktop.server.backup import backup, restore
from dealer_desktop.server.connect import connect
from dealer_desktop.server.table_copies import read_tables
from tests.server.test_backup import damage, full_url, nothing_happened, other_url

__all__ = ["damage", "full_url", "other_url"]  # fixtures

BOMB = bytes(300 << 20)


@pytest.mark.parametrize(
    "how",
    [
        {"manifest": {"format": None}},
        {"manifest": {"format": 1e999}},
        {"manifest": {"format": []}},
        {"manifest": {"revision": []}},
        {"manifest": {"tables": {"cars": {"columns": [1], "rows": 1, "sha256": "x", "sequence": None}}}},
        {"manifest": {"tables": {"cars": {"columns": 5, "rows": 1, "sha256": "x", "sequence": None}}}},
        {"manifest": {"tables": {"cars": {"columns": ["id"], "rows": "1", "sha256": 1, "sequence": None}}}},
        {"manifest": {"tables": {"cars": {"columns": ["id"], "rows": 1}}}},
        {"manifest": {"tables": {"cars": {"columns": ["id"], "rows": 1, "sha256": "x", "sequence": 10**30}}}},
        {"tables": {"manifest.json": b"[" * 100_000}},
        {"tables": {"manifest.json": b"null"}},
        {"tables": {"manifest.json": b"{" + b" " * (5 << 20) + b"}"}},
    ],
    ids=lambda how: str(how)[:60],
)
def test_a_manifest_of_another_kind_is_told(damage: Callable[..., Path], other_url: str, how: dict[str, Any]) -> None:
    with pytest.raises(UnreadableFile) as refused:
        restore(other_url, damage(**how))
    assert "damaged" in str(refused.value)
    assert nothing_happened(other_url)


def test_a_file_that_unpacks_without_end_is_told_before_it_is_unpacked(full_url: str, tmp_path: Path) -> None:
    backup(full_url, tmp_path / "b")
    with zipfile.ZipFile(tmp_path / "b", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tables/more.copy", BOMB)
    with pytest.raises(UnreadableFile, match="unpacks"):
        restore(full_url, tmp_path / "b")


def test_an_encrypted_or_doubled_part_is_told(full_url: str, other_url: str, tmp_path: Path) -> None:
    backup(full_url, tmp_path / "b")
    data = bytearray((tmp_path / "b").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "encrypted").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "b", "a") as archive, pytest.warns(UserWarning):
        archive.writestr("tables/cars.copy", b"")
    for name in ("encrypted", "b"):
        with pytest.raises(UnreadableFile):
            restore(other_url, tmp_path / name)
    assert nothing_happened(other_url)


# What somebody writes who changes a backup and its sums with it: SQL against a database without its triggers.
FORGED = {
    "counters_number_used": "UPDATE counters SET last = 1",
    "orders_pending_when_due": "UPDATE orders SET status = 'pending'",
    "orders_paid_when_settled": "UPDATE payments SET amount = 1; UPDATE orders SET status = 'paid'",
    "orders_completed_settled": "UPDATE orders SET status = 'completed', completed_at = now(), total_amount = 9e9",
    "orders_paid_total_kept": "UPDATE orders SET paid_total = paid_total + 1",
    "orders_lines_total_kept": "UPDATE orders SET lines_total = lines_total + 1",
    "orders_left_for_car_positive": (
        "INSERT INTO order_lines (order_id, kind, title, amount, reason)"
        " SELECT id, 'discount', 'x', -total_amount, 'so' FROM orders WHERE id = 2;"
        "INSERT INTO order_lines (order_id, kind, title, amount) SELECT id, 'fee', 'x', total_amount FROM orders"
        " WHERE id = 2"
    ),
    "orders_stay_settled": "UPDATE orders SET total_amount = 9e9",
    "orders_in_delivery_by_delivery": "UPDATE orders SET status = 'in_delivery', payment_method = 'loan'",
    "cars_reserved_by_order": "UPDATE cars SET status = 'available'",
    "cars_held_for_whom": "UPDATE cars SET status = 'reserved', hold_note = NULL",
    "deliveries_order_ready": "UPDATE deliveries SET status = 'in_progress'",
    "payments_canceled_takes_none": (
        "UPDATE orders SET status = 'canceled', cancel_reason = 'x'; UPDATE deliveries SET status = 'failed',"
        " failure_reason = 'x'; UPDATE cars SET status = 'available';"
        " UPDATE payments SET status = 'pending', paid_at = NULL"
    ),
    "payments_refund_left": (
        "INSERT INTO payments (order_id, amount, status, payment_type, method, paid_at, refund_of)"
        " SELECT order_id, -2 * amount, 'paid', 'full', 'cash', now(), id FROM payments;"
        " UPDATE orders SET status = 'canceled', cancel_reason = 'x'; UPDATE cars SET status = 'available';"
        " UPDATE deliveries SET status = 'failed', failure_reason = 'x'"
    ),
    "orders_salesperson_is_staff": (
        "UPDATE orders SET salesperson_id = (SELECT max(id) FROM users WHERE role = 'customer')"
    ),
    "audit_log_append_only": "UPDATE audit_log SET after = after || '{\"amount\": 5}' WHERE table_name = 'payments'",
    "audit_log_append_only ": "DELETE FROM audit_log",
}


@pytest.mark.parametrize("rule", FORGED)
def test_forged_rows_with_forged_sums_are_refused(full_url: str, other_url: str, tmp_path: Path, rule: str) -> None:
    """The sums are right, since who forges the rows writes the sums anew: the rules are asked again."""
    with connect(full_url) as connection:
        for table in read_tables(connection):
            connection.execute(table.triggers(on=False))
        for statement in FORGED[rule].split(";"):
            connection.execute(statement.encode())
    backup(full_url, tmp_path / "b")
    with pytest.raises(UnreadableFile) as refused:
        restore(other_url, tmp_path / "b")
    assert rule.strip() in str(refused.value)
    assert nothing_happened(other_url)
    assert upgrade.status(other_url) is upgrade.SchemaStatus.CURRENT


def test_a_number_that_a_row_has_is_not_given_again(
    damage: Callable[..., Path], full_url: str, other_url: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "good") as good:
        tables = json.loads(good.read("manifest.json"))["tables"]
    for facts in tables.values():
        facts["sequence"] = None
    restore(other_url, damage(manifest={"tables": tables}))
    with connect(other_url) as connection:
        connection.execute("INSERT INTO users (email, full_name, role) VALUES ('new@dealer.ru', 'New', 'customer')")


def test_a_refused_file_leaves_the_schema_as_it_was(damage: Callable[..., Path], full_url: str, other_url: str) -> None:
    upgrade.upgrade(other_url)
    older = upgrade._revisions()[upgrade.head()][0]
    with pytest.raises(UnreadableFile):
        restore(other_url, damage(manifest={"revision": older, "tables": {}}))
    assert upgrade.revision(other_url) == upgrade.head()


def test_what_a_killed_backup_left_is_cleared_away_by_the_next(full_url: str, tmp_path: Path) -> None:
    """Customers are in it. Not what another backup is writing now, nor a file that only looks alike, nor a link."""
    abandoned = (tmp_path / ".b.zip.abcd_123", tmp_path / ".b.zip.abcd_124.unfinished")
    kept = (
        tmp_path / ".b.zip.abcd_125.unfinished",
        tmp_path / ".c.zip.abcd_123",
        tmp_path / ".b.zip.mine",
        tmp_path / "b.zip.abcd_123",
    )
    for one in (*abandoned, *kept):
        one.write_bytes(b"customers")
    (tmp_path / ".b.zip.abcd_126").symlink_to(kept[1])
    for one in (*abandoned, *kept[1:]):
        os.utime(one, (1, 1))
    backup(full_url, tmp_path / "b.zip")
    left = {one.name for one in tmp_path.iterdir()}
    assert left == {one.name for one in kept} | {"b.zip", ".b.zip.abcd_126"}
