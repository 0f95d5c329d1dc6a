"""What was missed while there was no connection, without reading everything again: by marks in the history.

Each second the listener looks where the history stands (``change_mark``). What it surely was told of lies below one of
the marks that it took; after a reconnect ``changes_since`` that one says which rows of which tables were written.
"""

from dataclasses import dataclass

MARK = "SELECT place, oldest, following, last FROM change_mark()"
SINCE = "SELECT changed, ids FROM changes_since(%s)"
MOST = 20_000
"""Rows of history that are looked through; after more, everything counts as changed."""


@dataclass(frozen=True)
class Mark:
    """Where the history stood at one moment; see ``models/rules/catching_up.sql``."""

    place: str
    """Which database, and which life of it."""
    oldest: int
    """The first transaction that was not over."""
    following: int
    """The next transaction's number."""
    last: int
    """The highest id of the history that could be seen."""


class Seen:
    """How much of the history was told already, by the marks that were taken while its changes were listened to."""

    def __init__(self, first: Mark | None = None) -> None:
        """``first``: taken before anything was read that is to be kept up."""
        self._before = first
        self._waiting: Mark | None = None
        self._floor: int | None = None
        if first is not None and first.following <= first.oldest:
            self._floor = first.last

    @property
    def place(self) -> str:
        """Where the last mark was taken; empty where none was."""
        return self._before.place if self._before is not None else ""

    @property
    def is_begun(self) -> bool:
        return self._before is not None

    def note(self, mark: Mark) -> None:
        """Another mark was taken on the connection that listens.

        The one before it now counts: whatever it saw committed has told of itself by the time of another answer.
        """
        seen, self._before = self._before, mark
        if seen is None or seen.place != mark.place:
            self._waiting = self._floor = None
            return
        # What ``seen`` did not see began at or after its oldest; what began after another mark has ids above its last.
        for begun_before in (self._waiting, seen):
            if begun_before is not None and begun_before.following <= seen.oldest:
                self._floor, self._waiting = begun_before.last, None
        self._waiting = self._waiting or seen

    def floor(self, now: Mark) -> int | None:
        """The history's id above which all lies that was missed, up to ``now``; None where that is everything."""
        if self._before is None or self._floor is None or now.place != self._before.place:
            return None
        return self._floor if 0 <= now.last - self._floor <= MOST else None

    def begin_anew(self, now: Mark) -> None:
        """Another connection listens, and what was missed was told of."""
        floor = self.floor(now)
        self._before, self._waiting = now, None
        self._floor = floor
