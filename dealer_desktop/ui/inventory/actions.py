"""What can be done with a car of the stock."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.services import SessionMaker, car_photos, cars
from dealer_desktop.services.inputs.cars import CarStep
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import AtWork, CarRow
from dealer_desktop.ui.inventory import forms
from dealer_desktop.ui.inventory.car.stock_dialogs import BackOnSaleDialog, HoldDialog, note_status
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import Offer, RowAction, Send
from dealer_desktop.ui.widgets import question

CarAction = RowAction[CarRow, None]


def keeps_stock(at_work: AtWork) -> bool:
    """Cars, their photos, reports and prices are the managers'."""
    return at_work.is_manager


def offer(car: CarRow | None) -> Offer:
    """First of all sell it, or, where an order has it, go to that order."""
    taken = car is not None and car.order_id is not None
    return Offer("openOrderAction" if taken else "sellCarAction", "editCarAction")


def car_actions(
    context: UiContext, parent: QWidget, open_photos: Callable[[], None], chosen: Callable[[], tuple[int, ...]]
) -> Sequence[CarAction]:
    """``chosen`` gives the ids of all cars that are chosen in the list."""

    def price_words(_car: CarRow) -> str:
        count = len(chosen())
        words = ngettext("Change the price of {count} car…", "Change the prices of {count} cars…", count)
        return words.format(count=count) if count > 1 else _("Change prices…")

    return (
        CarAction(
            "sellCarAction",
            _("Sell"),
            "handshake",
            shortcut="Ctrl+Return",
            why_not=partial(why_not, Step.SELL),
            opens=lambda car, _none: forms.sale(context, car, parent),
        ),
        CarAction(
            "editCarAction",
            _("Edit"),
            "pencil-simple",
            for_whom=keeps_stock,
            shortcut="F2",
            opens=lambda car, _none: _gone_when_closed(forms.car(context, parent, car)),
        ),
        *_holding(context, parent),
        CarAction(
            "changePricesAction",
            _("Change prices…"),
            "percent",
            shortcut="Ctrl+Shift+U",
            group="price",
            words_for=price_words,
            for_whom=keeps_stock,
            does=lambda _car: forms.prices(context, chosen(), parent).open(),
        ),
        CarAction(
            "photosAction",
            _("Photos…"),
            "image",
            for_whom=keeps_stock,
            shortcut="Ctrl+Shift+P",
            group="known",
            does=lambda _car: open_photos(),
        ),
        CarAction(
            "costsAction",
            pgettext("cost", "Costs…"),
            "receipt",
            for_whom=keeps_stock,
            shortcut="Ctrl+Shift+G",
            group="price",
            opens=lambda car, _none: _gone_when_closed(forms.costs(context, car, parent)),
        ),
        CarAction(
            "addReportAction",
            _("Add report…"),
            "clipboard-text",
            for_whom=keeps_stock,
            shortcut="Ctrl+Shift+K",
            group="known",
            opens=lambda car, _none: _gone_when_closed(forms.report(context, car, parent)),
        ),
        CarAction(
            "addReviewAction",
            _("Add review…"),
            "chat-text",
            shortcut="Ctrl+Shift+Y",
            group="known",
            opens=lambda car, _none: _gone_when_closed(forms.review(context, car, parent)),
        ),
        CarAction(
            "printPriceTagAction",
            _("Print price tag…"),
            "printer",
            shortcut="Ctrl+P",
            group="paper",
            does=lambda car: forms.tags(context, parent, car, chosen()).open(),
        ),
        CarAction(
            "copyVinAction",
            _("Copy the VIN"),
            "copy",
            shortcut="Ctrl+Shift+C",
            group="paper",
            does=partial(_copy_vin, context),
        ),
        *_leaving(context, parent),
    )


