"""Writing a list of cars to csv or xlsx: a row of names, the cars, a total."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.file_faults import reason_of, take_place
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.domain import names
from dealer_desktop.services.reading_lists.headers import label
from dealer_desktop.services.spreadsheet_safety import defused

Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class ExportColumn:
    name: str
    width: int
    """Characters."""
    value: Callable[[Any], Cell]
    """Of the list's row."""
    title: str = ""
    """What stands over it; else what an import knows the field by."""


COLUMNS = (
    ExportColumn("vin", 21, lambda car: car.vin),
    ExportColumn("make", 16, lambda car: car.make),
    ExportColumn("model", 20, lambda car: car.model),
    ExportColumn("year", 8, lambda car: car.year),
    ExportColumn("mileage", 13, lambda car: car.mileage),
    ExportColumn("price", 15, lambda car: car.price),
    ExportColumn("condition", 14, lambda car: names.condition(car.condition)),
    ExportColumn("status", 14, lambda car: names.car_status(car.status)),
    ExportColumn("color", 16, lambda car: car.color),
    ExportColumn("engine_type", 12, lambda car: names.engine_type(car.engine_type) if car.engine_type else None),
    ExportColumn("transmission", 14, lambda car: names.transmission(car.transmission) if car.transmission else None),
    ExportColumn("stock_number", 16, lambda car: car.stock_number),
    ExportColumn("location", 18, lambda car: car.location),
    ExportColumn("arrived_on", 13, lambda car: car.arrived_on),
    ExportColumn("description", 50, lambda car: car.description),
)
"""All that a car is, so that the file can be imported again."""
_COMPUTED = (
    ExportColumn("days_in_stock", 13, lambda car: car.days_in_stock),
    ExportColumn("reserved_for", 20, lambda car: car.order_by or car.hold_note),
)
"""Only where they are asked for."""


def columns_from(first: Sequence[str]) -> tuple[ExportColumn, ...]:
    """The columns called ``first`` in that order, then the others of ``COLUMNS``."""
    known = {column.name: column for column in (*COLUMNS, *_COMPUTED)}
    chosen = [known[name] for name in dict.fromkeys(first)]
    return (*chosen, *(column for column in COLUMNS if column not in chosen))


_LONGEST_TITLE = 31
"""Letters of a sheet's name."""
_XLSX_ROWS = 1_048_576
"""What a sheet holds (ECMA-376 as Excel limits it)."""


class Sheet(Protocol):
    """A file that is being written."""

    def __init__(self, file: Path, columns: Sequence[ExportColumn], title: str = "") -> None: ...

    def add(self, cells: Sequence[Cell]) -> None: ...

    def finish(self, total: str = "", amount: Decimal = Decimal(0)) -> None: ...

    def close(self) -> None: ...


def total_words(count: int) -> str:
    return ngettext("Total: {count} car", "Total: {count} cars", count).format(count=formats.number(count))


def header(column: ExportColumn) -> str:
    if column.title:
        return column.title
    match column.name:
        case "status":
            return _("Status")
        case "days_in_stock":
            return _("Days in stock")
        case "reserved_for":
            return _("Reserved for")
    return label(column.name)


def total_row(columns: Sequence[ExportColumn], total: str, amount: Decimal) -> list[Cell]:
    """The sum under the prices, its words in the first other column."""
    names = [column.name for column in columns]
    words_at = 1 if names[0] == "price" else 0
    return [amount if name == "price" else total if at == words_at else None for at, name in enumerate(names)]


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

    def __init__(self, file: Path, columns: Sequence[ExportColumn], title: str = "") -> None:
        self._columns = columns
        self._comma = i18n.language() == "ru"
        self._file = file.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";" if self._comma else ",")
        self._writer.writerow([header(column) for column in columns])

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

    def finish(self, total: str = "", amount: Decimal = Decimal(0)) -> None:
        if total:
            self.add(total_row(self._columns, total, amount))

    def close(self) -> None:
        self._file.close()


class XlsxSheet:
    """Texts are written as texts, so that nothing in them runs; the total is a formula that follows the filter."""

    def __init__(self, file: Path, columns: Sequence[ExportColumn], title: str = "") -> None:
        import xlsxwriter

        self._columns = columns

        self._book: Any = xlsxwriter.Workbook(
            str(file),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._sheet: Any = self._book.add_worksheet(title[:_LONGEST_TITLE])
        bold = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._whole = self._book.add_format({"num_format": "#,##0"})
        self._day = self._book.add_format({"num_format": "dd.mm.yyyy" if i18n.language() == "ru" else "yyyy-mm-dd"})
        self._total = self._book.add_format({"bold": True, "top": 1})
        self._total_money = self._book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})
        self._year = self._book.add_format({"num_format": "0"})
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.width)
        self._sheet.freeze_panes(1, 0)
        self._row = 0
        for index, column in enumerate(columns):
            self._sheet.write_string(0, index, header(column), bold)

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
                    form = self._year if self._columns[index].name == "year" else self._whole
                    self._sheet.write_number(self._row, index, cell, form)

    def finish(self, total: str = "", amount: Decimal = Decimal(0)) -> None:
        last = self._row
        self._sheet.autofilter(0, 0, last, len(self._columns) - 1)
        if not total:
            return
        for index, cell in enumerate(total_row(self._columns, total, amount)):
            if isinstance(cell, str):
                self._sheet.write_string(last + 1, index, cell, self._total)
            elif cell is not None and last:
                letter = chr(ord("A") + index)
                formula = f"=SUBTOTAL(109,{letter}2:{letter}{last + 1})"
                self._sheet.write_formula(last + 1, index, formula, self._total_money, float(amount))
            else:
                self._sheet.write_blank(last + 1, index, None, self._total)

    def close(self) -> None:
        from xlsxwriter.exceptions import XlsxWriterException

        try:
            self._book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
