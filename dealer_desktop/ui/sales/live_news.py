"""What happened to a record between two looks at it, in the sentences that matter to whoever has a form open."""

from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services.rows import CarRow, CustomerRow, DeliveryRow, OrderRow, PaymentRow
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.merging_form import MergingForm


def news(context: UiContext, old: Any, new: Any) -> str:
    """In sentences; "" for nothing worth saying."""
    if isinstance(new, OrderRow):
        said = _order_news(context, old, new)
    elif isinstance(new, PaymentRow):
        said = _payment_news(context, old, new)
    elif isinstance(new, DeliveryRow):
        said = _delivery_news(context, old, new)
    elif isinstance(new, CustomerRow):
        said = _customer_news(old, new)
    else:
        said = _car_news(context, old, new)
    return " ".join(said)


def changed_fields(form: MergingForm, old: Any, new: Any) -> str:
    """Which of the fields that the form edits are others now, with both values; and what else became of the record."""
    fields = [
        f"{form.field_words(row.name)}: {form.value_words(row.name, getattr(old, row.name))} → "
        f"{form.value_words(row.name, getattr(new, row.name))}"
        for row in form.rows
        if hasattr(new, row.name) and getattr(old, row.name) != getattr(new, row.name)
    ]
    said = [_("Somebody changed: {fields}.").format(fields="; ".join(fields))] if fields else []
    if isinstance(new, CarRow) and new.order_id is not None and old.order_id is None:
        words = _("Order {order_id} ({customer}) has this car.")
        said.append(words.format(order_id=new.order_id, customer=new.order_by))
    if isinstance(new, OrderRow):
        said += _order_news(form.context, old, new, is_edited=True)
    if isinstance(new, DeliveryRow) and new.status is not old.status:
        said.append(_("The delivery is now: {status}.").format(status=names.delivery_status(new.status)))
    return " ".join(said)


def _customer_news(old: CustomerRow, new: CustomerRow) -> list[str]:
    fields = [name for name in ("full_name", "phone", "email") if getattr(old, name) != getattr(new, name)]
    if not fields:
        return []
    told = "; ".join(
        f"{customer_words.field_name(name)}: {customer_words.value_words(name, getattr(new, name))}" for name in fields
    )
    return [_("The customer’s account is changed: {fields}.").format(fields=told)]


def _order_news(context: UiContext, old: OrderRow, new: OrderRow, *, is_edited: bool = False) -> list[str]:
    """``is_edited``: the form itself has the total, the customer, the address and the day."""
    money, said = context.money, []
    if new.total_amount != old.total_amount and not is_edited:
        said.append(_("The total was changed to {total}.").format(total=money(new.total_amount)))
    if new.paid > old.paid:
        said.append(_("{amount} was paid meanwhile.").format(amount=money(new.paid - old.paid)))
    elif new.paid < old.paid:
        said.append(_("{amount} was given back meanwhile.").format(amount=money(old.paid - new.paid)))
    if said and new.status is not OrderStatus.CANCELED:
        said.append(_("{due} is due now.").format(due=money(new.balance_due)))
    if new.status is OrderStatus.CANCELED and old.status is not new.status:
        reason = f"{(new.cancel_reason or '').rstrip('. ')}."
        said.append(_("The order was canceled meanwhile: {reason}").format(reason=reason))
    elif new.status is not old.status:
        said.append(_("The order is now: {status}.").format(status=names.order_status(new.status)))
    if new.delivery_status is not old.delivery_status and new.delivery_status is not None:
        said.append(_("Its delivery is now: {status}.").format(status=names.delivery_status(new.delivery_status)))
    if new.car_id != old.car_id:
        said.append(_("The order has another car now: {car}.").format(car=new.car_title))
    if new.user_id != old.user_id:
        said.append(_("The order belongs to another customer’s account now."))
    if is_edited:
        return said
    if new.customer_name != old.customer_name:
        said.append(_("The customer is now {customer}.").format(customer=new.customer_name))
    if (new.delivery_address, new.delivery_date) != (old.delivery_address, old.delivery_date):
        said.append(_("Its delivery's address or day was changed."))
    return said


def _payment_news(context: UiContext, old: PaymentRow, new: PaymentRow) -> list[str]:
    money, said = context.money, []
    if new.status is not old.status:
        said.append(_("The payment is now: {status}.").format(status=names.payment_status(new.status)))
    if new.refundable != old.refundable:
        said.append(_("{left} of this payment is left to give back now.").format(left=money(new.refundable)))
    if new.amount != old.amount:
        said.append(_("The payment is now of {amount}.").format(amount=money(new.amount)))
    if new.order_status is OrderStatus.CANCELED and old.order_status is not new.order_status:
        said.append(_("Its order was canceled meanwhile."))
    return said


def _delivery_news(context: UiContext, old: DeliveryRow, new: DeliveryRow) -> list[str]:
    said = []
    if new.status is not old.status:
        said.append(_("The delivery is now: {status}.").format(status=names.delivery_status(new.status)))
    if new.balance != old.balance:
        said.append(_("{due} is due now.").format(due=context.money(max(new.balance, new.balance * 0))))
    if (new.delivery_address, new.delivery_date) != (old.delivery_address, old.delivery_date):
        said.append(_("Its delivery's address or day was changed."))
    return said


def _car_news(context: UiContext, old: CarRow, new: CarRow) -> list[str]:
    said = []
    if new.price != old.price:
        was, now = context.money(old.price), context.money(new.price)
        said.append(_("The price was changed from {was} to {now}.").format(was=was, now=now))
    if new.hold_note != old.hold_note and new.hold_note:
        said.append(_("The car is on hold now: {note}.").format(note=new.hold_note))
    if new.order_id is None and old.order_id is not None:
        said.append(_("The car is free again."))
    return said
