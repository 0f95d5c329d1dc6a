"""A report in the card's list: its kind, its day, and what it comes to in a few words."""

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.domain import names, report_form, report_texts
from dealer_desktop.services.rows import ReportRow
from dealer_desktop.ui.inventory.reports.view import signed
from dealer_desktop.ui.widgets.card import label


class ReportLine(QWidget):
    """A click, Enter or Space on its name opens it."""

    opened = Signal()

    def __init__(self, report: ReportRow, timezone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kind = names.report_type(report.report_type)
        day = formats.day(_day(report, timezone))
        told = report_texts.in_one_line(report.report_type, report.data)
        self.button = QPushButton(kind)
        self.button.setObjectName(f"report{report.id}")
        self.button.setProperty("kind", "link")
        self.button.setProperty("tone", "accent")
        self.button.setProperty("place", "text")
        # Enter opens it; this is no dialog, so no other button is meant by it.
        self.button.setAutoDefault(True)
        self.button.setAccessibleName(", ".join(filter(None, (kind, day, told))))
        self.button.clicked.connect(self.opened)
        first = QHBoxLayout()
        first.addWidget(self.button)
        first.addStretch(1)
        first.addWidget(label(day, "base", "second"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(first)
        if told:
            mark = report_texts.tone(report.report_type, report.data)
            line = (
                signed(mark, told, words_tone="second")
                if mark is not None
                else label(told, "base", "second", wrap=True)
            )
            line.setObjectName(f"report{report.id}Verdict")
            column.addWidget(line, 0, Qt.AlignmentFlag.AlignTop)


def _day(report: ReportRow, timezone: str) -> date:
    """The day of the check where the report tells it, else of its entry."""
    form = report_form.read(report.report_type, report.data)
    told = form.day if form is not None else None
    return told or report.created_at.astimezone(ZoneInfo(timezone)).date()
