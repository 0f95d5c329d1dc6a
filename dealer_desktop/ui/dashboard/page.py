"""What stands on the manager's page below its period: tiles, what needs somebody, pictures and tables."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.services.needs import Need
from dealer_desktop.services.numbers import Now, Numbers
from dealer_desktop.ui.dashboard import content, people_content, profit_content, stock_content, tile_values
from dealer_desktop.ui.dashboard.blocks import Block, Blocks
from dealer_desktop.ui.dashboard.needs import Needs
from dealer_desktop.ui.dashboard.numbers_table import NumbersTable
from dealer_desktop.ui.dashboard.parts import Beside, Pictured, Tiles, heading
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_AROUND = 24


class Page(QWidget):
    """``opened(Link)``: the rows of a number are asked for; ``take_step(need)`` is what a need's button does."""

    opened = Signal(object)
    sales_asked = Signal()
    """What each sale of these days earned is asked for."""

    def __init__(self, context: "UiContext", take_step: Callable[[Need], None], top: Sequence[QWidget]) -> None:
        """``top`` stands above everything."""
        super().__init__()
        self.setProperty("place", "surface")
        self.context = context
        self._waiting: deque[Callable[[], None]] = deque()
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._show_next)
        self._make_parts(take_step)
        self._lay_out(top)

    def _make_parts(self, take_step: Callable[[Need], None]) -> None:
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
        self.needs = Needs(take_step, self.context.settings)
        self._make_pictures()
        self._make_tables()
        self.every_sale = WordButton("everySaleButton", _("Every sale"), self.sales_asked.emit)
        self.every_sale.setToolTip(_("What each car cost and earned"))
        more = {"profit_makes": self.every_sale}
        self.blocks = Blocks([Block(key, part.title, part, more.get(key)) for key, part in self._parts().items()])

    def _make_pictures(self) -> None:
        currency = self.context.currency_symbol
        unsold = _("Nothing was sold on these days. Choose a longer period above.")
        no_stock = _("No cars in stock. Add or import cars in the inventory.")
        self.sold = Pictured("soldByDay", pgettext("numbers", "Cars sold"), content.sold_head(currency), unsold)
        self.money = Pictured(
            "moneyByDay",
            _("Sales and takings"),
            content.money_head(currency),
            _("Nothing was sold or paid on these days. Choose a longer period above."),
            kinds=content.money_kinds(),
        )
        self.sold_makes, self.sold_prices, self.sold_sellers = (
            Pictured(name, title, content.groups_head(first, currency), unsold, lying=True)
            for name, title, first in (
                ("soldByMake", _("Sold by make"), _("Make")),
                ("soldByPrice", _("Sold by price"), f"{_('Price')}, {currency}"),
                ("soldBySeller", _("Sold by salesperson"), _("Salesperson")),
            )
        )
        self.ages, self.makes = (
            Pictured(name, title, stock_content.head(first, currency), no_stock, lying=True)
            for name, title, first in (
                ("stockByAge", _("Stock by age"), _("Days in stock")),
                ("stockByMake", _("Stock by make"), _("Make")),
            )
        )

    def _make_tables(self) -> None:
        currency = self.context.currency_symbol
        self.takings = NumbersTable(
            "takingsByMethod",
            _("Takings"),
            content.takings_head(currency),
            nothing=_("No payment came in or went out on these days."),
        )
        self.reasons = NumbersTable(
            "cancelReasons",
            _("Why orders were canceled"),
            (_("Reason"), _("Orders")),
            nothing=_("No order was canceled on these days."),
        )
        self.people = NumbersTable(
            "peopleTable", _("People"), people_content.head(currency), nothing=_("Nobody sold anything on these days.")
        )
        unsold = _("Nothing was sold on these days.")
        self.profit_makes, self.profit_sellers = (
            NumbersTable(name, title, profit_content.head(first, currency), nothing=unsold)
            for name, title, first in (
                ("profitByMake", _("Profit by make"), _("Make")),
                ("profitBySeller", _("Profit by salesperson"), _("Salesperson")),
            )
        )

    def _parts(self) -> dict[str, Pictured | NumbersTable]:
        """The blocks in their order, by what ``number_tables`` calls their tables."""
        return {
            "sold": self.sold,
            "money": self.money,
            "takings": self.takings,
            "people": self.people,
            "sold_by_make": self.sold_makes,
            "sold_by_price": self.sold_prices,
            "sold_by_seller": self.sold_sellers,
            "reasons": self.reasons,
            "profit_makes": self.profit_makes,
            "profit_sellers": self.profit_sellers,
            "stock_by_age": self.ages,
            "stock_by_make": self.makes,
        }

    def _lay_out(self, top: Sequence[QWidget]) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        body.setSpacing(16)
        now = QWidget()
        column = QVBoxLayout(now)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(pgettext("numbers", "Now")))
        self._compared = label("", "small", "second", wrap=True)
        self._compared.setObjectName("nowCompared")
        column.addWidget(self._compared)
        column.addWidget(self.of_now)
        column.addStretch(1)
        for part in (*top, self.of_period, Beside(self.needs, now), self.blocks):
            body.addWidget(part)
        body.addStretch(1)
        for source in (self.of_period, self.of_now, *self._parts().values()):
            source.opened.connect(self.opened)

    def show_numbers(self, found: Numbers) -> None:
        """What is shown already stays untouched, so that nothing blinks."""
        tile_values.of_period(self.of_period, found, self.context.money)
        tile_values.of_now(self.of_now, found, self.context.money)
        self._compared.setText(tile_values.compared(found))
        self.needs.show_needs(found.needs)
        self._waiting = deque(self._blocks_of(found))
        self._next.start()

    @property
    def is_whole(self) -> bool:
        """Whether every block shows the last numbers."""
        return not self._waiting

    def _show_next(self) -> None:
        """One block in each turn of the window's events: all of them at once would hold up keys and mouse."""
        if self._waiting:
            self._waiting.popleft()()
        if self._waiting:
            self._next.start()

    def _blocks_of(self, found: Numbers) -> Iterator[Callable[[], None]]:
        """In their order on the page; what each shows is worked out in its turn."""
        money, figures, now = self.context.money, found.figures, found.now
        one = _("One day is one bar: choose a week or longer to see how it goes.") if figures.days.length == 1 else ""
        yield lambda: self.sold.show_content(content.bars_sold(found), content.sold_points(found), one)
        yield lambda: self.money.show_content(content.bars_money(found, money), content.money_points(found), one)
        yield lambda: self.takings.show_lines(content.takings(figures, found.before))
        yield lambda: self.people.show_lines(people_content.lines(found))
        for picture, listed in (
            (self.sold_makes, content.by_make(found)),
            (self.sold_prices, content.by_price(found)),
            (self.sold_sellers, content.by_seller(found)),
        ):
            yield partial(_show_groups, picture, listed, money)
        yield lambda: self.reasons.show_lines(content.reasons(figures))
        yield lambda: profit_content.show(self.profit_makes, profit_content.by_make(found), found)
        yield lambda: profit_content.show(self.profit_sellers, profit_content.by_seller(found), found)
        yield lambda: _show_stock(self.ages, stock_content.by_age(now), now, money)
        yield lambda: _show_stock(self.makes, stock_content.by_make(now), now, money)


def _show_groups(picture: Pictured, listed: content.Listed, money: content.Money) -> None:
    picture.show_content(content.group_bars(listed, money), content.group_lines(listed))


def _show_stock(picture: Pictured, listed: content.Listed, now: Now, money: content.Money) -> None:
    picture.table.setColumnHidden(stock_content.COST_PER_DAY, now.day_cost is None)
    picture.show_content(stock_content.bars(listed, now, money), stock_content.lines(listed, now))
