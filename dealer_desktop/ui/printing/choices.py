"""What a preview can show."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dealer_desktop.documents import Paper


@dataclass(frozen=True)
class PaperChoice:
    """One paper of a preview."""

    words: str
    """What the choice is called."""
    kind: str
    """Which kind of paper it is: printer, paper size and copies are remembered for each."""
    render: Callable[[str], Paper]
    """The paper in a language; called off the GUI thread."""
    issue: Callable[[str], Paper] | None = None
    """Gives a draft its number when it is printed or saved, and returns it with that; ``render`` then does so, too."""
    sizes: tuple[str, ...] = field(default=("A4", "A5"))
    missing: tuple["MissingFact", ...] = ()
    """What would be a blank line, each with the way to where it is entered."""


@dataclass(frozen=True)
class MissingFact:
    words: str
    show: Callable[[], object]
