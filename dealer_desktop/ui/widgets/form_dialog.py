"""The base of every form. Its rows are named by the fields of the input that it fills; a whole small form:

    class HoldDialog(FormDialog):
        input_type = HoldCar                                    # each row is checked by it when it is left

        def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
            super().__init__(context, name="holdCarDialog", title=_("Hold for a customer"), save=_("Hold the car"),
                             draft=f"holdCar/{car.id}", record=("cars", car.id), parent=parent)
            self._car = car
            self.say_what_about(car.title, car.vin)             # the head; optional
            self.add_field("hold_note", _("For whom"), LineEdit(288), hint=_("Name and phone, or why"))
            self.add_field("held_until", _("Until"), DateEdit())    # its objectName is heldUntil
            self.set_consequence(_("The car is reserved without an order."))
            self.finish()                                       # last: now typing counts as typing

        def prepare(self) -> Callable[[], CarRow]:              # on Save, on the GUI thread
            hold = self.read(HoldCar, car_id=self._car.id)      # the rows that are shown, and what is given beside
            return lambda: cars.hold(self.context.session_maker, hold)

        def saved(self, result: CarRow) -> None:                # then the dialog closes itself
            self.context.tell(_("{car} is on hold for {who}.").format(car=result.title, who=result.hold_note))

    dialog.open()       # shows it without stopping the program; ``dialog.result_value`` after ``accepted``

A form that edits derives from ``MergingForm`` (``widgets/merging_form.py``). A fixed objectName that is another than
the field's: ``object_name=``. ``add_field(..., expected=price)``: an amount far from it is asked about once.
``prepare`` raises ``InvalidInput`` by the input's fields: each is marked under its row and said in ``errorLabel``. So
is an error of the work that ``about_row`` names a row for (``TransactionIdTaken: "transaction_id"``). The work runs off
the GUI thread; meanwhile the form shows it and cannot be sent again. ``ConnectionLost`` locks the form but for Retry
and Close. Escape keeps what was typed as a draft, and so does a crash (``widgets/form_draft.py``, ``ui/section.py``).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from dealer_desktop.core.errors import AlreadySaved, ConnectionLost, DealerError, InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.inputs.base import Input
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.widgets.approval_dialog import Need
from dealer_desktop.ui.widgets.field import Field
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.form_draft import Answer, FormDraft
from dealer_desktop.ui.widgets.form_frame import WIDTH, FormFrame
from dealer_desktop.ui.widgets.form_manager import ManagersYes, is_refusal
from dealer_desktop.ui.widgets.form_row import FormRow
from dealer_desktop.ui.widgets.form_rows import FormRows

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

M = TypeVar("M", bound=Input)


class FormDialog(FormFrame):
    work_finished = Signal()
    """The save ended, well or not."""
    input_type: ClassVar[type[Input] | None] = None
    """The input that the rows fill: what it says of a row is told when the person leaves it."""
    about_row: ClassVar[Mapping[type[DealerError], str]] = {}
    """Which row a refusal of the work is about."""

    def __init__(
        self,
        context: "UiContext",
        *,
        name: str,
        title: str,
        save: str,
        draft: str = "",
        record: tuple[str, int] | None = None,
        width: int = WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, title, save, width, parent)
        self.foot.save_button.clicked.connect(self.save)
        self.foot.cancel_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        self.context = context
        self.request_id = uuid4()
        self.result_value: Any = None
        dealer = context.dealer
        self.rows = FormRows({"region": dealer.region, "currency": dealer.currency, "timezone": dealer.timezone})
        self._asked: list[str] = []
        self._job: jobs.Job | None = None
        self._work: Callable[[], Any] | None = None
        self._unknown = False
        self._is_over = False
        self.managers_yes = ManagersYes(context, self, self._save_anew)
        self._draft = FormDraft(self, self.rows, self.draft_banner, context.drafts, draft, record, self)

    def need(self) -> Need | None:
        """What of this act a manager must allow, as it stands now; None where the rules allow it to everybody."""
        return None

    # -- for the dialogs ----------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], Any]:
        """Read the fields and return the work to be done off the GUI thread. Raises InvalidInput."""
        raise NotImplementedError

    def saved(self, result: Any) -> None:
        """It is done; the dialog closes next."""

    def refused(self, error: Exception) -> bool:
        """The work was refused: return True where the dialog has shown it in its own way (a conflict, a taken VIN)."""
        name = next((name for kind, name in self.about_row.items() if isinstance(error, kind)), "")
        row = self.rows.get(name)
        if row is None:
            return False
        row.set_problem(str(error))
        self.set_error(str(error))
        row.widget.setFocus()
        return True

    def draft_more(self) -> dict[str, Any]:
        """What a draft needs beside the fields' texts, as JSON, to go on where the form was."""
        return {}

    def use_draft_more(self, more: Mapping[str, Any]) -> None:
        """Take back what ``draft_more`` gave, perhaps by an older program; what cannot be read is left out."""

    def add_field(
        self,
        name: str,
        words: str,
        field: Field,
        *,
        hint: str = "",
        check: Callable[[], str | None] | None = None,
        object_name: str = "",
        expected: Decimal | None = None,
    ) -> FormRow:
        """A line of the form. ``name`` is the input's field; ``self.field(name)`` gives the widget back.

        ``check`` is asked after the input when the row is left: what is wrong and what to do, or None. An amount far
        from ``expected`` is asked about before it is saved.
        """
        row = FormRow(name, words, field, hint, lambda: self._problem_of(name, check), object_name)
        row.expected = expected
        self.rows.add(row)
        self.form.addWidget(row)
        return row

    def _problem_of(self, name: str, check: Callable[[], str | None] | None) -> str | None:
        said = None
        if self.input_type is not None:
            said = self.rows.problem(self.input_type, self.rows[name], {"request_id": self.request_id})
        said = said or self.rows[name].field.problem()
        return said or (check() if check is not None else None)

    def field(self, name: str) -> Any:
        return self.rows[name].field

    def form_row(self, name: str) -> FormRow:
        return self.rows[name]

    def typed(self, *names: str) -> dict[str, Any]:
        """What stands in these rows (all that are shown, if none is named), by the input's fields."""
        return self.rows.typed(*names)

    def read(self, model: type[M], /, **given: Any) -> M:
        """The input: the rows that are shown, under their names, with what is ``given`` beside them or instead.

        Rows that ``model`` has no field for are left out. Raises InvalidInput.
        """
        return self.rows.read(model, {"request_id": self.request_id, **given})

    def fill(self, source: object) -> dict[str, Any]:
        """Show what ``source`` has under the rows' names; returns these values, as an edit's ``opened``."""
        return self.rows.fill(source)

    def doubts(self) -> list[str]:
        """What a person should look at again before it is saved, in words; asked about once, inside the form."""
        words = _("{field}: {typed}, but {expected} was expected. If that is right, save again.")
        return [
            words.format(
                field=row.label.text(),
                typed=self.context.money(row.field.value()),  # type: ignore[attr-defined]
                expected=self.context.money(row.expected or Decimal(0)),
            )
            for row in self.rows.far_off()
        ]

    def finish(self) -> None:
        """The form stands as it opens: what is typed from now on is worth keeping. Offers the draft, sets the focus."""
        self.form.addStretch(1)
        self.rows.note_opened()
        for row in self.rows:
            row.field.changed.connect(lambda row=row: self._edited(row))
        self._draft.offer()
        self.tell_need()
        self.focus_first()

    def tell_need(self) -> None:
        """Said before Save: that a manager must allow it."""
        need = None if self.context.at_work.is_manager else self.need()
        self.tell_beside_consequence(need.words if need is not None else "")

    # -- saving -------------------------------------------------------------------------------------------------------

    @property
    def is_saving(self) -> bool:
        return self._job is not None

    def save(self) -> None:
        """What the save button does."""
        if self._job is not None or self._unknown:
            return
        self.rows.mark({})
        self.set_error("")
        try:
            self._work = self.managers_yes.preparing(self.prepare)
        except InvalidInput as error:
            self.show_wrong_fields(error)
            return
        except Exception as error:
            self.set_error(sentence_of(error))
            return
        if self._asks_first() or self.managers_yes.is_wanted(self.need()):
            return
        self._send()

    def _save_anew(self) -> None:
        """A manager said yes: what stands in the form goes on."""
        if self._job is None:
            self.save()
        if self._job is None:
            self.managers_yes.forget()

    def _asks_first(self) -> bool:
        """Whether something is to be looked at again; saving again as it stands goes on."""
        doubts = self.doubts()
        is_new = bool(doubts) and doubts != self._asked
        self._asked = doubts
        if is_new:
            self.set_error(" ".join(doubts))
        return is_new

    def _send(self) -> None:
        assert self._work is not None
        self._lock(True)
        self.save_button.setText(_("Saving…"))
        self.banner.clear()
        work = self._draft.sending(self.managers_yes.acting(self._work))
        self._job = jobs.run(self, work, done=self._done, failed=self._failed, writes=True)

    def _done(self, answer: Answer) -> None:
        self._job = None
        self._unknown = False
        self.managers_yes.forget()
        self.result_value = answer.result
        was_saved_before = answer.repeated and self._draft.is_recovered
        self._draft.done()
        self.saved(answer.result)
        if was_saved_before:
            self.context.tell(_("This form was saved already before it was interrupted; nothing was saved twice."))
        self.work_finished.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.save_button.setText(self._save_words)
        if isinstance(error, ConnectionLost):
            # What became of it is unknown: only the same request id may be sent again.
            self._unknown = True
            self._draft.unanswered()
            self.banner.show_message(str(error), "amber", ("retryButton", _("Retry"), self._retry))
            self.banner.buttons[0].setFocus()
            self.cancel_button.setEnabled(True)
            self.cancel_button.setText(_("Close"))
        else:
            self._unknown = False
            self._lock(False)
            self.managers_yes.forget()
            self.cancel_button.setText(self._cancel_words)
            self._draft.refused(error)
            if is_refusal(error) and not self.context.at_work.is_manager:
                self.managers_yes.ask(self.need() or Need(str(error)), was_refused=True)
            if isinstance(error, AlreadySaved):
                self._show_already_saved(error)
            elif self.refused(error):
                pass
            elif isinstance(error, InvalidInput):
                self.show_wrong_fields(error)
            else:
                self.set_error(sentence_of(error))
                self.save_button.setFocus()
        self.work_finished.emit()

    def _retry(self) -> None:
        if self._job is None:
            self._send()

    def _show_already_saved(self, error: AlreadySaved) -> None:
        """Nothing is left to send: what stands in the database is what was saved then."""
        self._unknown = self._is_over = True
        self._lock(True)
        self.banner.show_message(str(error), "amber")
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(_("Close"))
        self.cancel_button.setFocus()
        self._draft.done()

    def show_wrong_fields(self, error: InvalidInput) -> None:
        """Say at each field what is wrong, and go to the first of them."""
        first = self.rows.mark(error.fields)
        self.set_error(self.rows.sentence(error.fields))
        if first is not None:
            first.widget.setFocus()
            self.show_widget(first.widget)

    def _lock(self, locked: bool) -> None:
        for row in self.rows:
            row.widget.setEnabled(not locked and not row.is_fixed)
        self.save_button.setEnabled(not locked)
        self.cancel_button.setEnabled(not locked)
        self.draft_banner.setEnabled(not locked)

    # -- drafts and closing -------------------------------------------------------------------------------------------

    @property
    def draft_key(self) -> str:
        return self._draft.key

    @property
    def was_edited(self) -> bool:
        return self.rows.differ_from(self.rows.to_draft())

    def draft_words(self) -> str:
        """What a person would call this form."""
        return ", ".join(filter(None, (self.windowTitle(), self.about)))

    @property
    def has_something_to_lose(self) -> bool:
        """Whether something was typed that is not saved and would be missed."""
        return bool(self._draft.key) and not self._is_over and (self.was_edited or self._unknown)

    def _edited(self, row: FormRow) -> None:
        refusal = row.refusal()
        if row.problem or refusal:
            row.set_problem(refusal)
        self.set_error("")
        self.tell_need()
        self._draft.note_edit()

    def reject(self) -> None:
        """Escape, Cancel and the window's cross: at once, nothing typed is lost. Not while the work is on its way."""
        if self._job is not None:
            return
        if not self._is_over:
            self._draft.put_aside()
        self.managers_yes.forget()
        super().reject()

    def leave_open(self) -> None:
        """The program is closed: what was typed is offered at the next start."""
        if not self._is_over:
            self._draft.leave_open()
        self.managers_yes.forget()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            event.ignore()
            return
        super().closeEvent(event)

    # -- keys and focus -----------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The focus into the first field that needs a person: the first empty one, else the first."""
        row = self.rows.first_to_fill()
        if row is not None:
            row.widget.setFocus()
            if isinstance(row.widget, LineEdit):
                row.widget.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter goes on to the next field; on a button it presses it; with Ctrl, or in the only field, it saves.
            focus = self.focusWidget()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save()
            elif isinstance(focus, QPushButton):
                focus.click()
            elif len(self.rows) == 1:
                self.save()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)
