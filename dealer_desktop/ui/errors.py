"""An exception as one sentence for a person."""

import logging

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import log_file

log = logging.getLogger(__name__)


def in_full(error: BaseException) -> str:
    """As ``sentence_of``, and what an admin does about it, where there is something."""
    return error.in_full() if isinstance(error, DealerError) else sentence_of(error)


def sentence_of(error: BaseException) -> str:
    """A refusal as it reads; anything unexpected as one sentence with the log's path."""
    if isinstance(error, DealerError):
        return str(error)
    words = _("Something went wrong in the program. What was saved is safe. Details are in {log}.")
    return words.format(log=log_file())
