"""Writing a list of cars to csv or xlsx: a row of names, the cars, a total."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from dealer_desktop.core import formats, i18n, words
from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.file_faults import reason_of, take_place
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.importing.headers import label
from dealer_desktop.services.rows import CarRow
from dealer_desktop.services.spreadsheet_safety import defused

Cell = str | int | Decimal | date | None

COLUMNS: tuple[tuple[str, int, Callable[[CarRow], Cell]], ...] = (
    ("vin", 21, lambda car: car.vin),
    ("make", 16, lambda car: car.make),
    ("model", 20, lambda car: car.model),
    ("year", 8, lambda car: car.year),
    ("mileage", 13, lambda car: car.mileage),
    ("price", 15, lambda car: car.price),
    ("condition", 14, lambda car: words.condition(car.condition)),
    ("status", 14, lambda car: words.car_status(car.status)),
    ("color", 16, lambda car: car.color),
    ("engine_type", 12, lambda car: words.engine_type(car.engine_type) if car.engine_type else None),
    ("transmission", 14, lambda car: words.transmission(car.transmission) if car.transmission else None),
    ("stock_number", 16, lambda car: car.stock_number),
    ("location", 18, lambda car: car.location),
    ("arrived_on", 13, lambda car: car.arrived_on),
    ("description", 50, lambda car: car.description),
)
"""Name, width in characters, value."""
_PRICE = [name for name, _width, _value in COLUMNS].index("price")
_XLSX_ROWS = 1_048_576
"""What a sheet holds (ECMA-376 as Excel limits it)."""


class Sheet(Protocol):
    """A file that is being written."""

    def __init__(self, file: Path) -> None: ...

    def add(self, cells: Sequence[Cell]) -> None: ...

    def finish(self, total: str, amount: Decimal) -> None: ...

    def close(self) -> None: ...


def total_words(count: int) -> str:
    return ngettext("Total: {count} car", "Total: {count} cars", count).format(count=formats.number(count))


def header(name: str) -> str:
    return _("Status") if name == "status" else label(name)


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A file to write, which takes ``file``'s place only when it is complete. Raises FileNotWritten."""
    temporary = file.with_name(f".{file.name}.part")
    try:
        yield temporary
        take_place(temporary, file)
    except (OSError, ValueError) as error:
        raise FileNotWritten(file=file.name, reason=reason_of(error)) from None
    finally:
        temporary.unlink(missing_ok=True)


class CsvSheet:
    """UTF-8 with the mark that spreadsheets know it by; separator and decimal mark as the language has them."""

    def __init__(self, file: Path) -> None:
        self._comma = i18n.language() == "ru"
        self._file = file.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";" if self._comma else ",")
        self._writer.writerow([header(name) for name, _width, _value in COLUMNS])

    def add(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow([self._text(cell) for cell in cells])

    def _text(self, cell: Cell) -> str:
        match cell:
            case None:
                return ""
            case Decimal():
                return f"{cell:.2f}".replace(".", ",") if self._comma else f"{cell:.2f}"
            case str():
                return defused(cell)
            case date():
                return cell.isoformat()
        return str(cell)

    def finish(self, total: str, amount: Decimal) -> None:
        self.add([total, *[None] * (_PRICE - 1), amount])

    def close(self) -> None:
        self._file.close()


class XlsxSheet:
    """Texts are written as texts, so that nothing in them runs; the total is a formula that follows the filter."""

    def __init__(self, file: Path) -> None:
        import xlsxwriter

        self._book: Any = xlsxwriter.Workbook(
            str(file),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._sheet: Any = self._book.add_worksheet(_("Inventory"))
        bold = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._whole = self._book.add_format({"num_format": "#,##0"})
        self._day = self._book.add_format({"num_format": "dd.mm.yyyy" if i18n.language() == "ru" else "yyyy-mm-dd"})
        self._total = self._book.add_format({"bold": True, "top": 1})
        self._total_money = self._book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})
        self._year = self._book.add_format({"num_format": "0"})
        for index, (_name, width, _value) in enumerate(COLUMNS):
            self._sheet.set_column(index, index, width)
        self._sheet.freeze_panes(1, 0)
        self._row = 0
        for index, (name, _width, _value) in enumerate(COLUMNS):
            self._sheet.write_string(0, index, header(name), bold)

    def add(self, cells: Sequence[Cell]) -> None:
        self._row += 1
        if self._row >= _XLSX_ROWS - 1:
            raise ValueError(
                _("a sheet holds at most {count} rows; export to csv").format(count=formats.number(_XLSX_ROWS))
            )
        for index, cell in enumerate(cells):
            match cell:
                case None:
                    continue
                case str():
                    self._sheet.write_string(self._row, index, cell)
                case Decimal():
                    self._sheet.write_number(self._row, index, float(cell), self._money)
                case date():
                    self._sheet.write_datetime(self._row, index, datetime(cell.year, cell.month, cell.day), self._day)
                case _:
                    form = self._year if COLUMNS[index][0] == "year" else self._whole
                    self._sheet.write_number(self._row, index, cell, form)

    def finish(self, total: str, amount: Decimal) -> None:
        last = self._row
        self._sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        self._sheet.write_string(last + 1, 0, total, self._total)
        for index in range(1, len(COLUMNS)):
            self._sheet.write_blank(last + 1, index, None, self._total)
        if last:
            letter = chr(ord("A") + _PRICE)
            formula = f"=SUBTOTAL(109,{letter}2:{letter}{last + 1})"
            self._sheet.write_formula(last + 1, _PRICE, formula, self._total_money, float(amount))

    def close(self) -> None:
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            self._book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
