"""What is still missing before the car may leave: one line a thing, what is done beside what is not."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus, PaymentMethod
from dealer_desktop.services.rows import OrderRow
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.icon_label import IconLabel


@dataclass(frozen=True)
class Need:
    words: str
    is_met: bool


def needs(order: OrderRow, money: Callable[[Decimal], str]) -> tuple[Need, ...]:
    """Of an order on its way to the customer; nothing of one that is over."""
    if not order.status.is_active:
        return ()
    return (_money(order, money), *_delivery(order))


def _money(order: OrderRow, money: Callable[[Decimal], str]) -> Need:
    if order.is_settled:
        return Need(_("Paid in full"), True)
    by_bank = order.payment_method in (PaymentMethod.LOAN, PaymentMethod.LEASE)
    words = _("The bank still pays {money}") if by_bank else _("{money} is still to be paid")
    return Need(words.format(money=money(order.balance)), False)


def _delivery(order: OrderRow) -> list[Need]:
    if order.delivery_address is None and order.delivery_id is None:
        if order.delivery_status is DeliveryStatus.DELIVERED:
            return [Need(_("The car is delivered"), True)]
        return [Need(_("Handed over in the showroom: no delivery is needed"), True)]
    found = [
        Need(_("There is an address"), True)
        if order.delivery_address is not None
        else Need(_("The delivery has no address"), False)
    ]
    if order.delivery_status is DeliveryStatus.DELIVERED:
        return [*found, Need(_("The car is delivered"), True)]
    found.append(
        Need(_("Planned for {day}").format(day=formats.day(order.delivery_date)), True)
        if order.delivery_date is not None
        else Need(_("No day is planned"), False)
    )
    if order.delivery_status is DeliveryStatus.IN_PROGRESS:
        found.append(Need(_("The car is on its way"), True))
    elif order.delivery_id is not None:
        found.append(Need(_("The delivery is scheduled"), True))
    elif order.status is OrderStatus.PENDING:
        found.append(Need(_("The delivery is scheduled once the order is paid"), False))
    else:
        found.append(Need(_("The delivery is not scheduled"), False))
    return found


class Readiness(QWidget):
    """``show_order`` again whenever it changes; hidden where nothing is to be told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readiness")
        self._shown: tuple[Need, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.hide()

    def show_order(self, order: OrderRow, money: Callable[[Decimal], str]) -> None:
        shown = needs(order, money)
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._lines.addWidget(label(_("Before the car may leave"), "medium"))
        for need in shown:
            self._lines.addWidget(_line(need))


def _line(need: Need) -> QWidget:
    told = QWidget()
    row = QHBoxLayout(told)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    icon, tone = ("check-circle", "green") if need.is_met else ("circle", "amber")
    row.addWidget(IconLabel(icon, tone, 16, told), 0, Qt.AlignmentFlag.AlignTop)
    words = label(need.words, "base", "second" if need.is_met else "", wrap=True)
    state = _("{what}: done") if need.is_met else _("{what}: missing")
    words.setAccessibleName(state.format(what=need.words))
    row.addWidget(words, 1)
    return told
