"""What an order holds besides its car, as a table: what it is, how much of it, what it comes to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import OrderLineKind
from dealer_desktop.services.inputs.order_lines import MOST_LINES
from dealer_desktop.services.rows import OrderLineRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import plain_table, tooltips

_ROWS_IN_SIGHT = 4
_TITLE, _QUANTITY, _AMOUNT = 1, 2, 3


@dataclass(frozen=True)
class ShownLine:
    """A line as it stands in the form. ``amount`` is above 0, of a discount too; a new one has no id."""

    kind: OrderLineKind
    title: str
    quantity: Decimal
    amount: Decimal
    reason: str | None = None
    id: int | None = None
    version: int | None = None

    @property
    def signed(self) -> Decimal:
        return -self.amount if self.kind is OrderLineKind.DISCOUNT else self.amount

    @property
    def values(self) -> dict[str, Any]:
        """As ``services.inputs.order_lines.Line`` takes it."""
        return dict(vars(self))


def of_row(row: OrderLineRow) -> ShownLine:
    return ShownLine(row.kind, row.title, row.quantity, abs(row.amount), row.reason, row.id, row.version)


class LinesTable(QTableWidget):
    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setObjectName("linesTable")
        self.setAccessibleName(_("Extras and discounts"))
        self._currency = currency
        self._lines: list[ShownLine] = []
        self.setHorizontalHeaderLabels([_("Kind"), _("What"), _("Quantity"), _("Sum")])
        plain_table.set_up(self, (104, 0, 108, 128))
        self.setCornerButtonEnabled(False)
        self.setMinimumWidth(pixels(440))
        self.setFixedHeight(pixels(32 * (_ROWS_IN_SIGHT + 1) + 2))

    @property
    def lines(self) -> tuple[ShownLine, ...]:
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[ShownLine]) -> None:
        self._lines = list(lines)[:MOST_LINES]
        self.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            title = f"{line.title} ({line.reason})" if line.reason else line.title
            amount = formats.money(line.signed, self._currency)
            texts = (names.line_kind(line.kind), title, formats.number(line.quantity), amount)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(tooltips.plain(text))
                if column >= _QUANTITY:
                    item.setTextAlignment(plain_table.RIGHT)
                    item.setFont(theme.font("number"))
                self.setItem(row, column, item)

    @property
    def chosen(self) -> int | None:
        """The row that is selected."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def put(self, row: int | None, line: ShownLine) -> None:
        """Beneath the others, or instead of one, whose row of the database it then is."""
        lines = list(self._lines)
        if row is None:
            lines.append(line)
        else:
            lines[row] = replace(line, id=lines[row].id, version=lines[row].version)
        self.show_lines(lines)

    def take_out(self, row: int) -> None:
        self.show_lines([line for number, line in enumerate(self._lines) if number != row])

    # -- drafts -------------------------------------------------------------------------------------------------------

    def to_draft(self) -> str:
        return json.dumps([{k: None if v is None else str(v) for k, v in line.values.items()} for line in self._lines],
                          ensure_ascii=False) if self._lines else ""  # fmt: skip

    def from_draft(self, text: str) -> None:
        """What cannot be read is left out."""
        try:
            self.show_lines([_from_draft(each) for each in json.loads(text or "[]")])
        except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
            return


def _from_draft(kept: dict[str, str | None]) -> ShownLine:
    number, version = kept.get("id"), kept.get("version")
    return ShownLine(
        OrderLineKind(str(kept["kind"])),
        str(kept["title"]),
        Decimal(str(kept["quantity"])),
        Decimal(str(kept["amount"])),
        kept.get("reason"),
        int(number) if number else None,
        int(version) if version else None,
    )
