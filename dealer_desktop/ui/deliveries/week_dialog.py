"""A week of deliveries, from today: late ones first, then a column a day; moved to another day by key or menu."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import deliveries
from dealer_desktop.services.deliveries import Week
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.deliveries import EditDelivery, MoveDelivery
from dealer_desktop.services.rows import DeliveryRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.deliveries.day_list import DayColumn, menu_of
from dealer_desktop.ui.deliveries.maps import show_on_map
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.sales.edit_delivery_dialog import EditDeliveryDialog
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window, stack
from dealer_desktop.ui.widgets.live_reading import LiveReading


class WeekDialog(QDialog):
    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: int | None = None
        """Which delivery is to be chosen once the week is read again."""
        today: date = datetime.now(ZoneInfo(context.dealer.timezone)).date()
        self._today = today
        self._first = today
        self.setObjectName("weekViewDialog")
        self.setWindowTitle(_("Deliveries of the week"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build()
        fit_into_window(self, 1240, 640)
        for keys, weeks in (("PgUp", -1), ("PgDown", 1)):
            QShortcut(QKeySequence(keys), self, partial(self._turn, weeks))
        self._reading = LiveReading(self, context, "deliveries", "orders", show=self._show, banner=self.banner)
        self._read()

    def _build(self) -> None:
        self.head = DialogHead(self.windowTitle())
        self.banner = Banner(self, name="weekBanner")
        self.late = DayColumn("lateDeliveries", _("Late or without a day"))
        self.days = [DayColumn(f"day{number}", "") for number in range(7)]
        columns = QHBoxLayout()
        columns.setSpacing(8)
        for number, column in enumerate(self._columns):
            columns.addWidget(column, 1)
            column.menu_asked.connect(self._show_menu)
            column.list.stepped.connect(partial(self._step, number))
            column.list.carried.connect(partial(self._carry, column))
            column.list.opened.connect(self._edit)
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.setSpacing(12)
        middle.addLayout(columns, 1)
        keys = _("Alt with Left or Right moves a delivery to another day, Enter changes it.")
        middle.addWidget(label(keys, "small", "second", wrap=True))
        foot = DialogFoot()
        foot.row.addWidget(WordButton("weekBeforeButton", _("Week before"), partial(self._turn, -1)))
        foot.row.addWidget(WordButton("fromTodayButton", _("From today"), self._from_today))
        foot.row.addWidget(WordButton("weekAfterButton", _("Week after"), partial(self._turn, 1)))
        foot.row.addStretch(1)
        foot.row.addWidget(WordButton("closeButton", _("Close"), self.accept))
        stack(self, self.head, self.banner, middle, foot)

    @property
    def _columns(self) -> list[DayColumn]:
        return [self.late, *self.days]

    # -- which week ---------------------------------------------------------------------------------------------------

    def _turn(self, weeks: int) -> None:
        self._first += timedelta(days=7 * weeks)
        self._read()

    def _from_today(self) -> None:
        self._first = self._today
        self._read()

    def _read(self) -> None:
        self._reading.ask(deliveries.week, self._first)

    def _show(self, week: Week) -> None:
        self._today = week.today
        days = list(week.days)
        self.head.about.setText(f"{formats.day(days[0])} – {formats.day(days[-1])}")
        self.late.list.show_rows((*week.late, *week.without_day))
        self.late.name(_("Late or without a day"), "amber" if week.late else "second")
        for column, (day, rows) in zip(self.days, week.days.items(), strict=True):
            column.day = day
            column.name(formats.week_day(day), "accent" if day == week.today else "second")
            column.list.show_rows(rows)
        if self._wanted is not None and any(column.list.choose(self._wanted) for column in self._columns):
            self._wanted = None
        elif not any(column.list.hasFocus() and column.list.count() for column in self._columns):
            # Where the focus is with nothing, it goes to the first that there is.
            next((column for column in self._columns if column.list.count()), self.late).list.setFocus()

    # -- what is done with a delivery ---------------------------------------------------------------------------------

    def _step(self, number: int, step: int) -> None:
        """To the next column that has something, if there is one."""
        beside = self._columns[number + 1 :] if step > 0 else self._columns[:number][::-1]
        for column in beside:
            if column.list.count():
                column.list.setFocus()
                return

    def _carry(self, column: DayColumn, step: int) -> None:
        """The chosen delivery a day on; what is late, or has no day, to today."""
        row = column.list.chosen
        if row is not None:
            self._move(row, column.day + timedelta(days=step) if column.day is not None else self._today)

    def _move(self, row: DeliveryRow, day: date) -> None:
        if day < self._today:
            self.banner.show_message(_("That day is over. Choose today or a later one."), "amber")
            return
        request_id = uuid4()
        self._save(row, day, request_id)

    def _save(self, row: DeliveryRow, day: date, request_id: UUID) -> None:
        move = parse(MoveDelivery, request_id=request_id, delivery_id=row.id, delivery_date=day)

        def done(moved: DeliveryRow) -> None:
            self.banner.clear()
            self._wanted = moved.id
            words = _("The delivery to {customer} is planned for {day}.")
            self._context.tell(words.format(customer=moved.customer_name, day=formats.day(day)))
            self._note(row, moved)
            self._read()

        def failed(error: Exception) -> None:
            again: Callable[[], None] = partial(self._save, row, day, request_id)
            buttons = [("retryButton", _("Retry"), again)] if isinstance(error, ConnectionLost) else []
            self.banner.show_message(sentence_of(error), "amber", *buttons)

        jobs.run(self, deliveries.move, self._context.session_maker, move, done=done, failed=failed, writes=True)

    def _note(self, before: DeliveryRow, moved: DeliveryRow) -> None:
        """The day may be taken back."""
        kept = {name: getattr(moved, name) for name in ("delivery_address", "tracking_number")}
        opened = {**kept, "delivery_date": moved.delivery_date}
        back = EditDelivery(
            request_id=uuid4(), delivery_id=moved.id, version=moved.version, opened=opened,
            delivery_date=before.delivery_date, **kept,
        )  # fmt: skip
        words = _("the changes to the delivery of order {order_id}").format(order_id=moved.order_id)
        self._context.undo.note(words, lambda session_maker: deliveries.edit(session_maker, back))

    def _edit(self, row: DeliveryRow) -> None:
        self._wanted = row.id
        EditDeliveryDialog(self._context, row, self).open()

    def _show_menu(self, column: DayColumn, place: QPoint) -> None:
        row = column.list.chosen
        if row is not None:
            menu_of(self, self._entries(row)).popup(place)

    def _entries(self, row: DeliveryRow) -> list[QAction | None]:
        entries: list[QAction | None] = []
        for day in (self._first + timedelta(days=number) for number in range(7)):
            if day >= self._today and day != row.delivery_date:
                words = _("Move to {day}").format(day=formats.week_day(day))
                entries.append(self._entry(words, partial(self._move, row, day)))
        entries += [None, self._entry(_("Change the delivery"), partial(self._edit, row))]
        address = row.delivery_address
        if address:
            clipboard = QGuiApplication.clipboard()
            entries.append(self._entry(_("Copy the address"), partial(clipboard.setText, address)))
            show = partial(show_on_map, address, self._context.dealer.region)
            entries.append(self._entry(_("Show on the map"), show))
        entries.append(self._entry(_("Show the delivery"), partial(self._show_delivery, row.id)))
        return entries

    def _entry(self, words: str, slot: Callable[[], object]) -> QAction:
        entry = QAction(words.replace("&", "&&"), self)
        entry.triggered.connect(lambda _checked=False: slot())
        return entry

    def _show_delivery(self, delivery_id: int) -> None:
        self.accept()
        self._context.show("deliveries", delivery_id)
