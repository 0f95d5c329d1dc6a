"""What only a standby can answer says as of when it is: on the dashboard, and beside what was found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.services import Reader, Ticket
from dealer_desktop.ui.dashboard.tab import DashboardTab
from dealer_desktop.ui.session.context import UiContext

LATE = datetime.now(UTC) - timedelta(days=400)


class OldAnswers(Reader):
    """As ``StandbyReader`` answers while its primary is away, and has been for long."""

    def run(
        self, ticket: Ticket | None, work: Callable[..., Any], *, snapshot: bool = False, long: bool = False
    ) -> Any:
        """Overrides Reader."""
        if ticket is not None:
            ticket.as_of = LATE
        return super().run(ticket, work, snapshot=snapshot, long=long)


def test_the_dashboard_says_as_of_when_its_numbers_are(
    context: UiContext, keep: Callable[[QWidget], Any], qtbot: QtBot
) -> None:
    now = context.connections
    context.connections = replace(now, bulk_reader=OldAnswers(now.reader._engine))
    tab = keep(DashboardTab(context))
    tab.show()
    qtbot.waitUntil(lambda: tab.shown is not None, timeout=10_000)
    assert tab.banner.words == context.words_as_of(LATE)
    context.connections = now
    tab.refresh()
    qtbot.waitUntil(lambda: tab.banner.words == "", timeout=10_000)
