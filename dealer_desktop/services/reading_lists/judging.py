"""Whether the values of a whole column can be its field, and what is worth saying of it."""

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.reading_lists import headers
from dealer_desktop.services.reading_lists.columns import quoted, shown
from dealer_desktop.services.reading_lists.options import REQUIRED_FIELDS
from dealer_desktop.services.reading_lists.values import LENIENT, Column, Unfit, as_text

_JUDGED_FROM = 3
"""With fewer values than this a wrong column is told row by row."""
_SHARE_THAT_FITS = 0.02
"""A column of which less than this fits is the wrong column, not a column with wrong rows."""


def judge(field: str, header: str, column: Column, sample: list[object], rows: int) -> tuple[str, list[str]]:
    """What is wrong with a whole column, and what is worth saying of it."""
    column.numbers.settle()
    if not sample:
        if rows and field in REQUIRED_FIELDS:
            return (
                _("The column “{column}” is empty, but every car needs “{field}”.").format(
                    column=shown(header), field=headers.label(field)
                ),
                [],
            )
        return "", []
    unfit = [cell for cell in sample if not _fits(column, cell)]
    if column.days.refuse_doubtful and column.days.month_first is None and len(unfit) == len(sample):
        # Asked already, and left empty until somebody says it.
        return "", []
    if len(sample) >= _JUDGED_FROM and len(sample) - len(unfit) < len(sample) * _SHARE_THAT_FITS:
        return _does_not_fit(field, header, column, unfit), []
    notes = []
    if column.numbers.doubtful:
        notes.append(
            _("Numbers of the column “{column}” such as {number} are read as thousands.").format(
                column=shown(header), number=shown(column.numbers.doubtful)
            )
        )
    not_understood = [cell for cell in unfit if _is_unfit(column, cell)] if field in LENIENT else []
    if not_understood:
        notes.append(_left_empty(field, header, not_understood))
    return "", notes


def _does_not_fit(field: str, header: str, column: Column, unfit: list[object]) -> str:
    examples = ", ".join(quoted(shown(cell)) for cell in unfit[:3])
    words = _("The values of the column “{column}” cannot be “{field}”, for example {examples}.").format(
        column=shown(header), field=headers.label(field), examples=examples
    )
    if column.refuses_all:
        # The question has said why.
        return words
    if field in REQUIRED_FIELDS:
        advice = _("Choose another column, or leave it out (--map {column}=) and give one value (--set {field}=…).")
        return words + " " + advice.format(column=shown(header), field=field)
    return words + " " + _("The column is left out.")


def _left_empty(field: str, header: str, cells: list[object]) -> str:
    words = ngettext(
        "{count} value of the column “{column}” is not understood, and “{field}” stays empty there: {examples}.",
        "{count} values of the column “{column}” are not understood, and “{field}” stays empty there: {examples}.",
        len(cells),
    )
    if field == "arrived_on":
        words = ngettext(
            "{count} value of the column “{column}” is no day that can be, and today is taken there: {examples}.",
            "{count} values of the column “{column}” are no days that can be, and today is taken there: {examples}.",
            len(cells),
        )
    return words.format(
        count=len(cells),
        column=shown(header),
        field=headers.label(field),
        examples=", ".join(quoted(shown(cell)) for cell in cells[:5]),
    )


def _fits(column: Column, cell: object) -> bool:
    try:
        return column.read(cell) is not None
    except Unfit:
        return False


def _is_unfit(column: Column, cell: object) -> bool:
    """Whether something stands there that is not understood, rather than that nothing is known."""
    try:
        column.read(cell)
    except Unfit:
        return bool(as_text(cell))
    return False


def missing(fields: list[str]) -> str:
    names = ", ".join(quoted(headers.label(field)) for field in fields)
    words = ngettext(
        "Nothing in the file gives {fields}: name its column (--map COLUMN={field}) or one value (--set {field}=…).",
        "Nothing in the file gives {fields}: name their columns (--map COLUMN={field}) or values (--set {field}=…).",
        len(fields),
    )
    return words.format(fields=names, field=fields[0])
