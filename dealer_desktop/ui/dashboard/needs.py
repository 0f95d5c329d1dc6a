"""What needs somebody: a line a matter with its one next step. A line that stays is not made anew; keys stay in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext, pgettext
from dealer_desktop.services.needs import OLD_ORDER, Matter, Need
from dealer_desktop.ui.dashboard import need_words
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import ComboBox

_DAYS = (3, OLD_ORDER, 14, 30)
"""After which an unpaid order waits for somebody: what may be chosen."""
_REMEMBERED = "dashboard/unpaidDays"


def unpaid_days(settings: QSettings) -> int:
    """After how many days an unpaid order waits for the person."""
    known = str(settings.value(_REMEMBERED, OLD_ORDER))
    return int(known) if known.isdecimal() and 0 < int(known) < 1000 else OLD_ORDER


class Needs(QWidget):
    """``does(need)`` takes the step; ``days_chosen``: an unpaid order waits for the person after other days."""

    days_chosen = Signal()

    def __init__(self, does: Callable[[Need], None], settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("needs")
        self.setMaximumWidth(pixels(640))
        self._does = does
        self._settings = settings
        self._lines: dict[Matter, _Line] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("What needs somebody"), "title"))
        self._nothing = label(pgettext("numbers", "Nothing waits for you."), "base", "second")
        self._nothing.hide()
        column.addWidget(self._nothing)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column.addLayout(self._column)
        column.addLayout(self._choice(unpaid_days(settings)))
        column.addStretch(1)

    def _choice(self, days: int) -> QHBoxLayout:
        self._days = ComboBox()
        self._days.setObjectName("unpaidDays")
        words = _("An unpaid order waits for you after")
        self._days.setAccessibleName(words)
        for each in sorted({*_DAYS, days}):
            self._days.addItem(ngettext("{days} day", "{days} days", each).format(days=each), each)
        self._days.setCurrentIndex(self._days.findData(days))
        self._days.activated.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label(words, "small", "second"), 1)
        row.addWidget(self._days)
        return row

    def _choose(self) -> None:
        self._settings.setValue(_REMEMBERED, self._days.currentData())
        self.days_chosen.emit()

    def show_needs(self, found: Sequence[Need]) -> None:
        """In their order; what is shown already stays untouched, so that nothing blinks."""
        wanted = {need.matter: need for need in found}
        for matter in [matter for matter in self._lines if matter not in wanted]:
            line = self._lines.pop(matter)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, (matter, need) in enumerate(wanted.items()):
            if matter not in self._lines:
                self._lines[matter] = _Line(matter, self._does)
                self._column.insertWidget(place, self._lines[matter])
            self._lines[matter].show_need(need)
        self._nothing.setVisible(not wanted)


class _Line(QWidget):
    def __init__(self, matter: Matter, does: Callable[[Need], None]) -> None:
        super().__init__()
        self._does = does
        self._need: Need | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._said = label("")
        self._button = WordButton(f"need_{matter}", need_words.next_step(matter), self._take)
        row.addWidget(self._said, 1)
        row.addWidget(self._button)

    def show_need(self, need: Need) -> None:
        if need == self._need:
            return
        self._need = need
        words = need_words.in_words(need)
        self._said.setText(words)
        self._button.setAccessibleDescription(words)

    def _take(self) -> None:
        if self._need is not None:
            self._does(self._need)
