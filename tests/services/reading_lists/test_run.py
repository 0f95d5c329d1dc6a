"""Whole imports, on a real database."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from dealer_desktop.core.errors import ColumnsDoNotFit, FileNotWritten, ImportCanceled, UnreadableFile
from dealer_desktop.services import SessionMaker, car_imports
from dealer_desktop.services.car_imports import ImportOptions, OnExisting, RefusedRow

AUCTION = Path(__file__).parents[4] / "shared" / "data" / "us_auction_cars.csv"
DATA = Path(__file__).parents[2] / "data"
HEAD = "vin,make,model,year,mileage,price,condition,color,stock_number\n"
LADA = "XTA210990Y2765432,LADA,21099,2000,154000,120000,used,green,A-1\n"
OPEL = "W0L0AHL3582036518,Opel,Astra,2008,98000,450000,used,silver,A-2\n"
NIVA = "XTA212140C2046351,LADA,4x4,2012,65000,390000,used,white,A-3\n"

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(text: str) -> Path:
        file = tmp_path / "cars.csv"
        file.write_text(text, encoding="utf-8")
        return file

    return _write


def cars(session_maker: SessionMaker, columns: str = "vin") -> list[tuple[Any, ...]]:
    with session_maker() as session:
        return [tuple(row) for row in session.execute(sa.text(f"SELECT {columns} FROM cars ORDER BY id"))]


def test_good_rows_are_taken_and_the_others_told_with_line_and_reason(
    session_maker: SessionMaker, write: Write
) -> None:
    file = write(
        HEAD
        + LADA
        + "XTA2109,LADA,21099,2000,-5,120000,used,,\n"
        + OPEL
        + "\n"
        + "BADVINBADVIN;;;,LADA,21099,1700,1,1,used,,\n"
        + LADA.lower()
    )
    result = car_imports.run(session_maker, file, ImportOptions())
    assert (result.taken, result.updated, result.skipped) == (2, 0, 0)
    assert [row.line for row in result.refused] == [3, 6, 7]
    assert "-5" in result.refused[0].reason
    assert "1700" in result.refused[1].reason and "VIN" in result.refused[1].reason
    assert result.refused[2] == RefusedRow(7, "xta210990y2765432", "This VIN is in line 2 of the file already.")
    assert not result.failed
    assert cars(session_maker, "vin, make, mileage, price::text, condition::text, status::text") == [
        ("XTA210990Y2765432", "LADA", 154000, "120000.00", "used", "available"),
        ("W0L0AHL3582036518", "Opel", 98000, "450000.00", "used", "available"),
    ]
    lines = car_imports.summary(result)
    assert lines[0] == "Imported: 2 cars, 3 rows refused."
    assert lines[-1] == "Line 7, xta210990y2765432: This VIN is in line 2 of the file already."


def test_a_price_of_zero_is_a_price(session_maker: SessionMaker, write: Write) -> None:
    result = car_imports.run(session_maker, write(HEAD + LADA.replace("120000", "0")), ImportOptions())
    assert result.taken == 1
    assert cars(session_maker, "price::text") == [("0.00",)]


def test_cars_in_stock_are_skipped_or_updated_as_chosen(session_maker: SessionMaker, write: Write) -> None:
    car_imports.run(session_maker, write(HEAD + LADA + OPEL), ImportOptions())
    cheaper = HEAD + LADA.replace("120000", "99000").replace("green", "") + OPEL + NIVA

    skipped = car_imports.run(session_maker, write(cheaper), ImportOptions())
    assert (skipped.taken, skipped.updated, skipped.skipped) == (1, 0, 2)
    assert cars(session_maker, "price::int") == [(120000,), (450000,), (390000,)]

    updated = car_imports.run(session_maker, write(cheaper), ImportOptions(on_existing=OnExisting.UPDATE))
    # The Opel and the Niva are as the file says already; an empty cell takes nothing away.
    assert (updated.taken, updated.updated, updated.skipped) == (0, 1, 2)
    assert cars(session_maker, "price::int, color") == [(99000, "green"), (450000, "silver"), (390000, "white")]


def test_an_update_writes_only_the_columns_of_the_file(session_maker: SessionMaker, write: Write) -> None:
    car_imports.run(session_maker, write(HEAD + LADA), ImportOptions())
    prices = "vin,make,model,year,mileage,price,condition\nXTA210990Y2765432,LADA,21099,2000,154000,99000,used\n"
    car_imports.run(session_maker, write(prices), ImportOptions(on_existing=OnExisting.UPDATE))
    assert cars(session_maker, "price::int, color, stock_number") == [(99000, "green", "A-1")]


def test_all_or_nothing_takes_nothing_where_one_row_is_refused(session_maker: SessionMaker, write: Write) -> None:
    file = write(HEAD + LADA + "X,LADA,21099,2000,1,1,used,,\n")
    result = car_imports.run(session_maker, file, ImportOptions(all_or_nothing=True))
    assert result.failed and not result.written and len(result.refused) == 1
    assert car_imports.summary(result)[0] == "Nothing was imported: 1 row refused."
    assert cars(session_maker) == []


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(session_maker: SessionMaker, write: Write) -> None:
    car_imports.run(session_maker, write(HEAD + LADA), ImportOptions())
    file = write(HEAD + LADA.replace("120000", "115000") + OPEL + "X,LADA,21099,2000,1,1,used,,\n")
    dry = car_imports.run(session_maker, file, ImportOptions(dry_run=True, on_existing=OnExisting.UPDATE))
    assert (dry.taken, dry.updated, dry.skipped, len(dry.refused)) == (1, 1, 0, 1)
    assert not dry.failed
    assert car_imports.summary(dry)[0] == "Would be imported: 1 car, 1 car updated, 1 row refused."
    assert cars(session_maker, "price::int") == [(120000,)]
    real = car_imports.run(session_maker, file, ImportOptions(on_existing=OnExisting.UPDATE))
    assert (real.taken, real.updated, real.skipped, real.refused) == (dry.taken, dry.updated, dry.skipped, dry.refused)


def test_a_stock_number_of_another_car_is_refused(session_maker: SessionMaker, write: Write) -> None:
    car_imports.run(session_maker, write(HEAD + LADA), ImportOptions())
    file = write(HEAD + OPEL.replace("A-2", "A-1") + NIVA + NIVA.replace("XTA212140C2046351", "XTA212140C2046352"))
    result = car_imports.run(session_maker, file, ImportOptions())
    assert result.taken == 1
    assert [(row.line, row.reason) for row in result.refused] == [
        (2, "The stock number A-1 belongs to another car."),
        (4, "The stock number A-3 is in line 3 of the file already."),
    ]


def test_a_wrong_column_is_told_once_and_before_the_first_row(session_maker: SessionMaker, write: Write) -> None:
    rows = "".join(
        LADA.replace("65432", f"{n:05}").replace("used", f"{n} days left").replace("A-1", "") for n in range(50)
    )
    with pytest.raises(ColumnsDoNotFit) as told:
        car_imports.run(session_maker, write(HEAD + rows), ImportOptions())
    assert str(told.value).count("“condition”") == 1
    assert "0 days left" in str(told.value) and "--map condition=" in str(told.value)
    assert cars(session_maker) == []
    options = ImportOptions.from_arguments(map=["condition="], set=["condition=used"])
    assert car_imports.run(session_maker, write(HEAD + rows), options).taken == 50


def test_a_needed_field_that_nothing_gives_is_told(session_maker: SessionMaker, write: Write) -> None:
    with pytest.raises(ColumnsDoNotFit, match="“Year”, “Price”"):
        car_imports.run(
            session_maker, write("vin,make,model,mileage,condition\nXTA210990Y2765432,a,b,1,new\n"), ImportOptions()
        )


def test_rejects_can_be_mended_and_imported_again(session_maker: SessionMaker, write: Write, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    file = write(HEAD + LADA + "X,LADA,\"=cmd|'/c calc'!A1\",2000,1,1,used,,\n")
    car_imports.run(session_maker, file, ImportOptions(rejects=rejects))
    with rejects.open(encoding="utf-8-sig", newline="") as source:
        head, row = csv.reader(source)
    assert head[-2:] == ["Line in the file", "Reason"]
    assert row[2] == "'=cmd|'/c calc'!A1" and row[-2] == "3" and "VIN" in row[-1]

    mended = rejects.read_text(encoding="utf-8-sig").replace("\nX,", "\nW0L0AHL3582036518,")
    assert car_imports.run(session_maker, write(mended), ImportOptions()).taken == 1
    assert cars(session_maker, "model")[1] == ("=cmd|'/c calc'!A1",)


def test_where_the_rejects_cannot_be_written_nothing_is_imported(
    session_maker: SessionMaker, write: Write, tmp_path: Path
) -> None:
    with pytest.raises(FileNotWritten):
        car_imports.run(session_maker, write(HEAD + LADA), ImportOptions(rejects=tmp_path / "no" / "folder.csv"))
    assert cars(session_maker) == []


@pytest.mark.parametrize("at_question", [1, 3, 8, 9, 10])
def test_a_canceled_import_leaves_no_trace(
    session_maker: SessionMaker, write: Write, database_url: str, at_question: int
) -> None:
    file = write(HEAD + "".join(f"XTA2109{n:010},LADA,21099,2000,1,1,used,,\n" for n in range(2_100)))
    asked = 0

    def canceled() -> bool:
        nonlocal asked
        asked += 1
        return asked == at_question

    with pytest.raises(ImportCanceled):
        car_imports.run(session_maker, file, ImportOptions(), canceled=canceled)
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        for table in ("cars", "audit_log"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert car_imports.run(session_maker, file, ImportOptions()).taken == 2_100


def test_progress_rises_to_the_last_row(session_maker: SessionMaker, write: Write) -> None:
    file = write(HEAD + "".join(f"XTA2109{n:010},LADA,21099,2000,1,1,used,,\n" for n in range(2_500)))
    seen: list[tuple[int, int]] = []
    car_imports.run(session_maker, file, ImportOptions(), progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert seen[-1] == (2_500, 2_500) and {total for _done, total in seen} == {2_500}
    assert len(seen) > 5


def test_a_car_that_another_pc_adds_meanwhile_is_not_added_twice(
    session_maker: SessionMaker, write: Write, database_url: str
) -> None:
    """After the comparison with the stock, before the batch that holds it: its VIN once, its stock number once."""
    rows = [f"XTA2109{n:010},LADA,21099,2000,1,1,used,,S-{n}\n" for n in range(2_100)]
    file = write(HEAD + "".join(rows))
    added = False

    def meanwhile(done: int, total: int) -> None:
        nonlocal added
        if done > total // 2 and not added:
            added = True
            with psycopg.connect(database_url.replace("+psycopg", "")) as other:
                other.execute(
                    "INSERT INTO cars (vin, make, model, year, mileage, price, condition, stock_number) VALUES"
                    " ('XTA21090000002050', 'LADA', '21099', 2000, 1, 1, 'used', NULL),"
                    " ('W0L0AHL3582036518', 'Opel', 'Astra', 2008, 1, 1, 'used', 'S-2060')"
                )

    result = car_imports.run(session_maker, file, ImportOptions(), progress=meanwhile)
    assert (result.taken, result.skipped) == (2_098, 1)
    assert [(row.line, row.reason) for row in result.refused] == [
        (2_062, "The stock number S-2060 belongs to another car.")
    ]
    assert len(cars(session_maker)) == 2_100


def test_text_is_kept_as_it_is(session_maker: SessionMaker, write: Write) -> None:
    file = write(HEAD + LADA.replace("LADA", "<b>Лада</b> \\N").replace("green", "שָׁחוֹר 🚗"))
    assert car_imports.run(session_maker, file, ImportOptions()).taken == 1
    assert cars(session_maker, "make, color") == [("<b>Лада</b> \\N", "שָׁחוֹר 🚗")]


def test_control_characters_and_huge_cells_are_refused_at_their_row(session_maker: SessionMaker, write: Write) -> None:
    file = write(
        HEAD
        + LADA
        + OPEL.replace("silver", "sil\x00ver")
        + NIVA.replace("white", "w" * 10_000_000)
        + NIVA.replace("white", "whi\x1bte")
    )
    result = car_imports.run(session_maker, file, ImportOptions())
    assert result.taken == 1
    assert [row.line for row in result.refused] == [3, 4, 5]
    assert all(len(row.reason) < 300 and row.reason.isprintable() for row in result.refused)
    assert "Color" in result.refused[1].reason and "10,000,000" in result.refused[1].reason


def test_a_file_that_is_no_table_is_one_sentence(session_maker: SessionMaker, tmp_path: Path) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    with pytest.raises(UnreadableFile, match=r"The file photo\.csv cannot be read: it is not a table\."):
        car_imports.run(session_maker, file, ImportOptions())


def test_a_price_list_in_windows_1251(session_maker: SessionMaker) -> None:
    result = car_imports.run(session_maker, DATA / "cars_windows_1251.csv", ImportOptions())
    # The total under the list is no car, and no refusal either.
    assert (result.taken, result.refused) == (4, ())
    columns = "vin, make, model, mileage, price::text, condition::text, transmission::text, engine_type::text"
    assert cars(session_maker, columns)[:3] == [
        ("XTA210990Y2765432", "ЛАДА", "21099", 154000, "120000.50", "used", "manual", "gasoline"),
        ("XTA21214072046351", "ЛАДА", "Нива", 48500, "890000.00", "used", "manual", "gasoline"),
        ("W0L0AHL3582036518", "Opel", "Astra «Ёж»", 98000, "450000.00", "used", "automatic", "diesel"),
    ]


@pytest.mark.skipif(not AUCTION.is_file(), reason="../shared/data/us_auction_cars.csv is not here")
def test_the_auction_file_as_it_is(session_maker: SessionMaker) -> None:
    options = ImportOptions.from_arguments(map=["brand=make", "condition="], set=["condition=used"], mileage_unit="mi")
    with pytest.raises(ColumnsDoNotFit, match="condition"):
        car_imports.run(session_maker, AUCTION, ImportOptions())
    result = car_imports.run(session_maker, AUCTION, options)
    assert result.taken == 1_496 and len(result.refused) == 4
    assert all("of the file already" in row.reason for row in result.refused)
    stored = cars(session_maker, "vin, mileage, price, color, condition::text")
    assert all(vin == vin.strip().upper() and condition == "used" for vin, _km, _price, _color, condition in stored)
    assert sum(price == 0 for _vin, _km, price, _color, _condition in stored) > 0
    assert not [color for _vin, _km, _price, color, _condition in stored if color and not color[0].isalnum()]
    assert "no_color" not in {row[3] for row in stored} and "color:" not in {row[3] for row in stored}
    assert max(km for _vin, km, _price, _color, _condition in stored) == round(1_017_936 * 1.609344)
    again = car_imports.run(session_maker, AUCTION, options)
    assert (again.taken, again.skipped) == (0, 1_496)
