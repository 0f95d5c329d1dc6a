"""Cash counted piece by piece: how many of each note, and the coins as a sum."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import denominations
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import MoneyEdit, NumberEdit

_COLUMNS = 3


class NoteCount(QWidget):
    """``counted(sum)`` on every change; None where something that is typed is no number."""

    counted = Signal(object)

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteCount")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self.pieces: dict[Decimal, NumberEdit] = {}
        for number, note in enumerate(denominations.notes(currency)):
            edit = NumberEdit(64)
            edit.setObjectName(f"note{note}")
            words = formats.money(note, currency, cents=False)
            edit.setAccessibleName(_("How many of {note}").format(note=words))
            edit.changed.connect(self._tell)
            place = label(words, "number", "second")
            place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row, column = divmod(number, _COLUMNS)
            grid.addWidget(place, row, column * 2)
            grid.addWidget(edit, row, column * 2 + 1)
            self.pieces[note] = edit
        self.coins = MoneyEdit(currency, 120)
        self.coins.setObjectName("coins")
        self.coins.setAccessibleName(_("Coins, as a sum"))
        self.coins.changed.connect(self._tell)
        row = grid.rowCount()
        grid.addWidget(label(_("Coins, as a sum"), "base", "second"), row, 0, 1, 3)
        grid.addWidget(self.coins, row, 3, 1, 3)

    @property
    def sum(self) -> Decimal | None:
        """In the dealer's currency; None where something that is typed is no number."""
        total = Decimal(0)
        for note, edit in self.pieces.items():
            count = edit.value() if edit.text().strip() else 0
            if count is None or count < 0:
                return None
            total += note * count
        coins = self.coins.value() if self.coins.text().strip() else Decimal(0)
        return None if coins is None or coins < 0 else total + coins

    def clear(self) -> None:
        for edit in (*self.pieces.values(), self.coins):
            edit.clear()

    def _tell(self) -> None:
        self.counted.emit(self.sum)
