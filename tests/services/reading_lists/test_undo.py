"""An import taken back as a whole, on a real database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dealer_desktop.core.errors import NotFound
from dealer_desktop.services import Connections, SessionMaker, car_imports
from dealer_desktop.services.car_imports import ImportOptions, OnExisting

HEAD = "vin,make,model,year,mileage,price,condition,color\n"
LADA = "XTA210990Y2765432,LADA,21099,2000,154000,120000,used,green\n"
OPEL = "W0L0AHL3582036518,Opel,Astra,2008,98000,450000,used,silver\n"
NIVA = "XTA212140C2046351,LADA,4x4,2012,65000,390000,used,white\n"

Import = Callable[..., car_imports.ImportResult]


@pytest.fixture
def do_import(session_maker: SessionMaker, tmp_path: Path) -> Import:
    def run(text: str, **options: Any) -> car_imports.ImportResult:
        file = tmp_path / "cars.csv"
        file.write_text(HEAD + text, encoding="utf-8")
        return car_imports.run(session_maker, file, ImportOptions(**options))

    return run


def stock(session_maker: SessionMaker, columns: str = "vin, price::int, color") -> list[tuple[Any, ...]]:
    with session_maker() as session:
        return [tuple(row) for row in session.execute(sa.text(f"SELECT {columns} FROM cars ORDER BY vin"))]


def sql(session_maker: SessionMaker, statement: str) -> None:
    with session_maker.begin() as session:
        session.execute(sa.text(statement))


def test_new_cars_go_and_updated_values_come_back(session_maker: SessionMaker, do_import: Import) -> None:
    do_import(LADA + OPEL.replace("silver", ""))
    before = stock(session_maker)
    second = do_import(
        LADA.replace("120000", "99000") + OPEL.replace("450000", "460000") + NIVA, on_existing=OnExisting.UPDATE
    )
    assert (second.taken, second.updated) == (1, 2) and stock(session_maker) != before
    assert second.batch is not None
    undone = car_imports.undo(session_maker, second.batch)
    assert (undone.removed, undone.restored, undone.sold, undone.changed) == (1, 2, (), ())
    assert stock(session_maker) == before
    assert car_imports.undo_summary(undone) == [
        "The import is undone: 1 new car is gone again, 2 cars have their old values again."
    ]


def test_what_was_ordered_or_changed_since_stays_and_is_named(session_maker: SessionMaker, do_import: Import) -> None:
    first = do_import(LADA + OPEL + NIVA)
    sql(session_maker, "UPDATE cars SET color = 'red' WHERE vin = 'XTA210990Y2765432'")
    sql(
        session_maker,
        "INSERT INTO orders (customer_name, customer_phone, car_id, payment_method, total_amount)"
        " SELECT 'Anna', '+79123456789', id, 'cash', price FROM cars WHERE vin = 'W0L0AHL3582036518'",
    )
    assert first.batch is not None
    undone = car_imports.undo(session_maker, first.batch)
    assert (undone.removed, undone.sold, undone.changed) == (1, ("W0L0AHL3582036518",), ("XTA210990Y2765432",))
    assert [row[0] for row in stock(session_maker)] == ["W0L0AHL3582036518", "XTA210990Y2765432"]
    assert "W0L0AHL3582036518" in " ".join(car_imports.undo_summary(undone))


def test_a_car_with_a_photo_since_stays(session_maker: SessionMaker, do_import: Import) -> None:
    first = do_import(LADA + NIVA)
    sql(session_maker, "INSERT INTO car_photos (car_id, url) SELECT id, 'a.jpg' FROM cars WHERE make = 'LADA' LIMIT 1")
    assert first.batch is not None
    undone = car_imports.undo(session_maker, first.batch)
    assert undone.removed == 1 and len(undone.changed) == 1


def test_a_repeat_says_what_the_first_did_and_changes_nothing(session_maker: SessionMaker, do_import: Import) -> None:
    first = do_import(LADA)
    assert first.batch is not None
    once = car_imports.undo(session_maker, first.batch)
    do_import(LADA)
    assert car_imports.undo(session_maker, first.batch) == once
    assert len(stock(session_maker)) == 1


def test_only_imports_can_be_undone(session_maker: SessionMaker) -> None:
    with pytest.raises(NotFound):
        car_imports.undo(session_maker, uuid4())


def test_imports_are_offered_until_they_are_undone(connections: Connections, do_import: Import) -> None:
    assert do_import("").batch is None and do_import(LADA, dry_run=True).batch is None
    first = do_import(LADA)
    second = do_import(LADA + OPEL)
    offered = car_imports.recent(connections.reader)
    assert [(batch.id, batch.file, batch.taken) for batch in offered] == [
        (second.batch, "cars.csv", 1),
        (first.batch, "cars.csv", 1),
    ]
    assert second.batch is not None
    car_imports.undo(connections.session_maker, second.batch)
    assert [batch.id for batch in car_imports.recent(connections.reader)] == [first.batch]


def test_a_price_far_from_what_it_was_is_told_before_it_is_saved(
    session_maker: SessionMaker, do_import: Import
) -> None:
    do_import(LADA + OPEL + NIVA)
    before = stock(session_maker)
    slip = LADA.replace("120000", "1") + OPEL.replace("98000", "98") + NIVA
    told = do_import(slip, on_existing=OnExisting.UPDATE)
    assert stock(session_maker) == before
    assert told.far_amounts == 2 and [row.line for row in told.refused] == [2, 3]
    assert told.refused[0].reason == "The price of this car is 120,000 in stock and 1 in the list, far from it."
    taken = do_import(slip, on_existing=OnExisting.UPDATE, answers={"far-amounts": "take"})
    assert taken.updated == 2 and taken.refused == ()
