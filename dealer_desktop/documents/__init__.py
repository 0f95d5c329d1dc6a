"""Paper: orders, payments and cars as HTML, in the language that the customer reads."""

from dealer_desktop.documents.delivery_list import delivery_list
from dealer_desktop.documents.drawer_paper import drawer_draft, drawer_paper
from dealer_desktop.documents.numbered_paper import draft_paper, empty_act, issued_paper, kind_in_words, numbered
from dealer_desktop.documents.numbers_paper import numbers_paper, own_numbers_paper
from dealer_desktop.documents.paper import Paper, order_summary
from dealer_desktop.documents.price_tag import price_tag
from dealer_desktop.documents.profit_paper import profit_paper
from dealer_desktop.documents.reading_words import field_in_words, sentences
from dealer_desktop.documents.report_paper import report_paper
from dealer_desktop.documents.takings_paper import takings_paper
from dealer_desktop.documents.templates import broken_at, built_in

__all__ = [
    "Paper",
    "broken_at",
    "built_in",
    "delivery_list",
    "draft_paper",
    "drawer_draft",
    "drawer_paper",
    "empty_act",
    "field_in_words",
    "issued_paper",
    "kind_in_words",
    "numbered",
    "numbers_paper",
    "order_summary",
    "own_numbers_paper",
    "price_tag",
    "profit_paper",
    "report_paper",
    "sentences",
    "takings_paper",
]
