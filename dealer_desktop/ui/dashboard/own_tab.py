"""What a salesperson sees of the numbers: the own ones, each with its change and its rows."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain.periods import PeriodKind
from dealer_desktop.services import own_numbers
from dealer_desktop.services.own_numbers import OwnNumbers
from dealer_desktop.ui.dashboard import links
from dealer_desktop.ui.dashboard.links import Link
from dealer_desktop.ui.dashboard.parts import PageArea, Tiles
from dealer_desktop.ui.dashboard.tile import change
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.live_reading import LiveReading
from dealer_desktop.ui.widgets.period_bar import PeriodBar

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext

_AROUND = 24


class OwnNumbersTab(QWidget):
    def __init__(self, context: "UiContext") -> None:
        super().__init__()
        self.setObjectName("ownNumbersTab")
        self.setProperty("place", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        self.shown: OwnNumbers | None = None
        self.banner = Banner(self, name="ownNumbersBanner")
        named = [kind for kind in PeriodKind if kind is not PeriodKind.OWN]
        self.period = PeriodBar(context, *named, remembered="ownNumbers/period", first=PeriodKind.MONTH)
        self.period.chosen.connect(self.refresh)
        self.period.refused.connect(self._refuse)
        self.tiles = Tiles(
            {
                "own_sold": pgettext("numbers", "Cars sold"),
                "own_total": pgettext("numbers", "Sold for"),
                "own_average": _("Average sale"),
                "own_discount": _("Average discount"),
                "own_made": _("Orders made"),
                "own_canceled": _("Orders canceled"),
                "own_taken": _("Takings"),
                "own_due": _("Balance due"),
            }
        )
        self.tiles.opened.connect(self._open)
        self._reading = LiveReading(
            self, context, "orders", "order_lines", "payments", show=self._show, banner=self.banner
        )
        self._lay_out()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("place", "surface")
        body = QVBoxLayout(page)
        body.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        body.setSpacing(16)
        for part in (self.period, self.period.before, self.tiles):
            body.addWidget(part)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(PageArea(page), 1)

    def refresh(self) -> None:
        """Read the own numbers again."""
        user = self.context.at_work.user
        if user is not None:
            self.banner.clear()
            self._reading.ask(own_numbers.read, self.period.days, user.id)

    def showEvent(self, event: QShowEvent) -> None:
        """Overrides QWidget."""
        super().showEvent(event)
        if self.shown is None or self.shown.now.days != self.period.days:
            self.refresh()

    def _show(self, found: OwnNumbers) -> None:
        self.shown = found
        me, then, days = found.now.person, found.before.person, found.now.days
        own = links.of_person(me, self.context.at_work.name)
        sold, money, number, tile = links.sold(days, **own), self.context.money, formats.number, self.tiles.show_value
        tile("own_sold", number(me.sold), sold, below=change(me.sold, then.sold))
        tile("own_total", money(me.total), sold, below=change(me.total, then.total))
        average, earlier = (each.total / each.sold if each.sold else Decimal(0) for each in (me, then))
        tile("own_average", money(average), sold, below=change(average, earlier))
        words = change(me.average_discount, then.average_discount)
        tile("own_discount", money(me.average_discount), sold, below=words)
        tile("own_made", number(me.made), links.made(days, **own), below=change(me.made, then.made))
        tile("own_canceled", number(me.canceled), links.canceled(days, **own), below=change(me.canceled, then.canceled))
        taken = links.taken(days, taken_by=own["salesperson_id"])
        tile("own_taken", money(found.now.taken), taken, below=change(found.now.taken, found.before.taken))
        tile("own_due", money(me.due), links.due(**own), tone="red" if me.due else "", below=pgettext("numbers", "Now"))

    def _refuse(self, words: str) -> None:
        self.banner.show_message(words, "amber")

    def _open(self, link: Link) -> None:
        self.context.show_list(link.kind, link.filters)
