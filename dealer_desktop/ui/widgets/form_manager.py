"""A form whose act needs a manager: said before Save, asked for at Save, and then the act goes on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import BelowPrice
from dealer_desktop.core.person_errors import ManagerNeeded
from dealer_desktop.ui import jobs
from dealer_desktop.ui.widgets.approval_dialog import ApprovalDialog, Need

if TYPE_CHECKING:
    from dealer_desktop.services import Connections
    from dealer_desktop.ui.session.context import UiContext


def is_refusal(error: Exception) -> bool:
    """Whether the database wants a manager for what was tried."""
    return isinstance(error, ManagerNeeded | BelowPrice)


class ManagersYes:
    """The yes that one act of ``owner`` has, or waits for; ``again`` sends the act anew."""

    def __init__(self, context: "UiContext", owner: QWidget, again: Callable[[], None]) -> None:
        self._context = context
        self._owner = owner
        self._again = again
        self._connections: Connections | None = None
        self._granted: Need | None = None

    def is_wanted(self, need: Need | None) -> bool:
        """Whether the act must wait for a manager; then a dialog asks for one."""
        if need is None or self._context.at_work.is_manager or self._connections is not None:
            return False
        if self._granted is not None and need.acts == self._granted.acts:
            return False
        self.ask(need)
        return True

    def ask(self, need: Need, *, was_refused: bool = False) -> None:
        """``was_refused``: what a manager allowed before was not enough for the database."""
        dialog = ApprovalDialog(self._context, need, self._owner, was_refused=was_refused)
        dialog.approved.connect(self._go_on_as)
        dialog.granted.connect(lambda: self._go_on_with(need))
        dialog.open()

    def _go_on_as(self, connections: "Connections") -> None:
        self._connections = connections
        self._again()

    def _go_on_with(self, need: Need) -> None:
        self._granted = need
        self._again()

    def preparing(self, prepare: Callable[[], Callable[[], Any]]) -> Callable[[], Any]:
        """What ``prepare`` gives. A form that takes hold of the connections as it prepares has the manager's, too."""
        if self._connections is None:
            return prepare()
        with self._context.acting_as(self._connections):
            return prepare()

    def acting(self, work: Callable[[], Any]) -> Callable[[], Any]:
        """``work``, on the manager's own connection where one signed in for it."""
        connections = self._connections
        if connections is None:
            return work

        def as_manager() -> Any:
            with self._context.acting_as(connections):
                return work()

        return as_manager

    def forget(self) -> None:
        """The act is over: nobody goes on under somebody else's name."""
        connections, self._connections = self._connections, None
        self._granted = None
        if connections is not None:
            jobs.run(self._context, connections.close)
