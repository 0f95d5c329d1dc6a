"""The card of the selected car: photos, price, who holds it, the facts, and what is known of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.domain import colors, names
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.domain.vin import VinFacts
from dealer_desktop.services.rows import CarDetails, CarRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.inventory.car import vin_hints
from dealer_desktop.ui.inventory.car.story import Story
from dealer_desktop.ui.inventory.photos.gallery import Gallery
from dealer_desktop.ui.sales.trade_in_lines import TradeInLines
from dealer_desktop.ui.sales.trade_in_words import of_car
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label, line
from dealer_desktop.ui.widgets.facts import Fact, Facts
from dealer_desktop.ui.widgets.signs import StatusSign, car_sign


class CarCard(QObject):
    """Fills a card's ``body``: ``show_car`` with what the table knows, ``show_details`` when the rest is read."""

    order_opened = Signal(int)
    """The person wants to see the order that has this car."""

    def __init__(
        self,
        context: UiContext,
        body: QVBoxLayout,
        add_report: QAction | None,
        add_review: QAction,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._car: CarRow | None = None
        self._vin = VinFacts()
        self._vin_of = ""
        self.gallery = Gallery()
        self.title = label("", "title", wrap=True, selectable=True)
        self.title.setObjectName("carTitle")
        # A long word must not make the card wider than it is.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.status = StatusSign()
        self.subtitle = label("", "base", "second", wrap=True)
        self.price = label("", "price", selectable=True)
        self.price.setObjectName("carPrice")
        self.note = _Note()
        self.note.opened.connect(self._open_order)
        self.trade_ins = TradeInLines(_("Where it came from"), _("Open the order"))
        self.trade_ins.asked.connect(self.order_opened)
        self.facts = Facts()
        self.vin_facts = Facts()
        self.vin_hint = label("", "small", "second", wrap=True)
        self.description_line = line()
        self.description = label("", "base", wrap=True, selectable=True)
        self.story = Story(context, add_report, add_review)
        self._lay_out(body)

    def _lay_out(self, body: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addLayout(head)
        names.addWidget(self.subtitle)
        names.addSpacing(6)
        names.addWidget(self.price)
        vin = QVBoxLayout()
        vin.setSpacing(8)
        vin.addWidget(self.vin_facts)
        vin.addWidget(self.vin_hint)
        body.addWidget(self.gallery)
        body.addLayout(names)
        parts: tuple[QWidget, ...] = (self.note, self.trade_ins, self.facts, line())
        for part in parts:
            body.addWidget(part)
        body.addLayout(vin)
        for part in (self.description_line, self.description, self.story):
            body.addWidget(part)
        body.addStretch(1)

    @property
    def car(self) -> CarRow | None:
        return self._car

    def show_car(self, car: CarRow) -> None:
        """All that the table's row tells."""
        other = self._car is None or self._car.id != car.id
        self._car = car
        if other:
            self.gallery.show_main(car.main_photo)
            self.story.clear()
            self.trade_ins.show_lines(())
        self.title.setText(car.title)
        self.status.set_sign(car_sign(car.status))
        parts = (str(car.year), _("{number} km").format(number=formats.number(car.mileage)), condition_word(car))
        self.subtitle.setText(" · ".join(parts))
        self.price.setText(self._context.money(car.price, cents=car.price != car.price.to_integral_value()))
        self._show_note(car)
        self._show_facts(car)
        self._show_vin(car)
        self.description.setText(car.description or "")
        self.description.setVisible(bool(car.description))
        self.description_line.setVisible(bool(car.description))

    def show_details(self, details: CarDetails, facts: VinFacts) -> None:
        """The photos, what the VIN says, reports, reviews and changes."""
        self._vin, self._vin_of = facts, details.car.vin
        self.show_car(details.car)
        self.gallery.show_photos(details.photos)
        self.story.show_details(details)
        money = self._context.money
        self.trade_ins.show_lines([(each.order_id, of_car(each, money), each.counts) for each in details.trade_ins])

    def _show_note(self, car: CarRow) -> None:
        if car.order_id is not None:
            self.note.show_words(
                _("Order {number}, {customer}").format(number=car.order_id, customer=car.order_by or ""),
                _("The car is kept for this order."),
                opens=_("Open the order"),
            )
        elif car.status is CarStatus.RESERVED:
            until = car.held_until
            today = datetime.now(ZoneInfo(self._context.dealer.timezone)).date()
            overdue = until is not None and until < today
            self.note.show_words(
                hold_words(car),
                _("The hold has ended. Release the car or sell it.")
                if overdue
                else _("No order yet. Selling ends the hold."),
                tone="amber" if overdue else "",
            )
        else:
            self.note.hide()

    def _show_facts(self, car: CarRow) -> None:
        arrived = _("{day}, {ago}").format(day=formats.day(car.arrived_on), ago=days_ago(car.days_in_stock))
        self.facts.show_facts(
            Fact(_("Color"), colors.color(car.color, i18n.language())),
            Fact(_("Engine"), names.engine_type(car.engine_type) if car.engine_type else ""),
            Fact(pgettext("card", "Transmission"), names.transmission(car.transmission) if car.transmission else ""),
            Fact(pgettext("card", "Location"), car.location or ""),
            Fact(pgettext("card", "Stock number"), car.stock_number or ""),
            Fact(_("Title document"), car.title_number or ""),
            Fact(_("Registration"), car.registration_number or ""),
            Fact(_("Arrived"), arrived),
            *self._earnings(car),
        )

    def _earnings(self, car: CarRow) -> tuple[Fact, ...]:
        """What it cost and what its price leaves: for managers, whose connection alone reads it."""
        margin = car.margin
        if car.costs is None or margin is None:
            return ()
        money = self._context.money
        is_sold = car.status is CarStatus.SOLD
        return (
            Fact(pgettext("cost", "Costs"), money(car.costs) if car.costs else ""),
            Fact(pgettext("cost", "Margin"), "" if is_sold or not car.costs else money(margin)),
        )

    def _show_vin(self, car: CarRow) -> None:
        facts = self._vin if self._vin_of == car.vin else VinFacts()
        self.vin_facts.show_facts(
            Fact(_("VIN"), car.vin, mono=True, copied=True), Fact(_("From the VIN"), vin_hints.decoded(facts))
        )
        hint = vin_hints.hint(car.vin, facts)
        self.vin_hint.setText(hint)
        self.vin_hint.setVisible(bool(hint))

    def _open_order(self) -> None:
        if self._car is not None and self._car.order_id is not None:
            self.order_opened.emit(self._car.order_id)


class _Note(QFrame):
    """Who has the car: one strong line, one quiet line, and the way to the order."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reservedFor")
        self.setProperty("place", "note")
        self.words = label("", "medium", wrap=True)
        self.detail = label("", "small", "second", wrap=True)
        self.open = QToolButton(self)
        self.open.setObjectName("openOrder")
        self.open.setAccessibleName(_("Open the order"))
        self.open.setIcon(theme.icon("arrow-square-out", "second"))
        self.open.setIconSize(QSize(16, 16))
        self.open.setFixedSize(28, 28)
        self.open.clicked.connect(self.opened)
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(self.words)
        text.addWidget(self.detail)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.addLayout(text, 1)
        line.addWidget(self.open)

    def show_words(self, words: str, detail: str, *, opens: str = "", tone: str = "") -> None:
        self.words.setText(words)
        self.detail.setText(detail)
        theme.set_tone(self.detail, tone or "second")
        self.open.setVisible(bool(opens))
        self.open.setToolTip(tooltips.plain(opens))
        self.open.setAccessibleName(opens)
        self.show()


def hold_words(car: CarRow) -> str:
    """For whom a car without an order is kept, and until when."""
    if car.held_until is None:
        return _("On hold for {who}").format(who=car.hold_note or "")
    return _("On hold until {day} for {who}").format(day=formats.day(car.held_until), who=car.hold_note or "")


def condition_word(car: CarRow) -> str:
    """``used`` as it stands inside a sentence."""
    return names.condition(car.condition).lower()


def days_ago(days: int) -> str:
    if days == 0:
        return _("today")
    return ngettext("{days} day ago", "{days} days ago", days).format(days=formats.number(days))
