"""The draft of one open form: written while a person types, offered at the next opening, sent with the save.

What is sent is on the disk before it leaves, with the form's request id: if the program dies before the answer, saving
the draft again gives back what was saved instead of doing it twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from dealer_desktop.core.errors import Busy, DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.transactions import once
from dealer_desktop.ui.session.drafts import Draft, Drafts
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.form_rows import FormRows

PAUSE_MS = 400
"""Milliseconds without a key after which what was typed goes to the disk."""


@dataclass(frozen=True)
class Answer:
    """What a save gave, and whether it had been carried out before."""

    result: Any
    repeated: bool


class Drafted(Protocol):
    """What a draft asks of the form that it belongs to, beside its rows."""

    request_id: UUID

    @property
    def is_saving(self) -> bool: ...

    def objectName(self) -> str: ...

    def draft_words(self) -> str: ...

    def draft_more(self) -> dict[str, Any]: ...

    def use_draft_more(self, more: Mapping[str, Any]) -> None: ...

    def focus_first(self) -> None: ...


class FormDraft(QObject):
    """``key`` names the draft, nothing where the form keeps none; ``record`` is the kind and id that it is about."""

    def __init__(
        self,
        form: Drafted,
        rows: FormRows,
        banner: Banner,
        drafts: Drafts,
        key: str,
        record: tuple[str, int] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.key = key
        self.is_recovered = False
        """What is saved was on its way before this form was opened."""
        self._sent = False
        """No answer came to what was sent: it may be saved already."""
        self._form = form
        self._rows = rows
        self._banner = banner
        self._record = record
        self._drafts = drafts
        self._offered: Draft | None = None
        self._written = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    # -- what was kept ------------------------------------------------------------------------------------------------

    def offer(self) -> None:
        """In a line inside the form, the newest that differs from what the form opens with."""
        found = [self._drafts.get(key) for key in (self.key, self._older_key)] if self.key else []
        draft = next((one for one in found if one and (one.sent or self._rows.differ_from(one.values))), None)
        self._offered = draft
        if draft is None:
            return
        words = _("A draft of this form was kept.")
        if draft.sent:
            words = _("This form was just being saved when it was interrupted. Saved again, it is not saved twice.")
        self._banner.show_message(
            words,
            "amber" if draft.sent else "second",
            ("useDraftButton", _("Use the draft"), self._use),
            ("dropDraftButton", _("Discard"), self._drop),
        )

    def _use(self) -> None:
        draft, self._offered = self._offered, None
        if draft is None:
            return
        if draft.sent or draft.owner in ("", self._drafts.owner):
            # Else another window may have the form open still: its request is for what is saved there.
            self._form.request_id = draft.request_id
        self.is_recovered = self._sent = draft.sent
        for name, text in draft.values.items():
            self._rows.put_back(name, text)
        if draft.more:
            self._form.use_draft_more(draft.more)
        self.keep()
        if draft.key == self._older_key:
            self._drafts.forget(draft.key)  # the form holds it now
        self._banner.clear()
        self._form.focus_first()

    def _drop(self) -> None:
        if self._offered is not None:
            self._drafts.forget(self._offered.key)
        self._banner.clear()
        self.offer()
        self._form.focus_first()

    @property
    def _older_key(self) -> str:
        """Where a draft goes that is neither used nor discarded when something else is typed."""
        return f"{self.key}/older"

    def _put_offered_back(self) -> None:
        """What is typed now is another draft: the one on offer, which may be sent already, is kept beside it."""
        offered = self._offered
        if offered is None or offered.key != self.key:
            return
        older = self._drafts.get(self._older_key)
        if older is None or offered.sent or not older.sent:
            self._offered = replace(offered, key=self._older_key, is_open=False)
            self._drafts.keep(self._offered)

    # -- what is typed ------------------------------------------------------------------------------------------------

    def note_edit(self) -> None:
        if self.key:
            self._pause.start()

    def keep(self, *, is_open: bool = True, owner: str | None = None) -> None:
        """Write down what the form holds now; one that is as it opened leaves nothing, unless it was sent."""
        self._pause.stop()
        if not self.key or self._form.is_saving:
            return
        if self._rows.differ_from(self._rows.to_draft()) or self._sent:
            self._put_offered_back()
            self._written = True
            self._drafts.keep(self._now(is_open, self._drafts.owner if owner is None else owner))
        elif self._written:
            self._written = False
            self._drafts.forget(self.key)

    def put_aside(self) -> None:
        """The person closed the form without saving."""
        self.keep(is_open=False, owner="")
        if self.key and self._offered is not None and not self._written:
            self._drafts.put_aside(self.key)

    def leave_open(self) -> None:
        """The program is closed while the form is open: offered at the next start."""
        self.keep(is_open=True, owner="")

    def _now(self, is_open: bool, owner: str) -> Draft:
        kind, record = self._record or ("", None)
        return Draft(
            key=self.key,
            values=self._rows.to_draft(),
            request_id=self._form.request_id,
            form=self._form.objectName(),
            kind=kind,
            record=record,
            words=self._form.draft_words(),
            more=self._form.draft_more(),
            sent=self._sent,
            is_open=is_open,
            owner=owner,
        )

    # -- what is saved ------------------------------------------------------------------------------------------------

    def sending(self, work: Callable[[], Any]) -> Callable[[], Answer]:
        """``work`` for a pool thread, which first writes down what is being sent."""
        self._pause.stop()
        if self.key:
            self._put_offered_back()
        sender = self._drafts.sending(self._now(True, self._drafts.owner)) if self.key else None
        self._written = True

        def send() -> Answer:
            if sender is not None:
                sender.write()
            once.repeats.last = False
            result = work()
            return Answer(result, once.repeats.last)

        return send

    def unanswered(self) -> None:
        """No answer came: whether it was saved is unknown."""
        self._sent = True

    def refused(self, error: Exception) -> None:
        """What was sent is not saved; where the database gave no reason, an earlier sending may still be."""
        if not isinstance(error, Busy):
            self._sent = not isinstance(error, DealerError)
        self.keep()

    def begin_anew(self) -> None:
        """The form stays open for the next, of which nothing is sent yet."""
        self.is_recovered = self._sent = False

    def done(self) -> None:
        """It is saved, now or before."""
        self._pause.stop()
        if self.key:
            self._written = False
            self._drafts.forget(self.key)
