"""Paper: orders and payments as HTML, in the language that the customer reads."""

from dealer_desktop.documents.paper import Paper, order_summary, receipt

__all__ = ["Paper", "order_summary", "receipt"]
