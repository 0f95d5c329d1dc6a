"""Qt's own words in the person's language: the menus of fields, file and print dialogs, the buttons of questions."""

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from dealer_desktop.core import i18n

log = logging.getLogger(__name__)
_spoken: QTranslator | None = None


def speak(application: QCoreApplication) -> None:
    """Let Qt speak the language in use. Call it again after another was chosen, before the next window is made."""
    global _spoken
    if _spoken is not None:
        application.removeTranslator(_spoken)
        _spoken = None
    language = i18n.language()
    if language == "en":
        return  # what stands in Qt's source
    words = QTranslator(application)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
        _spoken = words
    else:
        log.warning("Qt's words are not there in %s", language)
