"""What an open form about an order, a payment, a delivery or a car says when that changes elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import OrderStatus
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import CarRow, DeliveryRow, OrderRow, PaymentRow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.widgets.live_record import LiveRecord, WayOut

Take = Callable[[Any], None]
"""Takes the record as it is now into the form."""
_KINDS: dict[type, str] = {OrderRow: "orders", PaymentRow: "payments", DeliveryRow: "deliveries", CarRow: "cars"}


def follow(form: FormDialog, row: OrderRow | PaymentRow | DeliveryRow | CarRow, step: Step, take: Take) -> None:
    """Say in ``form``, which is to do ``step``, what becomes of ``row`` while it is open; ``take`` has the new row."""

    def changed(old: Any, new: Any) -> str:
        take(new)
        return news(form.context, old, new)

    def leave(kind: str, row_id: int) -> None:
        form.reject()
        form.context.show(kind, row_id)

    def way_out(now: Any) -> WayOut | None:
        if not isinstance(now, CarRow):
            order_id = now.id if isinstance(now, OrderRow) else now.order_id
            return "showOrderButton", _("Show the order"), partial(leave, "orders", order_id)
        if now.order_id is not None:
            return "openOrderButton", _("Open the order"), partial(leave, "orders", now.order_id)
        return "chooseCarButton", _("Choose another car"), partial(leave, "cars", now.id)

    LiveRecord(form, _KINDS[type(row)], row, over=partial(why_not, step), changed=changed, way_out=way_out)


def news(context: UiContext, old: Any, new: Any) -> str:
    """What happened between the two, in the sentences that matter to whoever has a form open; "" for nothing."""
    if isinstance(new, OrderRow):
        said = _order_news(context, old, new)
    elif isinstance(new, PaymentRow):
        said = _payment_news(context, old, new)
    elif isinstance(new, DeliveryRow):
        said = _delivery_news(context, old, new)
    else:
        said = _car_news(context, old, new)
    return " ".join(said)


def _order_news(context: UiContext, old: OrderRow, new: OrderRow) -> list[str]:
    money, said = context.money, []
    if new.total_amount != old.total_amount:
        said.append(_("The total was changed to {total}.").format(total=money(new.total_amount)))
    if new.paid > old.paid:
        said.append(_("{amount} was paid meanwhile.").format(amount=money(new.paid - old.paid)))
    elif new.paid < old.paid:
        said.append(_("{amount} was given back meanwhile.").format(amount=money(old.paid - new.paid)))
    if said and new.status is not OrderStatus.CANCELED:
        said.append(_("{due} is due now.").format(due=money(new.balance_due)))
    if new.status is OrderStatus.CANCELED and old.status is not new.status:
        said.append(_("The order was canceled meanwhile: {reason}").format(reason=new.cancel_reason or ""))
    elif new.status is not old.status:
        said.append(_("The order is now: {status}.").format(status=names.order_status(new.status)))
    if new.delivery_status is not old.delivery_status and new.delivery_status is not None:
        said.append(_("Its delivery is now: {status}.").format(status=names.delivery_status(new.delivery_status)))
    if new.car_id != old.car_id:
        said.append(_("The order has another car now: {car}.").format(car=new.car_title))
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
