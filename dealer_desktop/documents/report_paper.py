"""A report about a car on paper, in the language of whoever reads it."""

from datetime import UTC, datetime

from dealer_desktop.core import i18n
from dealer_desktop.documents.paper import LOGO, Paper
from dealer_desktop.documents.pictures import fitted
from dealer_desktop.documents.templates import render
from dealer_desktop.domain import names, report_form, report_lines, report_texts
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import Form, Mark
from dealer_desktop.services.rows import CarRow, DealerRow, ReportRow

_ORDER = (Mark.DEFECT, Mark.ATTENTION, Mark.OK, Mark.NOT_CHECKED)
"""What asks for something stands first."""


def report_paper(
    report: ReportRow, car: CarRow, dealer: DealerRow, language: str, *, at: datetime | None = None
) -> Paper:
    """The sheet of a report in ``ru`` or ``en``: our own forms by their marks, other JSON as facts."""
    with i18n.speaking(language):
        title = names.report_type(report.report_type)
        form = report_form.read(report.report_type, report.data)
        sections, is_cut = report_lines.sections(form.rest if form is not None else report.data or {})
        html = render(
            "report.html",
            currency=dealer.currency,
            timezone=dealer.timezone,
            title=title,
            report=report,
            car=car,
            dealer=dealer,
            logo=fitted(dealer.logo, width=LOGO[0], height=LOGO[1]),
            square=None,
            form=form,
            marks=[(mark, form.marked(mark)) for mark in _ORDER if form.marked(mark)] if form is not None else [],
            unchecked=_unchecked(form) if form is not None else "",
            report_texts=report_texts,
            signed=form is not None and form.kind is ReportType.TECHNICAL_INSPECTION,
            sections=sections,
            is_cut=is_cut,
            at=at or datetime.now(UTC),
        )
    footer = "  ·  ".join(filter(None, (title, car.title, car.vin)))
    return Paper(
        title=f"{title} {car.title} {car.vin}", html=html, language=language, footer=footer, author=dealer.name
    )


def _unchecked(form: Form) -> str:
    """The points that were not looked at and have nothing to tell, in one line."""
    points = form.marked(Mark.NOT_CHECKED)
    return " · ".join(report_texts.point(each) for each in points if not report_texts.finding(each, form.entry(each)))
