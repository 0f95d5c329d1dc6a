"""The stock: every car in one table, filters at its left, the selected car's card at its right."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction

from dealer_desktop.core.errors import NotFound
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.vin import VinFacts
from dealer_desktop.services import cars
from dealer_desktop.services.rows import CarDetails, CarRow, ReportRow
from dealer_desktop.services.transactions.connections import Reader, Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.actions import CarActions
from dealer_desktop.ui.inventory.car.card import CarCard
from dealer_desktop.ui.inventory.columns import car_columns
from dealer_desktop.ui.inventory.filters import CarFilters
from dealer_desktop.ui.inventory.photos.car_photos import CarPhotos
from dealer_desktop.ui.inventory.reports.sheet import ReportSheet
from dealer_desktop.ui.session.changes import ChangeLike
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab
from dealer_desktop.ui.widgets.row_menu import give_row_menu

_PAUSE = 60
"""Milliseconds on one row before its photos and reports are read: arrow keys run through many."""


class InventoryTab(ListTab):
    """Its actions are in ``actions_``: each of them acts on the selected car."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="cars",
            name="inventoryTab",
            columns=car_columns(context.currency_symbol),
            search_hint=_("VIN, make, stock number"),
            card_hint=_("Choose a car to see it here."),
            sort="days_in_stock",
        )
        self._details_job: jobs.Job | None = None
        self._details_timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._details_timer.timeout.connect(self._read_details)
        self._primary_on_card: QAction | None = None
        self.actions_ = CarActions(self)
        self._filters_panel = CarFilters(context.currency_symbol)
        self._card = CarCard(context, self.card.body, self.actions_.add_report, self.actions_.add_review, self)
        self.photos = CarPhotos(self, self._card.gallery)
        self._build_car_parts()
        self._connect_car_parts()
        self.start()

    def _build_car_parts(self) -> None:
        actions = self.actions_
        self.add_to_toolbar(actions.new, outlined=True)
        self.add_to_toolbar(actions.imports)
        self.add_to_toolbar(actions.export)
        self.set_primary(actions.edit)
        self.set_filters_panel(self._filters_panel)
        words = _("No cars yet. Add the first one, or import a file with many.")
        self.set_empty_state(EmptyState(words, actions.new, "car", second=actions.imports))

    def _connect_car_parts(self) -> None:
        self._card.order_opened.connect(lambda order_id: self.context.show("orders", order_id))
        self._card.story.report_opened.connect(self._open_report)
        self.context.feed.changed.connect(self._note_change)
        give_row_menu(self.table, [self.actions_.sell, self.actions_.edit, None, *self.actions_.menu])

    # -- the card -----------------------------------------------------------------------------------------------------

    def show_row(self, row: CarRow | None) -> None:
        """Overrides ListTab."""
        self._show_actions(row)
        if row is None:
            self._details_timer.stop()
            return
        another = self._card.car is None or self._card.car.id != row.id
        self._card.show_car(row)
        if another or not self._details_timer.isActive():  # one car's changes may stream in without a pause
            self._details_timer.start()

    def _show_actions(self, row: CarRow | None) -> None:
        """What can be done with the car: first of all sell it, or, where an order has it, go to that order."""
        actions = self.actions_
        actions.show_car(row)
        primary = actions.order if row is not None and row.order_id is not None else actions.sell
        if primary is not self._primary_on_card:
            self._primary_on_card = primary
            self.card.set_actions(primary, [actions.edit], actions.menu_without(primary))

    def _read_details(self) -> None:
        if self.selected_id is None:
            return
        if self._details_job is not None:
            jobs.cancel(self._details_job)
        ticket = Ticket()
        self._details_job = jobs.run(
            self,
            _details,
            self.context.reader,
            self.selected_id,
            ticket,
            done=self._show_details,
            failed=self._details_failed,
            ticket=ticket,
        )

    def _show_details(self, found: tuple[CarDetails, VinFacts]) -> None:
        self._details_job = None
        details, facts = found
        if details.car.id == self.selected_id:
            # They may be newer than the table's row.
            self._show_actions(details.car)
            self._card.show_details(details, facts)

    def _open_report(self, report: ReportRow) -> None:
        ReportSheet(report, self.context, self._card.car, self).open()

    def _details_failed(self, error: Exception) -> None:
        self._details_job = None
        if not isinstance(error, NotFound):  # deleted meanwhile: the table learns of it too
            self._show_failure(error)

    def _note_change(self, change: ChangeLike) -> None:
        if change.table in ("car_reports", "reviews", "car_photos") and self.isVisible():
            self._details_timer.start()


def _details(reader: Reader, car_id: int, ticket: Ticket) -> tuple[CarDetails, VinFacts]:
    """Everything about the car, and what its VIN says: the tables of makers take their time to load."""
    details = cars.details(reader, car_id, ticket)
    return details, vins.decode(details.car.vin)
