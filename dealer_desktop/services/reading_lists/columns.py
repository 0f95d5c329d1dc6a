"""How the rows of one file are read: which column fills which field, and which rows are no cars for sale."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.reading_lists import headers, words
from dealer_desktop.services.reading_lists.options import REQUIRED_FIELDS
from dealer_desktop.services.reading_lists.questions import Question
from dealer_desktop.services.reading_lists.reading import Table
from dealer_desktop.services.reading_lists.values import LENIENT, Column, Unfit, Value, as_text
from dealer_desktop.services.reading_lists.words import Availability

_TOTALS = ("total", "grand total", "итого", "всего", "summe", "gesamt", "razem", "suma")
_COUNTED = headers.name_set(
    "car|cars|vehicles|units|rows|sum|автомобиль|автомобиля|автомобилей|авто|машин|машины|машина|шт|единиц|ед|строк|позиций"
    "|по|складу|руб|сумма"
)
_FEWEST_OF_A_CAR = 5
"""Where so many columns are read, a row with one filled cell is a title between the cars."""
STATUS, SOLD_WHEN_FILLED, SOLD_WHEN_YES = "status", "sold_when_filled", "sold_when_yes"


@dataclass(frozen=True)
class Columns:
    """How to read a row of one file."""

    fields: tuple[str, ...]
    """For each header our field, or empty."""
    by_field: Mapping[str, tuple[int, Column]]
    fixed: Mapping[str, Value]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    rows: int = 0
    statuses: tuple[tuple[int, str], ...] = ()
    """Columns that say whether a car is for sale, and how they say it."""
    takes_all_statuses: bool = False
    takes_hidden: bool = False
    fills_down: tuple[int, ...] = ()
    """Columns whose empty cells mean what stands above."""
    units: tuple[tuple[int, int], ...] = ()
    """A column of numbers, and the one that says for each row in what they are."""
    takes_far_amounts: bool = False
    hidden: frozenset[int] = frozenset()
    repeats_header: tuple[str, ...] = field(default=())
    """The row of names, which programs repeat on every page."""

    def rows_of(self, table: Table) -> Iterator[tuple[int, list[object]]]:
        """The file's rows, with what stands once for several of them filled in, without its repeated row of names."""
        above: dict[int, object] = {}
        for line, cells in table.rows():
            if self.repeats_header and _is_header(cells, self.repeats_header):
                continue
            for number, unit in self.units:
                cells = _with_unit(cells, number, unit)
            if self.fills_down:
                filled = list(cells)
                for index in self.fills_down:
                    here = filled[index] if index < len(filled) else ""
                    if here not in ("", None):
                        above[index] = here
                    elif index < len(filled) and index in above:
                        filled[index] = above[index]
                cells = filled
            yield line, cells

    def cell(self, cells: list[object], field: str) -> object:
        index = self.by_field[field][0] if field in self.by_field else len(cells)
        return cells[index] if index < len(cells) else ""

    def read(self, cells: list[object]) -> tuple[dict[str, Value], list[str]]:
        """The values of a row by field, and what is wrong with it, in words."""
        values: dict[str, Value] = dict(self.fixed)
        wrong: list[str] = []
        if len(self.by_field) >= _FEWEST_OF_A_CAR and sum(cell not in ("", None) for cell in cells) == 1:
            return values, [_("Only one cell of this row holds anything.")]
        for name, (index, column) in self.by_field.items():
            cell = cells[index] if index < len(cells) else ""
            try:
                value = column.read(cell)
            except Unfit as reason:
                if name in LENIENT:
                    values[name] = None
                    continue
                wrong.append(
                    _("{field} “{value}”: {reason}").format(field=headers.label(name), value=shown(cell), reason=reason)
                )
                continue
            values[name] = value
            if value is None and name in REQUIRED_FIELDS:
                wrong.append(_("{field}: the cell is empty.").format(field=headers.label(name)))
        return values, wrong

    def why_not_new(self, line: int, cells: list[object]) -> str:
        """Why a car that is not in stock yet is not taken from this row, though its values are good; else empty."""
        if self.statuses and not self.takes_all_statuses:
            for index, kind in self.statuses:
                text = as_text(cells[index]) if index < len(cells) else ""
                if not is_for_sale(text, kind):
                    return _("The list says “{status}” of this car, so it is not for sale.").format(status=shown(text))
        if line in self.hidden and not self.takes_hidden:
            return _("The spreadsheet hides this row.")
        return ""

    def is_total(self, cells: list[object]) -> bool:
        """Whether the row is a total under the list, as our own exports have; a car has a make or a year."""
        vin = as_text(self.cell(cells, "vin"))
        if vin.isalnum() and vin[-1].isdigit():
            return False
        if _says_total(vin):
            return True
        if vin or any(as_text(self.cell(cells, name)) and not _says_total(as_text(self.cell(cells, name)))
                      for name in ("make", "model", "year")):  # fmt: skip
            return False
        return any(isinstance(cell, str) and _says_total(cell) for cell in cells)


def _with_unit(cells: list[object], number: int, unit: int) -> list[object]:
    """The row with ``85000`` and ``mi`` in one cell."""
    if max(number, unit) >= len(cells):
        return cells
    text, said = as_text(cells[number]), as_text(cells[unit])
    if not said or not text or any(map(str.isalpha, text)):
        return cells
    joined = list(cells)
    joined[number] = f"{text} {said}"
    return joined


def is_for_sale(text: str, kind: str) -> bool:
    """What a column of status says of a row."""
    if not text.strip():
        return True
    if kind == SOLD_WHEN_FILLED:
        return text.strip() in ("-", "—", "0") or text.strip().casefold() in ("нет", "no", "n/a", "none")
    if kind == SOLD_WHEN_YES:
        return not words.is_yes(text)
    return words.availability(text) is Availability.AVAILABLE


def _says_total(text: str) -> bool:
    """``Итого: 5``, but neither ``Всего один владелец`` nor ``Totally new``."""
    said = headers.plain(text[:60])
    for word in _TOTALS:
        rest = said.removeprefix(word)
        if rest != said and (not rest or (rest.startswith(" ") and _is_count(rest.split()))):
            return True
    return False


def _is_count(words_: list[str]) -> bool:
    """What follows the word of a total: numbers and what is counted, not a sentence."""
    return all(word.isdigit() or word in _COUNTED for word in words_)


def _is_header(cells: list[object], names: tuple[str, ...]) -> bool:
    first = next((index for index, name in enumerate(names) if name), 0)
    if first >= len(cells) or cells[first] != names[first]:
        return False
    texts = tuple(as_text(cell) for cell in cells[: len(names)])
    return len([text for text in texts if text]) >= 3 and texts == names[: len(texts)]


def shown(cell: object) -> str:
    """A cell as a message quotes it: short, on one line, without what cannot be seen."""
    text = as_text(cell)[:60]
    visible = "".join(character if character.isprintable() else " " for character in text)
    return f"{visible[:38]}…" if len(visible) > 40 else visible


def quoted(text: str) -> str:
    return _("“{text}”").format(text=text)
