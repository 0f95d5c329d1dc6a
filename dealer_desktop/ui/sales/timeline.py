"""An order's story as a short list of events: what happened, then what is expected."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import DeliveryStatus, OrderStatus, PaymentMeans, PaymentStatus
from dealer_desktop.services.rows import DeliveryRow, OrderDetails, OrderRow, PaymentRow


class Stage(Enum):
    """How an event is drawn: behind us, what comes next, later, or gone wrong."""

    DONE = auto()
    NEXT = auto()
    LATER = auto()
    FAILED = auto()


@dataclass(frozen=True)
class Event:
    """One line of the story; ``when`` is already in words, empty where nobody knows."""

    stage: Stage
    title: str
    detail: str = ""
    when: str = ""


def events(details: OrderDetails, today: date) -> tuple[Event, ...]:
    """The events of one order, the past in its order and then the future. ``today`` is the dealer's day."""
    past = sorted(_past(details), key=lambda entry: entry[0])
    return tuple(event for _at, event in past) + tuple(_ending(details)) + tuple(_future(details, today))


def _past(details: OrderDetails) -> list[tuple[datetime, Event]]:
    order, zone = details.order, details.dealer.timezone
    made = ", ".join(filter(None, (order.salesperson_name, _("car reserved") if order.status.is_active else "")))
    when = formats.short_moment(order.created_at, zone)
    story = [(order.created_at, Event(Stage.DONE, _("Order made"), _capital(made), when))]
    for payment in details.payments:
        if payment.status is PaymentStatus.PAID and payment.paid_at:
            when = formats.short_moment(payment.paid_at, zone)
            title, detail = _paid_title(payment, details.dealer.currency), _paid_detail(payment)
            story.append((payment.paid_at, Event(Stage.DONE, title, detail, when)))
        elif payment.status is PaymentStatus.FAILED:
            title = _("Payment failed: {amount}").format(amount=_money(payment, details.dealer.currency))
            story.append((payment.created_at, Event(Stage.FAILED, title, names.payment_type(payment.payment_type))))
    for delivery in details.deliveries:
        if delivery.status is DeliveryStatus.DELIVERED and delivery.delivered_at:
            when = formats.short_moment(delivery.delivered_at, zone)
            story.append((delivery.delivered_at, Event(Stage.DONE, _("Delivered"), _tracking(delivery), when)))
        elif delivery.status is DeliveryStatus.FAILED:
            event = Event(Stage.FAILED, _("Delivery failed"), delivery.failure_reason or "", "")
            story.append((delivery.created_at, event))
    return story


def _paid_title(payment: PaymentRow, currency: str) -> str:
    money = _money(payment, currency)
    if payment.refund_of is not None:
        return _("Given back {amount}").format(amount=money)
    return f"{names.payment_type(payment.payment_type)} {money}"


def _paid_detail(payment: PaymentRow) -> str:
    method = names.payment_means(payment.method)
    if payment.refund_of is not None:
        return _("{method}, of payment {payment_id}").format(method=method, payment_id=payment.refund_of)
    if payment.transaction_id:
        return _("{method}, transaction {number}").format(method=method, number=payment.transaction_id)
    return method


def _money(payment: PaymentRow, currency: str) -> str:
    return formats.money(abs(payment.amount), currency, cents=False)


def _tracking(delivery: DeliveryRow) -> str:
    return _("Tracking {number}").format(number=delivery.tracking_number) if delivery.tracking_number else ""


def _ending(details: OrderDetails) -> list[Event]:
    order, zone = details.order, details.dealer.timezone
    if order.status is OrderStatus.COMPLETED and order.completed_at:
        when = formats.short_moment(order.completed_at, zone)
        return [Event(Stage.DONE, _("Order completed"), _("Car sold"), when)]
    if order.status is OrderStatus.CANCELED:
        return [Event(Stage.FAILED, _("Order canceled"), order.cancel_reason or "")]
    return []


def _future(details: OrderDetails, today: date) -> list[Event]:
    order = details.order
    if not order.status.is_active:
        return []
    money = [_expected(payment, details.dealer.currency, today) for payment in _pending(details)]
    coming = (*money, _handover(details))
    # The first of them is what everybody waits for; the others are drawn quietly.
    known = [entry for entry in coming if entry is not None]
    return [Event(Stage.LATER if index else Stage.NEXT, *entry) for index, entry in enumerate(known)]


def _pending(details: OrderDetails) -> list[PaymentRow]:
    waiting = [payment for payment in details.payments if payment.status is PaymentStatus.PENDING]
    return sorted(waiting, key=lambda payment: (payment.due_date or date.max, payment.id))


def _expected(payment: PaymentRow, currency: str, today: date) -> tuple[str, str, str]:
    title = _("Expected {amount}").format(amount=_money(payment, currency))
    kind = names.payment_type(payment.payment_type)
    if payment.method is PaymentMeans.TRADE_IN:
        kind = ", ".join(filter(None, (names.payment_means(payment.method), payment.agreed_title)))
    if payment.due_date is None:
        return title, kind, ""
    detail = f"{kind}, {days_from(today, payment.due_date)}"
    return title, detail, _("by {day}").format(day=formats.short_day(payment.due_date))


def days_from(today: date, day: date) -> str:
    """``in 3 days``, ``today``, ``2 days late``: for a day on which something is expected."""
    days = (day - today).days
    if days > 0:
        return ngettext("in {days} day", "in {days} days", days).format(days=days)
    if days == 0:
        return _("today")
    return ngettext("{days} day late", "{days} days late", -days).format(days=-days)


def _handover(details: OrderDetails) -> tuple[str, str, str] | None:
    order = details.order
    planned = _("planned {day}").format(day=formats.short_day(order.delivery_date)) if order.delivery_date else ""
    for delivery in details.deliveries:
        if delivery.status is DeliveryStatus.PENDING:
            return _("Delivery scheduled"), _tracking(delivery), planned
        if delivery.status is DeliveryStatus.IN_PROGRESS:
            return _("On its way"), _tracking(delivery), planned
    if any(delivery.status is DeliveryStatus.DELIVERED for delivery in details.deliveries):
        return None
    if order.delivery_address:
        return _("Delivery"), _when_scheduled(order), planned
    return _("Handover in the showroom"), "" if order.is_settled else _("Once it is paid"), planned


def _when_scheduled(order: OrderRow) -> str:
    if order.status in (OrderStatus.PAID, OrderStatus.PROCESSING):
        return _("Can be scheduled now")
    return _("Can be scheduled once paid")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
