"""Small forms about one car: hold it for somebody, and put it back on sale."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import cars, hand_status
from dealer_desktop.services.inputs.cars import BackOnSale, HoldCar
from dealer_desktop.services.moves import Step
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.sales.live_order import follow
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.car_head import show_car_head
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import DistanceEdit, LineEdit, MoneyEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog


def note_status(context: UiContext, before: CarRow, saved: CarRow) -> None:
    """The status that was set by hand may be taken back."""
    back = hand_status.status_back(before, saved, uuid4())
    words = _("the status of {car}").format(car=saved.title)
    context.undo.note(words, lambda session_maker: hand_status.take_back(session_maker, back))


class HoldDialog(FormDialog):
    """For whom the car is kept without an order, and until when."""

    input_type = HoldCar

    def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="holdCarDialog",
            title=_("Hold for a customer"),
            save=_("Hold the car"),
            draft=f"holdCar/{car.id}",
            record=("cars", car.id),
            parent=parent,
        )
        self._car = car
        self.about = show_car_head(self.head, context, car)
        self.add_field("hold_note", _("For whom"), LineEdit(288, limit=200), hint=_("Name and phone, or why"))
        self.until = DateEdit()
        self.add_field(
            "held_until", _("Until"), self.until, hint=_("Without a day the hold has no end"), check=self._check_day
        )
        self.set_consequence(_("The car is reserved without an order."), detail=_("Selling it ends the hold."))
        self.finish()
        follow(self, car, Step.HOLD, lambda _car: None)

    def _check_day(self) -> str | None:
        day = self.until.value()
        return _("This day is over. Choose a later one.") if day is not None and day < self._today() else None

    def _today(self) -> Any:
        return datetime.now(ZoneInfo(self.context.dealer.timezone)).date()

    def prepare(self) -> Callable[[], CarRow]:
        """Overrides FormDialog."""
        hold = self.read(HoldCar, car_id=self._car.id)
        return lambda: cars.hold(self.context.session_maker, hold)

    def saved(self, result: CarRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("{car} is on hold for {who}.").format(car=result.title, who=result.hold_note))
        note_status(self.context, self._car, result)


class BackOnSaleDialog(FormDialog):
    """The same car, back in stock or bought back, with its new mileage and price."""

    input_type = BackOnSale

    def __init__(self, context: UiContext, car: CarRow, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="backOnSaleDialog",
            title=_("Put back on sale"),
            save=_("Put on sale"),
            draft=f"backOnSale/{car.id}",
            record=("cars", car.id),
            parent=parent,
        )
        self._car = car
        self.about = show_car_head(self.head, context, car)
        self.add_field("mileage", _("Mileage, km"), DistanceEdit())
        self.add_field("price", _("Price"), MoneyEdit(context.dealer.currency), expected=car.price)
        self.fill(car)
        self.set_consequence(
            _("The car is available again."), detail=_("It keeps its VIN and every order it ever had.")
        )
        self.finish()
        follow(self, car, Step.PUT_BACK_ON_SALE, lambda _car: None)

    def prepare(self) -> Callable[[], CarRow]:
        """Overrides FormDialog."""
        change = self.read(BackOnSale, car_id=self._car.id)
        return lambda: cars.put_back_on_sale(self.context.session_maker, change)

    def saved(self, result: CarRow) -> None:
        """Overrides FormDialog."""
        self.context.tell(_("{car} is available again.").format(car=result.title))
        note_status(self.context, self._car, result)
