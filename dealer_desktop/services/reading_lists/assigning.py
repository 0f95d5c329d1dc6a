"""Which column fills which field: what the person said, then what names mean, then what the values are.

Where two columns would do and differ, or one does not quite, the person is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.reading_lists import headers, kinds, makes, units, words
from dealer_desktop.services.reading_lists.columns import SOLD_WHEN_FILLED, SOLD_WHEN_YES, STATUS, quoted, shown
from dealer_desktop.services.reading_lists.likely_columns import likelihood
from dealer_desktop.services.reading_lists.options import CAR_FIELDS, REQUIRED_FIELDS, ImportOptions
from dealer_desktop.services.reading_lists.questions import Asked
from dealer_desktop.services.reading_lists.reading import Table
from dealer_desktop.services.reading_lists.values import as_text

_LOOKED_AT = 2_000
"""Rows from which a column's kind is told."""
_EXACT_WINS = ("vin", "make", "model", "stock_number", "location", "description", "transmission")
"""Of two columns for these the one with the field's very own name is meant."""


@dataclass
class Assigned:
    """What became of each column."""

    fields: list[str]
    parts: dict[str, tuple[int, Callable[[str], str]]] = field(default_factory=dict)
    """Fields that are a part of a column's cells."""
    statuses: list[tuple[int, str]] = field(default_factory=list)
    fills_down: list[int] = field(default_factory=list)
    units: list[tuple[int, int]] = field(default_factory=list)
    """A column of numbers, and the one that says in what they are."""
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """Columns that are used for something other than a field of their own."""


