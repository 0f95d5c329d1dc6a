"""What an open form about an order, a payment, a delivery, a car or a customer says when that changes elsewhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import customers
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import CarRow, CustomerRow, DeliveryRow, OrderRow, PaymentRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales.live_news import changed_fields, news
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.widgets.form_news import WayOut
from dealer_desktop.ui.widgets.live_record import LiveRecord
from dealer_desktop.ui.widgets.merging_form import MergingForm

Take = Callable[[Any], None]
"""Takes the record as it is now into the form."""
Followed = OrderRow | PaymentRow | DeliveryRow | CarRow | CustomerRow
_KINDS: dict[type, Any] = {
    OrderRow: "orders",
    PaymentRow: "payments",
    DeliveryRow: "deliveries",
    CarRow: "cars",
    CustomerRow: "customers",
}


def follow(form: FormDialog, row: OrderRow | PaymentRow | DeliveryRow | CarRow, step: Step, take: Take) -> LiveRecord:
    """Say in ``form``, which is to do ``step``, what becomes of ``row`` while it is open; ``take`` has the new row."""

    def changed(old: Any, new: Any) -> str:
        take(new)
        return news(form.context, old, new)

    return LiveRecord(
        form, _KINDS[type(row)], row, over=partial(why_not, step), changed=changed, way_out=partial(_way_out, form)
    )


def follow_edited(form: MergingForm, row: Followed, over: Callable[[Any], str | None], take: Take) -> LiveRecord:
    """The same for a form that edits ``row``: the fields that changed are named with both values."""

    def changed(old: Any, new: Any) -> str:
        take(new)
        words = changed_fields(form, old, new)
        return " ".join(filter(None, (words, *form.take_record(new, is_over=over(new) is not None))))

    gone = partial(_follow_merged, form, row.id, None) if isinstance(row, CustomerRow) else None
    return LiveRecord(
        form, _KINDS[type(row)], row, over=over, changed=changed, way_out=partial(_way_out, form), gone=gone
    )


def follow_customer(form: FormDialog, customer: CustomerRow, take: Take | None) -> LiveRecord:
    """Where the account is merged, ``take`` has the one that stays; without it the form cannot go on."""
    return LiveRecord(
        form,
        "customers",
        customer,
        over=lambda _row: None,
        changed=lambda old, new: news(form.context, old, new),
        way_out=lambda _row: None,
        gone=partial(_follow_merged, form, customer.id, take),
    )


def _way_out(form: FormDialog, now: Any) -> WayOut | None:
    """The nearest useful step where the form cannot go on."""

    def leave(kind: str, row_id: int) -> None:
        form.reject()
        form.context.show(kind, row_id)

    if isinstance(now, CustomerRow):
        return "showCustomerButton", _("Show the customer"), partial(leave, "customers", now.id)
    if not isinstance(now, CarRow):
        order_id = now.id if isinstance(now, OrderRow) else now.order_id
        return "showOrderButton", _("Show the order"), partial(leave, "orders", order_id)
    if now.order_id is not None:
        return "openOrderButton", _("Open the order"), partial(leave, "orders", now.order_id)
    return "chooseCarButton", _("Choose another car"), partial(leave, "cars", now.id)


def _follow_merged(form: FormDialog, account: int, take: Take | None, record: LiveRecord) -> None:
    """The account is no longer among the customers: it was merged, and another one stays."""

    def show(stays: CustomerRow | None) -> None:
        if stays is None:
            record.say(_("It was deleted meanwhile."), is_over=True)
            return
        words = _("The account was merged with another one meanwhile: {customer}.").format(customer=stays.full_name)
        if take is None:
            record.say(words, _way_out(form, stays), is_over=True)
        else:
            take(stays)
            record.say(words)

    jobs.run(record, customers.stands_for, form.context.reader, account, done=show, failed=lambda _error: None)
