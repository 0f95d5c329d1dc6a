"""Which cash drawer the money goes to: the open ones, and the one it goes to if nobody says."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.enums import PaymentMeans
from dealer_desktop.services import drawers
from dealer_desktop.services.drawers import DrawerRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.widgets.fields import ComboBox

if TYPE_CHECKING:
    from dealer_desktop.ui.sales.sales_dialog import SalesDialog
    from dealer_desktop.ui.session.context import UiContext


class DrawerChoice(ComboBox):
    """``value()`` is the drawer's id; None where nobody chose and it is not clear."""

    def __init__(self, context: "UiContext") -> None:
        super().__init__([(None, _("None is open"))], 240)
        self._context = context
        self._drawers: tuple[DrawerRow, ...] = ()
        self._by_hand = False
        self.currentIndexChanged.connect(self._choose)
        context.feed.changed.connect(self._follow)
        self._read()

    def _choose(self) -> None:
        self._by_hand = True

    def to_draft(self) -> str:
        """Overrides ComboBox: what nobody chose is nothing that was typed."""
        return super().to_draft() if self._by_hand else ""

    def _follow(self, change: ChangeLike) -> None:
        if concerns(change, "drawers"):
            self._read()

    def _read(self) -> None:
        jobs.run(self, drawers.open_ones, self._context.reader, done=self._show, failed=lambda _error: None)

    def _show(self, found: tuple[DrawerRow, ...]) -> None:
        if [row.id for row in found] == [row.id for row in self._drawers]:
            return  # only what is in them changed
        chosen = self.value() if self._by_hand else None
        self._drawers = found
        self.blockSignals(True)
        self.clear()
        user = self._context.at_work.user
        usual = drawers.chosen(found, user.id if user else None)
        if usual is None:
            self.addItem(_("Choose the drawer") if found else _("None is open"), None)
        for row in found:
            words = row.name if row.opened_by is None else f"{row.name}, {row.opened_by}"
            self.addItem(words, row.id)
        self.set_value(chosen if chosen is not None else usual.id if usual is not None else None)
        self.blockSignals(False)


def add_drawer(
    form: "SalesDialog", method: ComboBox, is_meant: Callable[[], bool] = lambda: True
) -> Callable[[], None]:
    """A row ``drawer_id`` below, shown for cash alone, where the dealer uses drawers and ``is_meant``.

    Call what is returned when ``is_meant`` may have changed. Where ``method`` is None, the row ``payment_method`` says.
    """
    if not form.context.dealer.uses_drawers:
        return lambda: None
    row = form.add_field("drawer_id", _("Cash drawer"), DrawerChoice(form.context), object_name="drawer")
    of_order = form.rows.get("payment_method")

    def show() -> None:
        chosen = method.value() or (of_order.field.typed() if of_order is not None else None)
        row.setVisible(chosen == PaymentMeans.CASH and is_meant())
        form.fit.fit()

    method.changed.connect(show)
    if of_order is not None:
        of_order.field.changed.connect(show)
    show()
    return show
