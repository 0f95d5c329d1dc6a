"""The record of an open form, as it changes elsewhere: what happened is said in the form before more is typed in vain.

    LiveRecord(self, "orders", order, over=partial(why_not, Step.CANCEL), changed=self._follow, way_out=self._way_out)

The form keeps its numbers up by ``changed``; saving is refused by the rules where it is too late, whatever is shown.
A form may follow several records: what is said of each stands in one banner, the worst first.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import tables
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.widgets.form_news import WayOut

if TYPE_CHECKING:
    from dealer_desktop.ui.widgets.form_dialog import FormDialog

_SOON_MS = 40


class LiveRecord(QTimer):
    """``over(row)``: why the form cannot go on with the record as it is now, None where it can.

    ``changed(old, new)`` takes the new values into the form and says what happened, "" for nothing worth saying;
    ``way_out(row)`` is the nearest useful step where the form cannot go on; ``gone(self)`` says what became of a record
    that is no longer there, where that is not that it was deleted.
    """

    def __init__(
        self,
        form: "FormDialog",
        kind: tables.TableKind,
        row: Any,
        *,
        over: Callable[[Any], str | None],
        changed: Callable[[Any, Any], str],
        way_out: Callable[[Any], WayOut | None],
        gone: Callable[["LiveRecord"], None] | None = None,
    ) -> None:
        super().__init__(form, singleShot=True, interval=_SOON_MS)
        self._form = form
        self._kind = kind
        self._row = row
        self._over, self._changed, self._way_out = over, changed, way_out
        self._gone = gone
        self._is_over = False
        self._reading = self._again = False
        self._own = tables.own_table(kind)
        self._shown = tables.shown_tables(kind)
        self.timeout.connect(self._read)
        form.context.feed.changed.connect(self._note)
        form.work_finished.connect(self._look_after_saving)

    def _note(self, change: ChangeLike) -> None:
        if not concerns(change, *self._shown):
            return
        # Another table's row says nothing of which records it shows in.
        is_own = change.table == self._own and change.ids is not None
        if not is_own or self._row.id in (change.ids or ()):
            self._again = True
            if not self.isActive():
                self.start()

    def _look_after_saving(self) -> None:
        if self._again and self._form.isVisible():
            self.start()

    def _read(self) -> None:
        if self._reading or self._form.is_saving:
            # What the form itself changes is no news to it.
            return
        self._reading, self._again = True, False
        context, row_id = self._form.context, self._row.id
        jobs.run(self, tables.rows, context.reader, self._kind, [row_id], done=self._take, failed=self._give_up)

    def _give_up(self, _error: Exception) -> None:
        self._reading = False  # the window says by itself that the database does not answer

    def _take(self, rows: dict[int, Any]) -> None:
        self._reading = False
        if self._form.is_saving:
            self._again = True
            return
        new = rows.get(self._row.id)
        if new is None:
            if self._gone is not None:
                self._gone(self)
            else:
                self.say(_("It was deleted meanwhile."), is_over=True)
        elif new != self._row:
            self._show(new)
        if self._again:
            self.start()

    def _show(self, new: Any) -> None:
        old, self._row = self._row, new
        words = self._changed(old, new)
        self._form.tell_need()
        refusal = self._over(new)
        if refusal is not None:
            self.say(_join(words, refusal), self._way_out(new), is_over=True)
        elif words or self._is_over:
            self.say(words)

    def say(self, words: str, way: WayOut | None = None, *, is_over: bool = False) -> None:
        """In the form's banner; ``is_over`` where the form cannot go on. "" takes away what was said."""
        self._is_over = is_over
        self._form.news.say(self, words, way, is_over=is_over)

    def end(self) -> None:
        """The form has another record in its place."""
        self.stop()
        self._form.context.feed.changed.disconnect(self._note)
        self._form.work_finished.disconnect(self._look_after_saving)
        self._form.news.say(self, "")
        self.deleteLater()


def _join(words: str, refusal: str) -> str:
    return refusal if not words or words == refusal else f"{words} {refusal}"
