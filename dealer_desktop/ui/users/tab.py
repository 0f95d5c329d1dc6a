"""The people who work here: name, role, how to reach them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names, phones
from dealer_desktop.services import users
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.loading_line import LoadingLine

if TYPE_CHECKING:
    from dealer_desktop.services.rows import UserRow
    from dealer_desktop.ui.session.context import UiContext


class UsersTab(QWidget):
    def __init__(self, context: "UiContext") -> None:
        super().__init__()
        self.setObjectName("usersTab")
        self.setProperty("place", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self._stale = True
        self._job: jobs.Job | None = None
        self.banner = Banner(self, name="usersBanner")
        self._line = LoadingLine(self)
        self._empty = label(
            _("Nobody is entered yet. Orders are made without a salesperson’s name."), "base", "second", wrap=True
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 48, 24, 24)
        self._empty.hide()
        self.table = QTableWidget(0, 4, self)
        self.table.setObjectName("usersTable")
        self.table.setAccessibleName(_("Users"))
        self.table.setHorizontalHeaderLabels([_("Name"), _("Role"), _("E-mail"), _("Phone")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rows = self.table.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(pixels(32))
        header = self.table.horizontalHeader()
        header.setFont(theme.font("small"))
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)  # four short columns always have room
        header.setMaximumSectionSize(pixels(400))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFixedHeight(pixels(32))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self.banner)
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        context.feed.changed.connect(self._note)

    def refresh(self) -> None:
        jobs.cancel(self._job)
        self._stale = False
        self._line.set_loading(True)
        self._job = jobs.run(self, users.staff, self.context.reader, done=self._show, failed=self._failed)

    def _show(self, staff: "tuple[UserRow, ...]") -> None:
        self._line.set_loading(False)
        self.banner.clear()
        self._empty.setVisible(not staff)
        self.table.setRowCount(len(staff))
        for number, user in enumerate(staff):
            texts = (user.full_name, names.role(user.role), user.email, phones.display(user.phone or ""))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, user.id)
                self.table.setItem(number, column, item)

    def _failed(self, error: Exception) -> None:
        self._line.set_loading(False)
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self.refresh))

    def _note(self, change: ChangeLike) -> None:
        if concerns(change, "users"):
            self._stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
