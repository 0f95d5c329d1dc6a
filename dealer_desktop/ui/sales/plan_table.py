"""The parts of a plan of payments as a table that is typed in: how much, by when."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import days, payment_plan, quantities
from dealer_desktop.domain.payment_plan import Part
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels

_AMOUNT, _DAY = 0, 1
_ROWS_IN_SIGHT = 6


class PlanTable(QTableWidget):
    """A form's field. F2 or typing edits a cell; what an amount leaves, the parts below share."""

    changed = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self, total: Decimal, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._total = total
        self._currency = currency
        self._filling = False
        self.was_typed = False
        """Whether a person changed a part."""
        self.setHorizontalHeaderLabels([_("Amount"), _("Expected by")])
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AllEditTriggers & ~QAbstractItemView.EditTrigger.CurrentChanged
        )
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFont(theme.font("number"))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFont(theme.font("small"))
        header.setFixedHeight(pixels(32))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (_AMOUNT, _DAY):
            title = self.horizontalHeaderItem(column)
            assert title is not None
            title.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setCornerButtonEnabled(False)
        numbers = self.verticalHeader()
        numbers.setDefaultSectionSize(pixels(32))
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedWidth(pixels(344))
        self.setFixedHeight(pixels(32 * (_ROWS_IN_SIGHT + 1) + 2))
        self.itemChanged.connect(self._edited)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """In place of what stands there."""
        self.was_typed = False
        self._fill([(self._words(part.amount), formats.day(part.due_date)) for part in parts])

    def measure_by(self, total: Decimal) -> None:
        """What the parts share from now on."""
        self._total = total

    def _fill(self, rows: Sequence[tuple[str, str]]) -> None:
        self._filling = True
        self.setRowCount(len(rows))
        for number, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)
        self._filling = False
        self.changed.emit()

    def _edited(self, item: QTableWidgetItem) -> None:
        if self._filling:
            return
        self._filling = self.was_typed = True
        if item.column() == _AMOUNT:
            self._write_out(item, self._amount(item.row()))
            self._share_the_rest(item.row())
        else:
            day = self._day(item.row())
            if day is not None:
                item.setText(formats.day(day))
        self._filling = False
        self.changed.emit()
        self.left.emit()

    def _share_the_rest(self, changed: int) -> None:
        amounts = [self._amount(row) for row in range(self.rowCount())]
        known = [amount for amount in amounts if amount is not None]
        if len(known) == len(amounts):
            for row, amount in enumerate(payment_plan.with_rest(known, self._total, changed)):
                self._write_out(self._item(row, _AMOUNT), amount)

    def _write_out(self, item: QTableWidgetItem, amount: Decimal | None) -> None:
        if amount is not None:
            item.setText(self._words(amount))

    def _words(self, amount: Decimal) -> str:
        return formats.amount(amount, cents=True)

    def finish_typing(self) -> None:
        """Take what is being typed in a cell: Ctrl+Enter saves the form from inside it."""
        editor = self.focusWidget() if self.state() == QAbstractItemView.State.EditingState else None
        if editor is not None and self.isAncestorOf(editor):
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # -- what stands there --------------------------------------------------------------------------------------------

    @property
    def sum(self) -> Decimal | None:
        """Of all parts; None while one of them is no amount."""
        amounts = [self._amount(row) for row in range(self.rowCount())]
        return None if None in amounts else sum(filter(None, amounts), Decimal(0))

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None
        return item

    def _amount(self, row: int) -> Decimal | None:
        try:
            return quantities.amount(self._item(row, _AMOUNT).text(), self._currency)
        except quantities.UnreadableNumber:
            return None

    def _day(self, row: int) -> date | None:
        return days.read(self._item(row, _DAY).text())

    def _texts(self) -> list[tuple[str, str]]:
        return [(self._item(row, _AMOUNT).text(), self._item(row, _DAY).text()) for row in range(self.rowCount())]

    # -- as a form's field --------------------------------------------------------------------------------------------

    def typed(self) -> list[dict[str, str]]:
        return [{"amount": amount, "due_date": day} for amount, day in self._texts()]

    def set_value(self, value: Sequence[Part] | None) -> None:
        self.show_parts(value or ())

    def to_draft(self) -> str:
        return json.dumps(self._texts(), ensure_ascii=False)

    def from_draft(self, text: str) -> None:
        try:
            rows = [(str(amount), str(day)) for amount, day in json.loads(text)]
        except (ValueError, TypeError):
            return
        self.was_typed = True
        self._fill(rows[: payment_plan.MOST_PARTS])

    def problem(self) -> str | None:
        """The first part that cannot be read."""
        for row in range(self.rowCount()):
            number = row + 1
            amount = self._amount(row)
            if amount is None or amount <= 0:
                return _("Part {number}: enter an amount above zero.").format(number=number)
            if self._day(row) is None:
                return _("Part {number}: enter a day.").format(number=number)
        return None

    def refusal(self) -> str:
        return ""
