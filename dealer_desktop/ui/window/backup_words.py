"""What the dialog of backups says."""

from collections.abc import Sequence
from datetime import datetime

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.backups import age_words


def about(*, bundled: bool) -> str:
    if bundled:
        return _(
            "This PC’s database is backed up by itself, each night at the first quiet minute and before every upgrade; "
            "the last 14 stay on this PC. Save one to another place now and then."
        )
    return _("The server’s admin backs it up; a file of your own is made here.")


def kept_words(made_at: Sequence[datetime], now: datetime) -> str:
    """``made_at`` from the newest on."""
    if not made_at:
        return _("None was made yet.")
    return _("The last one is {age}.").format(age=age_words(now - made_at[0]))


def size_words(size: int) -> str:
    """``size`` in bytes."""
    if size < 1_000_000:
        return _("{size} kB").format(size=formats.number(max(1, size // 1000)))
    return _("{size} MB").format(size=formats.number(size // 1_000_000))
