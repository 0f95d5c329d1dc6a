"""What is asked before the window closes: long jobs, and forms that hold something typed.

Forms are ``FormDialog``; they are told by what they can do, since their module comes after the window is on the screen.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui import jobs

if TYPE_CHECKING:
    from dealer_desktop.ui.session.context import UiContext
    from dealer_desktop.ui.widgets.form_dialog import FormDialog
    from dealer_desktop.ui.widgets.question import Question

_log = logging.getLogger(__name__)
_PATIENCE = 3.0
"""Seconds for which a person who closes the window waits for what is being saved."""
_STEP_MS = 100


def may_stop_jobs(window: QWidget) -> bool:
    """Ask about what runs and would be cut off; stops it where the person says so."""
    waiting = jobs.board().named
    if not waiting:
        return True
    words = _("{job} is not finished. Stop it and close?").format(job=waiting[0].name)
    if not _agreed(_question(window, words, "", _("Stop and close"))):
        return False
    for job in waiting:
        jobs.cancel(job)
    return True


def is_saving(window: QWidget) -> bool:
    return any(form.is_saving for form in _forms(window))


def wait_for_writes(tell: Callable[[str], None], context: "UiContext | None") -> None:
    """For what is being saved, while the server answers, and for a moment: what takes longer goes on unseen.

    The form's draft says that it was sent; the next start finds out by its request id whether it was saved.
    """
    if not any(job.writes for job in jobs.board().running):
        return
    tell(_("Finishing what is being saved…"))
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and (context is None or context.feed.connected):
        if jobs.wait_for_all(_STEP_MS, only_writes=True):
            return
    _log.warning("closed while a write had no answer")


def may_leave_forms(window: QWidget) -> bool:
    """Ask about forms with something typed that is not saved."""
    question = question_about_forms(window)
    return question is None or _agreed(question)


def question_about_forms(window: QWidget) -> "Question | None":
    """None where nothing was typed."""
    typed = [form for form in _forms(window) if form.has_something_to_lose]
    if not typed:
        return None
    names = "\n".join(form.draft_words() for form in typed)
    words = ngettext("A form is not saved:", "Forms are not saved:", len(typed)) + "\n" + names
    later = _("What was typed is kept as a draft on this PC and offered at the next start.")
    return _question(window, words, later, _("Keep the draft and close"))


def leave_forms(window: QWidget, covered: Sequence[QDialog]) -> None:
    """Close every dialog, those too that a locked window hides; what was typed is offered at the next start."""
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible() or dialog in covered:
            leave = getattr(dialog, "leave_open", dialog.reject)
            leave()


def _forms(window: QWidget) -> "list[FormDialog]":
    found: list[Any] = [dialog for dialog in window.findChildren(QDialog) if hasattr(dialog, "has_something_to_lose")]
    return [form for form in found if form.isVisible()]


def _question(window: QWidget, words: str, more: str, close: str) -> "Question":
    from dealer_desktop.ui.widgets.question import Question

    yes, no = ("closeButton", close), ("keepOpenButton", _("Keep open"))
    return Question("closeDialog", _("Dealer Desktop"), words, more, yes=yes, no=no, parent=window)


def _agreed(question: "Question") -> bool:
    agreed = question.exec() == QDialog.DialogCode.Accepted
    question.deleteLater()
    return agreed
