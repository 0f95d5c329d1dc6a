"""Who sold: the staff by name, read while the form opens."""

from dealer_desktop.services import users
from dealer_desktop.services.rows import UserRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.fields import ComboBox


class SellerChoice(ComboBox):
    """Holds whoever is named now from the beginning, also if they left; the others as soon as they are read."""

    def __init__(self, context: UiContext, seller_id: int | None, name: str | None) -> None:
        super().__init__([(seller_id, name or "–")], 240)
        self._wanted = ""
        ticket = Ticket()
        jobs.run(
            self,
            users.staff,
            context.reader,
            ticket,
            done=self._offer,
            failed=lambda _error: None,  # whoever is named stays
            ticket=ticket,
        )

    def _offer(self, staff: tuple[UserRow, ...]) -> None:
        for person in staff:
            if self.findData(person.id) < 0:
                self.addItem(person.full_name, person.id)
        if self._wanted:
            super().from_draft(self._wanted)

    def from_draft(self, text: str) -> None:
        """Overrides ComboBox: one who is not read yet is chosen as soon as they are."""
        self._wanted = text
        super().from_draft(text)
