"""What a salesperson asks of a manager, in money and percent."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import ApprovalAct
from dealer_desktop.services.rows import ApprovalRow

Money = Callable[[Decimal], str]


def in_words(money: Money, row: ApprovalRow) -> str:
    """``money`` writes an amount in the dealer's currency."""
    amount = money(row.amount) if row.amount is not None else "–"
    match row.act:
        case ApprovalAct.SELL_BELOW_PRICE:
            return _("sell for {amount}, {less} below the price of {price}").format(
                amount=amount, less=_below(money, row), price=_price(money, row)
            )
        case ApprovalAct.LOWER_PRICE:
            words = _("lower what is left for the car to {amount}, {less} below the price of {price}")
            return words.format(amount=amount, less=_below(money, row), price=_price(money, row))
        case ApprovalAct.SELL_HELD_CAR:
            if not row.hold_note:
                return _("sell a car that is held")
            return _("sell a car that is held: {note}").format(note=row.hold_note)
        case ApprovalAct.CANCEL_WITH_MONEY:
            return _("cancel order {order_id}, on which {paid} was paid").format(
                order_id=row.order_id, paid=money(row.paid or Decimal(0))
            )
        case ApprovalAct.REFUND:
            return _("give {amount} back on order {order_id}, of {paid} that was paid").format(
                amount=amount, order_id=row.order_id, paid=_share(money, row)
            )


def told(money: Money, facts: Mapping[str, Any]) -> str:
    """What a record's story says of a request, from ``act``, ``amount``, ``reason`` and perhaps ``is_granted``."""
    amount = money(facts["amount"]) if facts["amount"] is not None else ""
    match ApprovalAct(facts["act"]):
        case ApprovalAct.SELL_BELOW_PRICE:
            what = _("sale for {amount}").format(amount=amount)
        case ApprovalAct.LOWER_PRICE:
            what = _("{amount} for the car").format(amount=amount)
        case ApprovalAct.SELL_HELD_CAR:
            what = _("sale of the held car")
        case ApprovalAct.CANCEL_WITH_MONEY:
            what = _("cancellation with money paid")
        case ApprovalAct.REFUND:
            what = _("refund of {amount}").format(amount=amount)
    if "is_granted" not in facts:
        return _("Asked a manager: {what}. {reason}").format(what=what, reason=facts["reason"])
    words = _("A manager allowed: {what}") if facts["is_granted"] else _("A manager refused: {what}")
    return words.format(what=what)


def _below(money: Money, row: ApprovalRow) -> str:
    if row.price is None or row.amount is None or not row.price:
        return "–"
    less = row.price - row.amount
    return f"{money(less)} ({formats.percent(less / row.price)})"


def _price(money: Money, row: ApprovalRow) -> str:
    return money(row.price) if row.price is not None else "–"


def _share(money: Money, row: ApprovalRow) -> str:
    if not row.paid or row.amount is None:
        return "–"
    return f"{money(row.paid)} ({formats.percent(row.amount / row.paid)})"
