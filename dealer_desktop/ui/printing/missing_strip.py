"""What a document has a blank line for, told before it is printed; a click leads to where it is entered."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.printing.choices import MissingFact


class MissingStrip(QLabel):
    """``missingFacts``; ``left``: the person goes to enter one."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts: tuple[MissingFact, ...] = ()
        self.setObjectName("missingFacts")
        self.setTextFormat(Qt.TextFormat.RichText)  # words of our own, nobody's data
        self.setWordWrap(True)
        self.setContentsMargins(24, 8, 24, 8)
        self.linkActivated.connect(self._follow)
        self.hide()

    def show_facts(self, facts: Sequence[MissingFact]) -> None:
        self._facts = tuple(facts)
        links = (f'<a href="{place}">{escape(each.words)}</a>' for place, each in enumerate(self._facts))
        self.setText(escape(_("Not entered, so a line is left to fill in by hand:")) + " " + ", ".join(links))
        self.setAccessibleName(", ".join(each.words for each in self._facts))
        self.setVisible(bool(self._facts))

    def _follow(self, place: str) -> None:
        show = self._facts[int(place)].show
        self.left.emit()
        show()
