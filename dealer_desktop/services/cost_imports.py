"""Import of what cars cost, from csv, tsv, xlsx, xls and ods: a line a cost, its car by VIN or stock number."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ColumnsDoNotFit, SoldByHand
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.dao import costs as dao
from dealer_desktop.domain import names
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.enums import CarStatus, CostKind
from dealer_desktop.services.inputs import fields
from dealer_desktop.services.inputs.base import REASON, Input
from dealer_desktop.services.reading_lists import cost_words, reading, rejects
from dealer_desktop.services.reading_lists.results import RefusedRow
from dealer_desktop.services.reading_lists.values import Column, Unfit, as_text
from dealer_desktop.services.transactions import questions
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket
from dealer_desktop.services.transactions.once import carry_out

__all__ = [
    "FIELDS",
    "CostLine",
    "CostList",
    "CostsTaken",
    "RefusedRow",
    "inspect",
    "read",
    "reasons",
    "summary",
    "take",
    "tried",
    "write_rejects",
]
FIELDS = cost_words.FIELDS
"""What a column of the list may hold."""
_MINUS = "-\u2212–"


class CostLine(BaseModel):
    """A line that could be read."""

    model_config = ConfigDict(frozen=True)

    line: int
    """In the file, the first is 1."""
    vin: str | None
    stock_number: str | None
    kind: CostKind
    amount: Decimal
    incurred_on: date | None
    """None: the dealer's today."""
    note: str | None

    @property
    def car(self) -> str:
        """As the file calls it."""
        return self.vin or self.stock_number or ""


@dataclass(frozen=True, slots=True)
class CostList:
    """What a file holds, before anything is written."""

    file: str
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    """Of each column our field; empty where it is left out."""
    lines: tuple[CostLine, ...]
    refused: tuple[RefusedRow, ...]
    problems: tuple[str, ...] = ()
    """Why nothing could be taken of it as the columns are understood; then there are no lines."""


@dataclass(frozen=True, slots=True)
class CostsTaken:
    taken: int
    known: int
    """Lines that are costs already, left as they are: the same car, kind, day, sum and note."""
    refused: tuple[RefusedRow, ...]
    """By line."""


class _Given(Input):
    lines: tuple[CostLine, ...]
    refused: tuple[tuple[int, str, str], ...]


