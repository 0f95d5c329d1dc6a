"""The rows of one form, each named by the field of the input that it fills."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.services.inputs.base import Input, parse
from dealer_desktop.ui.widgets.form_row import FormRow, wrong_sentence

M = TypeVar("M", bound=Input)

FAR = 5
"""How many times an amount may be more or less than what was expected before it is asked about."""


class FormRows:
    """``reading``: how the dealer's own country, currency and time zone read what is typed (``parse``'s keywords)."""

    def __init__(self, reading: Mapping[str, str]) -> None:
        self._reading = dict(reading)
        self._rows: dict[str, FormRow] = {}
        self._before: dict[str, str] = {}

    def add(self, row: FormRow) -> None:
        self._rows[row.name] = row

    def __getitem__(self, name: str) -> FormRow:
        return self._rows[name]

    def get(self, name: str) -> FormRow | None:
        return self._rows.get(name)

    def __iter__(self) -> Iterator[FormRow]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    # -- values -------------------------------------------------------------------------------------------------------

    def typed(self, *names: str) -> dict[str, Any]:
        """What stands in these rows (all that are there, if none is named), by their names."""
        rows = [self._rows[name] for name in names] if names else [row for row in self if row.is_there]
        return {row.name: row.field.typed() for row in rows}

    def read(self, model: type[M], given: Mapping[str, Any]) -> M:
        """``model`` from the rows that are there and have one of its fields, and what is ``given`` beside or instead.

        Raises InvalidInput.
        """
        typed = {name: value for name, value in self.typed().items() if name in model.model_fields}
        return parse(model, **{**self._reading, **typed, **given})

    def problem(self, model: type[Input], row: FormRow, given: Mapping[str, Any]) -> str | None:
        """What ``model`` says of this row alone; nothing of an empty one, which may still be filled in."""
        if row.name not in model.model_fields or not row.field.to_draft().strip():
            return None
        try:
            self.read(model, given)
        except InvalidInput as error:
            return error.fields.get(row.name)
        return None

    def fill(self, source: object) -> dict[str, Any]:
        """Show what ``source`` (a row of the database) has under the rows' names, and return that."""
        values = {row.name: getattr(source, row.name) for row in self if hasattr(source, row.name)}
        for name, value in values.items():
            self._rows[name].field.set_value(value)
        return values

    def far_off(self) -> list[FormRow]:
        """The rows whose amount is far from the one that was expected there."""
        return [row for row in self if row.is_there and _is_far(row.expected, getattr(row.field, "value", None))]

    # -- refusals -----------------------------------------------------------------------------------------------------

    def mark(self, wrong: Mapping[str, str]) -> FormRow | None:
        """Say at each row what is wrong with it, and nothing at the others; returns the first wrong one."""
        for row in self:
            row.set_problem(wrong.get(row.name, ""))
        return next((row for row in self if row.name in wrong), None)

    def sentence(self, wrong: Mapping[str, str]) -> str:
        return wrong_sentence(wrong, {row.name: row.label.text() for row in self})

    # -- drafts -------------------------------------------------------------------------------------------------------

    def to_draft(self) -> dict[str, str]:
        return {row.name: row.field.to_draft() for row in self}

    def put_back(self, name: str, text: str) -> None:
        """A draft's text into its row; what the form has no row for, or may not change, is left out."""
        if name in self._rows and not self._rows[name].is_fixed:
            self._rows[name].field.from_draft(text)

    def note_opened(self) -> None:
        """The form stands as it opens."""
        self._before = self.to_draft()

    def is_untouched(self, name: str) -> bool:
        """Whether the row stands as the form opened."""
        return name in self._before and self._before[name] == self._rows[name].field.to_draft()

    def take(self, name: str, value: Any) -> None:
        """The record has another value now: the row stands so as if the form had opened with it."""
        self._rows[name].field.set_value(value)
        self._before[name] = self._rows[name].field.to_draft()

    def follow(self, name: str, value: Any) -> None:
        """The same where nobody typed in the row; what was typed stays."""
        if self.is_untouched(name):
            self.take(name, value)

    def differ_from(self, values: Mapping[str, str]) -> bool:
        """Whether ``values`` are other than what the form opened with."""
        return any(self._before[name] != text for name, text in values.items() if name in self._before)

    def first_to_fill(self) -> FormRow | None:
        """The first row that needs a person: the first empty one, else the first."""
        usable = [row for row in self if row.is_there and row.widget.isEnabled()]
        return next((row for row in usable if not row.field.to_draft()), usable[0] if usable else None)


def _is_far(expected: Decimal | None, value: Any) -> bool:
    number = value() if callable(value) else None
    if not expected or number is None or not isinstance(number, Decimal | int) or number <= 0:
        return False
    return number * FAR <= expected or number >= expected * FAR
