"""What is known of a car beside its facts: reports, what customers say, and who changed what."""

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core import formats, words
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.rows import CarDetails, ReportRow, ReviewRow
from dealer_desktop.ui.context import UiContext
from dealer_desktop.ui.inventory.car_words import Change, changes
from dealer_desktop.ui.widgets.card import label, line

_REVIEWS = 3
_CHANGES = 5


class Story(QWidget):
    """Hidden where there is nothing to tell."""

    report_opened = Signal(object)
    """A ReportRow."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
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
        parts = [self._reports(details), self._reviews(details), self._changes(details)]
        for part in parts:
            if part is not None:
                self._column.addWidget(line())
                self._column.addWidget(part)
        self.setVisible(any(part is not None for part in parts))

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _reports(self, details: CarDetails) -> QWidget | None:
        if not details.reports:
            return None
        section, column = _section(_("Reports"))
        for report in details.reports:
            button = QPushButton(words.report_type(report.report_type))
            button.setProperty("kind", "link")
            button.setProperty("tone", "accent")
            button.setProperty("place", "text")
            button.setObjectName(f"report{report.id}")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._open_report, report))
            when = label(formats.day(report.created_at.date()), "base", "second")
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            row.addWidget(when)
            column.addLayout(row)
        return section

    def _open_report(self, report: ReportRow) -> None:
        self.report_opened.emit(report)

    def _reviews(self, details: CarDetails) -> QWidget | None:
        if not details.reviews:
            return None
        section, column = _section(_("Reviews"), average_words(details.reviews))
        for review in details.reviews[:_REVIEWS]:
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


def _section(heading: str, beside: str = "") -> tuple[QWidget, QVBoxLayout]:
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    row = QHBoxLayout()
    row.addWidget(label(heading, "medium"))
    row.addStretch(1)
    row.addWidget(label(beside, "base", "second"))
    column.addLayout(row)
    return section, column


def _change(change: Change) -> QWidget:
    told = QWidget()
    column = QVBoxLayout(told)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(change.words, "base", wrap=True))
    column.addWidget(label(f"{change.when} · {change.who}", "small", "second", wrap=True))
    return told
