"""A rating in stars: as many are filled as were given."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.choice_bar import Choice, ChoiceBar

MOST = 5


class StarField(ChoiceBar):
    """``value()`` is 1 to 5, None where no star is given yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._told = label("", "base", "second")
        super().__init__(
            [Choice(count, _("{rating} of 5").format(rating=count), "star", "amber") for count in range(1, MOST + 1)],
            parent=parent,
        )
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._told)

    def _show(self) -> None:
        """Overrides ChoiceBar."""
        given = self.value() or 0
        for count, button in enumerate(self.buttons, start=1):
            button.setChecked(False)
            button.setIcon(theme.icon("star-fill" if count <= given else "star", "amber"))
            button.setIconSize(QSize(pixels(20), pixels(20)))
        self._told.setText(self.words() or _("1 to 5 stars"))
        self._name_it()

    def _beside(self, step: int) -> int:
        """Overrides ChoiceBar: after five stars comes nothing."""
        return max(0, min(self.number() + step, MOST - 1))
