"""The card of a customer: how to reach them, what they bought, paid, owe and are owed, and what they said."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.phones import display
from dealer_desktop.services import stories
from dealer_desktop.services.rows import CustomerCard as Everything
from dealer_desktop.services.rows import CustomerRow, OrderRow, ReviewRow
from dealer_desktop.ui.sales import customer_words
from dealer_desktop.ui.sales.record_story import RecordChanges
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.card import label, line, title
from dealer_desktop.ui.widgets.facts import Fact, Facts


class CustomerCard(QWidget):
    """``show_customer`` fills what the table's row knows at once; ``show_everything`` adds orders and reviews."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._shown: int | None = None
        self._name = title()
        self._kind = label("", "base", "second")
        self._facts = Facts()
        self._money = Facts()
        self._bought = _Lines(_("Bought"))
        self._reviews = _Lines(_("Reviews"))
        self._changes = RecordChanges(context, stories.of_customer)
        managers = _("Who changed the account itself is shown to managers.")
        self._limits = label(managers, "small", "second", wrap=True)
        self._limits.setVisible(not context.at_work.is_manager)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (self._name, self._kind, self._facts, line(), self._money, self._bought, self._reviews,
                     self._changes, self._limits):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch()

    def show_customer(self, row: CustomerRow) -> None:
        if row.id != self._shown:
            self._shown = row.id
            self._bought.show_lines(())
            self._reviews.show_lines(())
        money = self._context.money
        self._name.setText(row.full_name)
        self._kind.setText(customer_words.kind(row.kind))
        self._facts.show_facts(
            Fact(_("Phone"), display(row.phone) if row.phone else "", copied=True),
            Fact(_("E-mail"), row.email or "", copied=True),
            Fact(_("Address"), row.address or ""),
            Fact(_("Tax ID"), row.tax_id or "", copied=True),
            Fact(_("Passport"), row.document or ""),
            Fact(_("Date of birth"), formats.day(row.birth_date) if row.birth_date else ""),
            Fact(_("Signed by"), row.signed_by or ""),
            Fact(_("On the basis of"), row.signed_on_basis or ""),
            Fact(_("Added"), formats.moment(row.created_at, self._context.dealer.timezone)),
        )
        self._money.show_facts(
            Fact(_("Paid"), money(row.paid)),
            Fact(_("Balance due"), money(row.owes), strong=bool(row.owes)),
            Fact(_("To give back"), money(row.owed) if row.owed else "", strong=True),
        )
        self._changes.tell_of(row.id)

    def show_everything(self, found: Everything) -> None:
        """Ignored where another customer is shown meanwhile."""
        if found.customer.id != self._shown:
            return
        self._bought.show_lines(
            tuple((self._order_words(order), partial(self._context.show, "orders", order.id)) for order in found.orders)
        )
        self._reviews.show_lines(
            tuple(
                (_review_words(review), partial(self._context.show, "cars", review.car_id)) for review in found.reviews
            )
        )

    def _order_words(self, order: OrderRow) -> str:
        status = names.order_status(order.status).lower()
        return f"{order.id} · {order.car_title}, {order.year} · {self._context.money(order.total_amount)} · {status}"


def _review_words(review: ReviewRow) -> str:
    return " ".join(filter(None, ("★" * review.rating, review.comment)))


class _Lines(QWidget):
    """A heading, and lines that lead to their records."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(label(heading, "medium"))
        self._words: tuple[str, ...] = ()
        self.hide()

    def show_lines(self, lines: tuple[tuple[str, Callable[[], None]], ...]) -> None:
        words = tuple(text for text, _go in lines)
        if words != self._words:
            self._words = words
            while self._column.count() > 1:
                item = self._column.takeAt(1)
                old = item.widget() if item is not None else None
                if old is not None:
                    old.hide()
                    old.deleteLater()
            for text, go in lines:
                self._column.addWidget(_link(text, go))
        self.setVisible(bool(lines))


def _link(text: str, go: Callable[[], None]) -> QWidget:
    """A line that is read whole, and a button after it that leads there."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(text, "small", wrap=True, selectable=True))
    button = QPushButton(_("Show"))
    button.setProperty("kind", "link")
    button.setAccessibleName(_("Show {what}").format(what=text))
    button.setAutoDefault(False)
    button.clicked.connect(go)
    column.addWidget(button)
    return made
