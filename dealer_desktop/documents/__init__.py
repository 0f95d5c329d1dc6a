"""Paper: orders, payments and cars as HTML, in the language that the customer reads."""

from dealer_desktop.documents.drawer_paper import drawer_paper
from dealer_desktop.documents.numbers_paper import numbers_paper
from dealer_desktop.documents.paper import Paper, order_summary, receipt
from dealer_desktop.documents.price_tag import price_tag
from dealer_desktop.documents.report_paper import report_paper
from dealer_desktop.documents.takings_paper import takings_paper

__all__ = [
    "Paper",
    "drawer_paper",
    "numbers_paper",
    "order_summary",
    "price_tag",
    "receipt",
    "report_paper",
    "takings_paper",
]
