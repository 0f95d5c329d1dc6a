"""An order's fields and their values in words: for conflicts and for its history."""

from typing import Any

from dealer_desktop.domain.record_words import telling
from dealer_desktop.domain.record_words.writing import Manner


def field_name(field: str) -> str:
    """What an order's field is called on screens."""
    return telling.field_name("orders", field)


def value_words(field: str, value: Any, currency: str) -> str:
    """An order's field as screens write it, from a row's value or from the history's JSON."""
    return telling.value_words("orders", field, value, Manner(currency))
