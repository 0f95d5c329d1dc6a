"""Two people, one record: whose changes are saved when somebody else wrote the row meanwhile.

``xmin`` only tells that the row was written, and triggers write it too. So the fields decide: what nobody else changed
is saved on the new version without a word; what somebody else changed too is a conflict, field by field.
"""

from collections.abc import Mapping
from typing import Any

from dealer_desktop.core.errors import Conflict


def changes(opened: Mapping[str, Any], mine: Mapping[str, Any], now: Any, version: int) -> dict[str, Any]:
    """The fields to save: those that this person changed since opening, unless they are so already.

    ``opened`` holds the values that the form showed, at ``version``; ``mine`` what it holds now; ``now`` is the row as
    it is. Raises Conflict, with ``theirs`` and ``mine`` by field and the row's ``version``, which the form then sends.
    """
    changed = {name: value for name, value in mine.items() if value != opened.get(name, getattr(now, name))}
    if now.version != version:
        theirs = {name: getattr(now, name) for name in changed}
        differing = [
            name
            for name, value in changed.items()
            if name in opened and theirs[name] != opened[name] and theirs[name] != value
        ]
        if differing:
            raise Conflict(
                theirs={name: theirs[name] for name in differing},
                mine={name: changed[name] for name in differing},
                version=now.version,
            )
    return {name: value for name, value in changed.items() if value != getattr(now, name)}
