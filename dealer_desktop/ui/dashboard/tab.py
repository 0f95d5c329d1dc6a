"""The manager's morning: one page, one period; what was sold and taken, what stands here, who sold, what to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.periods import PeriodKind
from dealer_desktop.services.needs import Matter, Need
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.live import LiveNumbers
from dealer_desktop.ui.dashboard.page import Page
from dealer_desktop.ui.dashboard.parts import PageArea
from dealer_desktop.ui.dashboard.saving import Saving
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.loading_line import LoadingLine
from dealer_desktop.ui.widgets.period_bar import PeriodBar

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext


class DashboardTab(QWidget):
    def __init__(self, context: "UiContext") -> None:
        super().__init__()
        self.setObjectName("dashboardTab")
        self.setProperty("place", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.banner = Banner(self, name="dashboardBanner")
        self._line = LoadingLine(self)
        self._make_parts()
        self._lay_out()
        self.live = LiveNumbers(context, self.period, self)
        self.live.reading.connect(self._line.set_loading)
        self.live.came.connect(self._show)
        self.live.failed.connect(self._failed)

    @property
    def shown(self) -> Numbers | None:
        return self.live.shown

    def _make_parts(self) -> None:
        # A month is what a manager asks for first, wherever it stands among the periods.
        named = [kind for kind in PeriodKind if kind is not PeriodKind.OWN]
        self.period = PeriodBar(self.context, *named, remembered="dashboard/period", first=PeriodKind.MONTH)
        self.period.chosen.connect(self.refresh)
        self.period.refused.connect(lambda words: self.banner.show_message(words, "amber"))
        self.saving = Saving(self.context, self)
        self.page = Page(self.context, self._take_step, [self.period, self._top()])
        self.page.opened.connect(self._open)
        self.page.needs.days_chosen.connect(self.refresh)
        self.page.sales_asked.connect(self._list_sales)
        self.page.blocks.saved.connect(self.saving.save_table)

    def _top(self) -> QWidget:
        """Which days are compared with, and what makes paper and files of the page."""
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.period.before, 1)
        row.addWidget(self.saving.pdf_button)
        row.addWidget(self.saving.tables_button)
        return top

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self.banner)
        self.area = PageArea(self.page, self.context.settings, "dashboard/scroll")
        layout.addWidget(self.area, 1)

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the numbers again; one snapshot for the whole page."""
        self.live.read()

    def _show(self, found: Numbers) -> None:
        self.banner.clear()
        if (age := self.context.words_as_of(self.live.as_of)) != "":
            self.banner.show_message(age, "amber", ("retryButton", _("Retry"), self.refresh))
        self.page.show_numbers(found)
        self.saving.allow(found)

    def _failed(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self.refresh))

    # -- going on -----------------------------------------------------------------------------------------------------

    def _open(self, link: Link) -> None:
        if link == links.PROFIT:
            self._list_sales()
        else:
            self.context.show_list(link.kind, link.filters)

    def _list_sales(self) -> None:
        """What each sale of these days earned, in the dialog of the orders' tab."""
        self.context.show_list("orders", links.sold(self.period.days).filters)
        action = self.window().findChild(QAction, "profitAction")
        if action is not None:
            action.trigger()
            dialog = self.window().findChild(QDialog, "profitDialog")
            if dialog is not None and (bar := dialog.findChild(PeriodBar)) is not None:
                bar.use(self.period.days)

    def _take_step(self, need: Need) -> None:
        if need.kind:
            self._open(links.of_query(need.kind, need.filters))
        elif need.matter is Matter.OPEN_DRAWERS:
            self.context.show_list("payments", {})
            self._act("drawerAction")
        elif need.matter is Matter.BACKUPS:
            self._act("backupAction")
        else:
            button = self.window().findChild(QWidget, "approvalsButton")
            if button is not None:
                button.click()  # type: ignore[attr-defined]

    def _act(self, name: str) -> None:
        action = self.window().findChild(QAction, name)
        if action is not None:
            action.trigger()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.live.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.live.rest()
