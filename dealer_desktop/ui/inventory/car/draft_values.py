"""A car's values as a draft holds them, and back."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.cars import CarInput


def to_texts(values: Mapping[str, Any]) -> dict[str, str | None]:
    """Each value as its text; None stays None."""
    return {name: None if value is None else str(value) for name, value in values.items()}


def from_texts(texts: Any) -> dict[str, Any] | None:
    """The values again; None for what no car could have held."""
    if not isinstance(texts, dict):
        return None
    try:
        car = parse(CarInput, request_id=uuid4(), **{str(name): text for name, text in texts.items()})
    except (InvalidInput, TypeError):
        return None
    return {name: getattr(car, name) for name in texts}
