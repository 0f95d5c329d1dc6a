"""Contracts, handover acts and receipts: what their facts say, the same on the first day and years later."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from dealer_desktop.core import formats, i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents import code
from dealer_desktop.documents.paper import LOGO, Paper, footer
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.domain import amount_words
from dealer_desktop.domain.document_facts import Facts
from dealer_desktop.domain.enums import CustomerKind, DocumentKind
from dealer_desktop.services import documents as services
from dealer_desktop.services.document_codes import Claims, Signer, signer_of_settings
from dealer_desktop.services.documents import DocumentRow


def kind_in_words(kind: DocumentKind, *, is_refund: bool = False) -> str:
    """What the document is called, in the language in use."""
    match kind:
        case DocumentKind.CONTRACT:
            return _("Sale contract")
        case DocumentKind.HANDOVER_ACT:
            return _("Handover act")
        case DocumentKind.RECEIPT:
            return pgettext("document", "Refund receipt") if is_refund else pgettext("document", "Receipt")
        case DocumentKind.DRAWER_REPORT:
            return _("Drawer report")


def numbered(document: DocumentRow) -> str:
    """The number as it is printed: ``2026-15``."""
    return f"{document.year}-{document.number}"


def issued_paper(
    document: DocumentRow, language: str, *, copied: datetime | None = None, signer: Signer | None = None
) -> Paper:
    """A document as it was handed out; ``copied`` is the moment of a reprint, which says that it is a copy."""
    facts = services.facts_of(document)
    signer = signer or signer_of_settings()
    number = numbered(document)
    claims = Claims(
        document.kind.value, facts.order.id, facts.order.total, facts.order.paid, document.issued_at, number
    )
    token = signer.sign(claims) if signer else None
    return _paper(document.kind, facts, language, number, document.issued_at, token=token, copied=copied)


def draft_paper(kind: DocumentKind, facts: Facts, language: str, *, at: datetime | None = None) -> Paper:
    """A document before it has its number, which it gets when it is printed. What is missing is told."""
    paper = _paper(kind, facts, language, None, at or datetime.now(UTC))
    lacking = services.missing(facts) if kind is DocumentKind.CONTRACT else ()
    return replace(paper, is_draft=True, warnings=tuple(each.words for each in lacking))


def empty_act(facts: Facts, language: str, *, at: datetime | None = None) -> Paper:
    """The handover act as a form to fill in by hand; nothing but the seller's name and the letterhead is in it."""
    return _paper(DocumentKind.HANDOVER_ACT, facts, language, None, at or datetime.now(UTC), is_empty=True)


def _paper(
    kind: DocumentKind,
    facts: Facts,
    language: str,
    number: str | None,
    at: datetime,
    *,
    token: str | None = None,
    copied: datetime | None = None,
    is_empty: bool = False,
) -> Paper:
    seller, order, payment = facts.seller, facts.order, facts.payment
    is_refund = payment is not None and payment.amount < 0
    with i18n.speaking(language):
        name = kind_in_words(kind, is_refund=is_refund)
        title = _("{document} No. {number}").format(document=name, number=number or "________")
        html = render(
            f"{kind.value}.html",
            currency=seller.currency,
            timezone=seller.timezone,
            title=title,
            number=number,
            issued_on=_day(at, seller.timezone),
            issued_at=at,
            copied=copied,
            dealer=seller,
            seller=seller,
            buyer=facts.buyer,
            is_company=facts.buyer.kind is CustomerKind.COMPANY,
            car=facts.car,
            order=order,
            lines=facts.lines,
            payment=payment,
            is_refund=is_refund,
            checklist=facts.checklist,
            is_empty=is_empty,
            logo=fitted(seller.logo_bytes, width=LOGO[0], height=LOGO[1]),
            square=code.square(token) if token else None,
            words=lambda amount: _in_words(amount, seller.currency, language),
            at=copied or at,
        )
        copy = pgettext("paper", "copy")
        full = f"{title}, {copy}" if copied is not None else title
        foot = full if number else name
    return Paper(title=full, html=html, language=language, footer=footer(foot, seller.name), author=seller.name)


def _in_words(amount: Decimal, currency: str, language: str) -> str:
    try:
        return amount_words.in_words(amount, currency, language)
    except ValueError:
        return formats.money(amount, currency)  # more than there are words for


def _day(at: datetime, timezone: str) -> date:
    return at.astimezone(ZoneInfo(timezone)).date()
