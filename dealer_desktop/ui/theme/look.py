"""Which of light and dark is shown now, and how it is put on the application."""

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from dealer_desktop.core import paths
from dealer_desktop.ui.theme import fonts
from dealer_desktop.ui.theme.palette import DARK, LIGHT, Tokens
from dealer_desktop.ui.theme.stylesheet import stylesheet

_SCHEMES = {
    "auto": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class _Look(QObject):
    """The state: what was chosen (``auto``, ``light``, ``dark``) and what follows from it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "auto"
        self.tokens = LIGHT
        self.installed = False


_look: _Look | None = None


def _state() -> _Look:
    global _look
    if _look is None:
        _look = _Look()
    return _look


def tokens() -> Tokens:
    """The colours of now."""
    return _state().tokens


def is_dark() -> bool:
    return _state().tokens is DARK


def changed() -> SignalInstance:
    """Emitted after light became dark or the other way."""
    return _state().changed


def install(application: QApplication, choice: str = "auto") -> None:
    """Put the look on ``application``: style, font, palette, stylesheet. ``choice`` is ``UI__THEME``."""
    state = _state()
    state.choice = choice
    if not state.installed:
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "dealer-desktop.png")))
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: refresh())
    # The window's frame and the system's own dialogs follow the choice, too.
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[choice])
    application.setFont(fonts.font("base"))
    _apply(application, _wanted(choice), force=True)
    state.installed = True


def refresh() -> None:
    """Look at the system's light or dark again."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        _apply(application, _wanted(_state().choice), force=False)


def _wanted(choice: str) -> Tokens:
    if choice in ("light", "dark"):
        return DARK if choice == "dark" else LIGHT
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def _apply(application: QApplication, wanted: Tokens, *, force: bool) -> None:
    state = _state()
    if wanted is state.tokens and not force:
        return
    state.tokens = wanted
    application.setPalette(_palette(wanted))
    application.setStyleSheet(stylesheet(wanted, dark=wanted is DARK))
    state.changed.emit()


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, t.window),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.surface),
        (role.Text, t.text),
        (role.PlaceholderText, t.second),
        (role.Button, t.surface),
        (role.ButtonText, t.text),
        (role.BrightText, t.red),
        (role.ToolTipBase, t.surface),
        (role.ToolTipText, t.text),
        (role.Highlight, t.accent_fill),
        (role.HighlightedText, t.on_accent),
        (role.Accent, t.accent_fill),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Light, t.surface),
        (role.Midlight, t.subtle),
        (role.Mid, t.border),
        (role.Dark, t.border),
        (role.Shadow, t.border),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.second))
    return palette


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a label's text the colour of ``tone`` (see the stylesheet's ``[tone=...]``)."""
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
