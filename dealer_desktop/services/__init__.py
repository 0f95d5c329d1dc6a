"""What the dealership does: one public function is one transaction. Screens hold a ``Connections`` and call these."""

from dealer_desktop.services.transactions.connections import Connections, Reader, SessionMaker, Ticket, open_connections

__all__ = ["Connections", "Reader", "SessionMaker", "Ticket", "open_connections"]
