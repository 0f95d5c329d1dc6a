"""The prices of several cars at once: by a sum or by percent, rounded, each shown before it is saved."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import InvalidInput, PricesChanged
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.domain import quantities
from dealer_desktop.domain.enums import CarStatus
from dealer_desktop.domain.repricing import ROUNDINGS, Way, new_price
from dealer_desktop.services import cars, tables
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import ChangePrices
from dealer_desktop.services.rows import CarRow, Row
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit
from dealer_desktop.ui.widgets.form_dialog import FormDialog

_ROWS_IN_SIGHT = 6


class ChangePricesDialog(FormDialog):
    """``result_value`` is how many prices were changed. Sold cars among ``car_ids`` keep theirs."""

    def __init__(self, context: UiContext, car_ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            name="changePricesDialog",
            title=_("Change prices"),
            save=_("Save the prices"),
            draft="changePrices",
            width=680,
            parent=parent,
        )
        self._ids = tuple(car_ids)
        self._cars: tuple[CarRow, ...] = ()
        self._sold = 0
        self._sent: ChangePrices | None = None
        self.way = ComboBox(_ways(), 240)
        self.change = LineEdit(144, limit=60)
        self.rounding = ComboBox([(step, self._rounding_words(step)) for step in ROUNDINGS], 240)
        self.add_field("way", _("How"), self.way)
        self.add_field("change", _("By how much"), self.change, check=self._change_problem)
        self.add_field("rounding", _("Rounding"), self.rounding)
        self.table = _PricesTable()
        self.form.addWidget(self.table)
        for field in (self.way, self.change, self.rounding):
            field.changed.connect(self._show_result)
        self.finish()
        self._read_cars()
        context.feed.changed.connect(self._note_change)

    def _rounding_words(self, step: Decimal) -> str:
        return _("To {money}").format(money=self.context.money(step, cents=False)) if step else _("None")

    def open(self) -> None:
        """Overrides QDialog: shows the form; once it is closed it is gone."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()

    # -- the cars -----------------------------------------------------------------------------------------------------

    def _read_cars(self) -> None:
        ids = self._ids
        if ids:
            jobs.run(self, tables.rows, self.context.reader, "cars", ids, done=self._use_cars, failed=self._unreadable)

    def _use_cars(self, found: Mapping[int, Row]) -> None:
        rows = [row for car_id in self._ids if isinstance(row := found.get(car_id), CarRow)]
        self._cars = tuple(row for row in rows if row.status is not CarStatus.SOLD)
        self._sold = len(rows) - len(self._cars)
        self._show_result()

    def _unreadable(self, error: Exception) -> None:
        self.set_error(sentence_of(error))

    def _note_change(self, change: ChangeLike) -> None:
        if concerns(change, "cars") and self.isVisible() and not self.is_saving:
            self._read_cars()

    # -- what follows from what is typed ------------------------------------------------------------------------------

    @property
    def _way(self) -> Way:
        return Way(self.way.value())

    def _amount(self) -> Decimal | None:
        """In percent or in currency units; None where it cannot be read."""
        text = self.change.text().strip()
        try:
            if self._way.is_percent:
                return quantities.amount(text.removesuffix("%").strip())
            return quantities.amount(text, self.context.dealer.currency)
        except quantities.UnreadableNumber:
            return None

    def _change_problem(self) -> str | None:
        if not self.change.text().strip():
            return _("Enter by how much the prices change.")
        amount = self._amount()
        if amount is None:
            example = formats.amount(Decimal("2.5")) if self._way.is_percent else formats.amount(Decimal(50_000))
            return _("This is not an amount. Example: {example}.").format(example=example)
        if amount < 0:
            return _("Enter it without a minus: how the prices change is chosen above.")
        if any(price <= 0 for price in self._new_prices(amount)):
            return _("A car would then cost nothing.")
        return None

    def _new_prices(self, amount: Decimal | None) -> list[Decimal]:
        if amount is None or amount < 0:
            return [car.price for car in self._cars]
        way, step = self._way, self.rounding.value()
        return [new_price(car.price, way, amount, step) for car in self._cars]

    def _show_result(self) -> None:
        prices = self._new_prices(self._amount())
        money = self.context.money
        self.table.show_prices(
            [
                (f"{car.title}, {car.year}", money(car.price), money(price), _signed(price - car.price, money))
                for car, price in zip(self._cars, prices, strict=True)
            ]
        )
        before, after = sum((car.price for car in self._cars), Decimal(0)), sum(prices, Decimal(0))
        count = len(self._cars)
        together = ngettext("{count} car together:", "{count} cars together:", count)
        self.set_consequence(
            together.format(count=formats.number(count)), f"{money(before)} → {money(after)}", detail=self._what_stays()
        )

    def _what_stays(self) -> str:
        said = [_("Orders keep their totals.")]
        if self._sold:
            sold = ngettext("{count} sold car keeps its price.", "{count} sold cars keep their prices.", self._sold)
            said.append(sold.format(count=formats.number(self._sold)))
        return " ".join(said)

    # -- drafts -------------------------------------------------------------------------------------------------------

    def draft_more(self) -> dict[str, Any]:
        """Overrides FormDialog: which cars."""
        return {"cars": list(self._ids)}

    def use_draft_more(self, more: Mapping[str, Any]) -> None:
        """Overrides FormDialog: the cars of the draft, unless the person has chosen others since."""
        ids = more.get("cars")
        if not self._ids and isinstance(ids, list) and all(type(each) is int for each in ids):
            self._ids = tuple(ids)
            self._read_cars()

    # -- saving -------------------------------------------------------------------------------------------------------

    def prepare(self) -> Callable[[], int]:
        """Overrides FormDialog: exactly what the table shows."""
        problem = self._change_problem()
        if problem is not None:
            raise InvalidInput({"change": problem})
        prices = self._new_prices(self._amount())
        given = [
            {"car_id": car.id, "seen": car.price, "price": price}
            for car, price in zip(self._cars, prices, strict=True)
            if price != car.price
        ]
        if not given:
            raise InvalidInput({"change": _("No price changes by this.")})
        self._sent = self.read(ChangePrices, prices=given)
        change = self._sent
        return lambda: cars.change_prices(self.context.session_maker, change)

    def refused(self, error: Exception) -> bool:
        """Overrides FormDialog: prices that somebody else changed are shown as they are now."""
        if isinstance(error, PricesChanged):
            self.set_error(str(error))
            self._read_cars()
            return True
        return super().refused(error)

    def saved(self, result: int) -> None:
        """Overrides FormDialog."""
        words = ngettext("The price of {count} car is changed.", "The prices of {count} cars are changed.", result)
        self.context.tell(words.format(count=formats.number(result)))
        if self._sent is not None:
            turned = [{"car_id": one.car_id, "seen": one.price, "price": one.seen} for one in self._sent.prices]
            back = parse(ChangePrices, request_id=uuid4(), prices=turned)
            what = ngettext("the price of {count} car", "the prices of {count} cars", result)
            self.context.undo.note(
                what.format(count=formats.number(result)), lambda session_maker: cars.change_prices(session_maker, back)
            )


