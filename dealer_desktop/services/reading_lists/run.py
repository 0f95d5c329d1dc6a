"""One import, in one transaction: every row read and judged, staged, compared with the stock, and put there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ImportCanceled, StockNumberTaken
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.dao import car_import, import_batches
from dealer_desktop.services.reading_lists import rejects, undo
from dealer_desktop.services.reading_lists.columns import Columns, shown
from dealer_desktop.services.reading_lists.options import CAR_FIELDS, ImportOptions, OnExisting
from dealer_desktop.services.reading_lists.reading import Table
from dealer_desktop.services.reading_lists.results import ImportResult, RefusedRow
from dealer_desktop.services.reading_lists.values import Value
from dealer_desktop.services.transactions import faults
from dealer_desktop.services.transactions.connections import SessionMaker

_ASK_EVERY = 256
"""Rows between two looks at whether the person canceled."""
_BATCH = 2_000
"""Cars a statement; each batch is a step of the progress and a chance to cancel."""
_ATTEMPTS = 3
"""A deadlock with another program is tried again from the start, for nothing of it was kept."""


_LONGEST_KEPT = 32_767
"""Characters of a refused cell that are kept, as a spreadsheet's cell holds."""


def _short(cell: object) -> object:
    return cell[:_LONGEST_KEPT] if isinstance(cell, str) else cell


@dataclass(frozen=True)
class ImportLimits:
    """Milliseconds. An import's statements are larger than a form's; between them rows are read from a slow disk."""

    statement: int = 300_000
    idle: int = 120_000


