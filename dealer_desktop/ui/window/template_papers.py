"""A paper of each kind about a real order, to try a template on; read off the GUI thread."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import (
    Paper,
    delivery_list,
    draft_paper,
    drawer_draft,
    order_summary,
    price_tag,
    takings_paper,
)
from dealer_desktop.domain.enums import DocumentKind, PaymentStatus
from dealer_desktop.services import (
    deliveries,
    document_codes,
    documents,
    drawer_reports,
    drawers,
    orders,
    tables,
    takings,
)
from dealer_desktop.services.rows import OrderDetails
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.ui.session.context import UiContext


def newest_order(context: UiContext) -> int | None:
    """What is proposed to try a template on; None where nothing was sold yet."""
    found = tables.first_page(context.reader, TableQuery("orders", sort="id", descending=True), limit=1)
    return found[0].id if found else None


def paper_of(context: UiContext, kind: str, order_id: int, language: str) -> Paper:
    """Raises NotFound; InvalidInput where the order has nothing that such a paper is about."""
    if kind == "drawer_report":
        return _of_a_drawer(context, language)
    details = orders.details(context.reader, order_id)
    if kind in _OF_ORDERS:
        return _OF_ORDERS[kind](context, details, language)
    facts = documents.prepare(context.reader, DocumentKind(kind), order_id=order_id).facts
    return draft_paper(DocumentKind(kind), facts, language)


def _summary(context: UiContext, details: OrderDetails, language: str) -> Paper:
    return order_summary(details, language, signer=document_codes.signer(context.session_maker))


def _receipt(context: UiContext, details: OrderDetails, language: str) -> Paper:
    paid = [each for each in details.payments if each.status is PaymentStatus.PAID]
    if not paid:
        raise InvalidInput({"order_id": _("Nothing was paid on this order; choose one that has a payment.")})
    facts = documents.prepare(context.reader, DocumentKind.RECEIPT, payment_id=paid[-1].id).facts
    return draft_paper(DocumentKind.RECEIPT, facts, language)


def _tag(context: UiContext, details: OrderDetails, language: str) -> Paper:
    return price_tag(details.car, context.dealer, language)


def _takings(context: UiContext, details: OrderDetails, language: str) -> Paper:
    """Of the day on which the order was last paid for."""
    moments = [each.paid_at for each in details.payments if each.paid_at is not None]
    day = _day(context, max(moments, default=details.order.created_at))
    return takings_paper(takings.read(context.reader, day, day), context.dealer, language)


def _deliveries(context: UiContext, details: OrderDetails, language: str) -> Paper:
    """Of the day for which the order is planned, whether or not anything else is."""
    day = details.order.delivery_date or _day(context, datetime.now(UTC))
    planned = deliveries.week(context.reader, day).days.get(day, ()) or details.deliveries
    return delivery_list(day, planned, context.dealer, language)


def _of_a_drawer(context: UiContext, language: str) -> Paper:
    closed = drawers.overview(context.reader).closed
    if not closed:
        raise InvalidInput({"order_id": _("No cash drawer was closed yet.")})
    return drawer_draft(drawer_reports.prepare(context.reader, closed[0].id).facts, language)


_OF_ORDERS: dict[str, Callable[[UiContext, OrderDetails, str], Paper]] = {
    "order_summary": _summary,
    "receipt": _receipt,
    "price_tag": _tag,
    "takings": _takings,
    "delivery_list": _deliveries,
}


def _day(context: UiContext, at: datetime) -> date:
    return at.astimezone(ZoneInfo(context.dealer.timezone)).date()