class _PricesTable(QTableWidget):
    """Car, price now, new price, difference; to look at."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setObjectName("pricesTable")
        self.setAccessibleName(_("New prices"))
        self.setHorizontalHeaderLabels([_("Car"), _("Now"), _("New"), _("Difference")])
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFont(theme.font("number"))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(theme.font("small"))
        header.setFixedHeight(pixels(32))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            self.setColumnWidth(column, pixels(136))
        numbers = self.verticalHeader()
        numbers.hide()
        numbers.setDefaultSectionSize(pixels(32))
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(pixels(32 * (_ROWS_IN_SIGHT + 1) + 2))

    def show_prices(self, rows: Sequence[tuple[str, str, str, str]]) -> None:
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                item = self.item(number, column) or QTableWidgetItem()
                item.setText(words)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)


def _ways() -> list[tuple[Way, str]]:
    return [
        (Way.LOWER_BY_PERCENT, _("Lower by percent")),
        (Way.LOWER_BY_SUM, _("Lower by a sum")),
        (Way.RAISE_BY_PERCENT, _("Raise by percent")),
        (Way.RAISE_BY_SUM, _("Raise by a sum")),
    ]


def _signed(difference: Decimal, money: Callable[[Decimal], str]) -> str:
    if not difference:
        return "–"
    return f"{'+' if difference > 0 else '−'}{money(abs(difference))}"
