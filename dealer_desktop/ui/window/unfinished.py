"""Forms that were open when the program ended: one line above the tabs offers them, one after the other."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.transactions import once
from dealer_desktop.services.transactions.reader import Reader
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.session.drafts import Draft, Drafts
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.window import reopening


class UnfinishedForms(QObject):
    """``look()`` asks the disk and the database; ``banner`` then shows what there is."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(context)  # it goes with the person, the window stays
        self._context = context
        self._window = window
        self._waiting: list[Draft] = []
        self._saved: frozenset[Any] = frozenset()
        self._discarded: Draft | None = None
        self.banner = Banner(window, name="unfinishedBanner")
        context.drafts.forgotten.connect(self._leave_out)

    def look(self) -> None:
        """Off the GUI thread; a draft that cannot be read is no reason to trouble anybody."""
        context = self._context
        jobs.run(self, _look, context.drafts, context.reader, done=self._offer, failed=lambda _error: None)

    def _offer(self, found: tuple[Sequence[Draft], frozenset[Any]]) -> None:
        drafts, self._saved = found
        self._waiting = [draft for draft in drafts if reopening.is_known(draft)]
        self._show()

    def _leave_out(self, key: str) -> None:
        """The person went to that form by another way, and is through with it."""
        left = [draft for draft in self._waiting if draft.key != key]
        if len(left) < len(self._waiting):
            self._waiting = left
            self._show()

    def _show(self) -> None:
        if not self._waiting:
            self.banner.clear()
            return
        draft = self._waiting[0]
        if draft.request_id in self._saved:
            self._show_saved(draft)
            return
        when = formats.moment(draft.at, self._context.dealer.timezone)
        self._tell(
            _("A form was not finished: {form} ({when}).").format(form=draft.words, when=when),
            ("openUnfinishedButton", _("Open"), self._open),
            ("discardUnfinishedButton", _("Discard"), self._discard),
        )

    def _show_saved(self, draft: Draft) -> None:
        """The program ended between the commit and its answer."""
        buttons = [("dismissUnfinishedButton", _("Close"), self._dismiss)]
        if draft.record is not None:
            buttons.insert(0, ("showSavedButton", _("Show"), self._show_record))
        self._tell(
            _("{form} was saved already before the program was interrupted. Nothing is left to do.").format(
                form=draft.words
            ),
            *buttons,
        )

    def _tell(self, words: str, *buttons: Any) -> None:
        more = len(self._waiting) - 1
        if more > 0:
            words += " " + ngettext("{count} more waits.", "{count} more wait.", more).format(count=more)
        self.banner.show_message(words, "second", *buttons)

    # -- what can be done with it -------------------------------------------------------------------------------------

    def _open(self) -> None:
        draft = self._waiting[0]
        for button in self.banner.buttons:
            button.setEnabled(False)
        jobs.run(
            self,
            reopening.read_record,
            self._context,
            draft,
            done=lambda record: self._open_form(draft, record),
            failed=self._say_unreadable,
        )

    def _open_form(self, draft: Draft, record: Any | None) -> None:
        form = reopening.make_form(self._context, draft, record, self._window)
        if form is None:
            self._say_outdated(draft)
            return
        if draft.record is not None:
            self._context.show(draft.kind, draft.record)
        self._waiting = [other for other in self._waiting if other is not draft]
        self._show()
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.open()

    def _say_unreadable(self, error: Exception) -> None:
        self._tell(
            sentence_of(error),
            ("openUnfinishedButton", _("Open"), self._open),
            ("discardUnfinishedButton", _("Discard"), self._discard),
        )

    def _say_outdated(self, draft: Draft) -> None:
        self._tell(
            _("{form}: the record has changed so far that this form no longer fits it.").format(form=draft.words),
            ("copyUnfinishedButton", _("Copy what was typed"), self._copy),
            ("discardUnfinishedButton", _("Discard"), self._discard),
        )

    def _copy(self) -> None:
        values = self._waiting[0].values.values()
        QGuiApplication.clipboard().setText("\n".join(text for text in values if text))
        self._context.tell(_("What was typed is on the clipboard."))

    def _discard(self) -> None:
        draft = self._waiting.pop(0)
        self._discarded = self._context.drafts.get(draft.key) or draft  # more may have been typed since the start
        self._context.drafts.forget(draft.key)
        self.banner.show_message(
            _("{form} is discarded.").format(form=draft.words),
            "second",
            ("undoDiscardButton", _("Undo"), self._undo),
            ("dismissUnfinishedButton", _("Close"), self._show),
        )

    def _undo(self) -> None:
        if self._discarded is not None:
            self._context.drafts.keep(self._discarded)
            self._waiting.insert(0, self._discarded)
            self._discarded = None
        self._show()

    def _show_record(self) -> None:
        draft = self._waiting[0]
        assert draft.record is not None
        self._dismiss()
        self._context.show(draft.kind, draft.record)

    def _dismiss(self) -> None:
        self._context.drafts.forget(self._waiting.pop(0).key)
        self._show()


def _look(drafts: Drafts, reader: Reader) -> tuple[list[Draft], frozenset[Any]]:
    """What was interrupted, and which of it was saved all the same."""
    found = drafts.unfinished()
    try:
        return found, once.carried_out(reader, [draft.request_id for draft in found if draft.sent])
    except DealerError:
        return found, frozenset()  # saving one of them will tell
