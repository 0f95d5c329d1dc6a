"""Price lists as LibreOffice saves them: titles and empty rows above merged names, a hidden sheet and a cover, dates,
percents, thin spaces, formulas, errors, and VINs that were taken for numbers.

``tests/data/libreoffice/stock.fods`` is their source; the other files there were saved from it by LibreOffice 7.4, and
are saved anew where it is installed.
"""

import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import DealerError
from dealer_desktop.services import SessionMaker, car_imports
from dealer_desktop.services.car_imports import ImportOptions

SAVED = Path(__file__).parents[2] / "data" / "libreoffice"
SHEET = 3
# Separator, quotation mark, charset of the file, first line, -, language (Russian), -, -, cells as they are shown.
CSV = "csv:Text - txt - csv (StarCalc):{separator},34,{charset},1,,1049,false,true,true,false,false," + str(SHEET)
KINDS = {
    "stock.xlsx": "xlsx",
    "stock.ods": "ods",
    "stock.xls": "xls",
    "windows_1251.csv": CSV.format(separator=59, charset=34),
    "utf_16.csv": CSV.format(separator=9, charset=65535),
    "utf_8.csv": CSV.format(separator=44, charset=76),
}
COLUMNS = (
    "vin, make, model, year, mileage, price::text, condition::text, engine_type::text, transmission::text,"
    " arrived_on::text, stock_number, description"
)
TAKEN = [
    ("XTA210990Y2765432", "ЛАДА", "21099", 2000, 154000, "120000.50", "used", "gasoline", "manual", "2025-03-04",
     "0007", "Один хозяин"),
    ("KNAGM4A77D5000001", "Kia", "K5", 2021, 48200, "2185000.00", "used", "gasoline", "automatic", "2025-01-19",
     "A-2187", "Цвет синий"),
    ("JTEZU11F88K007763", "Toyota", "Land Cruiser", 2008, 100500, "6300000.00", "used", "diesel", "automatic",
     "2025-01-19", None, "ИСТИНА"),
    ("XTAGFK330N0086319", "LADA", "Vesta", 2022, 12, "1240000.00", "new", "hybrid", "cvt", "2025-11-03", "0042",
     "=не формула"),
]  # fmt: skip
REFUSED = {
    10: "Пробег, км: ячейка пуста.",
    11: "Цена: ячейка пуста.",
    12: "Таблица приняла этот VIN за число и округлила его: введите его как текст.",
    13: "Таблица приняла этот VIN за число и округлила его: введите его как текст.",
    14: "Год «ИСТИНА»: ",
}


@pytest.fixture(autouse=True)
def _russian() -> None:
    i18n.set_language("ru")


def check(session_maker: SessionMaker, file: Path) -> None:
    """A dry run writes nothing and says what the import then does; every value is stored as a person sees it."""
    taken, refused = list(TAKEN), dict(REFUSED)
    if file.name == "windows_1251.csv":
        # There the thin spaces between digits became question marks: such an amount is not guessed.
        del taken[2]
        refused[8] = "Цена «6?300?000,00 ?»"
    tried = car_imports.run(session_maker, file, ImportOptions(dry_run=True))
    with session_maker() as session:
        assert session.execute(sa.text("SELECT count(*) FROM cars")).scalar() == 0
    result = car_imports.run(session_maker, file, ImportOptions())
    assert (tried.taken, tried.refused) == (result.taken, result.refused)
    with session_maker() as session:
        assert [tuple(row) for row in session.execute(sa.text(f"SELECT {COLUMNS} FROM cars ORDER BY id"))] == taken
    assert {row.line for row in result.refused} == set(refused)
    for row in result.refused:
        assert refused[row.line] in row.reason
    assert not [note for note in result.notes if "Складской" in note]


@pytest.mark.parametrize("name", sorted(path.name for path in SAVED.iterdir() if path.suffix != ".fods"))
def test_what_libreoffice_saved(session_maker: SessionMaker, name: str) -> None:
    check(session_maker, SAVED / name)


@pytest.fixture(scope="module")
def saved_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same list, saved in all kinds by the LibreOffice of this PC."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, kind in KINDS.items():
        into = folder / name.partition(".")[0]
        command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(into), str(SAVED / "stock.fods")], check=True, timeout=120, capture_output=True
        )
        (made,) = [path for path in into.iterdir() if path.suffix == Path(name).suffix]
        made.rename(folder / name)
    return folder


@pytest.mark.parametrize("name", KINDS)
def test_what_the_libreoffice_of_this_pc_saves(session_maker: SessionMaker, saved_now: Path, name: str) -> None:
    check(session_maker, saved_now / name)


def test_the_hidden_sheet_is_taken_where_no_other_has_cars(session_maker: SessionMaker, tmp_path: Path) -> None:
    import xlsxwriter

    file = tmp_path / "cars.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        book.add_worksheet("Обложка").write(0, 0, "Прайс-лист")
        cars = book.add_worksheet("Машины")
        cars.write_row(0, 0, ["VIN", "Марка", "Модель", "Год", "Пробег", "Цена", "Состояние"])
        cars.write_row(1, 0, ["XTA210990Y2765432", "ЛАДА", "21099", 2000, 1, 2, "б/у"])
        cars.hide()
    assert car_imports.run(session_maker, file, ImportOptions()).taken == 1


@pytest.mark.parametrize("name", ["stock.xlsx", "stock.ods", "utf_16.csv", "windows_1251.csv"])
def test_a_damaged_copy_is_refused_in_words_or_read_whole(
    session_maker: SessionMaker, tmp_path: Path, name: str
) -> None:
    """Cut off, bytes changed, and, of a spreadsheet, the text inside it changed: no traceback, no half import."""
    chance = random.Random(name)
    whole = (SAVED / name).read_bytes()
    stored = 0
    for number in range(40):
        file = tmp_path / f"{number}{Path(name).suffix}"
        if number % 4 == 0:
            file.write_bytes(whole[: chance.randrange(len(whole))])
        elif number % 4 == 1 or not zipfile.is_zipfile(SAVED / name):
            file.write_bytes(damaged(whole, chance))
        else:
            with zipfile.ZipFile(SAVED / name) as source, zipfile.ZipFile(file, "w") as target:
                for entry in source.namelist():
                    data = source.read(entry)
                    target.writestr(entry, odd_values(data, chance) if entry.endswith(".xml") else data)
        try:
            stored += car_imports.run(session_maker, file, ImportOptions()).taken
        except DealerError as refusal:
            assert str(refusal) and "\n" not in str(refusal)
        with session_maker() as session:
            assert session.execute(sa.text("SELECT count(*) FROM cars")).scalar() == stored
            assert session.execute(sa.text("SELECT count(*) FROM audit_log")).scalar() == stored
    assert stored, "some of them can still be read"


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece taken out or doubled."""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start = chance.randrange(len(changed))
    piece = changed[start : start + chance.randrange(60)]
    changed[start:start] = piece * chance.randrange(3)
    return bytes(changed)


ODD = ["", "-1", "1e400", "99999999999999999999", "NaN", "#REF!", "\u202e", "2025-13-45", "0", "б/у", "7", "s", "date"]


def odd_values(xml: bytes, chance: random.Random) -> bytes:
    """Still XML, but some values and texts in it are others."""
    text = xml.decode("utf-8")
    places = list(re.finditer(r'(?<=="|[^?]>)[^<>"]{1,40}(?="|<)', text))
    for place in sorted(chance.sample(places, min(len(places), chance.randrange(3))), key=re.Match.start, reverse=True):
        text = text[: place.start()] + chance.choice(ODD) + text[place.end() :]
    return text.encode("utf-8")
