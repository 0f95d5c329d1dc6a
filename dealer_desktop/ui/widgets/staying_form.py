"""A form that stays open when it is saved, ready for the next: several costs of one car."""

from uuid import uuid4

from dealer_desktop.ui.widgets.form_dialog import FormDialog


class StayingForm(FormDialog):
    """``saved`` empties the rows for the next one; Cancel, which says Close, ends it."""

    def accept(self) -> None:
        """Overrides QDialog: what was saved is done, and another request begins."""
        self.request_id = uuid4()
        self._draft.begin_anew()
        self._lock(False)
        self.save_button.setText(self._save_words)
        self.cancel_button.setText(self._cancel_words)
        self.rows.note_opened()
        self.rows.mark({})
        self.focus_first()