def _holding(context: UiContext, parent: QWidget) -> Sequence[CarAction]:
    noted = partial(note_status, context)

    def held(car: CarRow) -> bool:
        return car.status is CarStatus.RESERVED and car.order_id is None

    def release(session_maker: SessionMaker, step: CarStep) -> CarRow:  # here: ``cars`` is not imported yet
        return cars.release(session_maker, step)

    return (
        CarAction(
            "holdCarAction",
            _("Hold for a customer"),
            "hand-palm",
            for_whom=keeps_stock,
            shortcut="Ctrl+H",
            group="hold",
            shown=lambda car: not held(car),
            why_not=partial(why_not, Step.HOLD),
            opens=lambda car, _none: _gone_when_closed(HoldDialog(context, car, parent=parent)),
        ),
        CarAction(
            "releaseCarAction",
            _("End the hold"),
            "hand",
            for_whom=keeps_stock,
            shortcut="Ctrl+Shift+H",
            group="hold",
            shown=held,
            why_not=partial(why_not, Step.RELEASE),
            sends=Send(release, _step, _told(_("{car} is available again.")), noted=noted),
        ),
        CarAction(
            "openOrderAction",
            _("Open the order"),
            "arrow-square-out",
            shortcut="Ctrl+Shift+O",
            group="hold",
            shown=lambda car: car.order_id is not None,
            does=lambda car: context.show("orders", car.order_id) if car.order_id is not None else None,
        ),
    )


def _leaving(context: UiContext, parent: QWidget) -> Sequence[CarAction]:
    noted = partial(note_status, context)

    def mark_sold(session_maker: SessionMaker, step: CarStep) -> CarRow:
        return cars.mark_sold(session_maker, step)

    def delete(session_maker: SessionMaker, step: CarStep) -> int:
        return car_photos.delete_car(session_maker, context.reader, step)

    return (
        CarAction(
            "markSoldAction",
            _("Mark as sold elsewhere"),
            "check-circle",
            for_whom=keeps_stock,
            shortcut="Ctrl+Shift+X",
            group="gone",
            why_not=partial(why_not, Step.MARK_SOLD),
            sends=Send(mark_sold, _step, _told(_("{car} is marked as sold.")), noted=noted),
        ),
        CarAction(
            "putBackOnSaleAction",
            _("Put back on sale"),
            "arrow-u-up-left",
            for_whom=keeps_stock,
            shortcut="Ctrl+Shift+B",
            group="gone",
            why_not=partial(why_not, Step.PUT_BACK_ON_SALE),
            opens=lambda car, _none: _gone_when_closed(BackOnSaleDialog(context, car, parent=parent)),
        ),
        CarAction(
            "deleteCarAction",
            _("Delete the car"),
            "trash",
            for_whom=keeps_stock,
            shortcut="Del",
            group="delete",
            sends=Send(delete, _step, _told(_("{car} is deleted.")), asks=partial(_ask_to_delete, parent)),
        ),
    )


def _step(car: CarRow, request_id: UUID) -> CarStep:
    return CarStep(request_id=request_id, car_id=car.id)


def _told(sentence: str) -> Callable[[CarRow, object], str]:
    return lambda car, _result: sentence.format(car=car.title)


def _copy_vin(context: UiContext, car: CarRow) -> None:
    QGuiApplication.clipboard().setText(car.vin)
    context.tell(_("{vin} copied.").format(vin=car.vin))


def _ask_to_delete(parent: QWidget, car: CarRow, delete: Callable[[], None]) -> QDialog:
    """Deleting cannot be taken back, so it is asked for."""
    return question.ask(
        parent,
        "deleteCarDialog",
        _("Delete the car"),
        _("Delete {car}, {vin}?").format(car=car.title, vin=car.vin),
        _("Its photos and reports go with it. This cannot be taken back."),
        _("Delete"),
        delete,
        keep=_("Keep"),
        is_loss=True,
    )


def _gone_when_closed(form: QDialog) -> QDialog:
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return form
