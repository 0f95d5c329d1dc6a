"""A form's field that holds an order's lines: the table of them, and beneath it the parts of one to be added.

Enter or a double click takes a line into the parts, to be changed; Delete takes it out.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QPushButton, QVBoxLayout

from dealer_desktop.core import formats
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import discounts, names
from dealer_desktop.domain.enums import OrderLineKind
from dealer_desktop.domain.quantities import UnreadableNumber
from dealer_desktop.services import order_lines
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.order_lines import TypedLine
from dealer_desktop.services.rows import KnownLine
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.sales.lines_table import LinesTable, ShownLine
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.field import Compound
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, MoneyEdit

_PAUSE = 120
"""Milliseconds without a key before known titles are asked for."""


class _Amount(MoneyEdit):
    """A sum; percents stay as they are until the line is added."""

    def tidy(self) -> None:
        """Overrides MoneyEdit."""
        if discounts.percent(self.text()) is None:
            super().tidy()


class LinesField(Compound):
    def __init__(self, context: UiContext, left_for_car: Callable[[], Decimal | None]) -> None:
        """``left_for_car``: of what a discount's percents are."""
        super().__init__()
        self._context = context
        self._left_for_car = left_for_car
        self._changing: int | None = None
        """The row whose parts stand beneath."""
        self._known: dict[str, KnownLine] = {}
        self._job: jobs.Job | None = None
        self.table = LinesTable(context.dealer.currency)
        self.kind = ComboBox([(kind, names.line_kind(kind)) for kind in OrderLineKind], 128)
        self.title = LineEdit(limit=200)
        self.quantity = LineEdit(64, limit=20)
        self.amount = _Amount(context.dealer.currency, 128)
        self.reason = LineEdit(limit=2_000)
        self.add_button = QPushButton()
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask_known)
        self._titles = QStringListModel(self)
        completer = QCompleter(self._titles, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take_known)
        self.title.setCompleter(completer)
        self.title.textEdited.connect(lambda _text: self._pause.start())
        self.kind.currentIndexChanged.connect(lambda _index: self._follow_kind())
        self.add_button.clicked.connect(self.add)
        self.table.itemDoubleClicked.connect(lambda item: self._take_up(item.row()))
        self._clear_parts()

    def _build(self) -> None:
        parts = {
            "lineKind": (self.kind, _("Kind")),
            "lineTitle": (self.title, _("What")),
            "lineQuantity": (self.quantity, _("Quantity")),
            "lineAmount": (self.amount, _("Sum")),
            "lineReason": (self.reason, _("Why the discount is given")),
        }
        for name, (widget, words) in parts.items():
            widget.setObjectName(name)
            widget.setAccessibleName(words)
            if isinstance(widget, LineEdit):
                widget.setPlaceholderText(words)
                widget.changed.connect(self.changed)
                widget.refused.connect(self.refused)
        self.add_button.setObjectName("addLineButton")
        self.add_button.setAutoDefault(False)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.kind)
        first.addWidget(self.title, 1)
        second.addWidget(self.quantity)
        second.addWidget(self.amount)
        second.addWidget(self.reason, 1)
        second.addStretch()
        second.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(pixels(8))
        layout.addWidget(self.table)
        layout.addLayout(first)
        layout.addLayout(second)
        self.setFocusProxy(self.title)

    # -- lines --------------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[ShownLine, ...]:
        return self.table.lines

    @property
    def total(self) -> Decimal:
        return sum((line.signed for line in self.lines), Decimal(0))

    @property
    def discounts(self) -> Decimal:
        """What they take off, 0 or below."""
        return sum((line.signed for line in self.lines if line.kind is OrderLineKind.DISCOUNT), Decimal(0))

    def show_lines(self, lines: Sequence[ShownLine]) -> None:
        self.table.show_lines(lines)
        self._clear_parts()
        self.changed.emit()

    def add(self) -> bool:
        """What stands in the parts becomes a line; what is wrong with it is said, and False returned."""
        try:
            line = self._read()
        except InvalidInput as error:
            self.refused.emit(" ".join(dict.fromkeys(error.fields.values())))
            first = next(iter(error.fields))
            getattr(self, first, self.title).setFocus()
            return False
        self.table.put(self._changing, line)
        self._clear_parts()
        self.refused.emit("")
        self.changed.emit()
        self.title.setFocus()
        return True

    def finish_typing(self) -> None:
        """A line that stands in the parts only is meant, too. Raises InvalidInput."""
        if self.has_parts and not self.add():
            raise InvalidInput({"lines": _("Finish this line, or empty its fields.")})

    @property
    def _is_discount(self) -> bool:
        return bool(self.kind.value() == OrderLineKind.DISCOUNT)

    @property
    def has_parts(self) -> bool:
        return bool(self.title.text().strip() or self.amount.text().strip())

    def _read(self) -> ShownLine:
        is_discount = self._is_discount
        amount: Any = self.amount.text()
        if is_discount:
            base, currency = self._left_for_car() or Decimal(0), self._context.dealer.currency
            with suppress(UnreadableNumber):  # the input says it
                amount = discounts.read(amount, base, currency)
        typed = parse(
            TypedLine,
            currency=self._context.dealer.currency,
            request_id=uuid4(),
            kind=self.kind.value(),
            title=self.title.text() or (names.line_kind(OrderLineKind.DISCOUNT) if is_discount else ""),
            quantity=self.quantity.text(),
            amount=amount,
            reason=self.reason.text() if is_discount else None,
        )
        return ShownLine(typed.kind, typed.title, typed.quantity, typed.amount, typed.reason)

    def _take_up(self, row: int) -> None:
        """A line into the parts, to be changed."""
        line = self.lines[row]
        self.kind.set_value(line.kind)
        self.title.setText(line.title)
        self.quantity.setText(formats.number(line.quantity))
        self.amount.set_value(line.amount)
        self.reason.setText(line.reason or "")
        self._changing = row
        self.add_button.setText(_("Change the line"))
        self.amount.setFocus()
        self.amount.selectAll()

    def _clear_parts(self) -> None:
        self._changing = None
        for part in (self.title, self.amount, self.reason):
            part.clear()
        self.quantity.setText(formats.number(1))
        self.add_button.setText(_("Add the line"))
        self._follow_kind()

    def _follow_kind(self) -> None:
        is_discount = self._is_discount
        self.reason.setVisible(is_discount)
        self.quantity.setVisible(not is_discount)
        self.amount.setPlaceholderText(_("Sum or %") if is_discount else _("Sum"))
        if is_discount:
            self.quantity.setText(formats.number(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QWidget: the keys of the table."""
        row = self.table.chosen if self.table.hasFocus() else None
        if row is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.table.take_out(row)
            self._clear_parts()
            self.changed.emit()
        elif row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._take_up(row)
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.has_parts
            and (self.amount.hasFocus() or self.reason.hasFocus())
        ):
            if self._is_discount and not self.reason.text().strip():
                self.reason.setFocus()
            else:
                self.add()
        else:
            super().keyPressEvent(event)

    # -- titles used before -------------------------------------------------------------------------------------------

    def _ask_known(self) -> None:
        if self._job is not None:
            jobs.cancel(self._job)
        text, ticket = self.title.text().strip(), Ticket()
        if not text:
            return
        self._job = jobs.run(
            self,
            order_lines.known,
            self._context.reader,
            OrderLineKind(self.kind.value()),
            text,
            ticket,
            done=self._offer,
            failed=lambda _error: None,  # a title may be typed in full
            ticket=ticket,
        )

    def _offer(self, found: tuple[KnownLine, ...]) -> None:
        self._job = None
        self._known = {line.title: line for line in found}
        self._titles.setStringList(list(self._known))
        if found and self.title.hasFocus():
            self.title.completer().complete()

    def _take_known(self, title: str) -> None:
        """With the price that it had the last time."""
        line = self._known.get(title)
        if line is not None:
            self.quantity.setText(formats.number(line.quantity))
            self.amount.set_value(abs(line.amount))
            self.amount.setFocus()
            self.amount.selectAll()

    # -- as a form's field --------------------------------------------------------------------------------------------

    def typed(self) -> list[dict[str, Any]]:
        return [line.values for line in self.lines]

    def value(self) -> tuple[ShownLine, ...]:
        return self.lines

    def set_value(self, value: Sequence[ShownLine] | None) -> None:
        self.show_lines(value or ())

    def to_draft(self) -> str:
        return self.table.to_draft()

    def from_draft(self, text: str) -> None:
        self.table.from_draft(text)
        self.changed.emit()