class Assignment:
    """One file's columns, looked at by name and by what stands in them."""

    def __init__(self, table: Table, options: ImportOptions, asked: Asked) -> None:
        self.table = table
        self.options = options
        self.asked = asked
        self.names = [headers.plain(name) for name in table.headers]
        self.said = {headers.plain(name): field for name, field in options.columns.items()}
        self.result = Assigned([self.said.get(name, "") for name in self.names])
        self._texts: list[list[str]] = [[] for _name in table.headers]
        for _line, cells in islice(table.rows(), _LOOKED_AT):
            for index, texts in enumerate(self._texts):
                texts.append(as_text(cells[index])[:80] if index < len(cells) else "")

    def run(self) -> Assigned:
        self._check_what_was_said()
        self._find_statuses()
        if self.table.has_names:
            for name in CAR_FIELDS:
                if self._is_open(name):
                    self._choose(name)
        else:
            self._by_values()
        self._find_vins()
        self._find_condition()
        self._part_makes()
        self._fill_down()
        self._find_units()
        return self.result

    # -- what is known ------------------------------------------------------------------------------------------------

    def _is_open(self, name: str) -> bool:
        return name not in self.result.fields and name not in self.options.fixed and name not in self.result.parts

    def _is_free(self, index: int) -> bool:
        return not self.result.fields[index] and self.names[index] not in self.said and index not in self.result.used

    def _filled(self, index: int) -> list[str]:
        return [text for text in self._texts[index] if text.strip()]

    def _share(self, index: int, fits: Callable[[str], bool]) -> float:
        """How much of what stands in a column fits; 0 where nothing stands there."""
        distinct = set(self._filled(index))
        return sum(map(fits, distinct)) / len(distinct) if distinct else 0.0

    def _give(self, index: int, name: str) -> None:
        self.result.fields[index] = name

    def _header(self, index: int) -> str:
        return shown(self.table.headers[index]) or _("Column {number}").format(number=index + 1)

    def _check_what_was_said(self) -> None:
        seen: set[str] = set()
        for name, given in self.options.columns.items():
            if headers.plain(name) not in self.names:
                self.result.problems.append(
                    _("The file has no column “{column}”; its columns are {columns}.").format(
                        column=shown(name), columns=", ".join(shown(header) for header in self.table.headers if header)
                    )
                )
            elif given and [*self.said.values()].count(given) > 1:
                words_ = _("Two columns are mapped to {field}; choose one.").format(field=headers.label(given))
                if words_ not in self.result.problems:
                    self.result.problems.append(words_)
        for index, given in enumerate(self.result.fields):
            if given and given in seen:
                self._give(index, "")
            seen.add(given)

    # -- by name ------------------------------------------------------------------------------------------------------

    def _choose(self, name: str) -> None:
        """The column for one field, where names tell it."""
        found = [
            (what.rank, index)
            for index, header in enumerate(self.table.headers)
            if self._is_free(index) and (what := headers.meaning(header)).field == name
        ]
        found = [(rank, index) for rank, index in found if self._may_be(name, rank, index)]
        if not found:
            return
        if name == "engine_type":
            # "Engine" may hold litres; the column whose words are fuels is meant.
            self._give(max(found, key=lambda pair: (self._share(pair[1], kinds.is_engine), -pair[0]))[1], name)
            return
        best = min(rank for rank, _index in found)
        columns = [index for rank, index in found if rank == best]
        if name == "price" and best == headers.SURE:
            # Another price, whatever it is called, is asked about where it differs.
            columns = [index for rank, index in found if rank <= headers.BY_WORD]
        if name in _EXACT_WINS:
            columns = [index for index in columns if self.names[index] == name.replace("_", " ")][:1] or columns
        if name == "price":
            columns = self._in_own_currency(columns)
        if name == "mileage":
            columns = [i for i in columns if units.distance_in(self.table.headers[i]) == "km"][:1] or columns
        if len(columns) > 1 and self._differ(columns):
            self._ask_which(name, columns)
        elif best == headers.MAYBE and name == "price":
            self._ask_whether(name, columns[0])
        else:
            self._give(max(columns, key=lambda index: (len(self._filled(index)), -index)), name)
            if best == headers.MAYBE and name == "year":
                self.result.notes.append(
                    _("The year is taken from the column “{column}”.").format(column=self._header(columns[0]))
                )

    def _may_be(self, name: str, rank: int, index: int) -> bool:
        """A name that only may mean the field needs values that fit."""
        if name == "vin" and rank:
            return self._share(index, kinds.is_vin) >= 0.8
        if name == "condition" and rank == headers.MAYBE:
            return self._share(index, kinds.is_condition) == 1.0
        return True

    def _in_own_currency(self, columns: list[int]) -> list[int]:
        """Of prices in several currencies those in the dealership's."""
        currencies = {index: units.of_header(self.table.headers[index]).currency for index in columns}
        own = [index for index in columns if currencies[index] == self.options.currency]
        neutral = [index for index in columns if not currencies[index]]
        return own or neutral or columns

    def _differ(self, columns: list[int]) -> bool:
        rows = zip(*(self._texts[index] for index in columns), strict=True)
        return any(len({text.strip() for text in row if text.strip()}) > 1 for row in rows)

    def _ask_which(self, name: str, columns: list[int]) -> None:
        likely = min(columns, key=lambda index: (likelihood(name, self.names[index]), index))
        answer = self.asked.ask(
            f"{name}-column",
            _("Several columns may be “{field}”: {columns}.").format(
                field=headers.label(name), columns=", ".join(quoted(self._header(index)) for index in columns)
            ),
            [
                *((str(index + 1), self._header(index)) for index in columns),
                *([] if name in REQUIRED_FIELDS else [("none", _("none of them"))]),
            ],
            str(likely + 1),
            stops=name in REQUIRED_FIELDS,
        )
        if answer.isdigit():
            self._give(int(answer) - 1, name)
        else:
            self.result.used.update(columns)

    def _ask_whether(self, name: str, index: int) -> None:
        answer = self.asked.ask(
            f"{name}-column",
            _("“{field}” would be taken from the column “{column}”.").format(
                field=headers.label(name), column=self._header(index)
            ),
            [(str(index + 1), self._header(index)), ("none", _("none of them"))],
            str(index + 1),
            stops=True,
        )
        if answer.isdigit():
            self._give(index, name)
        else:
            self.result.used.add(index)

    # -- by value -----------------------------------------------------------------------------------------------------

    def _find_vins(self) -> None:
        """Where no name says so, or the named column holds parts, 17 characters that are VINs are the VIN."""
        if "vin" in self.options.fixed or "vin" in self.said.values():
            return
        now = self.result.fields.index("vin") if "vin" in self.result.fields else None
        if now is not None and (not self._filled(now) or self._share(now, kinds.is_vin) >= 0.5):
            return
        found = [
            index
            for index in range(len(self.names))
            if self._is_free(index) and self._share(index, kinds.is_vin) >= 0.8 and len(self._filled(index)) > 0
        ]
        if len(found) != 1:
            return
        if now is not None:
            self._give(now, "")
        self._give(found[0], "vin")
        self.result.notes.append(
            _("The column “{column}” holds VINs and is taken for them.").format(column=self._header(found[0]))
        )

    def _find_condition(self) -> None:
        if not self._is_open("condition"):
            return
        for index, header in enumerate(self.table.headers):
            if (
                self._is_free(index)
                and headers.says(header, "is_new")
                and self._share(index, kinds.is_yes_or_no) == 1.0
            ):
                self.result.parts["condition"] = (index, kinds.new_or_used)
                self.result.used.add(index)
                return
        found = [
            index
            for index, header in enumerate(self.table.headers)
            if self._is_free(index)
            and not headers.meaning(header).field
            and len(self._filled(index)) > 1
            and self._share(index, kinds.is_condition_word) == 1.0
        ]
        if len(found) == 1:
            self._give(found[0], "condition")
            self.result.notes.append(
                _("The column “{column}” says whether a car is new or used.").format(column=self._header(found[0]))
            )

    def _by_values(self) -> None:
        """Columns without names: what their values can only be; the rest is the person's."""
        telling: tuple[tuple[str, Callable[[str], bool]], ...] = (
            ("vin", kinds.is_vin), ("year", kinds.is_year), ("make", makes.is_make),
            ("condition", kinds.is_condition_word),
            ("transmission", lambda text: words.transmission(text) is not None and len(text) > 1),
            ("engine_type", kinds.is_engine), ("color", kinds.is_color),
        )  # fmt: skip
        guessed: list[int] = []
        for name, fits in telling:
            found = [i for i in range(len(self.names)) if self._is_free(i) and self._share(i, fits) >= 0.8]
            if found and self._is_open(name):
                self._give(found[0], name)
                guessed.append(found[0])
        if "make" in self.result.fields and self._is_open("model"):
            beside = self.result.fields.index("make") + 1
            if beside < len(self.names) and self._is_free(beside):
                self._give(beside, "model")
                guessed.append(beside)
        first = self.result.fields.index("make") if "make" in self.result.fields else -1
        numbers = [i for i in range(len(self.names)) if self._is_free(i) and self._share(i, kinds.is_amount) >= 0.8]
        if first > 0 and 0 in numbers and len(set(self._filled(0))) == len(self._filled(0)):
            # What begins every row and is its own in each is the dealership's number.
            numbers.remove(0)
            self._give(0, "stock_number")
            guessed.append(0)
        after = [i for i in numbers if i > first and not kinds.rises(self._filled(i))]
        if len(after) >= 2 and self._is_open("price") and self._is_open("mileage"):
            with_cents = [i for i in after if any(kinds.has_cents(text) for text in self._filled(i))]
            price = (with_cents or after)[-1]
            self._give(price, "price")
            mileage = next(i for i in after if i != price)
            self._give(mileage, "mileage")
            guessed += [price, mileage]
        if not guessed:
            return
        answer = self.asked.ask(
            "columns",
            _("The file does not name its columns. By their values they are: {columns}.").format(
                columns=", ".join(
                    f"{self._header(index)} = {headers.label(self.result.fields[index])}" for index in sorted(guessed)
                )
            ),
            [("yes", _("yes")), ("no", _("no"))],
            "yes",
            stops=True,
        )
        if answer == "no":
            for index in guessed:
                self._give(index, "")

    # -- make and model -----------------------------------------------------------------------------------------------

    def _part_makes(self) -> None:
        """``Toyota Camry`` in one column, where make or model has none of its own."""
        no_make, no_model = self._is_open("make"), self._is_open("model")
        candidates = [
            index
            for index, header in enumerate(self.table.headers)
            if self._is_free(index) and headers.says(header, "make_and_model")
        ]
        if no_model and "make" in self.result.fields and "make" not in self.said.values():
            candidates.append(self.result.fields.index("make"))
        if no_make and "model" in self.result.fields and "model" not in self.said.values():
            candidates.append(self.result.fields.index("model"))
        if not (no_make or no_model) or not candidates:
            return
        index = max(candidates, key=lambda column: self._share(column, kinds.is_make_and_model))
        if self._share(index, kinds.is_make_and_model) < 0.5:
            return
        own = self.result.fields[index]
        self.result.used.add(index)
        for name, part, wanted in (("make", kinds.make_of, no_make), ("model", kinds.model_of, no_model)):
            if wanted or own == name:
                self.result.parts[name] = (index, part)
        if self._is_open("year") and self._share(index, lambda text: bool(makes.year_before(text))) >= 0.8:
            self.result.parts["year"] = (index, makes.year_before)
        self.result.notes.append(
            _("The column “{column}” holds make and model in one; they are parted behind the make.").format(
                column=self._header(index)
            )
        )

    def _fill_down(self) -> None:
        """A make that stands once for several cars."""
        if "make" not in self.result.fields:
            return
        index = self.result.fields.index("make")
        texts = self._texts[index]
        model = self.result.fields.index("model") if "model" in self.result.fields else index
        gaps = sum(
            not text.strip() and bool(other.strip()) for text, other in zip(texts, self._texts[model], strict=True)
        )
        if not texts or not texts[0].strip() or not gaps:
            return
        answer = self.asked.ask(
            "fill-down",
            _("In the column “{column}” cells are empty below a make.").format(column=self._header(index)),
            [("yes", _("they mean the make above")), ("no", _("leave these rows out"))],
            "yes" if gaps * 5 >= len(texts) else "no",
        )
        if answer == "yes":
            self.result.fills_down.append(index)

    def _find_units(self) -> None:
        """``mi`` or ``USD`` in a column of its own belongs to the number of its row."""
        for index, header in enumerate(self.table.headers):
            field_ = headers.unit_column_of(header)
            if field_ in self.result.fields and self._is_free(index) and self._filled(index):
                self.result.units.append((self.result.fields.index(field_), index))
                self.result.used.add(index)

    # -- for sale or not ----------------------------------------------------------------------------------------------

    def _find_statuses(self) -> None:
        for index, header in enumerate(self.table.headers):
            if not self._is_free(index) or not self._filled(index):
                continue
            if headers.says(header, "status"):
                known = self._share(index, lambda text: words.availability(text) is not None)
                is_condition = self._share(index, kinds.is_condition) == 1.0
                if known > 0 and known >= 0.5 and not is_condition:
                    self.result.statuses.append((index, STATUS))
                    self.result.used.add(index)
            elif headers.says(header, "sold_when_yes"):
                self.result.statuses.append((index, SOLD_WHEN_YES))
                self.result.used.add(index)
            elif headers.says(header, "sold_when_filled"):
                self.result.statuses.append((index, SOLD_WHEN_FILLED))
                self.result.used.add(index)
