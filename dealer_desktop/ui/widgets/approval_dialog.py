"""An act that needs a manager: one signs in here for this one act, or says yes at another PC.

dialog = ApprovalDialog(context, need, parent)
dialog.approved.connect(...)      # with the manager's Connections, to be closed after the act
dialog.granted.connect(...)       # a manager at another PC said yes: the act goes on as it is
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services import approvals
from dealer_desktop.services.inputs.approvals import AskApproval
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.rows import ApprovalRow
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label, line
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.password_edit import PasswordEdit

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext


@dataclass(frozen=True)
class Need:
    """What a manager has to allow, in words; ``act`` None: only at a manager's sign-in here."""

    words: str
    act: ApprovalAct | None = None
    car_id: int | None = None
    order_id: int | None = None
    payment_id: int | None = None
    amount: Decimal | None = None


class ApprovalDialog(QDialog):
    approved = Signal(object)
    granted = Signal()

    def __init__(self, context: "UiContext", need: Need, parent: QWidget) -> None:
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
        self._asked: ApprovalRow | None = None
        self._job: jobs.Job | None = None
        self._build()
        context.feed.changed.connect(self._look_again)
        self.reason.setFocus() if need.act is not None else self.email.setFocus()

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
        asking = QFrame(self)
        inner = QVBoxLayout(asking)
        inner.setContentsMargins(0, 8, 0, 8)
        inner.setSpacing(8)
        self._add(inner, "reason", _("Why"), self.reason)
        inner.addWidget(self._button(self.ask_button, "askButton", self.ask), 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.state)
        asking.setVisible(self._need.act is not None)
        layout.addWidget(asking)
        if self._need.act is not None:
            layout.addWidget(line())
        here = _("A manager signs in here, for this one act:")
        instead = _("Or a manager signs in here, for this one act:")
        layout.addWidget(label(here if self._need.act is None else instead, "base", "second", wrap=True))
        self.email = LineEdit(limit=254)
        self.password = PasswordEdit(0)
        self._add(layout, "email", _("The manager’s e-mail"), self.email)
        self._add(layout, "password", _("Password"), self.password)
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
        if self._job is not None or self._asked is not None or self._need.act is None:
            return
        need = self._need
        try:
            request = parse(
                AskApproval,
                request_id=self._request_id,
                act=need.act,
                car_id=need.car_id,
                order_id=need.order_id,
                payment_id=need.payment_id,
                amount=need.amount,
                reason=self.reason.text(),
            )
        except InvalidInput as error:
            self.set_error(" ".join(error.fields.values()))
            self.reason.setFocus()
            return
        self.set_error("")
        self._set_asking(True)
        maker = self._context.session_maker
        self._job = jobs.run(
            self, approvals.ask, maker, request, done=self._show_answer, failed=self._failed, writes=True
        )

    def _set_asking(self, asking: bool) -> None:
        self.reason.setEnabled(not asking)
        self.ask_button.setEnabled(not asking)
        self.state.setText(
            _("Asked. The answer appears here by itself; Escape goes back to the form.") if asking else ""
        )
        self.adjustSize()

    def _look_again(self, change: ChangeLike) -> None:
        asked = self._asked
        if asked is not None and self._job is None and concerns(change, "approvals"):
            reader = self._context.reader
            self._job = jobs.run(self, approvals.one, reader, asked.id, done=self._show_answer, failed=self._failed)

    def _show_answer(self, approval: ApprovalRow) -> None:
        self._job = None
        self._asked = approval
        if approval.is_granted is None:
            return
        if approval.is_granted:
            self.granted.emit()
            self.accept()
            return
        self._asked = None
        self._request_id = uuid4()
        self._set_asking(False)
        self.state.setText(_("{name} said no.").format(name=approval.decided_by or _("A manager")))

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
        self._job = jobs.run(
            self,
            approvals.as_manager,
            self._context.session_maker,
            self.email.text(),
            self.password.text(),
            done=self._approved,
            failed=self._failed,
        )

    def _approved(self, connections: object) -> None:
        self._job = None
        self.password.clear()
        self.approved.emit(connections)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.approve_button.setEnabled(True)
        if self._asked is None:
            self._set_asking(False)
        self.set_error(sentence_of(error))
