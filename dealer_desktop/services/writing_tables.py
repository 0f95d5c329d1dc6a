"""Tables of numbers as csv or xlsx: what is a text is never run, what is money is a number."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.spreadsheet_safety import defused
from dealer_desktop.services.writing_lists import written_whole

KINDS = (".csv", ".xlsx")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""What a sheet's name may not hold (Excel)."""
_LONGEST = 31


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    """Texts, whole numbers, Decimals (money), days; None for nothing."""


def write(tables: Sequence[Table], file: Path) -> int:
    """All of them in one file, as csv one below the other, as xlsx a sheet each; returns how many rows.

    Until it is complete ``file`` is not touched. Raises FileNotWritten.
    """
    kind = file.suffix.lower()
    if kind not in KINDS:
        raise FileNotWritten(file=file.name, reason=_("name it .csv or .xlsx"))
    with written_whole(file) as temporary:
        (_write_xlsx if kind == ".xlsx" else _write_csv)(temporary, tables)
    return sum(len(table.rows) for table in tables)


def _write_csv(file: Path, tables: Sequence[Table]) -> None:
    """UTF-8 with the mark that spreadsheets know it by; separator and decimal mark as the language has them."""
    comma = i18n.language() == "ru"

    def text(cell: Any) -> str:
        if isinstance(cell, Decimal):
            return f"{cell:.2f}".replace(".", ",") if comma else f"{cell:.2f}"
        return "" if cell is None else defused(cell) if isinstance(cell, str) else str(cell)

    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened, delimiter=";" if comma else ",")
        for number, table in enumerate(tables):
            if len(tables) > 1:
                writer.writerows([*([[]] if number else []), [defused(table.title)]])
            writer.writerow(table.head)
            writer.writerows([text(cell) for cell in row] for row in table.rows)


def _write_xlsx(file: Path, tables: Sequence[Table]) -> None:
    """Texts are written as texts, so that nothing in them runs."""
    import xlsxwriter

    book: Any = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, table in enumerate(tables, 1):
        name = table.title.translate(_FORBIDDEN).strip("' ")[:_LONGEST] or str(number)
        sheet: Any = book.add_worksheet(name)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, max(1, len(table.head) - 1), 18)
        sheet.freeze_panes(1, 0)
        for column, words in enumerate(table.head):
            sheet.write_string(0, column, words, bold)
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif isinstance(cell, Decimal):
                    sheet.write_number(row, column, float(cell), money)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
    book.close()
