"""What can be said of a whole file before its first row is taken: its columns, what they leave open, what is wrong."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from dealer_desktop.core.errors import ImportCanceled
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import language, ngettext
from dealer_desktop.services.reading_lists import headers, judging, units
from dealer_desktop.services.reading_lists.assigning import Assigned, Assignment
from dealer_desktop.services.reading_lists.columns import Columns, is_for_sale, quoted, shown
from dealer_desktop.services.reading_lists.numbers import number_in
from dealer_desktop.services.reading_lists.options import REQUIRED_FIELDS, ImportOptions, MileageUnit
from dealer_desktop.services.reading_lists.questions import Asked
from dealer_desktop.services.reading_lists.reading import Table
from dealer_desktop.services.reading_lists.values import Column, Unfit, Value, as_text

__all__ = ["Columns", "analyse", "quoted", "shown"]

_SAMPLE = 2_000
"""Different values of a column that are tried on its field."""
_JUDGED_BY = 500
"""Characters of a value that is tried."""


def analyse(table: Table, options: ImportOptions, canceled: Callable[[], bool] | None = None) -> Columns:
    """Assign the columns, read the file once to learn how they are written, and judge them."""
    return _Analysis(table, options, canceled).run()


class _Analysis:
    def __init__(self, table: Table, options: ImportOptions, canceled: Callable[[], bool] | None) -> None:
        self.table = table
        self.options = options
        self.canceled = canceled
        self.asked = Asked(options.answers, options.take_likely)
        self.problems: list[str] = []
        self.notes: list[str] = list(table.notes)
        self.samples: dict[str, dict[object, None]] = {}
        self.statuses: Counter[str] = Counter()
        self.hidden = 0

    def run(self) -> Columns:
        self._ask_for_the_sheet()
        fixed = self._fixed()
        assigned = Assignment(self.table, self.options, self.asked).run()
        self.problems += assigned.problems
        self.notes += assigned.notes
        found = Columns(
            tuple(assigned.fields),
            self._readers(assigned, fixed),
            fixed,
            statuses=tuple(assigned.statuses),
            fills_down=tuple(assigned.fills_down),
            units=tuple(assigned.units),
            hidden=self.table.hidden,
            repeats_header=self.table.headers if self.table.has_names else (),
        )
        found = replace(found, rows=self._learn(found))
        found = self._settle(found)
        self._tell_what_is_left_out(assigned, found)
        self.problems += self.asked.wrong()
        # What nobody decided and stops nothing is left out, and told with what decides it.
        self.notes += [
            question.for_the_command_line()
            for question in self.asked.questions
            if not question.stops and not question.answer and not self.options.take_likely
        ]
        self.problems += [
            question.for_the_command_line()
            for question in self.asked.questions
            if question.stops and not question.answer
        ]
        return replace(
            found,
            fields=tuple(self._field_shown(index, assigned, found) for index in range(len(assigned.fields))),
            problems=tuple(dict.fromkeys(self.problems)),
            notes=tuple(dict.fromkeys(self.notes)),
            questions=tuple(self.asked.questions),
            takes_far_amounts=self.options.answers.get("far-amounts") == "take",
        )

    # -- before the rows ----------------------------------------------------------------------------------------------

    def _ask_for_the_sheet(self) -> None:
        if not self.table.sheets:
            return
        self.asked.ask(
            "sheet",
            _("Several sheets hold cars: {sheets}. One is imported at a time.").format(
                sheets=", ".join(quoted(name[:40]) for name, _rows in self.table.sheets)
            ),
            [
                (name, ngettext("{count} row", "{count} rows", rows).format(count=rows))
                for name, rows in self.table.sheets
            ],
            self.table.sheet,
            stops=True,
        )

    def _fixed(self) -> dict[str, Value]:
        """The values given for every row, read as a cell would be."""
        values: dict[str, Value] = {}
        for name, typed in self.options.fixed.items():
            column = Column(name, miles=self.options.mileage_unit is MileageUnit.MI)
            try:
                value = column.read(typed)
            except Unfit as reason:
                self.problems.append(
                    _("{field} “{value}”: {reason}").format(
                        field=headers.label(name), value=shown(typed), reason=reason
                    )
                )
                continue
            if value is not None or name not in REQUIRED_FIELDS:
                values[name] = value
        return values

    def _readers(self, assigned: Assigned, fixed: dict[str, Value]) -> dict[str, tuple[int, Column]]:
        readers: dict[str, tuple[int, Column]] = {}
        for index, name in enumerate(assigned.fields):
            if name and name not in fixed and name not in assigned.parts:
                readers[name] = (index, self._reader(name, index))
        for name, (index, part) in assigned.parts.items():
            if name not in fixed:
                readers[name] = (index, self._reader(name, index))
                readers[name][1].part = part
        return readers

    def _reader(self, name: str, index: int) -> Column:
        header = self.table.headers[index]
        said = units.of_header(header)
        column = Column(name)
        if name == "mileage":
            unit = self.options.mileage_unit or said.distance
            column.miles = unit == MileageUnit.MI
        if name == "price":
            column.currency = self.options.currency
        if name in ("mileage", "price") and said.scale != 1:
            column.scale = said.scale
            self.notes.append(
                _("The column “{column}” is in units of {scale}: every number in it is multiplied.").format(
                    column=shown(header), scale=f"{said.scale:_}".replace("_", " ")
                )
            )
        return column

    # -- the rows -----------------------------------------------------------------------------------------------------

    def _learn(self, columns: Columns) -> int:
        """Read the whole file once; returns how many rows it has."""
        rows = 0
        self.samples = {name: {} for name in columns.by_field}
        readers = [(index, column, self.samples[name]) for name, (index, column) in columns.by_field.items()]
        for rows, (line, cells) in enumerate(columns.rows_of(self.table), start=1):
            if self.canceled and rows % 5_000 == 0 and self.canceled():
                raise ImportCanceled()
            for index, column, sample in readers:
                cell = cells[index] if index < len(cells) else ""
                if cell in ("", None):
                    continue
                column.learn(cell)
                if len(sample) < _SAMPLE:
                    # Enough to judge by; whole descriptions would hold the file in memory.
                    sample[cell[:_JUDGED_BY] if isinstance(cell, str) else cell] = None
            for index, kind in columns.statuses:
                text = as_text(cells[index]) if index < len(cells) else ""
                if text and not is_for_sale(text, kind):
                    self.statuses[shown(text)] += 1
            if line in columns.hidden:
                self.hidden += 1
        return rows

    def _settle(self, columns: Columns) -> Columns:
        """What the rows showed, asked or judged."""
        self._ask_for_the_mileage(columns)
        self._ask_for_the_scale(columns)
        self._ask_for_the_currency(columns)
        self._ask_for_the_days(columns)
        self._ask_for_the_vins(columns)
        kept = dict(columns.by_field)
        for name, (index, column) in columns.by_field.items():
            problem, notes = judging.judge(
                name, self.table.headers[index], column, list(self.samples[name]), columns.rows
            )
            if problem and name in REQUIRED_FIELDS:
                self.problems.append(problem)
            elif problem:
                self.notes.append(problem)
                del kept[name]
            self.notes += notes
        asked = [question.key for question in self.asked.questions if not question.answer]
        missing = [
            name
            for name in REQUIRED_FIELDS
            if name not in kept and name not in columns.fixed and f"{name}-column" not in asked
        ]
        if missing:
            self.problems.append(judging.missing(missing))
        return replace(
            columns,
            by_field=kept,
            takes_all_statuses=self._ask_for_the_statuses() == "take",
            takes_hidden=self._ask_for_the_hidden() == "take",
        )

    def _ask_for_the_mileage(self, columns: Columns) -> None:
        """A list from America counts in miles, and often does not say so."""
        if "mileage" not in columns.by_field or self.options.mileage_unit:
            return
        index, column = columns.by_field["mileage"]
        if units.distance_in(self.table.headers[index]):
            return
        texts = [cell for cell in self.samples["mileage"] if isinstance(cell, str)]
        if any(units.distance_in(text) for text in texts[:200]):
            return
        if not any(headers.says(header, "american") for header in self.table.headers):
            return
        answer = self.asked.ask(
            "mileage-unit",
            _("The list looks American, so “{column}” may be in miles.").format(
                column=shown(self.table.headers[index])
            ),
            [("mi", _("miles")), ("km", _("kilometres"))],
            "mi",
            stops=True,
        )
        column.miles = answer == "mi"

    def _ask_for_the_scale(self, columns: Columns) -> None:
        """``Цены в тыс. руб.`` above the list, and the column's own name is silent."""
        if "price" not in columns.by_field:
            return
        index, column = columns.by_field["price"]
        scale = next((units.of_header(word).scale for word in units.scale_words(self.table.above)), 1)
        if column.scale != 1 or scale == 1:
            return
        answer = self.asked.ask(
            "price-scale",
            _("What stands above the list may say that “{column}” is in units of {scale}.").format(
                column=shown(self.table.headers[index]), scale=scale
            ),
            [(str(scale), _("multiply the prices")), ("1", _("take the numbers as they are"))],
            str(scale),
            stops=True,
        )
        if answer == str(scale):
            column.scale = scale

    def _ask_for_the_currency(self, columns: Columns) -> None:
        if "price" not in columns.by_field or not self.options.currency:
            return
        index, column = columns.by_field["price"]
        header = units.of_header(self.table.headers[index]).currency
        # A title may say it for all prices, in a word; a sign there may be a phone's or a slogan's.
        header = header or units.of_header(self.table.above).currency
        texts = [cell for cell in self.samples["price"] if isinstance(cell, str)]
        others = Counter(
            currency
            for text in texts
            if (parts := number_in(as_text(text)))
            and (currency := units.words_of(f"{parts[0]} {parts[2]}").currency) not in ("", self.options.currency)
        )
        foreign = header if header not in ("", self.options.currency) else next(iter(others), "")
        if not foreign:
            return
        name = foreign if foreign != "?" else _("another currency")
        answer = self.asked.ask(
            "currency",
            _("Prices of the column “{column}” are in {currency}; the dealership counts in {own}.").format(
                column=shown(self.table.headers[index]), currency=name, own=self.options.currency
            ),
            [
                ("refuse", _("leave these rows out")),
                ("as-is", _("take the numbers as {own}").format(own=self.options.currency)),
            ],
            "refuse",
            stops=bool(
                header not in ("", self.options.currency) or (len(others) and sum(others.values()) == len(texts))
            ),
        )
        if answer == "as-is":
            column.currency = ""
        elif header == foreign:
            column.refuses_all = True

    def _ask_for_the_days(self, columns: Columns) -> None:
        if "arrived_on" not in columns.by_field:
            return
        index, column = columns.by_field["arrived_on"]
        if not column.days.is_doubtful:
            return
        answer = self.asked.ask(
            "dates",
            _("Dates of the column “{column}” such as {date} can be read in two ways.").format(
                column=shown(self.table.headers[index]), date=shown(column.days.doubtful)
            ),
            [("day-first", _("the day comes first")), ("month-first", _("the month comes first"))],
            "month-first" if language() == "en" else "day-first",
        )
        column.days.refuse_doubtful = True
        if answer:
            column.days.month_first = answer == "month-first"

    def _ask_for_the_vins(self, columns: Columns) -> None:
        """Eight characters under the name VIN are its end, not an old car's number."""
        if "vin" not in columns.by_field or "vin" in self.options.columns.values():
            return
        texts = [as_text(cell) for cell in self.samples["vin"]]
        short = [
            text
            for text in texts
            if 4 <= len(text) <= 8 and text.isascii() and text.isalnum() and any(map(str.isdigit, text))
        ]
        if not short or len(short) * 2 < len(texts) or len({len(text) for text in short}) > 1:
            return
        answer = self.asked.ask(
            "vin",
            _("The values of the column “{column}” have {count} characters, so they may be the ends of VINs.").format(
                column=shown(self.table.headers[columns.by_field["vin"][0]]), count=len(short[0])
            ),
            [("refuse", _("leave the column out")), ("take", _("they are whole numbers of old cars"))],
            "refuse",
            stops=True,
        )
        if answer != "take":
            columns.by_field["vin"][1].refuses_all = True

    def _ask_for_the_statuses(self) -> str:
        if not self.statuses:
            return ""
        said = ", ".join(f"{quoted(text)} ({count})" for text, count in self.statuses.most_common(4))
        count = sum(self.statuses.values())
        words = ngettext(
            "{count} car is not for sale by what the list says: {statuses}.",
            "{count} cars are not for sale by what the list says: {statuses}.",
            count,
        )
        return self.asked.ask(
            "status",
            words.format(count=count, statuses=said),
            [("refuse", _("leave them out")), ("take", _("take them as available"))],
            "refuse",
        )

    def _ask_for_the_hidden(self) -> str:
        if not self.hidden:
            return ""
        words = ngettext("The spreadsheet hides {count} row.", "The spreadsheet hides {count} rows.", self.hidden)
        return self.asked.ask(
            "hidden-rows",
            words.format(count=self.hidden),
            [("refuse", _("leave it out") if self.hidden == 1 else _("leave them out")), ("take", _("import it too"))],
            "refuse",
        )

    # -- what is told -------------------------------------------------------------------------------------------------

    def _field_shown(self, index: int, assigned: Assigned, columns: Columns) -> str:
        name = assigned.fields[index]
        if name and columns.by_field.get(name, (None,))[0] == index:
            return name
        return next((part for part, (column, _part) in assigned.parts.items() if column == index), "")

    def _tell_what_is_left_out(self, assigned: Assigned, columns: Columns) -> None:
        used = {index for index, _column in columns.by_field.values()} | {index for index, _kind in columns.statuses}
        used |= {unit for _number, unit in columns.units}
        left_out = [
            name
            for index, name in enumerate(self.table.headers)
            if name and index not in used and not assigned.fields[index]
        ]
        if left_out:
            self.notes.append(_("Columns left out: {columns}.").format(columns=", ".join(map(shown, left_out))))
