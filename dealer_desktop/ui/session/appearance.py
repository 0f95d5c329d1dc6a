"""The language and the theme of the person at work; ``UI__*`` give what a new person starts with."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from dealer_desktop.core import i18n
from dealer_desktop.core.settings import APP_CONFIG
from dealer_desktop.ui import theme
from dealer_desktop.ui.session import qt_words
from dealer_desktop.ui.session.person import text

LANGUAGES = ("auto", *i18n.LANGUAGES)
THEMES = ("auto", "light", "dark")
_LANGUAGE = "person/language"
_THEME = "person/theme"


def language(settings: QSettings) -> str:
    """What the person chose: one of ``LANGUAGES``."""
    chosen = text(settings, _LANGUAGE)
    return chosen if chosen in LANGUAGES else APP_CONFIG.ui.language


def theme_of(settings: QSettings) -> str:
    """What the person chose: one of ``THEMES``."""
    chosen = text(settings, _THEME)
    return chosen if chosen in THEMES else APP_CONFIG.ui.theme


def choose_language(settings: QSettings, choice: str) -> None:
    settings.setValue(_LANGUAGE, choice)
    settings.sync()


def choose_theme(settings: QSettings, choice: str) -> None:
    settings.setValue(_THEME, choice)
    settings.sync()


def apply(settings: QSettings | None) -> None:
    """Speak and look as the person of ``settings`` chose; None: nobody is here yet."""
    i18n.set_language(language(settings) if settings is not None else APP_CONFIG.ui.language)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        qt_words.speak(application)
        theme.install(application, theme_of(settings) if settings is not None else APP_CONFIG.ui.theme)
