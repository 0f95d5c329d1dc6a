"""A delivery's next step: scheduled, on its way, delivered or failed. As it opens it holds the usual one."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import DeliveryStatus
from dealer_desktop.services import deliveries
from dealer_desktop.services.inputs.deliveries import DeliveryStep, ScheduleDelivery
from dealer_desktop.services.moves import DELIVERY_MOVES, Step
from dealer_desktop.services.rows import DeliveryRow, OrderRow
from dealer_desktop.ui.sales.choices import delivery_statuses
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.sales.sales_dialog import SalesDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, TextEdit


class DeliveryDialog(SalesDialog):
    """Made by ``schedule`` or ``advance``; ``result_value`` is the DeliveryRow."""

    def __init__(
        self,
        context: UiContext,
        source: OrderRow | DeliveryRow,
        statuses: tuple[DeliveryStatus, ...],
        parent: QWidget | None = None,
    ) -> None:
        self._delivery = source if isinstance(source, DeliveryRow) else None
        self.order_id: int = source.order_id if isinstance(source, DeliveryRow) else source.id
        super().__init__(
            context,
            name="deliveryDialog",
            title=_("Delivery"),
            save=_save_words(statuses[0]),
            draft=f"delivery/{self.order_id}/{statuses[0]}",
            record=("orders" if self._delivery is None else "deliveries", source.id),
            width=560,
            parent=parent,
        )
        self._balance: Decimal = source.balance
        self._address: str = source.delivery_address or ""
        self._add_head(source)
        self._add_fields(source.delivery_date, statuses)
        self.status.currentIndexChanged.connect(self._follow_status)
        self._follow_status()
        self.finish()
        follow(self, source, Step.SCHEDULE_DELIVERY if self._delivery is None else Step.ADVANCE, self._take_record)

    def _take_record(self, source: OrderRow | DeliveryRow) -> None:
        """It changed elsewhere."""
        self._balance = source.balance
        self._address = source.delivery_address or ""
        self.form_row("delivery_address").setVisible(not self._address and self._delivery is None)
        self.rows.follow("delivery_date", source.delivery_date)
        self._follow_status()

    @classmethod
    def schedule(cls, context: UiContext, order: OrderRow, parent: QWidget | None = None) -> "DeliveryDialog":
        """Plan the delivery of ``order``."""
        return cls(context, order, (DeliveryStatus.PENDING,), parent)

    @classmethod
    def advance(
        cls,
        context: UiContext,
        delivery: DeliveryRow,
        parent: QWidget | None = None,
    ) -> "DeliveryDialog":
        """The next step of an open ``delivery``."""
        return cls(context, delivery, DELIVERY_MOVES[delivery.status], parent)

    def _add_head(self, source: OrderRow | DeliveryRow) -> None:
        self.say_what_about(
            _("Order {order_id}, {customer}").format(order_id=self.order_id, customer=source.customer_name),
            " · ".join(filter(None, (source.car_title, self._address))),
        )

    def _add_fields(self, planned: date | None, statuses: tuple[DeliveryStatus, ...]) -> None:
        self.status = ComboBox(delivery_statuses(*statuses))
        self.add_field("status", _("Status"), self.status, object_name="deliveryStatus")
        self.add_field("delivery_address", _("Delivery address"), LineEdit(384, limit=500))
        self.form_row("delivery_address").setVisible(not self._address and self._delivery is None)
        day = DateEdit()
        day.set_value(planned)
        # The planned day is the order's; once the delivery is arranged it is only shown.
        day.setReadOnly(self._delivery is not None)
        self.add_field("delivery_date", _("Delivery date"), day)
        tracking = LineEdit(240, limit=200)
        tracking.setText((self._delivery.tracking_number or "") if self._delivery else "")
        self.add_field("tracking_number", _("Tracking no."), tracking, hint=_("The carrier's. May be left empty"))
        why = _("What happened, for whoever plans the next one")
        self.add_field("reason", _("Reason"), TextEdit(3, limit=2_000), hint=why)

    def _follow_status(self) -> None:
        status = self._chosen()
        failed = status is DeliveryStatus.FAILED
        self.form_row("reason").setVisible(failed)
        self.form_row("tracking_number").setVisible(not failed)
        self.set_save_words(_save_words(status))
        self.set_consequence(*self._consequence_of(status))
        self.fit.fit()

    def _chosen(self) -> DeliveryStatus:
        # Item data comes back from Qt as a plain text.
        return DeliveryStatus(self.status.value())

    def _consequence_of(self, status: DeliveryStatus) -> tuple[str, str, str, str]:
        if status is DeliveryStatus.PENDING:
            return _("The order will be processing."), "", "", _("The car is made ready for the delivery.")
        if status is DeliveryStatus.IN_PROGRESS:
            return _("The order will be in delivery."), "", "", ""
        if status is DeliveryStatus.FAILED:
            return _("The order goes back to processing."), "", "", _("Another delivery can be scheduled then.")
        if self._balance > 0:
            rest = self.context.money(self._balance)
            return _("Still due:"), rest, "red", _("The order is completed once it is paid.")
        return _("The order will be completed."), "", "", _("The car is sold with it.")

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], DeliveryRow]:
        """Overrides FormDialog."""
        session_maker = self.context.session_maker
        if self._delivery is None:
            planned = self.read(ScheduleDelivery, order_id=self.order_id)
            return lambda: deliveries.schedule(session_maker, planned)
        step = self.read(DeliveryStep, delivery_id=self._delivery.id)
        return lambda: deliveries.advance(session_maker, step)

    def saved(self, result: Any) -> None:
        """Overrides FormDialog."""
        delivery: DeliveryRow = result
        words = {
            DeliveryStatus.PENDING: _("The delivery of order {order_id} is scheduled."),
            DeliveryStatus.IN_PROGRESS: _("Order {order_id} is on its way."),
            DeliveryStatus.DELIVERED: _("Order {order_id} is delivered."),
            DeliveryStatus.FAILED: _("The delivery of order {order_id} failed; another can be scheduled."),
        }[delivery.status]
        self.context.tell(words.format(order_id=delivery.order_id))


def _save_words(status: DeliveryStatus) -> str:
    return {
        DeliveryStatus.PENDING: _("Schedule delivery"),
        DeliveryStatus.IN_PROGRESS: _("Start delivery"),
        DeliveryStatus.DELIVERED: _("Mark as delivered"),
        DeliveryStatus.FAILED: _("Mark as failed"),
    }[status]
