"""An act that needs a manager: one signs in here for this one act, or says yes at another PC.

dialog = ApprovalDialog(context, need, parent)
dialog.approved.connect(...)      # with the manager's Connections, to be closed after the act
dialog.granted.connect(...)       # a manager at another PC said yes: the act goes on as it is
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from dealer_desktop.core import formats
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import approvals
from dealer_desktop.services.inputs.approvals import AskApprovals, Wanted
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.rows import ApprovalRow
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.approval_words import in_words
from dealer_desktop.ui.widgets.card import label, line
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.keyboard_hint import KeyboardHint
from dealer_desktop.ui.widgets.password_edit import PasswordEdit

if TYPE_CHECKING:
    from dealer_desktop.services import Connections
    from dealer_desktop.ui.session.context import UiContext


@dataclass(frozen=True)
class Need:
    """What a manager has to allow, in words; without ``acts``, only at a manager's sign-in here."""

    words: str
    acts: tuple[Wanted, ...] = ()
    customer: str = ""
    """Who it is for, where no order says so yet."""


class ApprovalDialog(QDialog):
    approved = Signal(object)
    granted = Signal()

    def __init__(self, context: "UiContext", need: Need, parent: QWidget, *, was_refused: bool = False) -> None:
        """``was_refused``: the database did not take what was allowed before, so that is not tried again."""
        super().__init__(parent)
        self.setObjectName("approvalDialog")
        self.setWindowTitle(_("A manager must allow this"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(pixels(460))
        self._context = context
        self._need = need
        self._request_id = uuid4()
        self._missing = need.acts
        """What is neither allowed nor asked for yet."""
        self._spent: frozenset[int] | None = None if was_refused else frozenset()
        self._job: jobs.Job | None = None
        self._looking: jobs.Job | None = None
        self._build()
        context.feed.changed.connect(self._look_again)
        self.reason.setFocus() if need.acts else self.email.setFocus()
        self._look()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(label(self._need.words, "base", wrap=True))
        self.reason = LineEdit(limit=2_000)
        self.ask_button = QPushButton(_("Ask a manager at another PC"), self)
        self.state = label("", "base", "second", wrap=True)
        self.state.setObjectName("approvalState")
        self.state.hide()
        asking = QFrame(self)
        inner = QVBoxLayout(asking)
        inner.setContentsMargins(0, 8, 0, 8)
        inner.setSpacing(8)
        self._add(inner, "reason", _("Why"), self.reason)
        inner.addWidget(self._button(self.ask_button, "askButton", self.ask), 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.state)
        asking.setVisible(bool(self._need.acts))
        layout.addWidget(asking)
        if self._need.acts:
            layout.addWidget(line())
        here = _("A manager signs in here, for this one act:")
        instead = _("Or a manager signs in here, for this one act:")
        layout.addWidget(label(instead if self._need.acts else here, "base", "second", wrap=True))
        self.email = LineEdit(limit=254)
        self.password = PasswordEdit(0)
        self._add(layout, "email", _("The manager’s e-mail"), self.email)
        self._add(layout, "password", _("Password"), self.password)
        keyboard = KeyboardHint(self.password, self)
        keyboard.changed.connect(self.adjustSize)
        layout.addWidget(keyboard.label)
        self.error_label = label("", "base", "red", wrap=True)
        self.error_label.setObjectName("errorLabel")
        self.error_label.setAccessibleName(_("Why it was not accepted"))
        self.error_label.hide()
        layout.addWidget(self.error_label)
        self.cancel_button = QPushButton(_("Cancel"), self)
        self.approve_button = QPushButton(_("Allow"), self)
        self.approve_button.setProperty("kind", "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._button(self.cancel_button, "cancelButton", self.reject))
        buttons.addWidget(self._button(self.approve_button, "approveButton", self.approve))
        layout.addLayout(buttons)
        self.approve_button.setDefault(True)

    def _add(self, layout: QVBoxLayout, name: str, words: str, field: QLineEdit) -> None:
        field.setObjectName(name)
        field.setAccessibleName(words)
        said = label(words, "base", "second")
        said.setBuddy(field)
        layout.addWidget(said)
        layout.addWidget(field)

    def _button(self, button: QPushButton, name: str, slot: object) -> QPushButton:
        button.setObjectName(name)
        button.setAccessibleName(button.text())
        button.setFont(theme.font("medium"))
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def set_error(self, words: str) -> None:
        self.error_label.setText(words)
        self.error_label.setVisible(bool(words))
        self.adjustSize()

    # -- a manager at another PC --------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Tell every manager's window; the answer comes by itself."""
        if self._job is not None or not self._missing:
            return
        who = self._need.customer
        reason = self.reason.text().strip()
        try:
            request = parse(
                AskApprovals,
                request_id=self._request_id,
                acts=self._missing,
                reason=f"{who}: {reason}" if who and reason else reason,
            )
        except InvalidInput as error:
            self.set_error(" ".join(error.fields.values()))
            self.reason.setFocus()
            return
        self.set_error("")
        self._set_asking(True)
        maker = self._context.session_maker
        self._job = jobs.run(
            self, approvals.ask, maker, request, done=lambda _rows: self._is_asked(), failed=self._failed, writes=True
        )

    def _is_asked(self) -> None:
        self._job = None
        self._request_id = uuid4()
        self._look()

    def _set_asking(self, asking: bool) -> None:
        self.reason.setEnabled(not asking)
        self.ask_button.setEnabled(not asking)

    def _look_again(self, change: ChangeLike) -> None:
        if concerns(change, "approvals"):
            self._look()

    def _look(self) -> None:
        """At what was asked before, here or before the form was left, and at what became of it."""
        if self._need.acts:
            jobs.cancel(self._looking)
            self._looking = jobs.run(
                self,
                approvals.newest,
                self._context.reader,
                self._need.acts,
                done=self._show,
                failed=lambda error: self.set_error(sentence_of(error)),
            )

    def _show(self, rows: tuple[ApprovalRow | None, ...]) -> None:
        self._looking = None
        if self._spent is None:
            self._spent = frozenset(row.id for row in rows if row is not None and row.is_granted)
        pairs = list(zip(self._need.acts, rows, strict=True))
        if all(self._is_allowed(wanted, row) for wanted, row in pairs):
            if self.isVisible():
                self.granted.emit()
                self.accept()
            return
        self._missing = tuple(
            wanted for wanted, row in pairs if not self._is_allowed(wanted, row) and not _waits(wanted, row)
        )
        if self._job is None:
            self._set_asking(not self._missing)
        self.state.setText("\n".join(filter(None, (self._became(wanted, row) for wanted, row in pairs))))
        self.state.setVisible(bool(self.state.text()))
        self.adjustSize()

    def _is_allowed(self, wanted: Wanted, row: ApprovalRow | None) -> bool:
        return row is not None and row.allows(wanted.amount) and row.id not in (self._spent or ())

    def _became(self, wanted: Wanted, row: ApprovalRow | None) -> str:
        """What became of a request, in words; empty where there is nothing to say."""
        if row is None:
            return ""
        name = row.decided_by or _("A manager")
        what = in_words(self._context.money, row)
        if row.is_granted is None:
            if not _waits(wanted, row):
                return ""
            when = formats.moment(row.asked_at, self._context.dealer.timezone)
            words = _("Asked, {when}: {what}. The answer appears here by itself; Escape goes back to the form.")
            return words.format(when=when, what=what)
        if not row.is_granted:
            return "" if row.is_over else _("{name} said no: {what}.").format(name=name, what=what)
        if self._is_allowed(wanted, row):
            return _("{name} allowed: {what}.").format(name=name, what=what)
        if row.used_at is not None:
            return _("What {name} allowed was used already: {what}. Ask again.").format(name=name, what=what)
        if row.is_over:
            return _("What {name} allowed is over an hour old: {what}. Ask again.").format(name=name, what=what)
        return _("{name} allowed something else: {what}. Ask again.").format(name=name, what=what)

    def reject(self) -> None:
        """Overrides QDialog: back to the form; what was asked waits on, and is found again when it is saved."""
        if self._need.acts and not self._missing:
            self._context.tell(_("The managers have the request. Once one allows it, save the form again."))
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QDialog: Enter after the reason asks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reason.hasFocus():
            self.ask()
            return
        super().keyPressEvent(event)

    # -- a manager here -----------------------------------------------------------------------------------------------

    def approve(self) -> None:
        """The act runs on the manager's own connection; whose sale it is stays as it is."""
        if self._job is not None:
            return
        if not self.email.text().strip() or not self.password.text():
            self.set_error(_("Enter the manager’s e-mail and password."))
            (self.password if self.email.text().strip() else self.email).setFocus()
            return
        self.set_error("")
        self.approve_button.setEnabled(False)
        context = self._context

        def arrived(connections: "Connections") -> None:
            if isValid(self) and self.isVisible():
                self._approved(connections)
            else:  # the person went back meanwhile
                jobs.run(context, connections.close)

        self._job = jobs.run(
            context,
            approvals.as_manager,
            context.session_maker,
            self.email.text(),
            self.password.text(),
            done=arrived,
            failed=lambda error: self._failed(error) if isValid(self) else None,
        )

    def _approved(self, connections: "Connections") -> None:
        self._job = None
        self.password.clear()
        self.approved.emit(connections)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.approve_button.setEnabled(True)
        self._set_asking(not self._missing and bool(self._need.acts))
        self.set_error(sentence_of(error))


def _waits(wanted: Wanted, row: ApprovalRow | None) -> bool:
    return row is not None and row.is_waiting and row.is_about(wanted.amount)
