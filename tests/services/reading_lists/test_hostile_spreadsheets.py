"""Spreadsheets that would take all memory or time: read where they can be, told in words where not, ended on Cancel."""

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import xlsxwriter

from dealer_desktop.core.errors import ImportCanceled, UnreadableFile
from dealer_desktop.core.spreadsheets import apart, child
from dealer_desktop.services import car_imports
from dealer_desktop.services.car_imports import ImportOptions, ImportPlan
from dealer_desktop.services.reading_lists.reading import open_table

HEAD = ["VIN", "Make", "Model", "Year", "Mileage", "Price", "Condition"]
KIA = ["XTA21099000000920", "Kia", "Rio", 2019, 1, 100, "used"]
Edit = Callable[[bytes], bytes]


def xlsx(file: Path, edit: Edit = lambda sheet: sheet, part: str = "sheet1.xml") -> Path:
    """A small list whose sheet was tampered with."""
    plain = file.with_name("plain.xlsx")
    with xlsxwriter.Workbook(str(plain)) as book:
        sheet = book.add_worksheet("Cars")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, KIA)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, edit(text) if name.endswith(part) else text)
    return file


def added(rows: bytes) -> Edit:
    return lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>")


def cell(text: str, times: int = 1) -> str:
    repeat = f'table:number-columns-repeated="{times}" ' if times > 1 else ""
    return f'<table:table-cell {repeat}office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods(file: Path, rows: str, before: str = "") -> Path:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    head = f"<table:table-row>{''.join(map(cell, HEAD))}</table:table-row>"
    kia = f"<table:table-row>{''.join(cell(str(value)) for value in KIA)}</table:table-row>"
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Cars">{head}{kia}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", content)
    return file


def inspect(file: Path) -> ImportPlan:
    return car_imports.inspect(file, ImportOptions())


@pytest.fixture(autouse=True)
def _no_reader_is_left() -> Iterator[None]:
    yield
    assert not [
        process for process in psutil.Process().children(recursive=True) if "child.py" in " ".join(process.cmdline())
    ]


def test_a_cell_at_the_end_of_the_sheet_is_left_out_and_told(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    plan = inspect(xlsx(tmp_path / "far.xlsx", added(far)))
    assert plan.problems == () and plan.preview[0].values["make"] == "Kia" and plan.rows == 1
    assert "Cells far outside the list were left out: XFD1048576." in plan.notes


def test_empty_cells_far_outside_are_nothing(tmp_path: Path) -> None:
    styled = b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert inspect(xlsx(tmp_path / "far.xlsx", added(styled))).notes == ()


def test_a_second_sheet_that_reaches_far_does_not_stop_the_first(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "two.xlsx")) as book:
        sheet = book.add_worksheet("Cars")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, KIA)
        other = book.add_worksheet("Solver")
        for row in range(0, 1_000_000, 2_000):
            other.write_number(row, 16_000, 1)
    plan = inspect(tmp_path / "two.xlsx")
    assert plan.problems == () and "Sheets left out: Solver." in plan.notes


@pytest.mark.parametrize(
    "rows",
    [
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cell('note')}</table:table-row>",
        '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    ],
)
def test_empty_repeats_of_an_ods_cost_nothing(tmp_path: Path, rows: str) -> None:
    plan = inspect(ods(tmp_path / "cars.ods", rows))
    assert plan.problems == () and plan.preview[0].values["vin"] == KIA[0]


def _page(body: str) -> bytes:
    return f"<html><table><tr><th>VIN</th><th>Make</th></tr>{body}</table></html>".encode()


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "cells all over": lambda folder: xlsx(
        folder / "a.xlsx",
        added(b"".join(b'<row r="%d"><c r="SA%d"><v>1</v></c></row>' % (n, n) for n in range(3, 1_048_576, 997))),
    ),
    "a huge cell": lambda folder: xlsx(
        folder / "a.xlsx",
        added(b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"A" * 120_000_000 + b"</t></is></c></row>"),
    ),
    "a bomb": lambda folder: xlsx(folder / "a.xlsx", added(b" " * 410_000_000)),
    "an endless tag": lambda folder: xlsx(
        folder / "a.xlsx", added(b'<row r="3"><c r="A3" ' + b"x='y' " * 15_000_000 + b"/></row>")
    ),
    "rows that are repeated": lambda folder: ods(
        folder / "a.ods", f'<table:table-row table:number-rows-repeated="1048576">{cell("x", 16_384)}</table:table-row>'
    ),
    "entities": lambda folder: ods(
        folder / "a.ods",
        f"<table:table-row>{cell('&b;')}</table:table-row>",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_a_list_is_told_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile) as told:
        inspect(HOSTILE[name](tmp_path))
    assert str(told.value).startswith("The file a.") and "unexpected" not in str(told.value)


def test_a_million_spaces_in_a_cell_are_a_cell(tmp_path: Path) -> None:
    rows = '<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="999999999"/></text:p>'
    plan = inspect(ods(tmp_path / "cars.ods", rows + "</table:table-cell></table:table-row>"))
    assert plan.preview[0].values["vin"] == KIA[0]


