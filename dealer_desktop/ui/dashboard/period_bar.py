"""The one period of the page: a named one, or own days."""

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

_REMEMBERED = "dashboard/period"


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

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.period = ComboBox([(kind, words_of(kind)) for kind in PeriodKind], 200)
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
        for widget in (self.period, self.first, label("–"), self.last):
            row.addWidget(widget)
        row.addStretch(1)
        self.period.set_value(_remembered(context))
        self._days = days_of(self.period.value(), self._today())
        self._show()
        self.period.currentIndexChanged.connect(lambda _index: self._choose())

    @property
    def days(self) -> Days:
        """A named period moves on with the day."""
        kind = self.period.value()
        if kind != PeriodKind.OWN and (now := days_of(kind, self._today())) != self._days:
            self._days = now
            self._show()
        return self._days

    def _today(self) -> date:
        return datetime.now(ZoneInfo(self._context.dealer.timezone)).date()

    def _choose(self) -> None:
        kind = self.period.value()
        if kind == PeriodKind.OWN:
            self.first.setFocus()
            return
        self._context.settings.setValue(_REMEMBERED, str(kind))
        self._days = days_of(kind, self._today())
        self._show()
        self.chosen.emit()

    def _use_typed_days(self) -> None:
        first, last = self.first.value(), self.last.value()
        if (first, last) == (self._days.first, self._days.last):
            return
        if first is None or last is None or last < first:
            self.refused.emit(_("Enter a first day and a last day that is not before it."))
            return
        self.period.blockSignals(True)
        self.period.set_value(PeriodKind.OWN)
        self.period.blockSignals(False)
        self._days = Days(first, last)
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


def _remembered(context: UiContext) -> PeriodKind:
    try:
        kind = PeriodKind(str(context.settings.value(_REMEMBERED, "")))
    except ValueError:
        return PeriodKind.MONTH
    return PeriodKind.MONTH if kind is PeriodKind.OWN else kind
