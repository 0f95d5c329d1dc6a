"""What is known of a car beside its facts: reports, what customers say, and who changed what."""

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.rows import CarDetails, ReportRow, ReviewRow
from dealer_desktop.ui.context import UiContext
from dealer_desktop.ui.inventory.car_words import Change, changes
from dealer_desktop.ui.inventory.report_line import ReportLine
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.buttons import IconButton
from dealer_desktop.ui.widgets.card import label, line

_REVIEWS = 3
_CHANGES = 5


class Story(QWidget):
    """``add_report`` and ``add_review`` are offered beside what there is, and where there is nothing yet."""

    report_opened = Signal(object)
    """A ReportRow."""

    def __init__(
        self, context: UiContext, add_report: QAction, add_review: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._add_report, self._add_review = add_report, add_review
        self._shown: tuple[Any, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.clear()

    def clear(self) -> None:
        """Tell nothing."""
        self._empty()
        self._shown = ()
        self.hide()

    def show_details(self, details: CarDetails) -> None:
        """Tell what there is; what is shown stays where nothing is new."""
        known = (details.reports, details.reviews, details.history)
        if known == self._shown:
            return
        self._empty()
        self._shown = known
        parts = [self._reports(details.reports), self._reviews(details.reviews), self._changes(details)]
        for part in parts:
            if part is not None:
                self._column.addWidget(line())
                self._column.addWidget(part)
        self.show()

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _reports(self, reports: tuple[ReportRow, ...]) -> QWidget:
        section, column = _section(_("Reports"), add=_add_button("addReportButton", self._add_report))
        if not reports:
            column.addWidget(label(_("No VIN check and no inspection yet."), "small", "second", wrap=True))
        for report in reports:
            told = ReportLine(report, self._context.dealer.timezone)
            told.opened.connect(partial(self._open_report, report))
            column.addWidget(told)
        return section

    def _open_report(self, report: ReportRow) -> None:
        self.report_opened.emit(report)

    def _reviews(self, reviews: tuple[ReviewRow, ...]) -> QWidget:
        beside = average_words(reviews) if reviews else ""
        section, column = _section(_("Reviews"), beside, add=_add_button("addReviewButton", self._add_review))
        if not reviews:
            column.addWidget(label(_("No customer has said anything yet."), "small", "second", wrap=True))
        for review in reviews[:_REVIEWS]:
            row = QHBoxLayout()
            row.addWidget(label(review.customer_name, "base", wrap=True), 1)
            stars = label("★" * review.rating + "☆" * (5 - review.rating), "base", "amber")
            stars.setAccessibleName(_("{rating} of 5").format(rating=review.rating))
            row.addWidget(stars, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
            if review.comment:
                column.addWidget(label(review.comment, "small", "second", wrap=True))
        return section

    def _changes(self, details: CarDetails) -> QWidget | None:
        told = changes(details.history, self._context.dealer)[:_CHANGES]
        if not told:
            return None
        section, column = _section(_("Changes"))
        for change in told:
            column.addWidget(_change(change))
        return section


def average_words(reviews: tuple[ReviewRow, ...]) -> str:
    """``4.5 of 5, 2 reviews``."""
    average = Decimal(sum(review.rating for review in reviews)) / len(reviews)
    count = ngettext("{count} review", "{count} reviews", len(reviews)).format(count=formats.number(len(reviews)))
    return _("{average} of 5, {count}").format(average=formats.number(round(average, 1)), count=count)


def _section(heading: str, beside: str = "", add: QWidget | None = None) -> tuple[QWidget, QVBoxLayout]:
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    row = QHBoxLayout()
    row.addWidget(label(heading, "medium"))
    row.addStretch(1)
    row.addWidget(label(beside, "base", "second"))
    if add is not None:
        row.addWidget(add)
    column.addLayout(row)
    return section, column


def _add_button(name: str, action: QAction) -> QWidget:
    button = IconButton(None, "plus", action.text())
    button.setObjectName(name)
    button.clicked.connect(action.trigger)
    button.setFixedSize(pixels(24), pixels(24))
    return button


def _change(change: Change) -> QWidget:
    told = QWidget()
    column = QVBoxLayout(told)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(change.words, "base", wrap=True))
    column.addWidget(label(f"{change.when} · {change.who}", "small", "second", wrap=True))
    return told
