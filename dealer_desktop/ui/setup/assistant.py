"""The set-up assistant: this PC's own database, the shared server, or a look around.

    assistant = SetupAssistant(settings, leave=_("Close the program"), parent=window)
    assistant.chosen.connect(...)       # the settings say it now, and were read again

Shown at the first start, where nothing says where the database is, and from the menu with what is set now.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core import chosen_database
from dealer_desktop.core import settings as settings_of_pc
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.services import connecting
from dealer_desktop.services.connecting import Server, Tested
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.setup.server_fields import ServerFields, in_line
from dealer_desktop.ui.setup.server_test import Asked, ServerTest
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import CheckBox, LineEdit
from dealer_desktop.ui.widgets.form_frame import FormFrame
from dealer_desktop.ui.widgets.icon_label import IconLabel
from dealer_desktop.ui.widgets.keyboard_hint import KeyboardHint
from dealer_desktop.ui.widgets.password_edit import PasswordEdit

_WIDTH = 640


class SetupAssistant(FormFrame):
    chosen = Signal()

    def __init__(self, settings: QSettings, *, leave: str = "", parent: QWidget | None = None) -> None:
        """``leave``: what closing without a choice is called, where that is more than "Cancel"."""
        super().__init__("setupAssistant", _("Where is the database?"), _("Use this server"), _WIDTH, parent)
        self._leave_words = leave or _("Cancel")
        self._settings = settings
        self._job: jobs.Job | None = None
        self.choices = self._build_choices()
        self.server_page = self._build_server()
        self.form.addWidget(self.choices)
        self.form.addWidget(self.server_page)
        self.form.addStretch()
        self._build_place()
        self.set_keys("")
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        self.fields.show_server(connecting.present())
        self.show_choices()

    # -- the two pages ------------------------------------------------------------------------------------------------

    def _build_choices(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        here = _("One PC alone, or a first try. The program keeps a database of its own here, and backs it up.")
        shared = _("Every PC of the dealership works with one database. Its administrator says where it is.")
        look = _("Invented cars and customers to click through. Nothing of it is real.")

        def add(name: str, icon: str, title: str, about: str, words: str) -> QPushButton:
            button = QPushButton(words)
            button.setObjectName(name)
            button.setFont(theme.font("medium"))
            button.setAccessibleName(f"{title}: {words}")
            button.setAccessibleDescription(about)
            if name == _now():
                about = _("{about} Chosen now.").format(about=about)
            layout.addWidget(_tile(icon, title, about, button))
            return button

        self.this_pc_button = add("useThisPcButton", "desktop-tower", _("On this PC"), here, _("Use this PC"))
        self.shared_button = add("sharedServerButton", "hard-drives", _("On the shared server"), shared, _("Connect…"))
        self.demo_button = add("demoButton", "eye", _("Just look around"), look, _("Open the demo"))
        self.this_pc_button.setProperty("kind", "primary")
        self.this_pc_button.clicked.connect(self.use_this_pc)
        self.shared_button.clicked.connect(self.show_server)
        self.demo_button.clicked.connect(self.use_demo)
        return page

    def _build_server(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.fields = ServerFields(self._settings)
        self.email, self.password = LineEdit(320, limit=254), PasswordEdit(240)
        self.fields.add("email", _("E-mail"), self.email, _("For the test alone; neither is kept."))
        self.fields.add("password", _("Password"), self.password)
        self._keyboard = KeyboardHint(self.password, self)
        self.test = ServerTest(self._asked)
        self.fields.changed.connect(self._change)
        self.test.refused.connect(self.fields.show_wrong)
        for part in (self.fields, self._keyboard.label, self.test):
            layout.addWidget(part)
        return page

    def _build_place(self) -> None:
        """For whom the choice is kept, and where."""
        self.everybody = CheckBox(_("For all users of this PC"))
        self.everybody.setObjectName("saveForAllUsers")
        self.everybody.setAccessibleName(self.everybody.text())
        self.everybody.setFont(theme.font("base"))
        self.everybody.setChecked(chosen_database.is_for_everybody())
        self.place = label("", "small", "second", wrap=True, selectable=True)
        self.place.setObjectName("savePlace")
        self.everybody.toggled.connect(self._say_place)
        self.form.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.addWidget(self.place)
        self._say_place()

    def _say_place(self) -> None:
        file = chosen_database.file_for(everybody=self.everybody.isChecked())
        words = (
            _("Kept in {file}: whoever starts the program from that folder is not asked.")
            if self.everybody.isChecked()
            else _("Kept in {file}.")
        )
        self.place.setText(in_line(words.format(file=file)))
        self.set_error("")

    def show_choices(self) -> None:
        self._show(self.choices)
        self.this_pc_button.setFocus()

    def show_server(self) -> None:
        self._show(self.server_page)
        self.save_button.setDefault(True)
        self.fields.host.setFocus()
        self.fields.host.selectAll()

    def _show(self, page: QWidget) -> None:
        is_server = page is self.server_page
        self.set_error("")
        self.choices.setVisible(not is_server)
        self.server_page.setVisible(is_server)
        self.save_button.setVisible(is_server)
        self.set_cancel_words(_("Back") if is_server else self._leave_words)
        self.fit.fit()

    # -- what is chosen -----------------------------------------------------------------------------------------------

    def use_this_pc(self) -> None:
        self._keep(connecting.keep_place, chosen_database.THIS_PC)

    def use_demo(self) -> None:
        self._keep(connecting.keep_place, chosen_database.DEMO)

    def save(self) -> None:
        """Use the server, once it was looked at; what is wrong is told first, and may be the person's own business."""
        if self.server_page.isHidden() or self._job is not None or self.test.is_running:
            return
        server = self.fields.server()
        if self.test.known is not None and self.test.known[0] == self._asked():
            self._use(server)
        else:
            self.test.run(self._tested)

    def _tested(self, tested: Tested) -> None:
        if tested.problems:
            self.set_save_words(_("Use it all the same"))
            self.show_widget(self.test.result)
        else:
            self._use(self.fields.server())

    def _use(self, server: Server) -> None:
        self._keep(connecting.keep, server)

    def _keep(self, write: Callable[..., str], what: Server | str) -> None:
        """A home may be on a share: the file too is written off the GUI thread."""
        if self._job is not None:
            return
        self.set_error("")
        write = partial(write, everybody=self.everybody.isChecked())
        self._job = jobs.run(self, write, what, done=self._kept, failed=self._not_kept)

    def _kept(self, _file: str) -> None:
        self._job = None
        self.password.clear()
        settings_of_pc.reload()
        self.accept()
        self.chosen.emit()

    def _not_kept(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, InvalidInput):
            self.fields.show_wrong(error.fields)
        else:
            self.set_error(sentence_of(error))

    def _asked(self) -> Asked:
        return self.fields.server(), self.email.text().strip(), self.password.text()

    def _change(self) -> None:
        self.test.forget()
        self.set_save_words(_("Use this server"))

    # -- leaving ------------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Escape and the button: one step back."""
        if self.test.is_running:
            self.test.cancel()
        elif not self.server_page.isHidden():
            self.show_choices()
            self.shared_button.setFocus()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross: all of it."""
        self.test.cancel()
        super().reject()
        event.accept()


def _now() -> str:
    """The button of what the settings say now; empty where nothing was chosen."""
    if APP_CONFIG.db.is_configured:
        return "sharedServerButton"
    places = {chosen_database.THIS_PC: "useThisPcButton", chosen_database.DEMO: "demoButton"}
    return places.get(APP_CONFIG.db.place, "")


def _tile(icon: str, title: str, about: str, button: QPushButton) -> QFrame:
    made = QFrame()
    made.setProperty("place", "tile")
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(title, "medium", wrap=True))
    words.addWidget(label(about, "small", "second", wrap=True))
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 12, 16, 12)
    row.setSpacing(12)
    row.addWidget(IconLabel(icon, "second", 24, made), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return made
