"""Whatever a file holds: cars or words, never a traceback, never half an import."""

import csv
import io
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealer_desktop.core.errors import DealerError
from dealer_desktop.services import SessionMaker, car_imports
from dealer_desktop.services.car_imports import ImportOptions, ImportResult, OnExisting
from dealer_desktop.services.reading_lists.header_words import MEANS as ALIASES

# The database is shared by the examples of a test on purpose: each begins with what the last one left.
FUZZ = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

names = st.one_of(
    st.sampled_from(sorted(alias for aliases in ALIASES.values() for alias in aliases.split("|"))),
    st.sampled_from(["lot", "state", "Пробег (mi)", "Price, $", "", " ", "№"]),
    st.text(max_size=12),
)
vins = st.one_of(
    st.from_regex(r"[A-HJ-NPR-Z0-9]{17}", fullmatch=True),
    st.from_regex(r" ?[a-hj-npr-z0-9]{5,17}", fullmatch=True),
    st.sampled_from(["XTA210990Y2765432", "xta210990y2765432", "ХТА210990У2765432"]),
)
cells = st.one_of(
    vins,
    st.integers(-10, 10**12).map(str),
    st.decimals(0, 10**7, places=2).map(str),
    st.from_regex(r"[0-9]{1,3}([ .,'][0-9]{3}){0,3}([.,][0-9]{1,3})?( ?(km|mi|км|тыс|₽|\$))?", fullmatch=True),
    st.sampled_from(
        ["used", "новый", "б/у", "no_color", "n/a", "2008", "24.11.2026", "13/13/2026", "=1+1", "'=x", "\\N", "\\."]
    ),
    st.text(max_size=30),
    st.text(alphabet="\x00\x01\t\r\n\"';,|\\\u202e\u200f🚗\ufffd", max_size=8),
)
options = st.builds(
    ImportOptions,
    columns=st.dictionaries(names, st.sampled_from(["", *car_imports.CAR_FIELDS]), max_size=2),
    fixed=st.dictionaries(st.sampled_from(car_imports.CAR_FIELDS[1:]), cells, max_size=3),
    mileage_unit=st.sampled_from([None, *car_imports.MileageUnit]),
    on_existing=st.sampled_from(OnExisting),
    all_or_nothing=st.booleans(),
    dry_run=st.booleans(),
)


def run(session_maker: SessionMaker, file: Path, chosen: ImportOptions) -> ImportResult | str:
    """Import, and check that the database holds exactly what was said."""
    before = _stock(session_maker)
    outcome: ImportResult | str
    try:
        outcome = car_imports.run(session_maker, file, chosen)
    except DealerError as error:
        outcome = str(error)
    after = _stock(session_maker)
    if isinstance(outcome, str):
        assert outcome and "\n" not in outcome
        assert after == before
        return outcome
    if chosen.dry_run or not outcome.written:
        assert after == before
    else:
        assert len(after) == len(before) + outcome.taken
        changed = sum(after[vin] != row for vin, row in before.items())
        assert changed == outcome.updated
        assert not (chosen.all_or_nothing and outcome.refused)
    for row in outcome.refused:
        assert row.line > 0 and row.reason and row.reason.isprintable()
    assert all(line.isprintable() for line in car_imports.summary(outcome))
    return outcome


def _stock(session_maker: SessionMaker) -> dict[str, tuple[Any, ...]]:
    with session_maker() as session:
        found = session.execute(sa.text(f"SELECT {', '.join(car_imports.CAR_FIELDS)} FROM cars"))
        return {row[0]: tuple(row) for row in found}


@FUZZ
@given(data=st.binary(max_size=3_000))
def test_any_bytes(session_maker: SessionMaker, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "cars.csv"
    file.write_bytes(data)
    run(session_maker, file, ImportOptions())


@FUZZ
@given(data=st.binary(max_size=2_000), start=st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_any_bytes_that_pretend_to_be_a_spreadsheet(
    session_maker: SessionMaker, tmp_path: Path, data: bytes, start: bytes
) -> None:
    file = tmp_path / "cars.xlsx"
    file.write_bytes(start + data)
    assert "cannot be read" in str(run(session_maker, file, ImportOptions()))


@FUZZ
@given(data=st.data(), chosen=options)
def test_any_table(session_maker: SessionMaker, tmp_path: Path, data: st.DataObject, chosen: ImportOptions) -> None:
    head = data.draw(st.one_of(st.lists(names, min_size=1, max_size=12), st.permutations(car_imports.CAR_FIELDS)))
    rows = data.draw(st.lists(st.lists(cells, max_size=len(head) + 1), max_size=8))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=data.draw(st.sampled_from(";,\t")), lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    file = tmp_path / "cars.csv"
    file.write_bytes(text.getvalue().encode(data.draw(st.sampled_from(["utf-8", "utf-16", "cp1251"])), "replace"))
    run(session_maker, file, chosen)


@FUZZ
@given(data=st.data(), chosen=options)
def test_good_cars_among_bad_cells(
    session_maker: SessionMaker, tmp_path: Path, data: st.DataObject, chosen: ImportOptions
) -> None:
    """Mostly good rows with one cell spoilt, so that the deeper half of the way is walked too."""
    head = ["vin", "make", "model", "year", "mileage", "price", "condition", "color", "stock_number", "description"]
    rows = []
    for _number in range(data.draw(st.integers(1, 8))):
        row = [data.draw(vins), "LADA", "Niva", "2020", "1 000", "5,50", "used", "red", "", "text"]
        if data.draw(st.booleans()):
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(cells)
        rows.append(row)
    file = tmp_path / "cars.csv"
    with file.open("w", encoding="utf-8", errors="replace", newline="") as target:
        csv.writer(target).writerows([head, *rows])
    outcome = run(session_maker, file, chosen)
    if isinstance(outcome, ImportResult) and outcome.written:
        assert outcome.taken + outcome.updated + outcome.skipped + len(outcome.refused) <= len(rows)
