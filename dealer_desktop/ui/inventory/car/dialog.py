"""Adding a car and editing one: the VIN comes first and fills what it can."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from dealer_desktop.core.errors import VinTaken
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain import vin as vins
from dealer_desktop.domain.enums import CarCondition, EngineType, Transmission
from dealer_desktop.domain.vin import VinFacts
from dealer_desktop.services import cars, tables
from dealer_desktop.services.inputs.cars import CarInput, EditCar
from dealer_desktop.services.rows import CarRow
from dealer_desktop.services.tables import TableQuery
from dealer_desktop.services.transactions.connections import Reader
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.car import field_words, vin_hints
from dealer_desktop.ui.inventory.car.suggested import Suggestion
from dealer_desktop.ui.sales.live_order import follow_edited
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.car_head import show_car_head
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox, DistanceEdit, LineEdit, MoneyEdit, NumberEdit, TextEdit, VinEdit
from dealer_desktop.ui.widgets.merging_form import MergingForm
from dealer_desktop.ui.widgets.offered import dress


class CarDialog(MergingForm):
    """``CarDialog(context)`` adds a car, ``CarDialog(context, car)`` edits one."""

    input_type = CarInput

    def __init__(self, context: UiContext, car: CarRow | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="carDialog",
            title=_("Edit the car") if car else _("Add a car"),
            save=_("Save changes") if car else _("Add the car"),
            draft=f"car/{car.id}" if car else "car/new",
            record=("cars", car.id) if car else None,
            parent=parent,
        )
        self._car = car
        self._looked_up = car.vin if car else ""
        if car is not None:
            self.about = show_car_head(self.head, context, car)
        self._add_fields()
        self._fill()
        self._say_consequence()
        self.vin.textChanged.connect(self._vin_changed)
        self.finish()
        self._offer_known_values()
        if car is not None:
            follow_edited(self, car, lambda _car: None, self._take_car)

    def _take_car(self, car: CarRow) -> None:
        """It changed elsewhere."""
        self._car = car
        self.form_row("price").expected = car.price
        self._say_consequence()

    def _add_fields(self) -> None:
        self.vin = VinEdit(208)
        self.make = LineEdit(208, limit=200)
        self.year = NumberEdit(88, grouped=False)
        self._suggested_make, self._suggested_year = Suggestion(self.make), Suggestion(self.year)
        mileage, price = DistanceEdit(), MoneyEdit(self.context.dealer.currency)
        condition = ComboBox([(kind, names.condition(kind)) for kind in CarCondition])
        engine = ComboBox([(None, "–"), *((kind, names.engine_type(kind)) for kind in EngineType)])
        transmission = ComboBox([(None, "–"), *((kind, names.transmission(kind)) for kind in Transmission)])
        self.add_field("vin", _("VIN"), self.vin, check=self._look_up_vin)
        self.add_field("make", _("Make"), self.make)
        self.add_field("model", _("Model"), LineEdit(288, limit=200))
        self.add_field("year", _("Year"), self.year)
        self.add_field("mileage", _("Mileage, km"), mileage)
        self.add_field("price", _("Price"), price, expected=self._car.price if self._car else None)
        self.add_field("condition", _("Condition"), condition)
        self.add_field("color", _("Color"), LineEdit(208, limit=200))
        self.add_field("engine_type", _("Engine"), engine)
        self.add_field("transmission", _("Transmission"), transmission)
        self.add_field("stock_number", _("Stock number"), LineEdit(144, limit=200))
        self.add_field("location", _("Location"), LineEdit(208, limit=200))
        self.add_field("title_number", _("Title document"), LineEdit(208, limit=200))
        self.add_field("registration_number", _("Registration"), LineEdit(208, limit=200))
        self.add_field("arrived_on", _("Arrived"), DateEdit())
        self.add_field("description", _("Description"), TextEdit(3))

    def _fill(self) -> None:
        """The car's values; for a new one what is most likely."""
        if self._car is None:
            self.field("condition").set_value(CarCondition.USED)
            self.field("arrived_on").set_value(self._today())
            return
        self.open_record(self._car)

    def _today(self) -> date:
        return datetime.now(ZoneInfo(self.context.dealer.timezone)).date()

    def _say_consequence(self) -> None:
        if self._car is None:
            self.set_consequence(_("The car comes into stock and can be sold at once."))
        elif self._car.order_id is not None:
            detail = _("Order {number} keeps its total, whatever the price becomes.").format(number=self._car.order_id)
            self.set_consequence("", detail=detail)

    # -- drafts -------------------------------------------------------------------------------------------------------

    def draft_words(self) -> str:
        """Overrides FormDialog: a new car is called by what is typed of it."""
        if self._car is None:
            self.about = " ".join(self.field(name).text().strip() for name in ("make", "model")).strip()
            self.about = self.about or self.vin.text().strip()
        return super().draft_words()

    # -- checks and what the VIN says ---------------------------------------------------------------------------------

    def _vin_changed(self) -> None:
        if len(vins.normalise(self.vin.text())) == 17:
            self._look_up()

    def _look_up_vin(self) -> None:
        """What a row's check does: the VIN itself is fine."""
        self._look_up()

    def _look_up(self) -> None:
        """Ask what the VIN says, and whether its car is in stock already."""
        vin = vins.normalise(self.vin.text())
        if vin == self._looked_up or not vins.is_valid(vin):
            return
        self._looked_up = vin
        jobs.run(
            self,
            _look_up,
            self.context.reader,
            vin,
            done=lambda found: self._show_found(vin, *found),
            failed=lambda _error: None,  # saving will tell
        )

    def _show_found(self, vin: str, known: CarRow | None, facts: VinFacts) -> None:
        if vins.normalise(self.vin.text()) != vin:
            return
        said = ". ".join(filter(None, (vin_hints.decoded(facts), vin_hints.hint(vin, facts))))
        self.form_row("vin").set_hint(said)
        if known is not None and (self._car is None or known.id != self._car.id):
            self._offer_known_car(known.id, known.title)
            return
        self.banner.clear()
        make = self._suggested_make.put(vin_hints.make(facts))
        year = self._suggested_year.put(str(facts.year or ""))
        self.form_row("make").set_hint(make)
        self.form_row("year").set_hint(year)

    def _offer_known_car(self, car_id: int, title: str) -> None:
        self.form_row("vin").set_problem(_("A car with this VIN is in stock already."))
        self.banner.show_message(
            _("This VIN belongs to {car}, which is in stock already.").format(car=title),
            "amber",
            ("openExistingCar", _("Open that car"), lambda: self._open_known_car(car_id)),
        )

    def _open_known_car(self, car_id: int) -> None:
        self.reject()
        self.context.show("cars", car_id)

    def _offer_known_values(self) -> None:
        """Makes, colors and places that the stock has are offered while typing."""
        jobs.run(self, _known_values, self.context.reader, done=self._use_known_values, failed=lambda _error: None)

    def _use_known_values(self, known: Mapping[str, list[str]]) -> None:
        for name, values in known.items():
            field = self.field(name)
            assert isinstance(field, QLineEdit)
            completer = QCompleter(values, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setMaxVisibleItems(8)
            field.setCompleter(completer)
            dress(completer)

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], CarRow]:
        """Overrides FormDialog."""
        session_maker = self.context.session_maker
        if self._car is None:
            new = self.read(CarInput)
            return lambda: cars.add(session_maker, new)
        edit = self.read(EditCar, car_id=self._car.id, **self.versioned())
        return self.undoable(cars.edit, edit, _("the changes to {record}").format(record=self._car.title))

    def saved(self, result: CarRow) -> None:
        """Overrides FormDialog."""
        if self._car is None:
            self.context.tell(_("{car} is in stock.").format(car=result.title))
            self.context.show("cars", result.id)
        else:
            self.context.tell(_("{car} is saved.").format(car=result.title))

    def refused(self, error: Exception) -> bool:
        """Overrides FormDialog: a taken VIN offers its car."""
        if isinstance(error, VinTaken):
            self.set_error(str(error))
            car_id = error.facts.get("car_id")
            if car_id is not None:
                self._offer_known_car(int(car_id), vins.normalise(self.vin.text()))
            return True
        return super().refused(error)

    def conflict_question(self) -> str:
        """Overrides MergingForm."""
        return _("Somebody else changed this car. Which values stay?")

    def field_words(self, field: str) -> str:
        """Overrides MergingForm."""
        return field_words.field_name(field)

    def value_words(self, field: str, value: Any) -> str:
        """Overrides MergingForm."""
        return field_words.value_words(field, value, self.context.dealer.currency)


def _look_up(reader: Reader, vin: str) -> tuple[CarRow | None, VinFacts]:
    return cars.by_vin(reader, vin), vins.decode(vin)


def _known_values(reader: Reader) -> dict[str, list[str]]:
    query = TableQuery("cars")
    return {
        name: sorted(str(value) for value in tables.counts(reader, query, name) if value)
        for name in ("make", "color", "location")
    }
