"""What became of a form's records while it is open: all of it in one banner, the worst first."""

from collections.abc import Callable
from dataclasses import dataclass

from dealer_desktop.ui.widgets.banner import Banner

WayOut = tuple[str, str, Callable[[], None]]
"""A button of the banner: objectName, words, what it does."""


@dataclass(frozen=True)
class _Said:
    words: str
    is_over: bool
    way: WayOut | None


class FormNews:
    """``say(record, words)`` takes the place of what was said of that record before; "" takes it away."""

    def __init__(self, banner: Banner) -> None:
        self._banner = banner
        self._said: dict[object, _Said] = {}

    def say(self, record: object, words: str, way: WayOut | None = None, *, is_over: bool = False) -> None:
        """``is_over`` where the form cannot go on; ``way`` is the nearest useful step then."""
        if not words and record not in self._said:
            return
        self._said[record] = _Said(words, is_over, way)
        said = sorted((each for each in self._said.values() if each.words), key=lambda each: not each.is_over)
        if not said:
            self._banner.clear()
            return
        ways = [each.way for each in said if each.way is not None]
        told = " ".join(dict.fromkeys(each.words for each in said))
        self._banner.show_message(told, "red" if said[0].is_over else "amber", *ways)
