"""The parts of a card beside a table.

card = self.card                        # ListTab makes it: a body that scrolls, actions pinned under it
card.body.addWidget(title("Kia K5"))
facts = Facts(); facts.show_facts(Fact(_("Color"), "Blue"))      # widgets/facts.py
card.set_actions(sell_action, [edit_action], [hold_action, print_action])
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.buttons import ActionButton, IconButton, hand_focus_on
from dealer_desktop.ui.widgets.column_area import ColumnArea
from dealer_desktop.ui.widgets.selectable_text import BREAK, Words

WIDTH = 368
_WIDEST = 600
"""In pixels at any text size: the table beside the card has to be read, too."""
_SIDE = 16
"""Left and right of what stands in the card; the scroll bar takes of the right one, so that nothing moves for it."""
_ENDLESS = 28
"""Letters of a word that may have no room in a card's line."""


def label(
    text: str = "", font: str = "base", tone: str = "", *, wrap: bool = False, selectable: bool = False
) -> QLabel:
    """A label of plain text in one of the theme's fonts and tones."""
    made = Words(text) if selectable else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(font))
    if tone:
        theme.set_tone(made, tone)
    made.setWordWrap(wrap)
    return made


def breakable(text: str, longest: int = _ENDLESS) -> str:
    """``text`` whose endless words may be broken: a label breaks lines at spaces only, and would grow as wide."""
    return re.sub(rf"\S{{{longest},}}", lambda word: BREAK.join(word[0]), text)


def title(text: str = "") -> QLabel:
    return label(text, "title", wrap=True, selectable=True)


def line() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("place", "line")
    return made


class Note(QFrame):
    """A quiet box with one strong sentence and one that explains it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("place", "note")
        self._strong = label("", "medium", wrap=True)
        self._quiet = label("", "small", "second", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        layout.addWidget(self._strong)
        layout.addWidget(self._quiet)
        self.hide()

    def say(self, strong: str, quiet: str = "") -> None:
        """Empty words put the note away."""
        self._strong.setText(strong)
        self._strong.setVisible(bool(strong))
        self._quiet.setText(quiet)
        self._quiet.setVisible(bool(quiet))
        self.setVisible(bool(strong or quiet))


def _list_possible(listed: QMenu, menu: Sequence[QAction | None]) -> None:
    """What makes sense at this moment; what does not, and why, is told by the row's own menu and by the keys."""
    listed.clear()
    wanted = [entry for entry in menu if entry is None or (entry.isVisible() and entry.isEnabled())]
    for entry in wanted or menu:
        listed.addSeparator() if entry is None else listed.addAction(entry)


class CardPane(QFrame):
    """The card's frame: ``body`` scrolls, the actions stay in sight; ``set_filled(False)`` shows what would be here."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("place", "card")
        self.setFixedWidth(min(pixels(WIDTH), _WIDEST))
        self.focus_home: QWidget | None = None
        """The table: Tab goes from it to the buttons, and the focus goes back to it where a pressed button vanishes."""
        content = QWidget()
        content.setProperty("place", "surface")
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(_SIDE, 16, _SIDE, 16)
        self.body.setSpacing(12)
        area = ColumnArea(content)
        area.setProperty("place", "surface")
        area.verticalScrollBar().rangeChanged.connect(self._make_room_for_bar)
        self._area = area
        self._actions = QFrame()
        self._actions.setProperty("place", "cardActions")
        self._buttons = QHBoxLayout(self._actions)
        self._buttons.setContentsMargins(16, 12, 16, 12)
        self._buttons.setSpacing(8)
        filled = QWidget()
        whole = QVBoxLayout(filled)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(self._actions)
        empty = label(hint, "base", "second", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setContentsMargins(48, 0, 48, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(filled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _make_room_for_bar(self, _lowest: int, highest: int) -> None:
        bar = self._area.verticalScrollBar().sizeHint().width() if highest else 0
        self.body.setContentsMargins(_SIDE, 16, _SIDE - bar, 16)

    def set_filled(self, filled: bool) -> None:
        self._stack.setCurrentIndex(1 if filled else 0)

    def scroll_to_top(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    def set_actions(
        self, primary: QAction | None, others: Sequence[QAction] = (), menu: Sequence[QAction | None] = ()
    ) -> None:
        """One filled button, quiet ones beside it; behind "..." what else is possible, where None is a separator."""
        while item := self._buttons.takeAt(0):
            if old := item.widget():
                hand_focus_on(old, self.focus_home)
                old.hide()
                old.deleteLater()
        letters: set[str] = set()
        shown: list[QWidget] = []
        if primary is not None:
            self._add(ActionButton(primary, "primary", home=self.focus_home, letters=letters), shown, 1)
        for action in others:
            self._add(ActionButton(action, home=self.focus_home, letters=letters), shown)
        if menu:
            more = IconButton(None, "dots-three", _("More actions"), "outlined")
            listed = QMenu(more)
            listed.setToolTipsVisible(True)
            _list_possible(listed, menu)
            listed.aboutToShow.connect(lambda: _list_possible(listed, menu))
            more.setMenu(listed)
            more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self._add(more, shown)
        self._actions.setVisible(bool(shown))
        self._chain(shown)

    def _add(self, button: QWidget, shown: list[QWidget], stretch: int = 0) -> None:
        self._buttons.addWidget(button, stretch)
        shown.append(button)

    def _chain(self, buttons: Sequence[QWidget]) -> None:
        """Tab goes from the table through these. Never by the layout's ``itemAt``: PySide keeps what that gives beyond
        the item's end, and takes the next object that lies there for it."""
        before = self.focus_home
        for button in buttons:
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button
