"""The one table from the name of a database rule to our error. A service has usually said it kindlier before."""

from collections.abc import Callable

from dealer_desktop.core.errors import DealerError

_ERRORS: dict[str, Callable[[], DealerError]] = {}


def error_for(rule: str) -> DealerError | None:
    """The error of the rule or constraint named ``rule``; None where it has none of its own."""
    make = _ERRORS.get(rule)
    return make() if make else None
