"""What is known of a car beside its facts: reports, what customers say, and who changed what."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.rows import CarDetails, ReportRow, ReviewRow
from dealer_desktop.ui.inventory.car.field_words import changes
from dealer_desktop.ui.inventory.reports.line import ReportLine
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.buttons import IconButton
from dealer_desktop.ui.widgets.card import breakable, label, line
from dealer_desktop.ui.widgets.changes import Changes

T = TypeVar("T")
_AT_FIRST = {"reports": 6, "reviews": 3}
"""How many of each are told before the person asks for all."""


class Story(QWidget):
    """``add_report`` and ``add_review`` are offered beside what there is, and where there is nothing yet."""

    report_opened = Signal(object)
    """A ReportRow."""

    def __init__(
        self, context: UiContext, add_report: QAction | None, add_review: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._add_report, self._add_review = add_report, add_review
        self._shown: tuple[Any, ...] = ()
        self._details: CarDetails | None = None
        self._whole: set[str] = set()
        """Of which parts all is told."""
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self._changes, self._above_changes = Changes(), line()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(self._column)
        whole.addWidget(self._above_changes)
        whole.addWidget(self._changes)
        self.clear()

    def clear(self) -> None:
        """Tell nothing."""
        self._empty()
        self._changes.clear()
        self._shown, self._details = (), None
        self._whole.clear()
        self.hide()

    def show_details(self, details: CarDetails) -> None:
        """Tell what there is; what is shown stays where nothing is new."""
        known = (details.reports, details.reviews, details.history)
        if known == self._shown:
            return
        self._shown, self._details = known, details
        self._tell(details)
        told = changes(details.history, self._context.dealer)
        self._changes.show_changes(told)
        self._above_changes.setVisible(bool(told))
        self.show()

    def _tell(self, details: CarDetails) -> None:
        """All anew; who was at one of the buttons is there again."""
        focus = self.focusWidget()
        focused = focus.objectName() if focus is not None and focus.hasFocus() else ""
        self._empty()
        for part in (self._reports(details.reports), self._reviews(details.reviews)):
            self._column.addWidget(line())
            self._column.addWidget(part)
        again = self.findChild(QWidget, focused) if focused else None
        if again is not None:
            again.setFocus()

    def _tell_all(self, part: str) -> None:
        self._whole.add(part)
        if self._details is not None:
            self._tell(self._details)

    def _first(self, part: str, column: QVBoxLayout, rows: Sequence[T], tell: Callable[[T], QWidget]) -> None:
        """The first of ``rows``, and a button that brings the rest."""
        most = len(rows) if part in self._whole else _AT_FIRST[part]
        for row in rows[:most]:
            column.addWidget(tell(row))
        if len(rows) > most:
            rest = QPushButton(_("Show all {count}").format(count=formats.number(len(rows))))
            rest.setObjectName(f"all{part.capitalize()}Button")
            rest.setProperty("kind", "link")
            rest.setProperty("place", "text")
            rest.setAutoDefault(True)  # Enter presses it
            rest.clicked.connect(lambda _checked=False: self._tell_all(part))
            line = QHBoxLayout()
            line.addWidget(rest)
            line.addStretch(1)
            column.addLayout(line)

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _reports(self, reports: tuple[ReportRow, ...]) -> QWidget:
        section, column = _section(_("Reports"), add=_add_button("addReportButton", self._add_report))
        if not reports:
            column.addWidget(label(_("No VIN check and no inspection yet."), "small", "second", wrap=True))
        self._first("reports", column, reports, self._report)
        return section

    def _report(self, report: ReportRow) -> QWidget:
        told = ReportLine(report, self._context.dealer.timezone)
        told.opened.connect(partial(self._open_report, report))
        return told

    def _open_report(self, report: ReportRow) -> None:
        self.report_opened.emit(report)

    def _reviews(self, reviews: tuple[ReviewRow, ...]) -> QWidget:
        beside = average_words(reviews) if reviews else ""
        section, column = _section(_("Reviews"), beside, add=_add_button("addReviewButton", self._add_review))
        if not reviews:
            column.addWidget(label(_("No customer has said anything yet."), "small", "second", wrap=True))
        self._first("reviews", column, reviews, _review)
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


def _add_button(name: str, action: QAction | None) -> QWidget | None:
    """None where the person may not add one."""
    if action is None:
        return None
    button = IconButton(None, "plus", action.text())
    button.setObjectName(name)
    button.clicked.connect(action.trigger)
    button.setFixedSize(pixels(24), pixels(24))
    return button


def _review(review: ReviewRow) -> QWidget:
    told = QWidget()
    column = QVBoxLayout(told)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    row = QHBoxLayout()
    row.addWidget(label(breakable(review.customer_name), "base", wrap=True), 1)
    stars = label("★" * review.rating + "☆" * (5 - review.rating), "base", "amber")
    stars.setAccessibleName(_("{rating} of 5").format(rating=review.rating))
    row.addWidget(stars, 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(row)
    if review.comment:
        column.addWidget(label(breakable(review.comment), "small", "second", wrap=True))
    return told
