"""The card of one order: who, which car, the money, and its story."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names, phones
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services import stories
from dealer_desktop.services.rows import OrderDetails, OrderLineRow, OrderRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.orders.documents_table import DocumentsTable
from dealer_desktop.ui.sales.readiness import Readiness
from dealer_desktop.ui.sales.record_story import RecordChanges
from dealer_desktop.ui.sales.timeline import events
from dealer_desktop.ui.sales.timeline_view import TimelineView
from dealer_desktop.ui.sales.trade_in_lines import TradeInLines
from dealer_desktop.ui.sales.trade_in_words import of_order
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.buttons import IconButton
from dealer_desktop.ui.widgets.car_picture import CarPicture
from dealer_desktop.ui.widgets.card import label, line
from dealer_desktop.ui.widgets.facts import Fact, Facts
from dealer_desktop.ui.widgets.signs import StatusSign, order_sign


class OrderCard(QWidget):
    """``show_order`` fills everything that the table's row knows at once; ``show_details`` adds the story."""

    car_asked = Signal()
    trade_in_asked = Signal(int)
    """The person wants to see a car that was taken in payment."""
    """The person wants to see the car."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._order_id: int | None = None
        self._number = label("", "title", selectable=True)
        self._status = StatusSign()
        self._picture = CarPicture(QSize(72, 48))
        self._car = label("", "medium", wrap=True, selectable=True)
        self._vin = label("", "mono", "second", selectable=True)
        self._open_car = IconButton(None, "arrow-square-out", _("Show the car"))
        self._open_car.clicked.connect(self.car_asked)
        self._facts = Facts()
        self._lines = Facts()
        self._lines.setObjectName("orderLinesFacts")
        self._money = _Money(context)
        self._trade_ins = TradeInLines(_("Taken in payment"), _("Show the car"))
        self._trade_ins.asked.connect(self.trade_in_asked)
        self._readiness = Readiness()
        self._documents = DocumentsTable(context, self)
        self._story = TimelineView()
        self._changes = RecordChanges(context, stories.of_order)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._number, 1)
        head.addWidget(self._status)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._car)
        names.addWidget(self._vin)
        car = QHBoxLayout()
        car.setSpacing(12)
        car.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        car.addLayout(names, 1)
        car.addWidget(self._open_car, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(car)
        layout.addWidget(line())
        layout.addWidget(self._facts)
        layout.addWidget(line())
        layout.addWidget(self._lines)
        layout.addWidget(self._money)
        layout.addWidget(self._trade_ins)
        layout.addWidget(self._readiness)
        layout.addWidget(self._documents)
        layout.addWidget(line())
        layout.addWidget(self._story)
        layout.addWidget(self._changes)
        layout.addStretch()

    def show_order(self, order: OrderRow) -> None:
        """Everything but the story, which is kept where it is this order's already."""
        if order.id != self._order_id:
            self._story.show_events(())
            self._trade_ins.show_lines(())
            self._show_lines(order, ())
        self._order_id = order.id
        self._number.setText(_("Order {order_id}").format(order_id=order.id))
        self._status.set_sign(order_sign(order.status))
        self._picture.show_photo(order.main_photo)
        self._car.setText(f"{order.car_title}, {order.year}")
        self._vin.setText(order.vin)
        self._facts.show_facts(*_facts(order))
        self._money.show_order(order)
        self._readiness.show_order(order, self._context.money)
        self._changes.tell_of(order.id)
        self._documents.tell_of(order.id)

    def show_details(self, details: OrderDetails) -> None:
        """The story; ignored where another order is shown meanwhile."""
        if details.order.id == self._order_id:
            self._show_lines(details.order, details.lines)
            self._story.show_events(events(details, _today(details.dealer.timezone)))
            money = self._context.money
            self._trade_ins.show_lines(
                [(each.car_id, of_order(each, money), each.counts) for each in details.trade_ins]
            )

    def _show_lines(self, order: OrderRow, lines: Sequence[OrderLineRow]) -> None:
        facts = tuple(_contents(order, lines, self._context.money))
        self._lines.show_facts(*facts)
        self._lines.setVisible(bool(facts))


def _today(timezone: str) -> date:
    return datetime.now(ZoneInfo(timezone)).date()


def _contents(order: OrderRow, lines: Sequence[OrderLineRow], money: Callable[[Decimal], str]) -> Iterator[Fact]:
    """What the total is made of; of an order of nothing but its car, nothing more is said."""
    if not order.lines_total and not lines:
        return
    yield Fact(_("For the car"), money(order.left_for_car))
    for each in lines:
        quantity = "" if each.quantity == 1 else f" × {formats.number(each.quantity)}"
        yield Fact(f"{each.title}{quantity}", money(each.amount))


def _facts(order: OrderRow) -> tuple[Fact, ...]:
    phone = phones.display(order.customer_phone) if order.customer_phone else ""
    planned = formats.day(order.delivery_date) if order.delivery_date else ""
    return (
        Fact(_("Customer"), order.customer_name, strong=True),
        Fact(_("Phone"), phone, copied=True),
        Fact(_("E-mail"), order.customer_email or ""),
        Fact(_("Payment"), names.payment_method(order.payment_method)),
        Fact(_("Delivery"), order.delivery_address or _("In the showroom")),
        Fact(_("Planned"), planned),
        Fact(_("Salesperson"), order.salesperson_name or ""),
    )


class _Money(QWidget):
    """Total, paid, and what is due: the only red number on the screen."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._values: list[QLabel] = []
        for row, words_ in enumerate((_("Total"), _("Paid so far"))):
            value = label("", "number", selectable=True)
            grid.addWidget(label(words_, "base", "second"), row, 0)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
            self._values.append(value)
        self._due_words = label("", "base")
        self._due = label("", "price", selectable=True)
        self._due.setObjectName("balanceDue")
        grid.addWidget(self._due_words, 2, 0)
        grid.addWidget(self._due, 2, 1, Qt.AlignmentFlag.AlignRight)

    def show_order(self, order: OrderRow) -> None:
        for value, amount in zip(self._values, (order.total_amount, order.paid), strict=True):
            value.setText(self._context.money(amount))
        if order.to_give_back:
            self._say(_("To give back"), order.to_give_back, "amber")
        elif order.balance_due:
            self._say(_("Balance due"), order.balance_due, "red")
        else:
            self._say(_("Balance due"), order.balance_due, "second")
        nothing_left = order.status is OrderStatus.CANCELED and not order.to_give_back
        self._due_words.setHidden(nothing_left)
        self._due.setHidden(nothing_left)

    def _say(self, words_: str, amount: object, tone: str) -> None:
        self._due_words.setText(words_)
        self._due.setText(self._context.money(amount))  # type: ignore[arg-type]
        theme.set_tone(self._due, tone)
