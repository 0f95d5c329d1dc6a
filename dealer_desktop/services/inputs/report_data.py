"""Reading the JSON of a car report: one object, not deep, not huge."""

import json
from collections.abc import Mapping
from typing import Any

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.inputs import fields

MAX_DEPTH = 8
MAX_BYTES = 200_000


class _SaidTwice(ValueError):
    """One object has the same name twice: which of the two is meant?"""


def readable_report(value: object) -> dict[str, Any]:
    """``value``, a JSON text or a mapping, as a report's data. Raises ValueError in words."""
    if isinstance(value, str):
        value = _loaded(value)
    if not isinstance(value, Mapping):
        raise ValueError(_("A report is one JSON object: it begins with { and ends with }."))
    data = dict(value)
    if not _is_shallow(data, MAX_DEPTH):
        raise ValueError(_("This report is nested too deeply: at most 8 levels."))
    try:
        written = json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError):
        raise ValueError(_("This is not readable JSON.")) from None
    if len(written) > MAX_BYTES:
        raise ValueError(too_large())
    if _holds_nul(data):
        # PostgreSQL's jsonb cannot hold the character NUL.
        raise ValueError(fields.control_characters())
    return data


def too_large() -> str:
    return _("This report is too large: at most 200 kB.")


def _loaded(text: str) -> Any:
    if len(text) > MAX_BYTES:
        raise ValueError(too_large())
    if not text.strip():
        raise ValueError(_("Paste the report's JSON here."))
    try:
        # Copied from a file, it may begin with a byte order mark.
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_once)
    except _SaidTwice as twice:
        raise ValueError(_("“{name}” stands twice in one object. Keep one of the two.").format(name=twice)) from None
    except json.JSONDecodeError as error:
        words = _("This is not readable JSON: look at line {line}, character {column}.")
        raise ValueError(words.format(line=error.lineno, column=error.colno)) from None
    except (ValueError, RecursionError):
        raise ValueError(_("This is not readable JSON.")) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for name, _value in pairs:
            if name in seen:
                raise _SaidTwice(name if name.isprintable() and len(name) <= 60 else f"{name[:60]!a}…")
            seen.add(name)
    return found


def _is_shallow(value: object, depth: int) -> bool:
    if isinstance(value, Mapping):
        return depth > 0 and all(_is_shallow(item, depth - 1) for item in value.values())
    if isinstance(value, list | tuple):
        return depth > 0 and all(_is_shallow(item, depth - 1) for item in value)
    return True


def _holds_nul(value: object) -> bool:
    """At most ``MAX_DEPTH`` deep, which is known by then."""
    if isinstance(value, Mapping):
        return any("\0" in str(name) or _holds_nul(item) for name, item in value.items())
    if isinstance(value, list | tuple):
        return any(_holds_nul(item) for item in value)
    return isinstance(value, str) and "\0" in value
