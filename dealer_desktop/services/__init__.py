"""What the dealership does: one public function is one transaction. Screens hold a ``Dealership`` and call these."""

from dealer_desktop.services.dealership import Dealership, Reader, SessionMaker, Ticket, open_dealership

__all__ = ["Dealership", "Reader", "SessionMaker", "Ticket", "open_dealership"]
