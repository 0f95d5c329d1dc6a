"""Exports, read back as a spreadsheet would."""

import csv
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import ExportCanceled, FileNotWritten
from dealer_desktop.services import Connections, car_exports, car_imports
from dealer_desktop.services.car_imports import ImportOptions
from dealer_desktop.services.tables import TableQuery

CARS = """vin,make,model,year,mileage,price,condition,color,engine_type,transmission,stock_number,arrived_on,description
XTA210990Y2765432,LADA,21099,2000,154000,120000.50,used,=1+1,gasoline,manual,-A1,2026-03-04,"two
lines"
W0L0AHL3582036518,Opel,@SUM(A1),2008,98000,450000,used,+7,diesel,automatic,A-2,2026-04-05,'quoted
XTA212140C2046351,Ёлка 🚗,4x4,2012,0,0,new,,electric,cvt,,2026-05-06,
"""


@pytest.fixture
def stocked(connections: Connections, tmp_path: Path) -> Connections:
    file = tmp_path / "in.csv"
    file.write_text(CARS, encoding="utf-8")
    assert car_imports.run(connections.session_maker, file, ImportOptions()).taken == 3
    return connections


def test_a_csv_holds_no_formula_and_a_total(stocked: Connections, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    assert car_exports.cars(stocked.reader, file, TableQuery("cars")) == 3
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    assert rows[0][:6] == ["VIN", "Make", "Model", "Year", "Mileage, km", "Price"]
    assert rows[1][:9] == [
        "XTA210990Y2765432", "LADA", "21099", "2000", "154000", "120000.50", "Used", "Available", "'=1+1",
    ]  # fmt: skip
    assert rows[2][2] == "'@SUM(A1)"
    assert rows[-1][0] == "Total: 3 cars" and rows[-1][5] == "570000.50"
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_a_russian_csv_is_as_a_russian_spreadsheet_reads_it(stocked: Connections, tmp_path: Path) -> None:
    i18n.set_language("ru")
    file = tmp_path / "out.csv"
    car_exports.cars(stocked.reader, file, TableQuery("cars", search="lada"))
    text = file.read_text(encoding="utf-8-sig")
    assert "Марка;Модель" in text and "120000,50;С пробегом;В наличии" in text
    assert "Итого: 1 автомобиль" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_was_exported_can_be_imported_again(
    stocked: Connections, tmp_path: Path, kind: str, language: str
) -> None:
    i18n.set_language(language)
    columns = "vin, make, model, year, mileage, price, condition, color, engine_type, transmission, stock_number," \
        " location, arrived_on, description"  # fmt: skip
    with stocked.session_maker() as session:
        before = session.execute(sa.text(f"SELECT {columns} FROM cars ORDER BY vin")).all()
    file = tmp_path / f"out.{kind}"
    car_exports.cars(stocked.reader, file, TableQuery("cars"))
    with stocked.session_maker.begin() as session:
        session.execute(sa.text("DELETE FROM cars"))
    result = car_imports.run(stocked.session_maker, file, ImportOptions())
    assert (result.taken, result.refused) == (3, ())
    with stocked.session_maker() as session:
        assert session.execute(sa.text(f"SELECT {columns} FROM cars ORDER BY vin")).all() == before


def test_an_xlsx_holds_texts_numbers_dates_and_a_total(stocked: Connections, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert car_exports.cars(stocked.reader, file, TableQuery("cars", sort="price", descending=True)) == 3
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "W0L0AHL3582036518" and rows[1][2] == "@SUM(A1)" and rows[1][5] == 450000.0
    assert rows[2][8] == "=1+1" and str(rows[2][13]) == "2026-03-04"
    assert rows[-1][0] == "Total: 3 cars" and rows[-1][5] == 570000.5


def test_a_canceled_or_failed_export_leaves_the_old_file(stocked: Connections, tmp_path: Path) -> None:
    for name in ("out.csv", "out.xlsx"):
        file = tmp_path / name
        file.write_text("before")
        with pytest.raises(ExportCanceled):
            car_exports.cars(stocked.reader, file, TableQuery("cars"), canceled=lambda: True)
        assert file.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "out.xlsx"]


@pytest.mark.parametrize("name", ["no/folder.csv", "no/folder.xlsx", "cars.pdf"])
def test_a_file_that_cannot_be_written_is_one_sentence(stocked: Connections, tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotWritten, match="cannot be written"):
        car_exports.cars(stocked.reader, tmp_path / name, TableQuery("cars"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_runs_when_libreoffice_opens_it(stocked: Connections, tmp_path: Path, kind: str) -> None:
    """It reads the texts as texts, the amounts as numbers, and works out the total alone."""
    file = tmp_path / f"out.{kind}"
    car_exports.cars(stocked.reader, file, TableQuery("cars"))
    office, profile = str(shutil.which("soffice")), (tmp_path / "profile").as_uri()
    # As a spreadsheet that it has worked out anew; then what it shows.
    for source, wanted in ((file, "fods"), (tmp_path / "read" / "out.fods", "csv")):
        subprocess.run(
            [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", wanted,
             "--outdir", str(tmp_path / "read"), str(source)],
            check=True, timeout=120, capture_output=True,
        )  # fmt: skip
    formulas = re.findall(r'table:formula="([^"]*)"', (tmp_path / "read" / "out.fods").read_text("utf-8"))
    assert [found for found in formulas if "SUBTOTAL" not in found] == []
    rows = list(csv.reader((tmp_path / "read" / "out.csv").read_text("utf-8").splitlines()))
    assert rows[1][8].lstrip("'") == "=1+1" and rows[1][11].lstrip("'") == "-A1"
    assert rows[2][2].lstrip("'") == "@SUM(A1)"
    total = next(row for row in rows if row[0].startswith("Total"))
    assert Decimal(re.sub(r"[^\d.]", "", total[5])) == Decimal("570000.50")
