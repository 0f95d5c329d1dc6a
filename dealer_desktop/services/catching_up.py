"""Where the history stands, before a window reads what it shows: the listener then tells what was written since."""

from dealer_desktop.dao import replication
from dealer_desktop.server.catching_up import Mark
from dealer_desktop.services.transactions.connections import Reader


def mark(reader: Reader) -> Mark:
    """Raises what reads raise."""
    return Mark(*reader.run(None, replication.history_mark))
