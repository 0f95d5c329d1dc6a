"""The manager's morning: one page, one period; what was sold and taken, what stands here, who sold, what to do."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain.periods import PeriodKind
from dealer_desktop.services import numbers
from dealer_desktop.services.needs import Matter, Need
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.dashboard import content, links, need_words
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.numbers_table import NumbersTable
from dealer_desktop.ui.dashboard.parts import Needs, PageArea, Pictured, Tiles, heading
from dealer_desktop.ui.dashboard.saving import Saving
from dealer_desktop.ui.dashboard.tile import change
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.loading_line import LoadingLine
from dealer_desktop.ui.widgets.period_bar import PeriodBar

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_INTERVAL_MS = 2_000
_AROUND = 24


class DashboardTab(QWidget):
    def __init__(self, context: "UiContext") -> None:
        super().__init__()
        self.setObjectName("dashboardTab")
        self.setProperty("place", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.shown: Numbers | None = None
        self._stale = True
        self._job: jobs.Job | None = None
        self._since = QElapsedTimer()
        self.banner = Banner(self, name="dashboardBanner")
        self._line = LoadingLine(self)
        self._make_parts()
        self._lay_out()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.refresh)
        context.feed.changed.connect(self._note)

    def _make_parts(self) -> None:
        currency = self.context.currency_symbol
        # A month is what a manager asks for first, wherever it stands among the periods.
        named = [kind for kind in PeriodKind if kind is not PeriodKind.OWN]
        self.period = PeriodBar(self.context, *named, remembered="dashboard/period", first=PeriodKind.MONTH)
        self.period.chosen.connect(self.refresh)
        self.period.refused.connect(lambda words: self.banner.show_message(words, "amber"))
        self.saving = Saving(self.context, self)
        self.of_period = Tiles(
            {
                "sold": pgettext("numbers", "Cars sold"),
                "sold_total": pgettext("numbers", "Sold for"),
                "average": _("Average sale"),
                "discount": _("Discounts given"),
                "taken": _("Takings"),
                "made": _("Orders made"),
                "canceled": _("Orders canceled"),
                "profit": _("Profit"),
            }
        )
        self.of_now = Tiles(
            {
                "available": _("Cars available"),
                "reserved": _("Cars reserved"),
                "stock_value": _("Stock at sale prices"),
                "active_orders": _("Active orders"),
                "due": _("Balance due"),
                "give_back": _("To give back"),
                "deliveries": _("Open deliveries"),
                "overdue_deliveries": _("Deliveries overdue"),
            }
        )
        self.needs = Needs(self._take_step)
        self.takings = NumbersTable("takingsByMethod", _("Takings"), content.takings_head(currency))
        self.reasons = NumbersTable("cancelReasons", _("Why orders were canceled"), (_("Reason"), _("Orders")))
        self.sold = Pictured("soldByDay", pgettext("numbers", "Cars sold"), content.sold_head(currency))
        self.taken = Pictured("takenByDay", _("Takings"), content.taken_head(currency))
        age, make = content.stock_head(_("Days in stock"), currency), content.stock_head(_("Make"), currency)
        self.ages = Pictured("stockByAge", _("Stock by age"), age)
        self.makes = Pictured("stockByMake", _("Stock by make"), make)
        self.sold_makes = NumbersTable("soldByMake", _("Sold by make"), content.sold_by_head(currency))
        self.people = NumbersTable("peopleTable", _("People"), content.people_head(currency))

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("place", "surface")
        body = QVBoxLayout(page)
        body.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        body.setSpacing(16)
        body.addWidget(self.period)
        top = QHBoxLayout()
        top.addWidget(self.period.before, 1)
        top.addWidget(self.saving.pdf_button)
        top.addWidget(self.saving.tables_button)
        body.addLayout(top)
        body.addWidget(self.of_period)
        body.addWidget(self.needs)
        body.addWidget(heading(pgettext("numbers", "Now")))
        body.addWidget(self.of_now)
        for part in (self.sold, self.taken, self.ages, self.makes):
            body.addWidget(heading(part.title))
            body.addWidget(part)
        for table in (self.takings, self.people, self.sold_makes, self.reasons):
            body.addWidget(heading(table.title))
            body.addWidget(table)
        body.addStretch(1)
        for source in (
            self.of_period,
            self.of_now,
            self.takings,
            self.reasons,
            self.sold,
            self.taken,
            self.ages,
            self.makes,
            self.sold_makes,
            self.people,
        ):
            source.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self.banner)
        layout.addWidget(PageArea(page), 1)

    # -- reading ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the numbers again; one snapshot for the whole page."""
        jobs.cancel(self._job)
        self._stale = False
        self._since.start()
        self._line.set_loading(True)
        ticket = Ticket()
        self._job = jobs.run(
            self,
            partial(numbers.read, with_profit=self.context.at_work.is_manager),
            self.context.reader,
            self.period.days,
            ticket,
            done=self._show,
            failed=self._failed,
            ticket=ticket,
        )

    def _show(self, found: Numbers) -> None:
        self._line.set_loading(False)
        self.banner.clear()
        self.shown = found
        self._show_period(found)
        self._show_now(found)
        figures, money = found.figures, self.context.money
        self.needs.show_needs([(need, need_words.in_words(need), need_words.next_step(need)) for need in found.needs])
        self.takings.show_lines(content.takings(figures, found.before))
        self.reasons.show_lines(content.reasons(figures))
        self.sold.show_content(content.bars_sold(found), content.sold_points(found))
        self.taken.show_content(content.bars_taken(found, money), content.taken_points(found))
        self.ages.show_content(content.bars_ages(found.now.by_age), content.ages(found.now.by_age))
        self.makes.show_content(content.bars_makes(found.now.by_make), content.makes(found.now.by_make))
        self.sold_makes.show_lines(content.sold_makes(found))
        self.people.show_lines(content.people(found))
        self.saving.allow(found)

    def _show_period(self, found: Numbers) -> None:
        figures, before, days = found.figures, found.before, found.figures.days
        whole, tile = self.context.money, self.of_period.show_value
        sold, then = figures.sold, before.sold
        tile("sold", formats.number(sold.count), links.sold(days), below=change(sold.count, then.count))
        tile("sold_total", whole(sold.total), links.sold(days), below=change(sold.total, then.total))
        tile("average", whole(sold.average), links.sold(days), below=change(sold.average, then.average))
        tile("discount", whole(sold.discount), links.sold(days), below=change(sold.discount, then.discount))
        taken, was = figures.takings.all.total, before.takings.all.total
        tile("taken", whole(taken), links.taken(days), below=change(taken, was))
        made, canceled = figures.orders.made, figures.orders.canceled
        tile("made", formats.number(made), links.made(days), below=change(made, before.orders.made))
        words = change(canceled, before.orders.canceled)
        tile("canceled", formats.number(canceled), links.canceled(days), below=words)
        earned, earlier = figures.profit, before.profit
        if earned is None or earlier is None:
            tile("profit", "–", None, below=_("Told of up to a year"))
        else:
            words = change(earned.all.profit, earlier.all.profit)
            tile("profit", whole(earned.all.profit), links.sold(days), below=words)

    def _show_now(self, found: Numbers) -> None:
        now, money, tile = found.now, self.context.money, self.of_now.show_value
        age = _("{days} days in stock on average").format(days=formats.number(round(now.average_age)))
        tile("available", formats.number(now.available), Link("cars", {"status": ["available"]}), below=age)
        tile("reserved", formats.number(now.reserved), Link("cars", {"status": ["reserved"]}))
        tile("stock_value", money(now.stock_total), links.stock())
        active = ["pending", "paid", "processing", "in_delivery"]
        tile("active_orders", formats.number(now.active_orders), Link("orders", {"status": active}))
        # Money due is the only red number on a screen.
        tile("due", money(now.due), Link("orders", {"due": True}), tone="red" if now.due else "")
        tile("give_back", money(now.give_back), Link("orders", {"to_give_back": True}))
        opened = Link("deliveries", {"status": ["pending", "in_progress"]})
        tile("deliveries", formats.number(now.deliveries), opened)
        overdue = Link("deliveries", {"overdue": True})
        tile("overdue_deliveries", formats.number(now.overdue_deliveries), overdue)

    def _failed(self, error: Exception) -> None:
        self._line.set_loading(False)
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self.refresh))

    # -- going on -----------------------------------------------------------------------------------------------------

    def _open(self, link: Link) -> None:
        self.context.show_list(link.kind, link.filters)

    def _take_step(self, need: Need) -> None:
        if need.kind:
            self._open(links.of_query(need.kind, need.filters))
        elif need.matter is Matter.OPEN_DRAWERS:
            self.context.show_list("payments", {})
            action = self.window().findChild(QAction, "drawerAction")
            if action is not None:
                action.trigger()
        else:
            button = self.window().findChild(QWidget, "approvalsButton")
            if button is not None:
                button.click()  # type: ignore[attr-defined]

    def _note(self, _change: ChangeLike) -> None:
        self._stale = True
        if self.isVisible() and not self._timer.isActive():
            passed = self._since.elapsed() if self._since.isValid() else _INTERVAL_MS
            self._timer.start(max(40, _INTERVAL_MS - passed))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self.period.days != (self.shown.figures.days if self.shown else None):
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
