"""The stock: every car in one table, filters at its left, the selected car's card at its right."""

from PySide6.QtCore import Qt, QTimer

from dealer_desktop.core.errors import NotFound
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.vin import VinFacts
from dealer_desktop.services import cars
from dealer_desktop.services.rows import CarDetails, CarRow, ReportRow
from dealer_desktop.services.transactions.connections import Reader, Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory import forms
from dealer_desktop.ui.inventory.actions import car_actions, keeps_stock, offer
from dealer_desktop.ui.inventory.car.card import CarCard
from dealer_desktop.ui.inventory.columns import car_columns
from dealer_desktop.ui.inventory.filters import CarFilters
from dealer_desktop.ui.inventory.photos.car_photos import CarPhotos
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.tables import EmptyState, ListTab, RowActions

_PAUSE = 60
"""Milliseconds on one row before its photos and reports are read: arrow keys run through many."""


class InventoryTab(ListTab):
    def __init__(self, context: UiContext) -> None:
        super().__init__(
            context,
            kind="cars",
            name="inventoryTab",
            columns=car_columns(context.currency_symbol, with_costs=keeps_stock(context.at_work)),
            search_hint=_("VIN, make, stock number"),
            card_hint=_("Choose a car to see it here."),
            sort="days_in_stock",
        )
        self._details_job: jobs.Job | None = None
        self._details_timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._details_timer.timeout.connect(self._read_details)
        self._filters_panel = CarFilters(context.currency_symbol, with_costs=context.at_work.is_manager)
        self.actions_ = RowActions(
            self.row_parts,
            car_actions(context, self, lambda: self.photos.open(), lambda: self.table.marks.chosen),
            nothing_chosen=_("Choose a car first."),
            offer=offer,
            entered="editCarAction",
        )
        add_report, add_review = self.actions_.get("addReportAction"), self.actions_["addReviewAction"]
        self._card = CarCard(context, self.card.body, add_report, add_review, self)
        self.photos = CarPhotos(context, self._card.gallery, self, lambda: self.row)
        self._build_car_parts()
        self._connect_car_parts()
        self.start()

    def _build_car_parts(self) -> None:
        self.set_filters_panel(self._filters_panel)
        if not keeps_stock(self.context.at_work):
            self.set_empty_state(EmptyState(_("No cars yet. A manager adds them."), icon="car"))
            self._card.gallery.setAcceptDrops(False)
            return
        new = self.add_action(
            "newCarAction", _("Add a car"), "plus", self._open_new_car, shortcut="Ctrl+N", short=_("Add")
        )
        imports = self.add_action(
            "importCarsAction", _("Import cars"), "download-simple", self._open_import, shortcut="Ctrl+I"
        )
        self.add_action(
            "importCostsAction",
            _("Import costs"),
            "receipt",
            self._open_cost_import,
            shortcut="Ctrl+Shift+W",
        )
        self.add_to_toolbar(new, outlined=True)
        self.add_to_toolbar(imports)
        words = _("No cars yet. Add the first one, or import a file with many.")
        self.set_empty_state(EmptyState(words, new, "car", second=imports))

    def _connect_car_parts(self) -> None:
        self.table.marks.changed.connect(lambda: self.actions_.show(self.row))
        self._card.order_opened.connect(lambda order_id: self.context.show("orders", order_id))
        self._card.story.report_opened.connect(self._open_report)
        self.context.feed.changed.connect(self._note_change)

    def _open_new_car(self) -> None:
        form = forms.car(self.context, self)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.open()

    def _open_cost_import(self) -> None:
        forms.import_costs(self, self.context)

    def _open_import(self) -> None:
        forms.import_cars(self, self.context)

    def show_only(self, filters: object) -> None:
        """Overrides ListTab: first what has stood longest."""
        self.state.use({"filters": filters, "sort": "days_in_stock", "descending": True})
        self.table.setFocus()

    def export(self) -> None:
        """Overrides ListTab: a file that can be imported again."""
        forms.export_cars(self.table, self.context)

    # -- the card -----------------------------------------------------------------------------------------------------

    def show_row(self, row: CarRow | None) -> None:
        """Overrides ListTab."""
        self.actions_.show(row)
        if row is None:
            self._details_timer.stop()
            return
        another = self._card.car is None or self._card.car.id != row.id
        self._card.show_car(row)
        if another or not self._details_timer.isActive():  # one car's changes may stream in without a pause
            self._details_timer.start()

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
            self.actions_.show(details.car)
            self._card.show_details(details, facts)

    def _open_report(self, report: ReportRow) -> None:
        forms.report_sheet(report, self.context, self._card.car, self).open()

    def _details_failed(self, error: Exception) -> None:
        self._details_job = None
        if not isinstance(error, NotFound):  # deleted meanwhile: the table learns of it too
            self._show_failure(error)

    def _note_change(self, change: ChangeLike) -> None:
        if concerns(change, "car_reports", "reviews", "car_photos", "trade_ins") and self.isVisible():
            self._details_timer.start()


def _details(reader: Reader, car_id: int, ticket: Ticket) -> tuple[CarDetails, VinFacts]:
    """Everything about the car, and what its VIN says: the tables of makers take their time to load."""
    details = cars.details(reader, car_id, ticket)
    return details, vins.decode(details.car.vin)
