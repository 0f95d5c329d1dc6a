"""What a report says, as a column of widgets to read: our own forms as an inspection sheet, other JSON as facts."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import report_form, report_lines, report_texts
from dealer_desktop.domain.report_form import Form, Mark, Point, Verdict
from dealer_desktop.services.rows import ReportRow
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import breakable, label
from dealer_desktop.ui.widgets.facts import Fact, Facts
from dealer_desktop.ui.widgets.icon_label import IconLabel

_LABEL = 176
_WORD = 108
_VERDICTS = {
    Verdict.GOOD: Mark.OK,
    Verdict.CONDITIONAL: Mark.ATTENTION,
    Verdict.BAD: Mark.DEFECT,
}
"""With which sign a verdict is shown."""


class ReportView(QWidget):
    def __init__(self, report: ReportRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportView")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        form = report_form.read(report.report_type, report.data)
        if report.data is None:
            words = _("Another program wrote this report. It is too large or too deep to be shown.")
            self._column.addWidget(label(words, "base", "second", wrap=True))
        elif form is None:
            self._show_lines(report.data)
        else:
            self._show_form(form)
        self._column.addStretch(1)

    # -- a form of ours -----------------------------------------------------------------------------------------------

    def _show_form(self, form: Form) -> None:
        if form.verdict is not None:
            words = report_texts.verdict(form.kind, form.verdict)
            self._column.addWidget(signed(_VERDICTS[form.verdict], words, "title"))
        line = label(report_texts.told(form), "medium", wrap=True)
        line.setObjectName("reportCounts")
        self._column.addWidget(line)
        facts = Facts(label_width=_LABEL)
        facts.show_facts(
            Fact(report_texts.author(form.kind), breakable(form.author)),
            Fact(report_texts.day(form.kind), formats.day(form.day) if form.day is not None else ""),
            Fact(_("Mileage"), _kilometres(form.mileage_km)),
        )
        self._column.addWidget(facts)
        for mark in (Mark.DEFECT, Mark.ATTENTION, Mark.OK, Mark.NOT_CHECKED):
            self._show_marked(form, mark)
        if form.comment:
            self._head(_("Comment"))
            self._column.addWidget(label(breakable(form.comment), "base", wrap=True, selectable=True))
        if form.rest:
            self._head(_("Also in this report"))
            self._show_lines(form.rest)

    def _show_marked(self, form: Form, mark: Mark) -> None:
        points = form.marked(mark)
        if not points:
            return
        self._head(f"{report_texts.marks(form.kind, mark)}: {formats.number(len(points))}")
        silent = [point for point in points if not report_texts.finding(point, form.entry(point))]
        if mark is Mark.NOT_CHECKED:
            points = tuple(point for point in points if point not in silent)
        if points:
            self._column.addWidget(self._grid(form, points))
        if silent and mark is Mark.NOT_CHECKED:
            names = " · ".join(report_texts.point(point) for point in silent)
            self._column.addWidget(label(names, "base", "second", wrap=True))

    def _grid(self, form: Form, points: tuple[Point, ...]) -> QWidget:
        """One line a point: its name, the mark as sign and word, what was measured and noted."""
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for number, point in enumerate(points):
            entry = form.entry(point)
            name = label(report_texts.point(point), "base", "second", wrap=True)
            name.setFixedWidth(pixels(_LABEL))
            mark = signed(entry.mark, report_texts.mark(form.kind, entry.mark))
            mark.setFixedWidth(pixels(_WORD))
            finding = label(breakable(report_texts.finding(point, entry)), "base", wrap=True, selectable=True)
            finding.setAccessibleName(", ".join(filter(None, (name.text(), mark.accessibleName(), finding.text()))))
            for column, part in enumerate((name, mark, finding)):
                grid.addWidget(part, number, column, Qt.AlignmentFlag.AlignTop)
        return lines

    def _head(self, words: str) -> None:
        self._column.addSpacing(4)
        self._column.addWidget(label(words, "strong", wrap=True))

    # -- somebody else's ----------------------------------------------------------------------------------------------

    def _show_lines(self, data: Any) -> None:
        sections, is_cut = report_lines.sections(data)
        if not sections:
            self._column.addWidget(label(_("This report is empty."), "base", "second"))
        for section in sections:
            if section.heading:
                self._head(section.heading)
            if section.lines:
                facts = Facts(label_width=_LABEL)
                facts.show_facts(*(Fact(breakable(name), breakable(value)) for name, value in section.lines))
                self._column.addWidget(facts)
        if is_cut:
            self._column.addWidget(label(_("The report is longer; the rest is not shown."), "small", "second"))


def signed(mark: Mark, words: str, font: str = "base", words_tone: str = "") -> QWidget:
    """A mark's sign with words beside it, in its tone or in another."""
    icon, tone = report_texts.ICONS[mark]
    told = label(words, font, words_tone or tone, wrap=True)
    line = QWidget()
    line.setAccessibleName(words)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    top = Qt.AlignmentFlag.AlignTop if font == "base" else Qt.AlignmentFlag.AlignVCenter
    row.addWidget(IconLabel(icon, tone, 16 if font == "base" else 20, line), 0, top)
    row.addWidget(told, 1)
    return line


def _kilometres(number: int | None) -> str:
    return _("{number} km").format(number=formats.number(number)) if number is not None else ""
