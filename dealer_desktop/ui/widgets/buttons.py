"""Buttons. Most are the face of a QAction: enabled, words and tooltip follow it, and a click triggers it.

WordButton("backButton", _("Back"), self.go_back)   # of a dialog, without an action
ActionButton(sell_action, kind="primary")     # kinds: primary, quiet, link
IconButton(export_action)                     # an icon whose words are in the tooltip
make_action(self, "sellCarAction", _("Sell"), "handshake", self.open_sale, shortcut="Ctrl+Return")
set_available(action, None)                   # or the reason why not, which the tooltip then says
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips


def make_action(
    owner: QWidget, name: str, words: str, icon: str, slot: Callable[[], object], *, shortcut: str = "", short: str = ""
) -> QAction:
    """One QAction of ``objectName`` ``name``, whose keys work in ``owner``; ``short`` is what its button says."""
    action = QAction(theme.icon(icon), words, owner)
    action.setObjectName(name)
    if short:
        action.setIconText(short)
    if shortcut:
        # What is shown is what stands on the key; both Enter keys do it.
        both = (shortcut.replace("Return", "Enter"), shortcut) if "Return" in shortcut else (shortcut,)
        action.setShortcuts([QKeySequence(keys) for keys in both])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: slot())
    owner.addAction(action)
    set_available(action, None)
    return action


def set_available(action: QAction, reason: str | None) -> None:
    """Enable ``action``, or disable it and say in its tooltip why."""
    action.setEnabled(reason is None)
    action.setToolTip(tooltips.plain(reason if reason is not None else action_hint(action)))


def action_hint(action: QAction) -> str:
    """An action's words and its keys."""
    words = action.text().replace("&", "")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
    return f"{words} ({keys})" if keys else words


def hand_focus_on(widget: QWidget, home: QWidget | None) -> None:
    """Give ``home`` the focus that ``widget`` has or would have: Qt gives it to whatever Tab reaches next."""
    if home is not None and widget.window().focusWidget() is widget:
        home.setFocus()


class WordButton(QPushButton):
    """``name`` is its objectName; a click calls ``slot``, Enter elsewhere in the dialog does not."""

    def __init__(self, name: str, words: str, slot: Callable[[], object], kind: str = "quiet") -> None:
        super().__init__(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("kind", kind)
        self.setFont(theme.font("medium"))
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: slot())


def show_within(widget: QWidget, visible: bool) -> None:
    """``setVisible``, but for a widget without a parent: it would be a window, seen for a moment and in front of ours.

    Unless hidden, it shows with its parent.
    """
    if not visible or widget.parentWidget() is not None:
        widget.setVisible(visible)


class ActionButton(QPushButton):
    """``home`` has the focus next where the button is no longer to be had; ``letters`` are Alt's of those beside it."""

    def __init__(
        self,
        action: QAction,
        kind: str = "quiet",
        parent: QWidget | None = None,
        *,
        with_icon: bool = False,
        home: QWidget | None = None,
        letters: set[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._home = home
        self._letters = letters
        self._letter = ""
        self._action = action
        self._with_icon = with_icon
        self.setProperty("kind", kind)
        self.setFont(theme.font("medium"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)
        self.setIconSize(QSize(pixels(16), pixels(16)))
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def text(self) -> str:
        """Overrides QPushButton: the words without the mark of their letter."""
        return super().text().replace("&", "")

    def _words(self) -> str:
        """With a letter for Alt, the first that no button beside it has."""
        words = (self._action.iconText() or self._action.text()).replace("&", "")
        if self._letters is None:
            return words
        self._letters.discard(self._letter)
        free = (number for number, each in enumerate(words) if each.isalpha() and each.lower() not in self._letters)
        place = next(free, None)
        self._letter = words[place].lower() if place is not None else ""
        self._letters.add(self._letter)
        return f"{words[:place]}&{words[place:]}" if place is not None else words

    def leave_icon_out(self) -> None:
        """The words alone."""
        self._with_icon = False
        self.setIcon(QIcon())

    def _follow(self) -> None:
        words = self._words()
        if words != super().text():  # Qt would make the shortcut anew
            self.setText(words)
        if not (self._action.isEnabled() and self._action.isVisible()):
            hand_focus_on(self, self._home)
        self.setEnabled(self._action.isEnabled())
        show_within(self, self._action.isVisible())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text())
        self.setAccessibleDescription(self._action.toolTip())
        if self._with_icon:
            self.setIcon(self._action.icon())


class IconButton(QToolButton):
    """32 px square, an icon with its words in the tooltip."""

    def __init__(
        self,
        action: QAction | None = None,
        icon: str = "",
        words: str = "",
        kind: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self.setProperty("kind", kind)
        self.setFixedSize(pixels(32), pixels(32))
        self.setIconSize(QSize(pixels(18), pixels(18)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if icon:
            self.setIcon(theme.icon(icon, "second"))
        self.setToolTip(tooltips.plain(words))
        self.setAccessibleName(words)
        if action is not None:
            self.clicked.connect(action.trigger)
            action.changed.connect(self._follow)
            self._follow()

    def _follow(self) -> None:
        action = self._action
        assert action is not None
        self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        show_within(self, action.isVisible())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(action.text())
        self.setAccessibleDescription(action.toolTip())
