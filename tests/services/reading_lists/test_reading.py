"""Files as dealers save them, and files that are no tables."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.services.reading_lists import headers
from dealer_desktop.services.reading_lists.reading import open_table
from dealer_desktop.services.reading_lists.text_file import TextRows

DATA = Path(__file__).parents[2] / "data"
RUSSIAN = "VIN;Марка;Модель;Год;Пробег;Цена;Цвет\nxta210990y2765432;ЛАДА;21099;2000;154000;120000,50;тёмно-зелёный\n"


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], Path]:
    def save(data: bytes, name: str = "cars.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(data)
        return file

    return save


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_recognised(saved: Callable[[bytes], Path], encoding: str, separator: str) -> None:
    text = RUSSIAN.replace(",50", "").replace(";", separator)
    table = open_table(saved(text.encode(encoding)))
    assert table.headers == ("VIN", "Марка", "Модель", "Год", "Пробег", "Цена", "Цвет")
    assert list(table.rows()) == [
        (2, ["xta210990y2765432", "ЛАДА", "21099", "2000", "154000", "120000", "тёмно-зелёный"])
    ]


def test_a_western_file_is_no_russian_one(saved: Callable[[bytes], Path]) -> None:
    text = "vin;make;model;color\nW0L0AHL3582036518;Citroën;C4 Débutant;gris étoilé\n" * 1
    (row,) = open_table(saved(text.encode("cp1252"))).rows()
    assert row[1][1:] == ["Citroën", "C4 Débutant", "gris étoilé"]


def test_a_price_list_in_windows_1251_with_a_title_above() -> None:
    table = open_table(DATA / "cars_windows_1251.csv")
    assert table.header_line == 3
    assert [headers.field_of(name) for name in table.headers] == [
        "vin", "make", "model", "year", "mileage", "price", "condition", "transmission", "engine_type",
    ]  # fmt: skip
    assert [line for line, _cells in table.rows()] == [4, 5, 6, 7, 8]


def test_one_damaged_letter_does_not_spoil_a_utf_8_file(saved: Callable[[bytes], Path]) -> None:
    data = RUSSIAN.encode() + RUSSIAN.splitlines()[1].encode().replace("ЛАДА".encode(), b"\xd0\xff")
    assert TextRows(saved(data)).encoding == "utf-8"


def test_a_line_may_name_the_separator(saved: Callable[[bytes], Path]) -> None:
    table = open_table(saved(b"sep=;\nvin;make;price\nX1234;a,b,c,d;1,5\n"))
    assert list(table.rows()) == [(3, ["X1234", "a,b,c,d", "1,5"])]


def test_lines_are_counted_as_an_editor_counts_them(saved: Callable[[bytes], Path]) -> None:
    data = b'vin,make,description\r\nA1234,x,"two\r\nlines"\r\n\r\nB1234,y,"he said ""no"""\rC1234,z,\n'
    rows = [(line, cells[0], cells[2]) for line, cells in open_table(saved(data)).rows()]
    assert rows == [(2, "A1234", "two\r\nlines"), (5, "B1234", 'he said "no"'), (6, "C1234", "")]


@pytest.mark.parametrize("rows", [3, 5_000])
def test_a_quotation_mark_left_open_costs_its_row_only(saved: Callable[[bytes], Path], rows: int) -> None:
    lines = ["vin,make,model", 'A0000,"Lada,21099', *(f"A{n:04},Lada,2109{n % 10}" for n in range(1, rows))]
    found = list(open_table(saved("\n".join(lines).encode())).rows())
    assert found[0] == (2, ["A0000", '"Lada', "21099"])
    assert found[1:] == [(n + 2, [f"A{n:04}", "Lada", f"2109{n % 10}"]) for n in range(1, rows)]


def test_a_spreadsheet_with_dates_numbers_and_a_second_sheet(tmp_path: Path) -> None:
    file = tmp_path / "cars.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["See the other sheet"])
        sheet = book.add_worksheet("Cars")
        sheet.write_row(2, 1, ["VIN", "Make", "Year", "Price", "Arrived on"])
        sheet.write_row(4, 1, ["XTA210990Y2765432", "LADA", 2000, 120000.5])
        sheet.write_datetime(4, 5, date(2026, 3, 4), book.add_format({"num_format": "dd.mm.yyyy"}))
    table = open_table(file)
    assert table.headers == ("", "VIN", "Make", "Year", "Price", "Arrived on")
    assert list(table.rows()) == [(5, ["", "XTA210990Y2765432", "LADA", 2000.0, 120000.5, date(2026, 3, 4)])]


def test_an_ods_file(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
        ) + "</table:table-row>"  # fmt: skip

    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        '<office:spreadsheet><table:table table:name="Склад">'
        + row("VIN", "Марка", "Цена")
        + row("XTA210990Y2765432", "ЛАДА", "120 000,50")
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    file = tmp_path / "cars.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    assert list(open_table(file).rows()) == [(2, ["XTA210990Y2765432", "ЛАДА", "120 000,50"])]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\n \r\n\t", "it is empty"),
        (b"\x00" * 500, "it is empty"),
        (b"\xef\xbb\xbf", "no row in it names columns"),
        (b"%PDF-1.7\n%\xe2\xe3", "it is not a table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "it is not a table"),
        (b"MZ\x90\x00", "it is not a table"),
        (bytes(range(32)) * 40, "it is not a table"),
        (b"PK\x03\x04 and then nothing", "it is damaged, or no spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x07" * 600, "it is damaged, or no spreadsheet"),
        (b"<html><body><p>Hello</p></body></html>", "no row in it names columns"),
        ("Дорогой коллега,\nвысылаю список машин позже.\n".encode("cp1251"), "no row in it names columns"),
    ],
)
def test_what_is_no_table_is_told_in_one_sentence(saved: Callable[[bytes], Path], data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as told:
        open_table(saved(data))
    assert str(told.value).startswith("The file cars.csv cannot be read: ") and reason in str(told.value)


def test_a_zip_that_is_no_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "cars.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("cars.csv", RUSSIAN)
    with pytest.raises(UnreadableFile, match="damaged, or no spreadsheet"):
        open_table(file)


@pytest.mark.parametrize("name", ["no.csv", "", "a\x00b"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match="cannot be read"):
        open_table(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("brand", "make"), ("Engine_Type", "engine_type"), ("engineType", "engine_type"), ("VIN-номер", "vin"),
        ("Пробег (км)", "mileage"), ("Odometer, miles", "mileage"), ("Mileage (mi)", "mileage"), ("miles", "mileage"),
        ("ЦЕНА, руб.", "price"), ("price usd", "price"), ("Price, $", "price"), ("Год вып.", "year"), ("г.в.", "year"),
        ("title_status", ""), ("country", ""), ("lot", ""), ("Column1", ""), ("№", ""), ("Цвет кузова", "color"),
        ("коробка передач", "transmission"), ("arrived on", "arrived_on"), ("x" * 500, ""), ("", ""),
    ],
)  # fmt: skip
def test_names_of_columns_in_both_languages(name: str, field: str) -> None:
    assert headers.field_of(name) == field
