"""Which column fills which field, and what can be said of a whole column before its first row is taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dealer_desktop.core.errors import ImportCanceled
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.reading_lists import headers
from dealer_desktop.services.reading_lists.options import CAR_FIELDS, REQUIRED_FIELDS, ImportOptions, MileageUnit
from dealer_desktop.services.reading_lists.reading import Table
from dealer_desktop.services.reading_lists.values import Column, Unfit, Value, as_text

_SAMPLE = 2_000
"""Different values of a column that are tried on its field."""
_JUDGED_FROM = 3
"""With fewer values than this a wrong column is told row by row."""
_SHARE_THAT_FITS = 0.02
"""A column of which less than this fits is the wrong column, not a column with wrong rows."""
_TOTALS = ("total", "итого", "всего")


@dataclass(frozen=True)
class Columns:
    """How to read a row of one file."""

    fields: tuple[str, ...]
    """For each header our field, or empty."""
    by_field: Mapping[str, tuple[int, Column]]
    fixed: Mapping[str, Value]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    rows: int

    def cell(self, cells: list[object], field: str) -> object:
        index = self.by_field[field][0] if field in self.by_field else len(cells)
        return cells[index] if index < len(cells) else ""

    def read(self, cells: list[object]) -> tuple[dict[str, Value], list[str]]:
        """The values of a row by field, and what is wrong with it, in words."""
        values: dict[str, Value] = dict(self.fixed)
        wrong: list[str] = []
        for field, (index, column) in self.by_field.items():
            cell = cells[index] if index < len(cells) else ""
            try:
                value = column.read(cell)
            except Unfit as reason:
                wrong.append(
                    _("{field} “{value}”: {reason}").format(
                        field=headers.label(field), value=shown(cell), reason=reason
                    )
                )
                continue
            values[field] = value
            if value is None and field in REQUIRED_FIELDS:
                wrong.append(_("{field}: the cell is empty.").format(field=headers.label(field)))
        return values, wrong

    def is_total(self, cells: list[object]) -> bool:
        """Whether the row is a total under the list, as our own exports have."""
        if as_text(self.cell(cells, "vin")).lower().startswith(_TOTALS):
            return True
        return not as_text(self.cell(cells, "vin")) and any(
            isinstance(cell, str) and cell.strip().lower().startswith(_TOTALS) for cell in cells
        )


def shown(cell: object) -> str:
    """A cell as a message quotes it: short, on one line, without what cannot be seen."""
    text = as_text(cell)[:60]
    visible = "".join(character if character.isprintable() else " " for character in text)
    return f"{visible[:38]}…" if len(visible) > 40 else visible


def quoted(text: str) -> str:
    return _("“{text}”").format(text=text)


def analyse(table: Table, options: ImportOptions, canceled: Callable[[], bool] | None = None) -> Columns:
    """Assign the columns, read the file once to learn how they are written, and judge them."""
    problems: list[str] = []
    notes: list[str] = []
    fixed = _fixed(options, problems)
    assigned = _assign(table, options, problems)
    columns = {
        field: (index, Column(field, miles=field == "mileage" and _in_miles(options, table.headers[index])))
        for index, field in enumerate(assigned)
        if field and field not in fixed
    }
    found = Columns(assigned, columns, fixed, (), (), 0)
    samples: dict[str, dict[object, None]] = {field: {} for field in columns}
    rows = 0
    for rows, (_line, cells) in enumerate(table.rows(), start=1):
        if canceled and rows % 5_000 == 0 and canceled():
            raise ImportCanceled()
        for field, (index, column) in columns.items():
            cell = cells[index] if index < len(cells) else ""
            if cell in ("", None):
                continue
            column.learn(cell)
            sample = samples[field]
            if len(sample) < _SAMPLE:
                sample[cell] = None
    for field, (index, column) in list(columns.items()):
        problem, note = _judge(field, table.headers[index], column, list(samples[field]), rows)
        if problem and field in REQUIRED_FIELDS:
            problems.append(problem)
        elif problem:
            notes.append(problem)
            del columns[field]
        if note:
            notes.append(note)
    missing = [field for field in REQUIRED_FIELDS if field not in columns and field not in fixed]
    if missing:
        problems.append(_missing(missing))
    left_out = [name for name, field in zip(table.headers, assigned, strict=True) if name and not field]
    if left_out:
        notes.append(_("Columns left out: {columns}.").format(columns=", ".join(map(shown, left_out))))
    kept = tuple(field if field in columns else "" for field in assigned)
    return replace(found, fields=kept, problems=tuple(problems), notes=tuple(notes), rows=rows)


def _fixed(options: ImportOptions, problems: list[str]) -> dict[str, Value]:
    """The values given for every row, read as a cell would be."""
    values: dict[str, Value] = {}
    for field, typed in options.fixed.items():
        column = Column(field, miles=options.mileage_unit is MileageUnit.MI)
        try:
            value = column.read(typed)
        except Unfit as reason:
            problems.append(
                _("{field} “{value}”: {reason}").format(field=headers.label(field), value=shown(typed), reason=reason)
            )
            continue
        if value is not None or field not in REQUIRED_FIELDS:
            values[field] = value
    return values


def _assign(table: Table, options: ImportOptions, problems: list[str]) -> tuple[str, ...]:
    """Our field for each column: what the person said first, then a name that is ours, then one that means it."""
    names = [headers.plain(name) for name in table.headers]
    said = {headers.plain(name): field for name, field in options.columns.items()}
    for name, field in options.columns.items():
        if headers.plain(name) not in names:
            problems.append(
                _("The file has no column “{column}”; its columns are {columns}.").format(
                    column=shown(name), columns=", ".join(shown(header) for header in table.headers if header)
                )
            )
        elif field and [*said.values()].count(field) > 1 and field in CAR_FIELDS:
            problems.append(_("Two columns are mapped to {field}; choose one.").format(field=headers.label(field)))
    assigned = [said.get(name, "") for name in names]
    taken = {field for field in assigned if field} | set(options.fixed)
    for exact in (True, False):
        for index, name in enumerate(names):
            field = headers.field_of(table.headers[index])
            if not field or name in said or field in taken or assigned[index]:
                continue
            if not exact or name == field.replace("_", " "):
                assigned[index] = field
                taken.add(field)
    seen: set[str] = set()
    for index, field in enumerate(assigned):
        # Two columns of the same name: the first is meant.
        assigned[index] = "" if field in seen else field
        seen.add(field)
    return tuple(assigned)


def _in_miles(options: ImportOptions, header: str) -> bool:
    unit = options.mileage_unit or headers.unit_of(header)
    return unit == MileageUnit.MI


def _judge(field: str, header: str, column: Column, sample: list[object], rows: int) -> tuple[str, str]:
    """What is wrong with a whole column, and what is worth saying of it."""
    column.numbers.settle()
    if not sample:
        if rows and field in REQUIRED_FIELDS:
            return (
                _("The column “{column}” is empty, but every car needs “{field}”.").format(
                    column=shown(header), field=headers.label(field)
                ),
                "",
            )
        return "", ""
    unfit = [cell for cell in sample if not _fits(column, cell)]
    if len(sample) >= _JUDGED_FROM and len(sample) - len(unfit) < len(sample) * _SHARE_THAT_FITS:
        examples = ", ".join(quoted(shown(cell)) for cell in unfit[:3])
        words = _("The values of the column “{column}” cannot be “{field}”, for example {examples}.").format(
            column=shown(header), field=headers.label(field), examples=examples
        )
        if field in REQUIRED_FIELDS:
            words += " " + _(
                "Choose another column, or leave it out (--map {column}=) and give one value (--set {field}=…)."
            ).format(column=shown(header), field=field)
        else:
            words += " " + _("The column is left out.")
        return words, ""
    if column.numbers.doubtful:
        return "", _("Numbers of the column “{column}” such as {number} are read as thousands.").format(
            column=shown(header), number=shown(column.numbers.doubtful)
        )
    return "", ""


def _fits(column: Column, cell: object) -> bool:
    try:
        return column.read(cell) is not None
    except Unfit:
        return False


def _missing(fields: list[str]) -> str:
    names = ", ".join(quoted(headers.label(field)) for field in fields)
    words = ngettext(
        "Nothing in the file gives {fields}: name its column (--map COLUMN={field}) or one value (--set {field}=…).",
        "Nothing in the file gives {fields}: name their columns (--map COLUMN={field}) or values (--set {field}=…).",
        len(fields),
    )
    return words.format(fields=names, field=fields[0])
