"""Reading the JSON of a car report: one object, not deep, not huge."""

import json
from collections.abc import Mapping
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import fields

MAX_DEPTH = 8
MAX_BYTES = 200_000


def readable_report(value: object) -> dict[str, Any]:
    """``value``, a JSON text or a mapping, as a report's data. Raises ValueError in words."""
    if isinstance(value, str):
        if len(value) > MAX_BYTES:
            raise ValueError(_("This report is too large: at most 200 kB."))
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise ValueError(_("This is not readable JSON.")) from None
    if not isinstance(value, Mapping):
        raise ValueError(_("A report is one JSON object."))
    data = dict(value)
    if not _is_shallow(data, MAX_DEPTH):
        raise ValueError(_("This report is nested too deeply: at most 8 levels."))
    try:
        written = json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError):
        raise ValueError(_("This is not readable JSON.")) from None
    if len(written) > MAX_BYTES:
        raise ValueError(_("This report is too large: at most 200 kB."))
    if b"\\u0000" in written:
        # PostgreSQL's jsonb cannot hold the character NUL.
        raise ValueError(fields.control_characters())
    return data


def _is_shallow(value: object, depth: int) -> bool:
    if isinstance(value, Mapping):
        return depth > 0 and all(_is_shallow(item, depth - 1) for item in value.values())
    if isinstance(value, list | tuple):
        return depth > 0 and all(_is_shallow(item, depth - 1) for item in value)
    return True
