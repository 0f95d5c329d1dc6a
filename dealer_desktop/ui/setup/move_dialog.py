"""Moving this PC's own database to a shared server, from the menu: told by table, canceled at any table, then switched.

Everything runs in ``services.moving``, as with ``db move``; until the settings name the new server nothing has changed.
"""

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from dealer_desktop.core import paths
from dealer_desktop.core import settings as settings_of_pc
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG, OWNER, DbConfig
from dealer_desktop.services import moving
from dealer_desktop.services.moving import Moved
from dealer_desktop.services.transactions.connections import Connections
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.setup.server_fields import ServerFields, in_line
from dealer_desktop.ui.setup.server_test import Asked, ServerTest
from dealer_desktop.ui.widgets import plain_table
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.form_frame import FormFrame
from dealer_desktop.ui.widgets.loading_line import LoadingLine
from dealer_desktop.ui.widgets.password_edit import PasswordEdit

_WIDTH = 640
_ROWS = 6
"""Of handed-out passwords in view; more are scrolled to."""


class MoveDialog(FormFrame):
    _told = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("moveDialog", _("Move to a shared server"), _("Move"), _WIDTH, parent)
        self._context = context
        self._job: jobs.Job | None = None
        self._canceled = threading.Event()
        self.moved: Moved | None = None
        self.form.addWidget(
            label(
                _(
                    "Cars, orders, payments, customers, staff and their history go over to the server, and are "
                    "compared on both sides. Its administrator prepares it first with “dealer-desktop db init”."
                ),
                "base",
                "second",
                wrap=True,
            )
        )
        self.question = self._build_question()
        self.progress = self._build_progress()
        self.outcome = self._build_outcome()
        for part in (self.question, self.progress, self.outcome):
            self.form.addWidget(part)
        self.form.addStretch()
        self.set_consequence(
            "",
            detail=_(
                "This PC’s own database stays in {folder} as it is then, and nobody works with it any more. Close the "
                "program’s other windows on this PC first."
            ).format(folder=in_line(str(paths.bundled_folder()))),
        )
        self.set_keys("")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self._told.connect(self.words.setText)
        self._show(self.question)
        self.fields.host.setFocus()

    # -- its three faces ----------------------------------------------------------------------------------------------

    def _build_question(self) -> QWidget:
        page, layout = _page()
        self.fields = ServerFields(self._context.settings)
        self.owner, self.password = LineEdit(320, limit=63), PasswordEdit(240)
        self.owner.set_value(APP_CONFIG.db.owner or OWNER)
        self.fields.add("owner", _("Owner’s login"), self.owner, _("“db init” showed it, and its password."))
        self.fields.add("owner_password", _("Password"), self.password)
        self.test = ServerTest(self._asked, owner=True)
        self.fields.changed.connect(self.test.forget)
        self.test.refused.connect(self.fields.show_wrong)
        layout.addWidget(self.fields)
        layout.addWidget(self.test)
        return page

    def _build_progress(self) -> QWidget:
        page, layout = _page()
        self.line = LoadingLine(self)
        self.words = label("", "base", wrap=True)
        self.words.setObjectName("moveProgress")
        layout.addWidget(self.line)
        layout.addWidget(self.words)
        return page

    def _build_outcome(self) -> QWidget:
        page, layout = _page()
        self.told = label("", "base", wrap=True, selectable=True)
        self.told.setObjectName("moveResult")
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("handedTable")
        self.table.setAccessibleName(_("Passwords to hand out"))
        self.table.setHorizontalHeaderLabels([_("Name"), _("E-mail"), _("Password")])
        plain_table.set_up(self.table, (0, 220, 160), whole_rows=False)
        self.copy_button = QPushButton(_("Copy all"))
        self.copy_button.setObjectName("copyHandedButton")
        self.copy_button.setAccessibleName(self.copy_button.text())
        self.copy_button.setFont(theme.font("medium"))
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        layout.addWidget(self.told)
        layout.addWidget(self.table)
        layout.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        return page

    def _show(self, page: QWidget) -> None:
        for one in (self.question, self.progress, self.outcome):
            one.setVisible(one is page)
        self.save_button.setVisible(page is not self.progress)
        self.cancel_button.setVisible(page is not self.outcome)
        self.line.set_loading(page is self.progress)
        self.fit.fit()

    # -- moving -------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """What the button does: move; at the end, go on at the new server."""
        if self.moved is not None:
            self.reject()
            return
        if self._job is not None or self.test.is_running:
            return
        self.set_error("")
        server, owner, password = self._asked()
        try:
            target = server.config()
        except InvalidInput as error:
            self.fields.show_wrong(error.fields)
            return
        if not password:
            self.fields.show_wrong({"owner_password": _("Enter the password of {owner}.").format(owner=owner)})
            return
        self._canceled.clear()
        self.words.setText("")
        self._show(self.progress)
        # Not canceled as a job: what was switched at the last moment must not be taken for canceled.
        self._job = jobs.run(
            self,
            partial(_move, self._context.connections, target, owner, password, self._told.emit, self._canceled),
            name=_("Moving to the shared server"),
            done=self._done,
            failed=self._failed,
        )

    def _done(self, moved: Moved) -> None:
        self._job = None
        self.moved = moved
        self.password.clear()
        settings_of_pc.reload()
        self.told.setText("\n\n".join(map(in_line, _sentences(moved))))
        self.table.setRowCount(len(moved.handed))
        for row, person in enumerate(moved.handed):
            for column, text in enumerate((person.full_name, person.email, person.password or person.problem)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.setVisible(bool(moved.handed))
        self.copy_button.setVisible(bool(moved.handed))
        header, row_height = self.table.horizontalHeader().height(), self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(header + row_height * min(max(1, len(moved.handed)), _ROWS) + 4)
        self.set_consequence("")
        self.set_save_words(_("Go on at the new server"))
        self._show(self.outcome)
        self.save_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._show(self.question)
        self.cancel_button.setEnabled(True)
        self.set_error(sentence_of(error))

    def copy(self) -> None:
        """The passwords as lines of a spreadsheet."""
        assert self.moved is not None
        lines = ["\t".join((one.full_name, one.email, one.password or one.problem)) for one in self.moved.handed]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _asked(self) -> Asked:
        return self.fields.server(), self.owner.text().strip(), self.password.text()

    def reject(self) -> None:
        """Escape and the button: stop what runs; after the switch, on to the new server."""
        if self.test.is_running:
            self.test.cancel()
        elif self._job is not None:
            self._canceled.set()
            self.cancel_button.setEnabled(False)
            self.words.setText(_("Stopping after this table…"))
        elif self.moved is not None:
            self.accept()
            self._context.moved.emit()
        else:
            super().reject()


def _move(
    own: Connections,
    target: DbConfig,
    owner: str,
    password: str,
    tell: Callable[[str], None],
    canceled: threading.Event,
) -> Moved:
    """On a pool thread."""
    return moving.move(target, owner, password, tell, canceled=canceled.is_set, own=own)


def _sentences(moved: Moved) -> list[str]:
    told = [
        _("Everything is on {place} now, and {file} says so to this PC.").format(place=moved.place, file=moved.file),
        _(
            "The old database stays in {folder} as it was, and nobody works with it any more. Delete that folder when "
            "you are sure."
        ).format(folder=moved.old),
    ]
    if moved.photos is not None:
        words = _("The photos stay in {folder}. Copy them to a share and set PHOTOS__URL to it on every PC.")
        told.append(words.format(folder=moved.photos))
    if moved.handed:
        told.append(_("Hand these passwords out: they are shown this once, and work until changed."))
    return told


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    return page, layout
