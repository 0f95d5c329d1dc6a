"""The days that a page or a dialog tells of: a named period, or own days.

self.period = PeriodBar(context, PeriodKind.TODAY, PeriodKind.MONTH)
self.period.chosen.connect(self._read)          # self.period.days
"""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain.periods import Days, PeriodKind, days_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.date_edit import DateEdit
from dealer_desktop.ui.widgets.fields import ComboBox


def words_of(kind: PeriodKind) -> str:
    return {
        PeriodKind.TODAY: pgettext("takings", "Today"),
        PeriodKind.YESTERDAY: pgettext("takings", "Yesterday"),
        PeriodKind.WEEK: pgettext("takings", "This week"),
        PeriodKind.LAST_WEEK: pgettext("takings", "Last week"),
        PeriodKind.MONTH: pgettext("takings", "This month"),
        PeriodKind.LAST_MONTH: pgettext("takings", "Last month"),
        PeriodKind.QUARTER: pgettext("takings", "This quarter"),
        PeriodKind.YEAR: pgettext("takings", "This year"),
        PeriodKind.OWN: pgettext("takings", "Other days"),
    }[kind]


class PeriodBar(QWidget):
    """``chosen``: other days than before; ``refused(words)``: what was typed is no span of days."""

    chosen = Signal()
    refused = Signal(str)

    def __init__(
        self,
        context: UiContext,
        *kinds: PeriodKind,
        first: PeriodKind | None = None,
        remembered: str = "",
        more: Sequence[QWidget] = (),
    ) -> None:
        """``kinds`` and own days may be chosen. The setting ``remembered`` names which is, or own days, else ``first``;
        ``more`` stands behind the days.
        """
        super().__init__()
        self._context = context
        self._remembered = remembered
        self.period = ComboBox([(kind, words_of(kind)) for kind in (*kinds, PeriodKind.OWN)], 200)
        self.period.setObjectName("period")
        self.period.setAccessibleName(_("Period"))
        self.first, self.last = DateEdit(), DateEdit()
        for edit, name, words in ((self.first, "firstDay", _("From")), (self.last, "lastDay", _("To"))):
            edit.setObjectName(name)
            edit.setAccessibleName(words)
            edit.left.connect(self._use_typed_days)
        self.before = label("", "small", "second", wrap=True)
        """Which days are compared with; it stands where the page has room for it."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.period, self.first, label("–"), self.last, *more):
            row.addWidget(widget)
        row.addStretch(1)
        self._days = self._own_days_of_last_time() or Days(date.min, date.min)
        kind = self._last_time(kinds, first or kinds[0])
        self.period.set_value(kind)
        self._days = self._named(kind)
        self._show()
        self.period.currentIndexChanged.connect(lambda _index: self._choose())

    @property
    def days(self) -> Days:
        """A named period moves on with the day."""
        now = self._named(self.period.value())
        if now != self._days:
            self._days = now
            self._show()
        return self._days

    def use(self, days: Days) -> None:
        """As if a person had typed them."""
        self.first.set_value(days.first)
        self.last.set_value(days.last)
        self._use_typed_days()

    def _named(self, kind: PeriodKind) -> Days:
        """Of own days those that stand there."""
        return days_of(kind, datetime.now(ZoneInfo(self._context.dealer.timezone)).date()) or self._days

    def _own_days_of_last_time(self) -> Days | None:
        known = str(self._context.settings.value(self._remembered, "")) if self._remembered else ""
        try:
            return Days(*map(date.fromisoformat, known.split("/")))
        except (TypeError, ValueError):
            return None

    def _last_time(self, kinds: Sequence[PeriodKind], first: PeriodKind) -> PeriodKind:
        if self._own_days_of_last_time() is not None:
            return PeriodKind.OWN
        known = str(self._context.settings.value(self._remembered, "")) if self._remembered else ""
        return next((kind for kind in kinds if kind == known), first)

    def _choose(self) -> None:
        kind = self.period.value()
        if kind == PeriodKind.OWN:
            self.first.setFocus()
            self.first.selectAll()
            return
        if self._remembered:
            self._context.settings.setValue(self._remembered, str(kind))
        self._days = self._named(kind)
        self._show()
        self.chosen.emit()

    def _use_typed_days(self) -> None:
        first, last = self.first.value(), self.last.value()
        if (first, last) == (self._days.first, self._days.last):
            return
        self.period.blockSignals(True)
        self.period.set_value(PeriodKind.OWN)
        self.period.blockSignals(False)
        if first is None or last is None or last < first:
            self.refused.emit(_("Enter a first day and a last day that is not before it."))
            return
        self._days = Days(first, last)
        if self._remembered:
            self._context.settings.setValue(self._remembered, f"{first.isoformat()}/{last.isoformat()}")
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        self.first.set_value(self._days.first)
        self.last.set_value(self._days.last)
        before = self._days.before
        days = (
            f"{formats.day(before.first)} – {formats.day(before.last)}"
            if before.length > 1
            else formats.day(before.last)
        )
        self.before.setText(_("against {days}").format(days=days))
