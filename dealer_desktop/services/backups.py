"""The whole database to a file, from the window; ``server.backup`` says how."""

from collections.abc import Callable
from pathlib import Path

from dealer_desktop.core.errors import NotAllowed
from dealer_desktop.dao import people
from dealer_desktop.server import backup
from dealer_desktop.services.transactions.connections import Connections


def save(
    connections: Connections,
    file: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    canceled: Callable[[], bool] | None = None,
) -> None:
    """For admins. Raises NotAllowed and what ``server.backup`` raises."""
    if not connections.reader.run(None, people.at_work).is_admin:
        raise NotAllowed()
    backup.backup(connections.url, file, report=progress, canceled=canceled)
