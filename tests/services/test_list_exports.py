"""Lists as files: in one snapshot, with a cursor on the server, and nothing left of one that was stopped."""

import csv
import threading
from pathlib import Path

import pytest

from dealer_desktop.core.errors import ExportCanceled
from dealer_desktop.services import list_exports, tables, writing_lists
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.writing_lists import ExportColumn
from tests.services.conftest import Shop

COLUMNS = (
    ExportColumn("vin", 20, lambda car: car.vin, "VIN"),
    ExportColumn("mileage", 8, lambda car: car.mileage, "Mileage"),
)


@pytest.fixture
def many(shop: Shop) -> Shop:
    shop.sql(
        """INSERT INTO cars (vin, make, model, year, mileage, price, condition)
           SELECT 'TEST' || lpad(n::text, 13, '0'), 'Kia', 'Rio', 2020, n, 500000, 'used'
           FROM generate_series(1, 2500) n"""
    )
    return shop


def test_what_is_written_is_one_moment(many: Shop, tmp_path: Path) -> None:
    """Somebody sells, adds and changes cars meanwhile: none is missing, doubled or half of another time."""
    file = tmp_path / "cars.csv"
    changed = threading.Event()

    def progress(done: int, _total: int) -> None:
        if not changed.is_set():
            changed.set()
            many.sql("UPDATE cars SET mileage = 0")
            many.sql("DELETE FROM cars WHERE vin LIKE '%9'")
            many.car()

    query = TableQuery("cars", sort="mileage", descending=True)
    count = list_exports.write(many.reader, file, query, COLUMNS, title="Cars", progress=progress)
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    assert changed.is_set() and count == 2500
    assert [int(mileage) for _vin, mileage in rows[1:]] == list(range(2500, 0, -1))


def test_a_stopped_one_leaves_nothing(many: Shop, tmp_path: Path) -> None:
    seen: list[int] = []
    with pytest.raises(ExportCanceled):
        list_exports.write(
            many.reader, tmp_path / "cars.xlsx", TableQuery("cars"), COLUMNS, title="Cars",
            progress=lambda done, _total: seen.append(done), canceled=lambda: bool(seen),
        )  # fmt: skip
    assert seen == [500] and list(tmp_path.iterdir()) == []
    assert many.reader.run(None, lambda session: session.scalar.__name__) == "scalar", "the connection is given back"


def test_every_list_and_sort_can_be_written(shop: Shop, tmp_path: Path) -> None:
    shop.schedule(shop.paid_order(delivery_address="Уфа").id)
    wanted = (ExportColumn("id", 8, lambda row: row.id, "no"),)
    for kind in ("cars", "orders", "payments", "deliveries", "customers", "users"):
        for sort in tables.sort_keys(kind):
            query = TableQuery(kind, sort=sort, descending=True)
            file = tmp_path / "list.csv"
            count = list_exports.write(shop.reader, file, query, wanted, title=kind)
            ids = [int(line) for line in file.read_text("utf-8-sig").split()[1:]]
            assert ids == list(tables.ids(shop.reader, query)) and count == len(ids), sort


def test_no_transaction_is_open_while_the_file_is_packed(
    many: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ones: list[int] = []
    close = writing_lists.XlsxSheet.close

    def look_and_close(sheet: writing_lists.XlsxSheet) -> None:
        open_ones.append(
            many.one(
                """SELECT count(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"""
            )
        )
        close(sheet)

    monkeypatch.setattr(writing_lists.XlsxSheet, "close", look_and_close)
    list_exports.write(many.reader, tmp_path / "cars.xlsx", TableQuery("cars"), COLUMNS, title="Cars")
    assert open_ones == [0]