@dataclass
class Import:
    """One run over a file that was analysed."""

    session_maker: SessionMaker
    table: Table
    columns: Columns
    options: ImportOptions
    progress: Callable[[int, int], None] | None = None
    canceled: Callable[[], bool] | None = None
    limits: ImportLimits = ImportLimits()
    _refused: list[tuple[RefusedRow, list[object]]] = field(default_factory=list)

    def run(self) -> ImportResult:
        """Raises ImportCanceled, FileNotWritten, ConnectionLost, Busy, NotAllowed."""
        for attempt in range(1, _ATTEMPTS + 1):
            self._refused.clear()
            try:
                with self.session_maker() as session:
                    connection = session.connection()
                    first = import_batches.last_entry(connection)
                    result = self._in_transaction(connection)
                    if self.options.rejects is not None:
                        # Before the commit: an import whose refusals could not be kept is not made.
                        rejects.write(
                            self.options.rejects,
                            self.table.headers,
                            [(row.line, cells, row.reason) for row, cells in self._refused],
                        )
                    if result.written:
                        batch = uuid4()
                        if undo.keep(session, batch, self.table.file.name, result.taken, result.updated, first):
                            result = replace(result, batch=batch)
                        session.commit()
                return result
            except DBAPIError as error:
                if attempt < _ATTEMPTS and faults.sqlstate(error) in faults.RETRIED:
                    continue
                raise faults.translate(error) from error
        raise AssertionError("the last attempt returns or raises")

    def _in_transaction(self, connection: Connection) -> ImportResult:
        updating = self.options.on_existing is OnExisting.UPDATE
        car_import.set_limits(connection, statement_ms=self.limits.statement, idle_ms=self.limits.idle)
        car_import.stage(connection, self._good_rows())
        existing = car_import.find_in_stock(connection)
        taken_numbers = car_import.drop_taken_stock_numbers(connection, updating=updating)
        self._refuse_staged(taken_numbers)
        self._refuse_not_for_sale(connection)
        existing -= sum(row.in_stock for row in taken_numbers)
        if updating and not self.columns.takes_far_amounts:
            existing -= self._refuse_far_amounts(connection)
        if self.options.dry_run:
            written = [name for name in self._written_columns() if name != "vin"]
            updated = car_import.changed_rows(connection, written) if updating and written else 0
            return self._result(car_import.new_rows(connection), updated, existing - updated, written=False)
        if self.options.all_or_nothing and self._refused:
            return self._result(0, 0, 0, written=False)
        return self._move_in(connection, existing, updating)

    def _move_in(self, connection: Connection, existing: int, updating: bool) -> ImportResult:
        rows = self.columns.rows
        taken = updated = came_meanwhile = 0
        written = [name for name in self._written_columns() if name != "vin"]
        for first in range(1, self._staged + 1, _BATCH):
            self._look_for_cancel()
            last = first + _BATCH - 1
            wanted = car_import.new_in_batch(connection, first, last)
            if wanted:
                inserted = car_import.insert_batch(connection, first, last)
                taken += inserted
                if inserted < wanted:
                    lost = car_import.left_out_of_batch(connection, first, last)
                    self._refuse_staged(lost)
                    came_meanwhile += wanted - inserted - len(lost)
            if updating and written:
                updated += car_import.update_batch(connection, first, last, written)
            self._show((rows + min(last, self._staged) * rows // max(self._staged, 1)) // 2)
        self._look_for_cancel()
        if self.options.all_or_nothing and self._refused:
            return self._result(0, 0, 0, written=False)
        return self._result(taken, updated, existing - updated + came_meanwhile, written=True)

    # -- rows ---------------------------------------------------------------------------------------------------------

    _staged = 0
    _far = 0
    _only_known: dict[int, str] = field(default_factory=dict)
    """Lines whose cars are not for sale, with the reason: they may change a car in stock, but bring none in."""

    def _good_rows(self) -> Iterator[tuple[Value | int, ...]]:
        """The rows that can be stored, as the staging table takes them; the others are kept with their reasons."""
        vins: dict[Value, int] = {}
        stock_numbers: dict[Value, int] = {}
        self._staged = self._far = 0
        self._only_known = {}
        for done, (line, cells) in enumerate(self.columns.rows_of(self.table), start=1):
            if done % _ASK_EVERY == 0:
                self._look_for_cancel()
                self._show(done // 2)
            if self.columns.is_total(cells):
                continue
            values, wrong = self.columns.read(cells)
            if not wrong:
                wrong = self._repeated(values, vins, stock_numbers)
            if wrong:
                vin = shown(self.columns.cell(cells, "vin"))
                self._refused.append((RefusedRow(line, vin, "; ".join(wrong)), [_short(cell) for cell in cells]))
                continue
            vins[values["vin"]] = line
            if values.get("stock_number"):
                stock_numbers[values["stock_number"]] = line
            if why := self.columns.why_not_new(line, cells):
                self._only_known[line] = why
            self._staged += 1
            yield (line, *[values.get(name) for name in CAR_FIELDS])

    def _repeated(self, values: dict[str, Value], vins: dict[Value, int], stock_numbers: dict[Value, int]) -> list[str]:
        if values["vin"] in vins:
            return [_("This VIN is in line {line} of the file already.").format(line=vins[values["vin"]])]
        number = values.get("stock_number")
        if number and number in stock_numbers:
            return [
                _("The stock number {stock_number} is in line {line} of the file already.").format(
                    stock_number=number, line=stock_numbers[number]
                )
            ]
        return []

    def _refuse_staged(self, staged: list[car_import.StagedRow]) -> None:
        """Rows that the stock itself refuses, each for its stock number."""
        if not staged:
            return
        cells = self._cells_of(row.line for row in staged)
        for row in staged:
            reason = StockNumberTaken(stock_number=row.stock_number)
            self._refused.append((RefusedRow(row.line, row.vin, str(reason)), cells.get(row.line, [])))

    def _refuse_not_for_sale(self, connection: Connection) -> None:
        if not self._only_known:
            return
        dropped = car_import.drop_new(connection, list(self._only_known))
        cells = self._cells_of(row.line for row in dropped)
        for row in dropped:
            refused = RefusedRow(row.line, row.vin, self._only_known[row.line])
            self._refused.append((refused, cells.get(row.line, [])))

    def _refuse_far_amounts(self, connection: Connection) -> int:
        """A price of 935 000 that becomes 1 is a slip, or another unit; returns how many rows were refused."""
        far = car_import.drop_far_amounts(connection, [name for name in self._written_columns() if name != "vin"])
        cells = self._cells_of(row.line for row in far)
        for row in far:
            if row.is_price:
                words = _("The price of this car is {old} in stock and {new} in the list, far from it.").format(
                    old=formats.amount(row.price), new=formats.amount(row.new_price)
                )
            else:
                words = _("The mileage of this car is {old} km in stock and {new} km in the list, far from it.").format(
                    old=formats.number(row.mileage), new=formats.number(row.new_mileage)
                )
            self._refused.append((RefusedRow(row.line, row.vin, words), cells.get(row.line, [])))
        self._far = len(far)
        return len(far)

    def _cells_of(self, lines: Iterable[int]) -> dict[int, list[object]]:
        wanted = set(lines)
        return {line: cells for line, cells in self.table.rows() if line in wanted} if wanted else {}

    def _written_columns(self) -> list[str]:
        return [name for name in CAR_FIELDS if name in self.columns.by_field or name in self.columns.fixed]

    # -- the person ---------------------------------------------------------------------------------------------------

    def _look_for_cancel(self) -> None:
        if self.canceled is not None and self.canceled():
            raise ImportCanceled()

    def _show(self, done: int) -> None:
        """Reading is the first half of the way, moving in the second."""
        if self.progress is not None:
            self.progress(done, self.columns.rows)

    def _result(self, taken: int, updated: int, skipped: int, *, written: bool) -> ImportResult:
        self._refused.sort(key=lambda refusal: refusal[0].line)
        self._show(self.columns.rows)
        notes = self.columns.notes
        if self._far:
            words = ngettext(
                "{count} car has a price or mileage far from what it was, and was left as it is"
                " (--answer far-amounts=take takes them).",
                "{count} cars have a price or mileage far from what they were, and were left as they are"
                " (--answer far-amounts=take takes them).",
                self._far,
            )
            notes = (*notes, words.format(count=formats.number(self._far)))
        return ImportResult(
            taken=taken,
            updated=updated,
            skipped=skipped,
            refused=tuple(row for row, _cells in self._refused),
            notes=notes,
            far_amounts=self._far,
            written=written,
            dry_run=self.options.dry_run,
        )
