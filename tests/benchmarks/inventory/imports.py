"""An import of many cars from a file, against a raw COPY of the same rows into the same table."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from dealer_desktop.services import car_imports, open_connections
from tests.benchmarks.floor import seconds

COLUMNS = ("vin", "make", "model", "year", "mileage", "price", "condition", "color", "stock_number")


def ratio(url: str, raw: psycopg.Connection[Any], folder: Path, count: int) -> float:
    """The import's rate, of the COPY's: read, validated, with triggers and history, against without."""
    file = folder / "cars.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(_cars(count))
    connections = open_connections(url)
    try:
        taken = seconds(lambda: _import(connections.session_maker, file, count))
    finally:
        connections.close()
    _remove(raw)
    floor = seconds(lambda: _copy(raw, count))
    _remove(raw)
    return floor / taken


def _cars(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        make, model = (("LADA", "Vesta"), ("Kia", "Rio"), ("Toyota", "Camry"), ("УАЗ", "Патриот"))[n % 4]
        rest = (2010 + n % 16, n * 7 % 200_000, 500_000 + n * 7919 % 3001 * 1000, ("new", "used")[n % 2])
        yield f"XTB{n:014}", make, model, *rest, ("Белый", "Чёрный", "")[n % 3], f"C-{n}"


def _import(session_maker: Any, file: Path, count: int) -> None:
    result = car_imports.run(session_maker, file, car_imports.ImportOptions())
    assert (result.taken, result.refused) == (count, ())


def _copy(raw: psycopg.Connection[Any], count: int) -> None:
    raw.execute("ALTER TABLE cars DISABLE TRIGGER USER")
    with raw.cursor() as cursor, cursor.copy(f"COPY cars ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for car in _cars(count):
            copy.write_row([value if value != "" else None for value in car])
    raw.execute("ALTER TABLE cars ENABLE TRIGGER USER")


def _remove(raw: psycopg.Connection[Any]) -> None:
    """What was brought in; without triggers, so that its history stays out of the next round."""
    raw.execute("ALTER TABLE cars DISABLE TRIGGER USER")
    raw.execute("DELETE FROM cars WHERE vin LIKE 'XTB%'")
    raw.execute("ALTER TABLE cars ENABLE TRIGGER USER")
    raw.execute("VACUUM (ANALYZE) cars")
