"""What this person did in this session and may take back: the last edits and statuses set by hand.

Whoever did something notes how it is taken back, by the same services and their checks:

    context.undo.note(_("the changes to order {id}"), lambda session_maker: orders.edit(session_maker, reversed_edit))

What somebody else changed since is theirs: then the service refuses, and nothing is taken back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from dealer_desktop.services import SessionMaker
    from dealer_desktop.services.inputs.base import Input

MOST = 20
"""Acts that are kept, the last ones."""
_NO_VERSION = -1
"""Of no row: every field is compared with what it is now."""

I = TypeVar("I", bound="Input")  # noqa: E741


@dataclass(frozen=True)
class Act:
    words: str
    """What is taken back: "the changes to order 12"."""
    back: "Callable[[SessionMaker], object]"
    """Sends one and the same input however often it is called: an answer that was lost is asked for again."""


class Undo(QObject):
    changed = Signal()
    """Another act is the last one, or none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._acts: list[Act] = []

    def note(self, words: str, back: "Callable[[SessionMaker], object]") -> None:
        self._acts = [*self._acts, Act(words, back)][-MOST:]
        self.changed.emit()

    @property
    def last(self) -> Act | None:
        return self._acts[-1] if self._acts else None

    def drop(self, act: Act) -> None:
        """It is taken back, or cannot be any more."""
        self._acts = [each for each in self._acts if each is not act]
        self.changed.emit()


def reversed_edit(change: I, saved: Any) -> I:
    """The edit that gives back what ``change`` changed; ``saved`` is the record as it was saved.

    Only these fields are written, each only while it is as it was saved.
    """
    opened: Mapping[str, Any] = change.opened  # type: ignore[attr-defined]
    now = {name: getattr(saved, name, getattr(change, name)) for name in opened}
    former = {name: value if getattr(change, name) != value else now[name] for name, value in opened.items()}
    return change.model_copy(
        update={**former, "opened": now, "version": _NO_VERSION, "request_id": uuid4()},
    )
