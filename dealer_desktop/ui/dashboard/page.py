"""What stands on the manager's page below its period: tiles, what needs somebody, pictures and tables."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.needs import Need
from dealer_desktop.services.numbers import Numbers
from dealer_desktop.ui.dashboard import content, links, need_words
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.numbers_table import NumbersTable
from dealer_desktop.ui.dashboard.parts import Needs, Pictured, Tiles, heading
from dealer_desktop.ui.dashboard.tile import change

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_AROUND = 24


class Page(QWidget):
    """``opened(Link)``: the rows of a number are asked for; ``take_step(need)`` is what a need's button does."""

    opened = Signal(object)

    def __init__(self, context: "UiContext", take_step: Callable[[Need], None], top: Sequence[QWidget]) -> None:
        """``top`` stands above everything."""
        super().__init__()
        self.setProperty("place", "surface")
        self.context = context
        self._make_parts(take_step)
        self._lay_out(top)

    def _make_parts(self, take_step: Callable[[Need], None]) -> None:
        currency = self.context.currency_symbol
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
        self.needs = Needs(take_step)
        self.takings = NumbersTable("takingsByMethod", _("Takings"), content.takings_head(currency))
        self.reasons = NumbersTable("cancelReasons", _("Why orders were canceled"), (_("Reason"), _("Orders")))
        self.sold = Pictured("soldByDay", pgettext("numbers", "Cars sold"), content.sold_head(currency))
        self.taken = Pictured("takenByDay", _("Takings"), content.taken_head(currency))
        age, make = content.stock_head(_("Days in stock"), currency), content.stock_head(_("Make"), currency)
        self.ages = Pictured("stockByAge", _("Stock by age"), age)
        self.makes = Pictured("stockByMake", _("Stock by make"), make)
        self.sold_makes = NumbersTable("soldByMake", _("Sold by make"), content.sold_by_head(currency))
        self.people = NumbersTable("peopleTable", _("People"), content.people_head(currency))

    def _lay_out(self, top: Sequence[QWidget]) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        body.setSpacing(16)
        for part in top:
            body.addWidget(part)
        body.addWidget(self.of_period)
        body.addWidget(self.needs)
        body.addWidget(heading(pgettext("numbers", "Now")))
        body.addWidget(self.of_now)
        pictures = (self.sold, self.taken, self.ages, self.makes)
        tables = (self.takings, self.people, self.sold_makes, self.reasons)
        for part in (*pictures, *tables):
            body.addWidget(heading(part.title))
            body.addWidget(part)
        body.addStretch(1)
        for source in (self.of_period, self.of_now, *pictures, *tables):
            source.opened.connect(self.opened)

    def show_numbers(self, found: Numbers) -> None:
        """What is shown already stays untouched, so that nothing blinks."""
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
