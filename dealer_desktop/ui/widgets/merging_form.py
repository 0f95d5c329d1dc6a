"""A form on a record that somebody else may change meanwhile.

A subclass fills its rows with ``self.open_record(row)`` and reads them with ``**self.versioned()``. A conflict is then
shown in the form, field by field, and what was typed stays; a draft keeps what it was made against.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from dealer_desktop.core.errors import Conflict, InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.inputs.base import Input, parse
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.ui.session.undo import reversed_edit
from dealer_desktop.ui.widgets.conflict_box import ConflictBox
from dealer_desktop.ui.widgets.form_dialog import FormDialog

E = TypeVar("E", bound=Input)


class MergingForm(FormDialog):
    version: int = 0
    opened: Mapping[str, Any] = {}
    """The values that the changes are made against, by the input's fields."""
    _conflict: ConflictBox | None = None
    _back: Callable[[Any], Callable[[SessionMaker], object]] | None = None
    _back_words = ""

    # -- for the dialogs ----------------------------------------------------------------------------------------------

    def conflict_question(self) -> str:
        """What was changed by two people, and that the person is to choose."""
        raise NotImplementedError

    def field_words(self, field: str) -> str:
        """What the record's field is called in a conflict."""
        return self.form_row(field).label.text()

    def value_words(self, field: str, value: Any) -> str:
        """A value of the record as screens write it."""
        raise NotImplementedError

    def open_record(self, row: Any) -> None:
        """Show ``row``: the changes are made against it."""
        self.version, self.opened = row.version, self.fill(row)

    def versioned(self) -> dict[str, Any]:
        """What an edit's input needs beside the rows."""
        return {"version": self.version, "opened": dict(self.opened)}

    def take_record(self, row: Any, *, is_over: bool) -> list[str]:
        """It changed elsewhere: what this person left alone, or may not change any more, stands as it is now.

        What both changed is asked about when it is saved. Returns, in sentences, what was typed in vain; a form that
        ``is_over`` keeps all of it in view.
        """
        said, in_vain = self.error_label.text(), []
        for name in self.opened:
            each = self.rows.get(name)
            if each is None:
                continue
            now, untouched = getattr(row, name), self.rows.is_untouched(name)
            if each.is_fixed and not untouched and not is_over:
                words = _("{field} stays as it is; “{typed}” is not saved.")
                in_vain.append(words.format(field=self.field_words(name), typed=each.field.to_draft()))
            elif not untouched or now == self.opened[name]:
                continue
            self.rows.take(name, now)
            self.opened = {**self.opened, name: now}
        self.set_error(said)
        return in_vain

    def undoable(
        self, service: Callable[[SessionMaker, E], Any], change: E, words: str, **otherwise: Any
    ) -> Callable[[], Any]:
        """Saves ``change`` by ``service``, and notes how it is taken back, called ``words``.

        ``otherwise`` are the input's answers to questions that are not asked again then.
        """
        back = change.model_copy(update=otherwise)
        self._back = lambda result: partial(_send_back, service, reversed_edit(back, getattr(result, "order", result)))
        self._back_words = words
        return lambda: service(self.context.session_maker, change)

    def accept(self) -> None:
        """Overrides QDialog: what was saved may be taken back."""
        if self._back is not None and self.result_value is not None:
            self.context.undo.note(self._back_words, self._back(self.result_value))
        super().accept()

    # -- two people ---------------------------------------------------------------------------------------------------

    def refused(self, error: Exception) -> bool:
        """Overrides FormDialog: a conflict shows both values of each field."""
        if isinstance(error, Conflict):
            self._show_conflict(error)
            return True
        return super().refused(error)

    def _show_conflict(self, error: Conflict) -> None:
        if self._conflict is not None:
            self.form.removeWidget(self._conflict)
            self._conflict.hide()
            self._conflict.deleteLater()
        self.version = error.facts["version"]
        # What the other one saved is known from here on: only what is changed again is asked about again.
        self.opened = {**self.opened, **error.facts["theirs"]}
        self._conflict = ConflictBox(
            error.facts["theirs"], error.facts["mine"], self.conflict_question(), self.field_words, self.value_words
        )
        self._conflict.chosen.connect(self._choose)
        self.form.insertWidget(0, self._conflict)
        self.set_error(str(error))
        self.show_top()
        self._conflict.setFocus()

    def _choose(self, field: str, value: Any) -> None:
        """Keep this value of a field that two people changed."""
        self.field(field).set_value(value)

    # -- drafts -------------------------------------------------------------------------------------------------------

    def draft_more(self) -> dict[str, Any]:
        """Overrides FormDialog: what the changes were made against, so that somebody else's are still found."""
        if not self.opened:
            return {}
        texts = {name: None if value is None else str(value) for name, value in self.opened.items()}
        return {"version": self.version, "opened": texts}

    def use_draft_more(self, more: Mapping[str, Any]) -> None:
        """Overrides FormDialog."""
        opened = self._read_opened(more.get("opened"))
        if opened is not None and isinstance(more.get("version"), int):
            self.version, self.opened = more["version"], opened

    def _read_opened(self, texts: Any) -> dict[str, Any] | None:
        """The values again; None for what no record could have held."""
        model = self.input_type
        if model is None or not isinstance(texts, dict) or not set(texts) <= set(self.opened):
            return None
        try:
            read = parse(model, **{"request_id": uuid4(), **self.typed(), **texts})
        except (InvalidInput, TypeError):
            return None
        return {name: getattr(read, name) for name in texts}


def _send_back(service: Callable[[SessionMaker, E], Any], change: E, session_maker: SessionMaker) -> Any:
    return service(session_maker, change)
