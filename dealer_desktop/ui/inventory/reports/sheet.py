"""A car's report as a sheet to read and to print."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, report_paper
from dealer_desktop.domain import names
from dealer_desktop.services import Reader, dealer
from dealer_desktop.services.rows import CarRow, ReportRow
from dealer_desktop.ui import printing
from dealer_desktop.ui.inventory.reports.view import ReportView
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, fit_into_window


class ReportSheet(QDialog):
    """``saved`` is False for the preview of a report that is still being entered."""

    def __init__(
        self,
        report: ReportRow,
        context: UiContext,
        car: CarRow | None = None,
        parent: QWidget | None = None,
        *,
        saved: bool = True,
    ) -> None:
        super().__init__(parent)
        self._report, self._context, self._car = report, context, car
        title = names.report_type(report.report_type)
        self.setObjectName("reportSheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        content = QWidget()
        content.setProperty("place", "surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(title, "title"))
        if car is not None:
            head.addWidget(label(f"{_('{car}, {year}').format(car=car.title, year=car.year)} · {car.vin}", wrap=True))
        moment = formats.moment(report.created_at, context.dealer.timezone)
        told = _("Entered {moment}").format(moment=moment) if saved else _("So it will look. It is not saved yet.")
        head.addWidget(label(told, "base", "second", wrap=True))
        column.addLayout(head)
        column.addWidget(ReportView(report), 1)
        area = QScrollArea()
        area.setProperty("place", "surface")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        area.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self._foot(saved))
        fit_into_window(self, 620, 700)
        area.setFocus()  # the arrow keys scroll at once

    def _foot(self, saved: bool) -> QFrame:
        foot = DialogFoot()
        buttons = foot.row
        buttons.addStretch(1)
        if saved and self._car is not None:
            prints = WordButton("printReportButton", _("Print…"), self.print_sheet)
            prints.setAutoDefault(True)  # Enter on it is no Close
            buttons.addWidget(prints)
            QShortcut(QKeySequence("Ctrl+P"), self, self.print_sheet)
        close = WordButton("closeButton", _("Close"), self.accept)
        close.setDefault(True)
        buttons.addWidget(close)
        return foot

    def print_sheet(self) -> None:
        """Show it on paper, to be printed or saved as a PDF."""
        assert self._car is not None
        paper = partial(_paper, self._context.reader, self._report, self._car, datetime.now(UTC))
        printing.preview(self, paper, self._context.settings, "report").open()


def _paper(reader: Reader, report: ReportRow, car: CarRow, at: datetime, language: str) -> Paper:
    return report_paper(report, car, dealer.get(reader), language, at=at)
