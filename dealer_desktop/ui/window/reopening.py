"""Which form a draft belongs to: how it is opened again on its record as that is now."""

from typing import Any

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.errors import NotFound
from dealer_desktop.services import tables
from dealer_desktop.ui.section import Form
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.session.drafts import Draft
from dealer_desktop.ui.widgets.form_dialog import FormDialog
from dealer_desktop.ui.window import sections


def _form_of(draft: Draft) -> Form | None:
    """As the draft's section declares it."""
    if draft.kind:
        section = sections.section_of(draft.kind)
        return section.forms().get(draft.form) if section is not None else None
    for section in sections.SECTIONS:
        if (open_new := section.new_forms().get(draft.form)) is not None:
            return Form(lambda context, _none, parent: open_new(context, parent))
    return None


def is_known(draft: Draft) -> bool:
    return _form_of(draft) is not None


def read_record(context: UiContext, draft: Draft) -> Any | None:
    """On a pool thread: the record as it is now, None where it is gone, or where the form has none."""
    declared = _form_of(draft)
    if draft.record is None or declared is None:
        return None
    if declared.read is not None:
        try:
            return declared.read(context.reader, draft.record)
        except NotFound:
            return None
    return tables.rows(context.reader, draft.kind, [draft.record]).get(draft.record)


def make_form(context: UiContext, draft: Draft, record: Any | None, parent: QWidget) -> FormDialog | None:
    """The form, which offers the draft; None where the record has gone on, so that this form no longer fits it."""
    declared = _form_of(draft)
    if declared is None or (draft.record is not None and record is None):
        return None
    form = declared.open(context, record, parent)
    if form is not None and form.draft_key != draft.key:
        form.deleteLater()
        return None
    return form