def read(
    file: Path,
    kind: CostKind | None = None,
    columns: Mapping[str, str] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> CostList:
    """As ``inspect``. Raises ColumnsDoNotFit too, where it names no car or no sum."""
    found = inspect(file, kind, columns, canceled)
    if found.problems:
        raise ColumnsDoNotFit(problems=found.problems)
    return found


def inspect(
    file: Path,
    kind: CostKind | None = None,
    columns: Mapping[str, str] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> CostList:
    """Read ``file`` whole. ``kind``: of lines that name none. ``columns``: the file's column -> our field (empty: left
    out); the others are recognised by name.

    Raises UnreadableFile, ImportCanceled.
    """
    chosen = columns or {}
    table = reading.open_table(file, (*cost_words.NAMES, *chosen), canceled=canceled)
    ours = _columns(table.headers, chosen)
    problems = _problems(ours, kind)
    lines: list[CostLine] = []
    refused: list[RefusedRow] = []
    if not problems:
        readers = _Readers(ours, kind)
        for _line, cells in islice(table.rows(), 20_000):
            readers.learn(cells)
        for line, cells in table.rows():
            try:
                lines.append(readers.read(line, cells))
            except Unfit as reason:
                refused.append(RefusedRow(line, readers.car(cells), str(reason)))
    return CostList(table.file.name, table.headers, ours, tuple(lines), tuple(refused), problems)


def _columns(headers: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Of each column our field."""
    taken = set(chosen.values())
    found = [chosen.get(header, cost_words.field_of(header)) for header in headers]
    # What was chosen wins; else the first column of a name is meant: a second one would be guessed.
    return tuple(
        field if header in chosen or (field not in taken and found.index(field) == place) else ""
        for place, (header, field) in enumerate(zip(headers, found, strict=True))
    )


def _problems(columns: Sequence[str], kind: CostKind | None) -> tuple[str, ...]:
    problems = []
    if not {"vin", "stock_number"} & set(columns):
        problems.append(_("No column holds VINs or stock numbers, so nobody knows whose costs these are."))
    if "amount" not in columns:
        problems.append(_("No column holds amounts."))
    if "kind" not in columns and kind is None:
        problems.append(_("No column says what was paid for. Choose one kind for all lines."))
    return tuple(problems)


class _Readers:
    """The columns of one file."""

    def __init__(self, columns: Sequence[str], kind: CostKind | None) -> None:
        self._place = {field: place for place, field in enumerate(columns) if field}
        self._kind = kind
        self._amount, self._day = Column("price"), Column("arrived_on")
        self._day.days.refuse_doubtful = True

    def learn(self, cells: Sequence[object]) -> None:
        """How numbers and days are written here."""
        for field, column in (("amount", self._amount), ("incurred_on", self._day)):
            if (cell := self._cell(cells, field)) not in ("", None):
                column.learn(cell)

    def read(self, line: int, cells: Sequence[object]) -> CostLine:
        """Raises Unfit."""
        text = as_text(self._cell(cells, "vin"))
        number = as_text(self._cell(cells, "stock_number")) or None
        if not text and not number:
            raise Unfit(_("No car is named."))
        day = self._day.read(self._cell(cells, "incurred_on")) if "incurred_on" in self._place else None
        try:
            note = fields.text(as_text(self._cell(cells, "note")), limit=REASON, lines=True)
        except ValueError as error:
            raise Unfit(str(error)) from None
        assert day is None or isinstance(day, date)
        return CostLine(
            line=line,
            vin=vins.normalise(text) if text else None,
            stock_number=number,
            kind=self._read_kind(cells),
            amount=self._read_amount(self._cell(cells, "amount")),
            incurred_on=day,
            note=note,
        )

    def car(self, cells: Sequence[object]) -> str:
        return as_text(self._cell(cells, "vin")) or as_text(self._cell(cells, "stock_number"))

    def _cell(self, cells: Sequence[object], field: str) -> object:
        place = self._place.get(field)
        return cells[place] if place is not None and place < len(cells) else ""

    def _read_kind(self, cells: Sequence[object]) -> CostKind:
        text = as_text(self._cell(cells, "kind"))
        kind = cost_words.kind_of(text) if text else self._kind
        if kind is not None:
            return kind
        known = ", ".join(names.cost_kind(each) for each in CostKind)
        raise Unfit(_("“{text}” is no kind of cost; the kinds are {known}.").format(text=text[:60], known=known))

    def _read_amount(self, cell: object) -> Decimal:
        """A rebate is below 0: with a minus, or in brackets as accountants write it."""
        is_rebate = False
        if isinstance(cell, int | float) and not isinstance(cell, bool) and cell < 0:
            is_rebate, cell = True, -cell
        elif isinstance(cell, str):
            text = cell.strip()
            if text[:1] in _MINUS or (text[:1] == "(" and text[-1:] == ")"):
                is_rebate, cell = bool(text), text.strip(f"{_MINUS}() ")
        amount = self._amount.read(cell)
        if not isinstance(amount, Decimal):
            raise Unfit(_("No amount is named."))
        if amount == 0:
            raise Unfit(_("The amount cannot be 0."))
        return -amount if is_rebate else amount


def take(session_maker: SessionMaker, request_id: UUID, found: CostList, *, all_or_nothing: bool = False) -> CostsTaken:
    """Enter the lines in one transaction; sent again with the same request it adds nothing.

    A line that is a cost already is left as it is. ``all_or_nothing``: where a line is refused, nothing is written.
    """
    given = _Given(
        request_id=request_id,
        lines=found.lines,
        refused=tuple((row.line, row.vin, row.reason) for row in found.refused),
    )

    def work(session: Session) -> dict[str, Any]:
        new, result = _judge(session, found, all_or_nothing)
        dao.insert_many(session, new)
        refused = [(row.line, row.vin, row.reason) for row in result.refused]
        return {"taken": result.taken, "known": result.known, "refused": refused}

    def told(_session: Session, result: dict[str, Any]) -> CostsTaken:
        return CostsTaken(result["taken"], result["known"], tuple(RefusedRow(*row) for row in result["refused"]))

    return carry_out(session_maker, "costs.import", given, work, told)


def tried(reader: Reader, found: CostList, *, all_or_nothing: bool = False, ticket: Ticket | None = None) -> CostsTaken:
    """What ``take`` would do now; nothing is written. Raises NotAllowed."""
    return reader.run(ticket, lambda session: _judge(session, found, all_or_nothing)[1], snapshot=True, long=True)


def _judge(session: Session, found: CostList, all_or_nothing: bool) -> tuple[list[dict[str, Any]], CostsTaken]:
    """What is to be entered, and what is told of it."""
    refused = list(found.refused)
    wanted = []
    cars = dao.cars_known(
        session,
        [line.vin for line in found.lines if line.vin],
        [line.stock_number for line in found.lines if line.stock_number],
    )
    for line in found.lines:
        car = cars.get(line.vin or "") or cars.get(line.stock_number or "")
        if car is None:
            refused.append(RefusedRow(line.line, line.car, _("No such car is in stock or was sold here.")))
        elif car.status is CarStatus.SOLD and car.order_id is None:
            refused.append(RefusedRow(line.line, line.car, SoldByHand().sentence()))
        else:
            wanted.append((car, line))
    if refused and all_or_nothing:
        wanted = []
    new = list(_unknown(session, wanted))
    told = tuple(sorted(refused, key=lambda row: row.line))
    return new, CostsTaken(len(new), len(wanted) - len(new), told)


def summary(taken: CostsTaken, *, dry_run: bool = False) -> list[str]:
    """In words: how many of each, then every refused line with its reason."""
    words = ngettext("{count} cost is entered.", "{count} costs are entered.", taken.taken)
    if dry_run:
        words = ngettext("{count} cost would be entered.", "{count} costs would be entered.", taken.taken)
    said = [words.format(count=formats.number(taken.taken))]
    if taken.known:
        words = ngettext("{count} was entered before.", "{count} were entered before.", taken.known)
        said.append(words.format(count=formats.number(taken.known)))
    if taken.refused:
        words = ngettext("{count} line was refused.", "{count} lines were refused.", len(taken.refused))
        if dry_run:
            words = ngettext("{count} line would be refused.", "{count} lines would be refused.", len(taken.refused))
        said.append(words.format(count=formats.number(len(taken.refused))))
    return [" ".join(said), *reasons(taken.refused)]


def reasons(refused: Sequence[RefusedRow]) -> list[str]:
    words = _("Line {line}, {vin}: {reason}")
    return [words.format(line=row.line, vin=row.vin or "—", reason=row.reason) for row in refused]


def write_rejects(file: Path, refused: Sequence[RefusedRow], target: Path) -> int:
    """The refused lines of ``file``, each with its reason, to be mended and imported again; how many they are.

    Raises UnreadableFile, FileNotWritten.
    """
    why = {row.line: row.reason for row in refused}
    table = reading.open_table(file, cost_words.NAMES)
    rows = [(line, cells, why[line]) for line, cells in table.rows() if line in why]
    rejects.write(target, table.headers, rows)
    return len(rows)


def _unknown(session: Session, wanted: Sequence[tuple[dao.KnownCar, CostLine]]) -> Iterator[dict[str, Any]]:
    """What is no cost yet; a list that names the same twice means it twice."""
    there = Counter(dao.facts(session, [car.id for car, _line in wanted]))
    today = questions.today(session)
    for car, line in wanted:
        day = line.incurred_on or today
        key = (car.id, line.kind, line.amount, day, line.note)
        if there[key]:
            there[key] -= 1
            continue
        yield {
            "car_id": car.id,
            "order_id": car.order_id if car.status is CarStatus.SOLD else None,
            "kind": line.kind,
            "amount": line.amount,
            "incurred_on": day,
            "note": line.note,
        }
