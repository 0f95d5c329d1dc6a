"""What cars taken in payment are called on screens, and what becomes of them."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services.rows import PaymentRow, TradeInRow

if TYPE_CHECKING:
    from dealer_desktop.services.trade_ins import KnownCar

Money = Callable[[Decimal], str]


def story(known: "KnownCar", money: Money, timezone: str) -> str:
    """Of a car that stands or stood here: how it left, and how it came."""
    car = known.car
    said = [
        _("{car}, {year}, {number} km then.").format(car=car.title, year=car.year, number=formats.number(car.mileage))
    ]
    if known.sold is not None and known.sold.completed_at is not None:
        words = _("Sold here on {day} by order {order_id} to {customer} for {amount}.")
        said.append(
            words.format(
                day=formats.day_of(known.sold.completed_at, timezone),
                order_id=known.sold.id,
                customer=known.sold.customer_name,
                amount=money(known.sold.total_amount),
            )
        )
    if known.bought_for:
        said.append(of_car(known.bought_for[0], money))
    return " ".join(said)


def of_car(trade_in: TradeInRow, money: Money) -> str:
    """On the car's side: for which order it came."""
    words = _("Taken in payment of order {order_id}, {customer}, for {allowed}.")
    told = words.format(order_id=trade_in.order_id, customer=trade_in.customer_name, allowed=money(trade_in.allowed))
    return gone(told, trade_in.counts)


def of_order(trade_in: TradeInRow, money: Money) -> str:
    """On the order's side: which car came, and for what."""
    words = _("{car}, {year}, {vin}: {allowed} allowed").format(
        car=trade_in.car_title, year=trade_in.year, vin=trade_in.vin, allowed=money(trade_in.allowed)
    )
    if trade_in.payoff:
        words = ", ".join((words, _("payoff {amount}").format(amount=money(trade_in.payoff))))
    return gone(words, trade_in.counts)


def agreed(payment: PaymentRow, money: Money) -> str:
    """Of the car that a payment is expected to be; empty where nothing was said of it."""
    car = payment.agreed
    if car is None:
        return ""
    parts = [car.title, str(car.year or ""), car.vin or ""]
    if car.mileage is not None:
        parts.append(_("{number} km").format(number=formats.number(car.mileage)))
    words = ", ".join(part for part in parts if part)
    allowed = _("{amount} allowed").format(amount=money(payment.amount + (car.payoff or Decimal(0))))
    if car.payoff:
        allowed = ", ".join((allowed, _("payoff {amount}").format(amount=money(car.payoff))))
    return _("{car}: {allowed}").format(car=words, allowed=allowed) if words else allowed


def gone(words: str, counts: bool) -> str:
    """``words``, and whether what they say does not count any more."""
    return words if counts else " ".join((words, _("That was given back or corrected.")))


def on_refund(payment: PaymentRow) -> str:
    """What becomes of the car where the payment goes back; empty where no car paid."""
    if payment.method is not PaymentMeans.TRADE_IN:
        return ""
    return _(
        "A car was taken for it. The car stays in stock, and money goes back. To give the car back, make an order of "
        "it for its owner and move the payment there."
    )


def on_correction(payment: PaymentRow) -> str:
    if payment.method is not PaymentMeans.TRADE_IN:
        return ""
    return _(
        "A car was taken for it and stays in stock. As a trade-in still, what the car cost changes by the difference; "
        "by another method, it is a car that was bought."
    )


def on_move(payment: PaymentRow) -> str:
    if payment.method is not PaymentMeans.TRADE_IN:
        return ""
    return _(
        "A car was taken for it and stays in stock, unless the other order is the one by which its owner takes it back."
    )
