"""A car found by a few letters: the cars for sale that fit are offered under the field while a person types."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import another_car, cars
from dealer_desktop.services.rows import CarDetails, CarRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.fields import LineEdit
from dealer_desktop.ui.widgets.offered import dress

_PAUSE = 120
"""Milliseconds without a key before the stock is asked."""


class CarChoice(LineEdit):
    """``car`` is the chosen one; what is typed into it afterwards gives it up again. Its draft is the car's id."""

    chosen = Signal(object)
    """A CarRow, or None when it is given up."""

    def __init__(self, context: UiContext, width: int = 384) -> None:
        super().__init__(width)
        self._context = context
        self.car: CarRow | None = None
        self._found: tuple[CarRow, ...] = ()
        self._job: jobs.Job | None = None
        self._model = QStandardItemModel(self)
        offered = QCompleter(self._model, self)
        offered.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        offered.setMaxVisibleItems(another_car.MOST_FOUND)
        offered.activated[QModelIndex].connect(self._take_row)  # type: ignore[index]
        self.setCompleter(offered)
        dress(offered)
        self.setPlaceholderText(_("VIN, make, stock number"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._edited)

    # -- finding ------------------------------------------------------------------------------------------------------

    def _edited(self, _text: str) -> None:
        if self.car is not None:
            self.car = None
            self.chosen.emit(None)
        self._found = ()
        self._pause.start()

    def _search(self) -> None:
        words = self.text().strip()
        if self._job is not None:
            jobs.cancel(self._job)
            self._job = None
        if not words:
            return
        ticket = Ticket()
        self._job = jobs.run(
            self,
            another_car.find,
            self._context.reader,
            words,
            ticket,
            done=self._offer,
            failed=lambda _error: None,  # saving will tell
            ticket=ticket,
        )

    def _offer(self, found: tuple[CarRow, ...]) -> None:
        self._job = None
        self._found = found
        self._model.clear()
        for car in found:
            entry = QStandardItem(self._line(car))
            entry.setData(car, Qt.ItemDataRole.UserRole)
            self._model.appendRow(entry)
        if not found and self.text().strip():
            self.refused.emit(_("No car for sale has this. Try part of its VIN, make or stock number."))
        elif self.hasFocus() and self.car is None:
            self.completer().complete()

    def _line(self, car: CarRow) -> str:
        """The price before the VIN: what is cut where there is no room is the one that nobody reads out."""
        return " · ".join((car_words(car), self._context.money(car.price, cents=False), car.vin))

    # -- choosing -----------------------------------------------------------------------------------------------------

    def _take_row(self, index: QModelIndex) -> None:
        car = index.data(Qt.ItemDataRole.UserRole)
        # The completer writes its own line first.
        QTimer.singleShot(0, self, lambda: self.choose(car))

    def choose(self, car: CarRow) -> None:
        self.car = car
        self.setText(f"{car_words(car)} · {car.vin}")
        self.setCursorPosition(0)
        self.refused.emit("")
        self.chosen.emit(car)

    def tidy(self) -> None:
        """Overrides LineEdit: the only car that fits is meant."""
        if self.car is None and len(self._found) == 1 and self.text().strip():
            self.choose(self._found[0])

    # -- the field ----------------------------------------------------------------------------------------------------

    def typed(self) -> Any:
        """Overrides LineEdit: the car's id."""
        return None if self.car is None else self.car.id

    def set_value(self, value: CarRow | None) -> None:
        """Overrides LineEdit."""
        if value is None:
            self.clear()
        else:
            self.choose(value)

    def to_draft(self) -> str:
        """Overrides LineEdit."""
        return f"#{self.car.id}" if self.car is not None else self.text()

    def from_draft(self, text: str) -> None:
        """Overrides LineEdit: the car as it is now."""
        self.setText(text)
        number = text.removeprefix("#")
        if text.startswith("#") and number.isascii() and number.isdigit():
            self.clear()
            jobs.run(
                self, cars.details, self._context.reader, int(number), done=self._again, failed=lambda _error: None
            )

    def _again(self, found: CarDetails) -> None:
        if not self.text():
            self.choose(found.car)

    def problem(self) -> str | None:
        """Overrides LineEdit."""
        if self.text().strip() and self.car is None:
            return _("Choose one of the cars that are offered while you type.")
        return None


def car_words(car: CarRow) -> str:
    return f"{car.title}, {car.year}"
