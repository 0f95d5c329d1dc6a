"""What can be done with cars: one QAction each, disabled with the reason where it cannot be done now."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMessageBox

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, price_tag
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.services import Reader, car_photos, cars, dealer
from dealer_desktop.services.inputs.cars import CarStep
from dealer_desktop.services.moves import Step, why_not
from dealer_desktop.services.rows import CarRow
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.inventory.car.dialog import CarDialog
from dealer_desktop.ui.inventory.car.review_dialog import ReviewDialog
from dealer_desktop.ui.inventory.car.stock_dialogs import BackOnSaleDialog, HoldDialog
from dealer_desktop.ui.inventory.export import export_cars
from dealer_desktop.ui.inventory.imports.dialog import import_cars
from dealer_desktop.ui.inventory.reports.dialog import ReportDialog
from dealer_desktop.ui.sales.new_order_dialog import NewOrderDialog
from dealer_desktop.ui.widgets.buttons import set_available
from dealer_desktop.ui.widgets.form_dialog import FormDialog

if TYPE_CHECKING:
    from dealer_desktop.ui.inventory.tab import InventoryTab


class CarActions(QObject):
    """``menu`` is what stands behind "...": None is a separator."""

    def __init__(self, tab: "InventoryTab") -> None:
        super().__init__(tab)
        self._tab = tab
        self._context = tab.context
        self._car: CarRow | None = None
        add = tab.add_action
        self.new = add("newCarAction", _("Add a car"), "plus", self.open_new_car, shortcut="Ctrl+N", short=_("Add"))
        self.imports = add("importCarsAction", _("Import cars"), "download-simple", self.open_import)
        self.export = add("exportCarsAction", _("Export what the list shows"), "upload-simple", self.open_export)
        self.sell = add("sellCarAction", _("Sell"), "handshake", self.open_sale, shortcut="Ctrl+Return")
        self.edit = add("editCarAction", _("Edit"), "pencil-simple", self.open_edit)
        self.photos = add("photosAction", _("Photos…"), "image", self.open_photos, shortcut="Ctrl+Shift+P")
        self.hold = add("holdCarAction", _("Hold for a customer"), "hand-palm", self.open_hold)
        self.release = add("releaseCarAction", _("End the hold"), "hand", self._release)
        self.mark_sold = add("markSoldAction", _("Mark as sold elsewhere"), "check-circle", self._mark_sold)
        self.back = add("putBackOnSaleAction", _("Put back on sale"), "arrow-u-up-left", self.open_back_on_sale)
        self.order = add("openOrderAction", _("Open the order"), "arrow-square-out", self.open_order)
        self.add_report = add("addReportAction", _("Add report…"), "clipboard-text", self.open_report)
        self.add_review = add("addReviewAction", _("Add review…"), "chat-text", self.open_review)
        self.price_tag = add(
            "printPriceTagAction", _("Print price tag…"), "printer", self.print_price_tag, shortcut="Ctrl+P"
        )
        self.copy_vin = add("copyVinAction", _("Copy the VIN"), "copy", self._copy_vin, shortcut="Ctrl+Shift+C")
        self.delete = add("deleteCarAction", _("Delete the car"), "trash", self.ask_to_delete)
        self.menu: list[QAction | None] = [
            self.hold, self.release, self.order, None,
            self.photos, self.add_report, self.add_review, None,
            self.price_tag, self.copy_vin, None,
            self.mark_sold, self.back, None,
            self.delete,
        ]  # fmt: skip

    def menu_without(self, primary: QAction) -> list[QAction | None]:
        """What stands behind "..." beside the button of ``primary``."""
        return [entry for entry in self.menu if entry is not primary]

    def show_car(self, car: CarRow | None) -> None:
        """Say which actions are possible with ``car``."""
        self._car = car
        choose = None if car is not None else _("Choose a car first.")

        def reason(step: Step) -> str | None:
            return choose if car is None else why_not(step, car)

        set_available(self.sell, reason(Step.SELL))
        set_available(self.hold, reason(Step.HOLD))
        set_available(self.release, reason(Step.RELEASE))
        set_available(self.mark_sold, reason(Step.MARK_SOLD))
        set_available(self.back, reason(Step.PUT_BACK_ON_SALE))
        set_available(self.edit, choose)
        for action in (self.photos, self.add_report, self.add_review, self.price_tag):
            set_available(action, choose)
        set_available(self.copy_vin, choose)
        set_available(self.delete, choose)
        set_available(self.order, choose)
        # What can never be meant for this car is not in its menu.
        held = car is not None and car.status is CarStatus.RESERVED and car.order_id is None
        self.order.setVisible(car is not None and car.order_id is not None)
        self.release.setVisible(held)
        self.hold.setVisible(not held)

    # -- dialogs ------------------------------------------------------------------------------------------------------

    def open_new_car(self) -> None:
        _open(CarDialog(self._context, parent=self._tab))

    def open_edit(self) -> None:
        if (car := self._car) is not None:
            _open(CarDialog(self._context, car, parent=self._tab))

    def open_photos(self) -> None:
        self._tab.photos.open()

    def open_sale(self) -> None:
        if (car := self._car) is not None:
            NewOrderDialog(self._context, car, parent=self._tab).open()

    def open_import(self) -> None:
        import_cars(self._tab, self._context)

    def open_export(self) -> None:
        export_cars(self._tab, self._context, self._tab.model.query, self._tab.table.keys_in_view())

    def open_hold(self) -> None:
        if (car := self._car) is not None:
            _open(HoldDialog(self._context, car, parent=self._tab))

    def open_back_on_sale(self) -> None:
        if (car := self._car) is not None:
            _open(BackOnSaleDialog(self._context, car, parent=self._tab))

    def open_order(self) -> None:
        if (car := self._car) is not None and car.order_id is not None:
            self._context.show("orders", car.order_id)

    def open_report(self) -> None:
        if (car := self._car) is not None:
            _open(ReportDialog(self._context, car, parent=self._tab))

    def open_review(self) -> None:
        if (car := self._car) is not None:
            _open(ReviewDialog(self._context, car, parent=self._tab))

    def print_price_tag(self) -> None:
        if (car := self._car) is not None:
            printing.preview(
                self._tab, partial(_price_tag, self._context.reader, car.id), self._context.settings
            ).open()

    def _copy_vin(self) -> None:
        if (car := self._car) is not None:
            QGuiApplication.clipboard().setText(car.vin)
            self._context.tell(_("{vin} copied.").format(vin=car.vin))

    # -- steps without a dialog ---------------------------------------------------------------------------------------

    def _release(self) -> None:
        self._step(cars.release, _("{car} is available again."))

    def _mark_sold(self) -> None:
        self._step(cars.mark_sold, _("{car} is marked as sold."))

    def ask_to_delete(self) -> None:
        """Deleting cannot be taken back, so it is asked for."""
        if (car := self._car) is None:
            return
        box = QMessageBox(self._tab)
        box.setObjectName("deleteCarDialog")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Delete the car"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(_("Delete {car}, {vin}?").format(car=car.title, vin=car.vin))
        box.setInformativeText(_("Its photos and reports go with it. This cannot be taken back."))
        delete = box.addButton(_("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        delete.setObjectName("deleteButton")
        delete.setProperty("kind", "danger")
        keep = box.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        reader = self._context.reader
        delete.clicked.connect(lambda: self._step(partial(_delete, reader), _("{car} is deleted.")))
        box.open()

    def _step(self, work: Callable[..., Any], told: str) -> None:
        if (car := self._car) is None:
            return
        self._send(work, CarStep(request_id=uuid4(), car_id=car.id), told.format(car=car.title))

    def _send(self, work: Callable[..., Any], step: CarStep, told: str) -> None:
        """Retry sends the same step, with its request id: what was done already is not done twice."""
        banner = self._tab.banner

        def failed(error: Exception) -> None:
            again = ("retryButton", _("Retry"), lambda: self._send(work, step, told))
            banner.show_message(sentence_of(error), "amber", *([again] if isinstance(error, ConnectionLost) else []))

        banner.clear()
        jobs.run(
            self._tab,
            work,
            self._context.session_maker,
            step,
            done=lambda _result: self._context.tell(told),
            failed=failed,
            writes=True,
        )


def _price_tag(reader: Reader, car_id: int, language: str) -> Paper:
    """Car and dealer as they are now: what hangs behind the windscreen must not be an old price."""
    return price_tag(cars.details(reader, car_id).car, dealer.get(reader), language)


def _delete(reader: Reader, session_maker: SessionMaker, step: CarStep) -> int:
    return car_photos.delete_car(session_maker, reader, step)


def _open(form: FormDialog) -> None:
    """Show the form; once it is closed it is gone."""
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    form.open()
