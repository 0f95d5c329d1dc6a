"""Signing in: an e-mail and a password, in the window's own look.

    dialog = SignInDialog(attempt, place="server:5432/dealer", email=last, password=kept, parent=window)
    dialog.signed_in.connect(...)       # with what ``attempt`` returned
    dialog.open()

``attempt(email, password, remember)`` runs off the GUI thread and raises a DealerError, whose sentence is shown. What
was typed stays, but the password is selected, so that typing replaces it.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.keyboard_hint import KeyboardHint

Attempt = Callable[[str, str, bool], Any]


class SignInDialog(QDialog):
    signed_in = Signal(object)
    """What ``attempt`` returned."""
    quit_asked = Signal()
    """Closed without anybody having signed in."""
    setup_asked = Signal()
    """The database is to be another one."""

    def __init__(
        self,
        attempt: Attempt,
        *,
        place: str,
        email: str = "",
        password: str = "",
        can_remember: bool = True,
        message: str = "",
        title: str = "",
        button: str = "",
        other: str = "",
        fixed_email: bool = False,
        can_set_up: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``fixed_email``: whose password is asked for is known, as at a locked window. ``can_set_up``: another
        database may be chosen instead.
        """
        super().__init__(parent)
        self.setObjectName("signInDialog")
        self.setWindowTitle(title or _("Sign in"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(pixels(420))
        self._attempt = attempt
        self._button = button or pgettext("button", "Sign in")
        self._other = other or _("Close the program")
        self._job: jobs.Job | None = None
        self._build(place, can_remember)
        self.setup_button.setVisible(can_set_up)
        self.email.setText(email)
        self.email.setReadOnly(fixed_email)
        self.password.setText(password)
        self.remember.setChecked(bool(password))
        self.set_error(message)
        (self.password if email else self.email).setFocus()

    def _build(self, place: str, can_remember: bool) -> None:
        self.email = self._line("email", _("E-mail"))
        self.password = self._line("password", _("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        keyboard = KeyboardHint(self.password, self)
        keyboard.changed.connect(self._fit)
        self.odd = keyboard.label
        self.remember = QCheckBox(_("Remember the password on this PC"), self)
        self.remember.setObjectName("rememberMe")
        self.remember.setFont(theme.font("base"))
        self.remember.setAccessibleName(self.remember.text())
        self.remember.setVisible(can_remember)
        self.error_label = label("", "base", "red", wrap=True)
        self.error_label.setObjectName("errorLabel")
        self.error_label.setAccessibleName(_("Why it was not accepted"))
        self.sign_in_button = QPushButton(self._button, self)
        self.sign_in_button.setObjectName("signInButton")
        self.sign_in_button.setProperty("kind", "primary")
        self.cancel_button = QPushButton(self._other, self)
        self.cancel_button.setObjectName("cancelButton")
        for button in (self.sign_in_button, self.cancel_button):
            button.setFont(theme.font("medium"))
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        self.setup_button = QPushButton(_("Another database…"), self)
        self.setup_button.setObjectName("setupButton")
        self.setup_button.setProperty("kind", "link")
        self.setup_button.setAutoDefault(False)
        self.setup_button.setAccessibleName(self.setup_button.text())
        self.setup_button.clicked.connect(self._leave_for_setup)
        self.sign_in_button.setDefault(True)
        self.sign_in_button.clicked.connect(self.send)
        self.cancel_button.clicked.connect(self.reject)
        self.place = label(place, "small", "second", wrap=True, selectable=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(self.place)
        layout.addSpacing(8)
        for field in (self.email, self.password):
            layout.addWidget(self._name_of(field))
            layout.addWidget(field)
        for widget in (self.odd, self.remember, self.error_label):
            layout.addWidget(widget)
        layout.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        buttons.addWidget(self.sign_in_button)
        layout.addLayout(buttons)
        layout.addWidget(self.setup_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _line(self, name: str, words: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName(name)
        made.setAccessibleName(words)
        made.setFixedHeight(pixels(32))
        made.textEdited.connect(lambda _text: self.set_error(""))
        return made

    def _name_of(self, field: QLineEdit) -> QLabel:
        made = label(field.accessibleName(), "base", "second")
        made.setBuddy(field)
        return made

    # -- what is said -------------------------------------------------------------------------------------------------

    def set_error(self, words: str) -> None:
        self.error_label.setText(words)
        self.error_label.setVisible(bool(words))
        self._fit()

    def _fit(self) -> None:
        self.adjustSize()

    # -- signing in ---------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """What the button does. A second press while the first is on its way does nothing."""
        if self._job is not None:
            return
        if not self.email.text().strip():
            self.set_error(_("Enter your e-mail."))
            self.email.setFocus()
            return
        if not self.password.text():
            self.set_error(_("Enter your password."))
            self.password.setFocus()
            return
        self.set_error("")
        self._set_busy(True)
        self._job = jobs.run(
            self,
            self._attempt,
            self.email.text().strip(),
            self.password.text(),
            self.remember.isChecked() and not self.remember.isHidden(),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, result: object) -> None:
        self._job = None
        self.password.clear()
        self.signed_in.emit(result)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._set_busy(False)
        self.set_error(sentence_of(error))
        self.password.setFocus()
        self.password.selectAll()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.email, self.password, self.remember, self.sign_in_button):
            widget.setEnabled(not busy)
        self.sign_in_button.setText(_("One moment…") if busy else self._button)

    def reject(self) -> None:
        """Escape and the cross: nobody signs in."""
        self.leave_open()
        self.quit_asked.emit()

    def _leave_for_setup(self) -> None:
        self.leave_open()
        self.setup_asked.emit()

    def leave_open(self) -> None:
        """Closed with all that is open: nobody asked for it."""
        if self._job is not None:
            jobs.cancel(self._job)
            self._job = None
        super().reject()
