"""The report of a closed drawer before it is printed: kept by the first print, a copy ever after."""

from datetime import UTC, datetime
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, drawer_draft, drawer_paper
from dealer_desktop.services import drawer_reports
from dealer_desktop.services.documents import DocumentRow
from dealer_desktop.services.drawer_reports import DrawerFacts
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import IssueDrawerReport
from dealer_desktop.ui import printing
from dealer_desktop.ui.printing.preview_dialog import PaperPreview
from dealer_desktop.ui.session.context import UiContext

KIND = "drawer_report"


class _NewReport:
    """A draft until it is printed, then the document that was kept."""

    def __init__(self, context: UiContext, drawer_id: int, facts: DrawerFacts) -> None:
        self._context, self._drawer_id, self._facts = context, drawer_id, facts
        self._request = uuid4()
        self._document: DocumentRow | None = None

    def render(self, language: str) -> Paper:
        if self._document is None:
            return drawer_draft(self._facts, language)
        return drawer_paper(self._document, language)

    def issue(self, language: str) -> Paper:
        if self._document is None:
            wanted = parse(IssueDrawerReport, request_id=self._request, drawer_id=self._drawer_id, language=language)
            self._document = drawer_reports.issue(self._context.session_maker, wanted)
        return self.render(language)


def preview_report(context: UiContext, parent: QWidget, drawer_id: int) -> PaperPreview:
    """The report that was handed out, as a copy; where there is none yet, a new one."""

    def choices() -> list[printing.PaperChoice]:
        prepared = drawer_reports.prepare(context.reader, drawer_id)
        issued = prepared.issued
        if issued is None:
            new = _NewReport(context, drawer_id, prepared.facts)
            return [printing.PaperChoice(_("New, as things are now"), KIND, new.render, new.issue)]

        def copy(language: str) -> Paper:
            return drawer_paper(issued, language, copied=datetime.now(UTC))

        return [printing.PaperChoice("", KIND, copy)]

    return printing.preview_of(parent, choices, context.settings)
