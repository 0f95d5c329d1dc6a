"""The base of every form.

    class TakePaymentDialog(FormDialog):
        def __init__(self, context: UiContext, order: OrderRow, parent: QWidget | None = None) -> None:
            super().__init__(context, name="takePaymentDialog", title=_("Take payment"), save=_("Take payment"),
                             draft=f"takePayment/{order.id}", record=("orders", order.id), parent=parent)
            self.head.addWidget(...)                                # what the form is about; optional
            self.amount = self.add_field("amount", _("Amount"), MoneyEdit(context.dealer.currency),
                                         hint=..., check=self.check_amount).field
            self.amount.textChanged.connect(self.show_consequence)  # self.set_consequence(words, value, tone, detail)
            self.finish()                                           # last: now typing counts as typing

        def prepare(self) -> Callable[[], PaymentReceipt]:          # on Save, on the GUI thread
            data = parse(PaymentInput, request_id=self.request_id, order_id=..., **self.typed("amount", ...))
            return lambda: payments.take(self.context.session_maker, data)

        def saved(self, receipt: PaymentReceipt) -> None:           # then the dialog closes itself
            self.context.tell(_("..."))

    dialog.open()       # shows it without stopping the program; ``dialog.result_value`` after ``accepted``

``prepare`` raises ``InvalidInput`` for wrong fields: each is marked under its field and said in ``errorLabel``. The
work runs off the GUI thread; meanwhile the form shows it and cannot be sent again. ``ConnectionLost`` locks the form
but for Retry and Close: Retry sends the same request id. Escape closes at once and keeps what was typed as a draft; a
crash leaves one too (``widgets/form_draft.py``). A form that ``ui/reopening.py`` knows is offered at the next start.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dealer_desktop.core.errors import AlreadySaved, ConnectionLost, InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import fields
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.form_draft import Answer, FormDraft
from dealer_desktop.ui.widgets.form_fit import FormFit
from dealer_desktop.ui.widgets.form_foot import FormFoot
from dealer_desktop.ui.widgets.form_row import FormRow, wrong_sentence

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

WIDTH = 592


class FormDialog(QDialog):
    work_finished = Signal()
    """The save ended, well or not."""

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
        super().__init__(parent)
        self.context = context
        self.request_id = uuid4()
        self.result_value: Any = None
        self.about = ""
        """What the form is about in words, for a draft's name; the dialogs set it."""
        self._rows: dict[str, FormRow] = {}
        self._before: dict[str, str] = {}
        self._save_words = save
        self._job: jobs.Job | None = None
        self._work: Callable[[], Any] | None = None
        self._unknown = False
        self._is_over = False
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._width = pixels(width)
        self._build(save)
        self._draft = FormDraft(self, self.draft_banner, draft, record)

    # -- for the dialogs ----------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], Any]:
        """Read the fields and return the work to be done off the GUI thread. Raises InvalidInput."""
        raise NotImplementedError

    def saved(self, result: Any) -> None:
        """It is done; the dialog closes next."""

    def refused(self, error: Exception) -> bool:
        """The work was refused: return True where the dialog has shown it in its own way (a conflict, a taken VIN)."""
        return False

    def draft_more(self) -> dict[str, Any]:
        """What a draft needs beside the fields' texts, as JSON, to go on where the form was."""
        return {}

    def use_draft_more(self, more: Mapping[str, Any]) -> None:
        """Take back what ``draft_more`` gave, perhaps by an older program; what cannot be read is left out."""

    def add_field(
        self, name: str, words: str, field: QWidget, *, hint: str = "", check: Callable[[], str | None] | None = None
    ) -> FormRow:
        """A line of the form. ``name`` is the widget's objectName; ``self.field(name)`` gives the widget back."""
        row = FormRow(name, words, field, hint, check)
        self._rows[name] = row
        self.form.addWidget(row)
        return row

    def field(self, name: str) -> Any:
        return self._rows[name].field

    def form_row(self, name: str) -> FormRow:
        return self._rows[name]

    def typed(self, *names: str) -> dict[str, Any]:
        """What stands in these fields (all, if none is named), by field name, as ``services.inputs.parse`` takes it.

        A date field that holds no date gives its text, so that the refusal is told under the field.
        """
        found = {}
        for name in names or tuple(self._rows):
            field = self._rows[name].field
            value = fields.read(field)
            if isinstance(field, DateEdit) and not field.is_valid():
                value = field.text()
            found[name] = value
        return found

    def set_consequence(self, words: str, value: str = "", tone: str = "", detail: str = "") -> None:
        """What saving will do, in plain view: "Due after this payment:" and the amount; ``detail`` under it."""
        self.foot.set_consequence(words, value, tone, detail)

    def show_row(self, name: str) -> None:
        """Scroll to a field where the form is higher than the screen."""
        self._area.ensureWidgetVisible(self._rows[name])

    def set_error(self, words: str) -> None:
        self.foot.set_error(words)

    def finish(self) -> None:
        """The form stands as it opens: what is typed from now on is worth keeping. Offers the draft, sets the focus."""
        self.form.addStretch(1)
        self._before = {name: fields.to_draft(row.field) for name, row in self._rows.items()}
        for row in self._rows.values():
            fields.changed_signal(row.field).connect(lambda *_a, row=row: self._edited(row))
        self._draft.offer()
        self.focus_first()

    # -- saving -------------------------------------------------------------------------------------------------------

    @property
    def is_saving(self) -> bool:
        return self._job is not None

    def save(self) -> None:
        """What the save button does."""
        if self._job is not None or self._unknown:
            return
        self._mark({})
        self.set_error("")
        try:
            self._work = self.prepare()
        except InvalidInput as error:
            self.show_wrong_fields(error)
            return
        except Exception as error:
            self.set_error(sentence_of(error))
            return
        self._send()

    def _send(self) -> None:
        assert self._work is not None
        self._lock(True)
        self.save_button.setText(_("Saving…"))
        self.banner.clear()
        work = self._draft.sending(self._work)
        self._job = jobs.run(self, work, done=self._done, failed=self._failed, writes=True)

    def _done(self, answer: Answer) -> None:
        self._job = None
        self._unknown = False
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
            self.cancel_button.setText(_("Cancel"))
            self._draft.refused(error)
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
        wrong = dict(error.facts["fields"])
        self._mark(wrong)
        labels = {key: row.label.text() for key in wrong if (row := self._rows.get(self._row_name(key))) is not None}
        self.set_error(wrong_sentence(wrong, labels))
        for name, row in self._rows.items():
            if name in {self._row_name(key) for key in wrong}:
                row.field.setFocus()
                self.show_row(name)
                break

    def _mark(self, wrong: dict[str, str]) -> None:
        by_row = {self._row_name(key): words for key, words in wrong.items()}
        for name, row in self._rows.items():
            row.set_problem(by_row.get(name, ""))

    def _row_name(self, key: str) -> str:
        """A field of the input (``customer_name``) and its widget (``customerName``) are the same thing."""
        if key in self._rows:
            return key
        first, *rest = key.split("_")
        return first + "".join(part.capitalize() for part in rest)

    def _lock(self, locked: bool) -> None:
        for row in self._rows.values():
            row.field.setEnabled(not locked)
        self.save_button.setEnabled(not locked)
        self.cancel_button.setEnabled(not locked)
        self.draft_banner.setEnabled(not locked)

    # -- drafts and closing -------------------------------------------------------------------------------------------

    @property
    def draft_key(self) -> str:
        return self._draft.key

    @property
    def was_edited(self) -> bool:
        return self.differs_from(self.draft_values())

    def differs_from(self, values: Mapping[str, str]) -> bool:
        """Whether ``values`` are other than what the form opened with."""
        return any(self._before[name] != text for name, text in values.items() if name in self._before)

    def draft_values(self) -> dict[str, str]:
        return {name: fields.to_draft(row.field) for name, row in self._rows.items()}

    def draft_words(self) -> str:
        """What a person would call this form."""
        return ", ".join(filter(None, (self.windowTitle(), self.about)))

    def put_back(self, name: str, text: str) -> None:
        """A draft's text into its field."""
        if name in self._rows:
            fields.from_draft(self._rows[name].field, text)

    @property
    def has_something_to_lose(self) -> bool:
        """Whether something was typed that is not saved and would be missed."""
        return bool(self._draft.key) and not self._is_over and (self.was_edited or self._unknown)

    def _edited(self, row: FormRow) -> None:
        refusal = row.refusal()
        if row.problem or refusal:
            row.set_problem(refusal)
        self.set_error("")
        self._draft.note_edit()

    def reject(self) -> None:
        """Escape, Cancel and the window's cross: at once, nothing typed is lost. Not while the work is on its way."""
        if self._job is not None:
            return
        if not self._is_over:
            self._draft.put_aside()
        super().reject()

    def leave_open(self) -> None:
        """The program is closed: what was typed is offered at the next start."""
        if not self._is_over:
            self._draft.leave_open()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            event.ignore()
            return
        super().closeEvent(event)

    # -- the look -----------------------------------------------------------------------------------------------------

    def _build(self, save: str) -> None:
        self.draft_banner = Banner(self, name="draftBanner")
        self.banner = Banner(self, name="formBanner")
        self._head = QFrame(self)
        self._head.setProperty("place", "dialogHead")
        self.head = QVBoxLayout(self._head)
        self.head.setContentsMargins(24, 16, 24, 16)
        self.head.setSpacing(4)
        self._head.hide()
        content = QWidget()
        self.form = QVBoxLayout(content)
        self.form.setContentsMargins(24, 20, 24, 20)
        self.form.setSpacing(12)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        self.foot = FormFoot(save, self)
        self.foot.save_button.clicked.connect(self.save)
        self.foot.cancel_button.clicked.connect(self.reject)
        self.error_label = self.foot.error_label
        self.save_button = self.foot.save_button
        self.cancel_button = self.foot.cancel_button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.draft_banner, self.banner, self._head):
            layout.addWidget(widget)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.foot)
        parts = (self.draft_banner, self.banner, self._head, self.foot)
        self.fit = FormFit(self, content, parts, self._width)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)

    def focus_first(self) -> None:
        """The focus into the first field that needs a person: the first empty one, else the first."""
        usable = [row.field for row in self._rows.values() if row.field.isEnabled() and not row.isHidden()]
        empty = [field for field in usable if not fields.to_draft(field)]
        for field in (empty or usable)[:1]:
            field.setFocus()
            if isinstance(field, fields.LineEdit):
                field.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        self._head.setVisible(self.head.count() > 0)
        super().showEvent(event)
        self.fit.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Enter goes on to the next field; on a button it presses it; with Ctrl, or in the only field, it saves.
            focus = self.focusWidget()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save()
            elif isinstance(focus, QPushButton):
                focus.click()
            elif len(self._rows) == 1:
                self.save()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)
