"""What one entry of the history changed, field by field, as the database wrote it."""

from collections.abc import Mapping
from typing import Any

_HIDDEN = frozenset({"id", "created_at", "updated_at", "stay", "came_in"})
_LONGEST = 80
"""Characters of a value that are told."""


def difference(action: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """``price: 100.00 → 90.00; make: …``: of an update what changed, else the row that came or went."""
    old, new = before or {}, after or {}
    fields = [name for name in {**old, **new} if name not in _HIDDEN]
    if action == "UPDATE":
        return "; ".join(f"{name}: {_short(old.get(name))} → {_short(new.get(name))}" for name in fields)
    return "; ".join(f"{name}: {_short((new or old).get(name))}" for name in fields)


def _short(value: Any) -> str:
    if isinstance(value, float):
        value = f"{value:.2f}"  # an amount
    words = " ".join(str(value).split()) if value is not None and value != "" else "–"
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
