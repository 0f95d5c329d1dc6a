"""The main job, start to finish: a car is sold, paid in two parts, delivered, and its summary becomes a PDF."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTableView, QWidget

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import order_summary
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarStatus, DeliveryStatus, OrderStatus, PaymentMethod, PaymentType
from dealer_desktop.services import Reader, cars, orders, tables
from dealer_desktop.services.rows import CarRow, OrderDetails
from dealer_desktop.ui import printing
from dealer_desktop.ui.rehearsal.robot import Robot, StepFailed
from dealer_desktop.ui.window.main_window import MainWindow

Say = Callable[[str], None]


class MainJob:
    """``say`` gets one line per step that worked; a step that did not raises StepFailed with its name and reason."""

    def __init__(self, window: MainWindow, say: Say) -> None:
        self._window = window
        self._robot = Robot(window)
        self._say = say
        self._step = ""
        self._customer = "Пётр Ёлкин"
        self.car: CarRow | None = None
        self.order_id = 0

    def begin(self, step: str) -> None:
        """What is tried now; a failure is told with it."""
        self._step = step

    def done(self, facts: str = "") -> None:
        self._say(f"ok  {self._step}: {facts}" if facts else f"ok  {self._step}")

    def failed(self, error: Exception) -> StepFailed:
        """``error`` with the step that it happened in."""
        return StepFailed(reason=f"{self._step}: {error}")

    def wait_for_the_window(self) -> None:
        """Until the tabs are there, or the window says why not."""
        self.begin(_("The window opens"))
        start = self._window.start_page

        def is_open() -> bool:
            if start.has_failed:
                raise StepFailed(reason=start.words)
            return self._window.context is not None

        self._robot.wait(is_open, start.words, seconds=300)
        self.done(self._robot.find(QLabel, "connectionLabel").text())

    def see_the_stock(self) -> None:
        """The list shows as many cars as there are."""
        self.begin(_("The stock is listed"))
        self._robot.show_tab("inventoryTab")
        self._robot.type(self._robot.find(QLineEdit, "carsSearch"), "")
        expected = len(tables.ids(self._reader, tables.TableQuery(kind="cars")))
        table = self._robot.find(QTableView, "carsTable")
        count = i18n.ngettext("{count} car", "{count} cars", expected).format(count=formats.number(expected))
        self._robot.wait(lambda: table.model().rowCount() == expected, count)
        self.done(count)

    def sell(self) -> None:
        self.begin(_("A car is sold"))
        query = tables.TableQuery(
            kind="cars",
            filters={"status": [CarStatus.AVAILABLE], "price": tables.Range(low=Decimal("0.01"))},
            descending=True,
        )
        found = tables.first_page(self._reader, query, limit=1)
        if not found:
            raise StepFailed(reason=_("there is no car in stock with a price above 0"))
        car = found[0]
        assert isinstance(car, CarRow)
        self.car = car
        robot = self._robot
        robot.show_tab("inventoryTab")
        robot.select("cars", car.id, car.vin)
        robot.act("sellCarAction")
        dialog = robot.dialog("newOrderDialog")
        robot.type(robot.find(QWidget, "customerName", dialog), self._customer)
        robot.type(robot.find(QWidget, "customerPhone", dialog), "8 912 345-67-89")
        robot.choose(robot.find(QComboBox, "paymentMethod", dialog), PaymentMethod.CARD)
        robot.type(robot.find(QWidget, "deliveryAddress", dialog), "Тверь, ул. Советская, 14")
        robot.save(dialog)
        of_car = tables.TableQuery(kind="orders", filters={"car_id": [car.id]}, descending=True)
        self.order_id = robot.wait(
            lambda: next((row.id for row in tables.first_page(self._reader, of_car, limit=1)), 0),
            _("the order is in the database"),
        )
        self._expect(OrderStatus.PENDING, CarStatus.RESERVED)
        self.done(
            _("{car}, VIN {vin}, order {order_id}, {total}").format(
                car=car.title, vin=car.vin, order_id=self.order_id, total=self._money(self._order.order.total_amount)
            )
        )

    def take_deposit(self) -> None:
        self.begin(_("A deposit is taken"))
        total = self._order.order.total_amount
        deposit = max((total / 10).quantize(Decimal("0.01")), Decimal("0.01"))
        self._select_order()
        self._robot.act("takePaymentAction")
        dialog = self._robot.dialog("takePaymentDialog")
        self._robot.type(self._robot.find(QWidget, "amount", dialog), formats.amount(deposit))
        self._robot.choose(self._robot.find(QComboBox, "paymentType", dialog), PaymentType.DEPOSIT)
        self._robot.save(dialog)
        if deposit < total:
            self._expect(OrderStatus.PENDING, CarStatus.RESERVED)
        self.done(
            _("{amount}, {balance} is due").format(amount=self._money(deposit), balance=self._money(self._balance))
        )

    def take_balance(self) -> None:
        self.begin(_("The balance is taken"))
        balance = self._balance
        if balance > 0:
            self._select_order()
            self._robot.act("takePaymentAction")
            # As it opens: the amount is the balance.
            self._robot.save(self._robot.dialog("takePaymentDialog"))
        self._expect(OrderStatus.PAID, CarStatus.RESERVED)
        self.done(self._money(balance))

    def deliver(self) -> None:
        self.begin(_("The delivery is scheduled"))
        self._select_order()
        self._robot.act("scheduleDeliveryAction")
        self._robot.save(self._robot.dialog("deliveryDialog"))
        self._expect(OrderStatus.PROCESSING, CarStatus.RESERVED)
        self.done()
        self.begin(_("The car is on its way"))
        self._advance(DeliveryStatus.IN_PROGRESS)
        self._expect(OrderStatus.IN_DELIVERY, CarStatus.RESERVED)
        self.done()
        self.begin(_("The car is delivered, the order completed"))
        self._advance(DeliveryStatus.DELIVERED)
        self._expect(OrderStatus.COMPLETED, CarStatus.SOLD)
        self.done()

    def _advance(self, status: DeliveryStatus) -> None:
        delivery = self._order.deliveries[-1]
        self._robot.show_tab("deliveriesTab")
        self._robot.select("deliveries", delivery.id, self._customer)
        self._robot.act("advanceDeliveryAction")
        self._robot.save(self._robot.dialog("deliveryDialog"))
        self._robot.wait(lambda: self._order.deliveries[-1].status is status, status.value)

    def print_summary(self, folder: Path) -> Path:
        """The order's summary as a PDF in ``folder``; returns its absolute path."""
        self.begin(_("The order summary is printed"))
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"order-{self.order_id}.pdf").absolute()
        printing.to_pdf(order_summary(self._order, i18n.language()), file)
        if not file.read_bytes().startswith(b"%PDF"):
            raise StepFailed(reason=_("this is no PDF: {file}").format(file=file))
        self.done(str(file))
        return file

    # -- what is looked at --------------------------------------------------------------------------------------------

    @property
    def _reader(self) -> Reader:
        assert self._window.context is not None
        return self._window.context.reader

    @property
    def _order(self) -> OrderDetails:
        return orders.details(self._reader, self.order_id)

    @property
    def _balance(self) -> Decimal:
        return self._order.order.balance

    def _money(self, value: Decimal) -> str:
        assert self._window.context is not None
        return self._window.context.money(value)

    def _select_order(self) -> None:
        assert self.car is not None
        self._robot.show_tab("ordersTab")
        self._robot.select("orders", self.order_id, self.car.vin)

    def _expect(self, order: OrderStatus, car: CarStatus) -> None:
        """The database says so of the order and its car."""
        assert self.car is not None
        details = self._order
        if details.order.status is not order:
            raise StepFailed(reason=_("the order is {status}").format(status=names.order_status(details.order.status)))
        now = cars.details(self._reader, self.car.id).car.status
        if now is not car:
            raise StepFailed(reason=_("the car is {status}").format(status=names.car_status(now)))