def test_merges_of_the_whole_sheet_are_filled_only_where_something_stands(tmp_path: Path) -> None:
    merges = b"</sheetData><mergeCells>" + b'<mergeCell ref="H1:H1048576"/>' * 20_000 + b"</mergeCells>"
    file = xlsx(tmp_path / "cars.xlsx", lambda sheet: sheet.replace(b"</sheetData>", merges))
    assert inspect(file).rows == 1


def test_the_reader_never_has_more_than_its_limit(tmp_path: Path) -> None:
    """The limit is the system's: what asks for more is ended, and said to be too large."""
    many = xlsx(
        tmp_path / "many.xlsx", lambda text: text.replace(b"</sst>", b"<si><t>a</t></si>" * 4_000_000 + b"</sst>"),
        "sharedStrings.xml",
    )  # fmt: skip
    assert apart.read(many, "zip")[0].count == 2
    with pytest.raises(apart.NotRead) as told:
        apart.read(many, "zip", limits=apart.Limits(memory=120_000_000))
    assert told.value.code == "too_large"


def test_reading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(apart.NotRead) as told:
        apart.read(xlsx(tmp_path / "cars.xlsx"), "zip", limits=apart.Limits(seconds=0.0))
    assert told.value.code == "too_long"


def test_cancel_ends_the_reader(tmp_path: Path) -> None:
    with pytest.raises(ImportCanceled):
        open_table(xlsx(tmp_path / "cars.xlsx"), canceled=lambda: True)


def test_a_line_without_end_is_told(tmp_path: Path) -> None:
    file = tmp_path / "cars.csv"
    file.write_bytes(",".join(HEAD).encode() + b"\n" + b"a" * 17_000_000)
    with pytest.raises(UnreadableFile, match=r"line 2 has more than 16,000,000 characters"):
        inspect(file)


def test_columns_without_end_are_told(tmp_path: Path) -> None:
    file = tmp_path / "cars.csv"
    file.write_text(",".join([*HEAD, *(f"x{n}" for n in range(20_000))]) + "\n", "utf-8")
    with pytest.raises(UnreadableFile, match="it has 20,007 columns"):
        inspect(file)


def test_hidden_rows_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "cars.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, KIA)
        sheet.write_row(2, 0, ["XTA21099000000921", *KIA[1:]])
        sheet.set_row(2, None, None, {"hidden": True})
    plan = inspect(file)
    assert [question.key for question in plan.questions] == ["hidden-rows"]
    assert [row.reason for row in plan.preview] == ["", "The spreadsheet hides this row."]


def test_a_merged_make_stands_for_all_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "cars.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 2, HEAD)
        for row in range(3, 6):
            sheet.write_row(row, 2, [f"XTA2109900000092{row}", "", *KIA[2:]])
        sheet.merge_range(3, 3, 5, 3, "Kia")
    plan = inspect(file)
    assert plan.questions == () and [row.values["make"] for row in plan.preview] == ["Kia"] * 3


def test_sheets_with_cars_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "cars.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name, rows in (("New", 1), ("Used", 2)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            for row in range(1, rows + 1):
                sheet.write_row(row, 0, [f"XTA2109900000{name[:1]}92{row}", *KIA[1:]])
    (question,) = inspect(file).questions
    assert (question.key, question.stops, len(question.choices)) == ("sheet", True, 2)
    plan = car_imports.inspect(file, ImportOptions(answers={"sheet": "Used"}))
    assert plan.problems == () and plan.rows == 2


def test_html_and_xml_named_xls_are_read(tmp_path: Path) -> None:
    file = tmp_path / "cars.xls"
    cells = "".join(f"<td>{value}</td>" for value in KIA)
    head = "".join(f"<th>{name}</th>" for name in HEAD)
    file.write_text(f"<html><body><table><tr>{head}</tr><tr>{cells}</tr></table></body></html>", "utf-8")
    assert inspect(file).preview[0].values["vin"] == KIA[0]
    ss = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{value}</Data></Cell>' for value in row) + "</Row>"
        for row in (HEAD, KIA)
    )
    file.write_text(
        f'<?xml version="1.0"?><Workbook {ss}><Worksheet ss:Name="A"><Table>{rows}</Table></Worksheet></Workbook>',
        "utf-8",
    )
    assert inspect(file).preview[0].values["vin"] == KIA[0]


def test_the_reader_starts_from_any_folder_and_imports_nothing_heavy(tmp_path: Path) -> None:
    """Nothing of the working folder is imported in place of ours, and neither Qt nor the database comes along."""
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    program = (
        f"import runpy, sys; sys.argv = ['child.py', {str(tmp_path / 'none')!r}]\n"
        f"try: runpy.run_path({child.__file__!r}, run_name='__main__')\n"
        "except FileNotFoundError: print(sorted(n for n in sys.modules if n.startswith("
        "('PySide6', 'sqlalchemy', 'psycopg', 'pydantic', 'dealer_desktop.services'))))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_packaged_program_reads_by_calling_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert apart.command(tmp_path) == [sys.executable, "read-sheet", str(tmp_path)]
