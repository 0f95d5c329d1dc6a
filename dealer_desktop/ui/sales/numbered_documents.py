"""Contracts, handover acts and receipts in the preview: what was handed out, and a new one with its number to come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, draft_paper, empty_act, issued_paper, kind_in_words, numbered
from dealer_desktop.domain.document_facts import Checklist
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services import document_codes, documents
from dealer_desktop.services.documents import DocumentRow, Missing, Prepared
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import IssueDocument
from dealer_desktop.ui import printing
from dealer_desktop.ui.printing.choices import MissingFact
from dealer_desktop.ui.printing.preview_dialog import PaperPreview
from dealer_desktop.ui.session.context import UiContext


class _NewDocument:
    """A document of this preview: a draft until it is printed, then the one with its number."""

    def __init__(self, context: UiContext, prepared: Prepared, checklist: Checklist) -> None:
        self._context, self._prepared, self._checklist = context, prepared, checklist
        self._request = uuid4()
        self._document: DocumentRow | None = None

    def render(self, language: str) -> Paper:
        if self._document is None:
            facts = replace(self._prepared.facts, checklist=self._checklist)
            return draft_paper(self._prepared.kind, facts, language)
        signer = document_codes.signer(self._context.session_maker)
        return issued_paper(self._document, language, signer=signer)

    def issue(self, language: str) -> Paper:
        if self._document is None:
            about = self._prepared
            wanted = parse(
                IssueDocument,
                request_id=self._request,
                kind=about.kind,
                order_id=None if about.payment_id else about.order_id,
                payment_id=about.payment_id,
                language=language,
                **vars(self._checklist),
            )
            self._document = documents.issue(self._context.session_maker, wanted)
        return self.render(language)


def preview_numbered(
    context: UiContext,
    parent: QWidget | None,
    kind: DocumentKind,
    *,
    order_id: int | None = None,
    payment_id: int | None = None,
    checklist: Checklist | None = None,
) -> PaperPreview:
    """The preview: the document handed out where nothing changed since, else a new one; the other beside it."""

    def choices() -> list[printing.PaperChoice]:
        prepared = documents.prepare(context.reader, kind, order_id=order_id, payment_id=payment_id)
        new = _NewDocument(context, prepared, checklist or Checklist())
        lacking = documents.missing(prepared.facts) if kind is DocumentKind.CONTRACT else ()
        found = [
            printing.PaperChoice(
                _("New, as things are now"),
                kind.value,
                new.render,
                new.issue,
                missing=tuple(MissingFact(each.words, _way_to(context, each)) for each in lacking),
            )
        ]
        if prepared.issued is not None:
            handed_out = reprint(context, prepared.issued)
            found.insert(0 if prepared.is_as_issued and checklist is None else 1, handed_out)
        if kind is DocumentKind.HANDOVER_ACT:
            found.append(
                printing.PaperChoice(_("Empty form"), kind.value, lambda language: empty_act(prepared.facts, language))
            )
        return found

    return printing.preview_of(parent, choices, context.settings)


def reprint(context: UiContext, document: DocumentRow) -> printing.PaperChoice:
    """A document as it was handed out; on paper it says that it is a copy."""

    def render(language: str) -> Paper:
        signer = document_codes.signer(context.session_maker)
        return issued_paper(document, language, copied=datetime.now(UTC), signer=signer)

    return printing.PaperChoice(document_title(document, context.dealer.timezone), document.kind.value, render)


def document_title(document: DocumentRow, timezone: str) -> str:
    words = _("No. {number} of {day}, a copy")
    return words.format(number=numbered(document), day=formats.day_of(document.issued_at, timezone))


def name_of(document: DocumentRow) -> str:
    """What a list calls it."""
    facts = documents.facts_of(document)
    name = kind_in_words(document.kind, is_refund=facts.payment is not None and facts.payment.amount < 0)
    return _("{document} No. {number}").format(document=name, number=numbered(document))


def _way_to(context: UiContext, lacking: Missing) -> Callable[[], object]:
    if lacking.id is None:
        return lambda: context.tell(_("This order has no customer's account yet. Choose one in the order."))
    number = lacking.id
    return lambda: context.enter_requested.emit(lacking.record, number, lacking.field)
