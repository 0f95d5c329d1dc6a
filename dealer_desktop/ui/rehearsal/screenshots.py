"""Pictures of every tab and dialog, in both languages, light and dark, each opened as a person opens it.

Nothing moves in them: no caret blinks, nothing is still loading. One day's pictures of one demo are the same.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSettings
from PySide6.QtGui import QCursor, QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import FileNotWritten
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.rehearsal import numbers_views
from dealer_desktop.ui.rehearsal.tour import Tour
from dealer_desktop.ui.session import qt_words
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme import fonts
from dealer_desktop.ui.window.main_window import MainWindow

SIZE = (1440, 900)
"""Width and height of the window in pixels at 100 %."""
LANGUAGES = i18n.LANGUAGES
THEMES = ("light", "dark")
Say = Callable[[str], None]


def draw_all(
    window: MainWindow,
    folder: Path,
    price_list: Path,
    say: Say,
    *,
    languages: Sequence[str] = (),
    looks: Sequence[str] = (),
    size: tuple[int, int] = SIZE,
    scale: float | None = None,
) -> list[Path]:
    """Every tab and dialog as PNG files in ``folder``; ``price_list`` is a file of cars to import.

    ``scale`` is how much larger than usual the person's text is; without it, as the system has it.
    Raises FileNotWritten, StepFailed.
    """
    assert window.context is not None
    drawn: list[Path] = []
    for language in languages or LANGUAGES:
        for look in looks or THEMES:
            with window_like(window.context, look, language=language, size=size, scale=scale) as copy:
                for name, widget in Tour(copy).everything(price_list):
                    drawn.append(_save(widget, folder / f"{name}-{look}-{language}.png"))
                    say(str(drawn[-1]))
    return drawn


def draw_numbers(
    window: MainWindow,
    folder: Path,
    periods: numbers_views.Periods,
    say: Say,
    *,
    languages: Sequence[str] = (),
    looks: Sequence[str] = (),
    scale: float | None = None,
) -> None:
    """The manager's page of each of the named ``periods``, whole, in a small and a large window."""
    assert window.context is not None
    for language in languages or LANGUAGES:
        for look in looks or THEMES:
            with window_like(window.context, look, language=language, scale=scale) as copy:
                for name, widget in numbers_views.views(copy, periods):
                    say(str(_save(widget, folder / f"{name}-{look}-{language}.png")))


def draw_some(window: MainWindow, folder: Path) -> list[Path]:
    """The tabs of the main job as they are now, in the language and look in use."""
    window.resize(*SIZE)
    tour = Tour(window)
    views = map(tour.tab, ("inventory", "orders", "deliveries"))
    return [_save(widget, folder / f"{name}-{i18n.language()}.png") for name, widget in views]


def _save(widget: QWidget, file: Path) -> Path:
    file = file.absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileNotWritten(file=str(file.parent), reason=error.strerror or str(error)) from None
    if not widget.grab().save(str(file)):
        raise FileNotWritten(file=str(file), reason=_("the picture could not be saved"))
    return file


@contextmanager
def window_like(
    context: UiContext,
    look: str = "light",
    *,
    language: str = "en",
    size: tuple[int, int] = SIZE,
    scale: float | None = None,
) -> Iterator[MainWindow]:
    """Another window on the same dealership, dressed like this while it is open."""
    before = i18n.language()
    i18n.set_language(language)
    _dress(look, scale)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(settings)
        window.resize(*size)
        window.open_database(UiContext(context.connections, context.feed, context.dealer, settings))
        window.show()
        QCursor.setPos(QPoint(0, 0))
        try:
            yield window
        finally:
            jobs.wait_for_all()
            window.close_unasked()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            i18n.set_language(before)
            _dress("auto", None)


def _dress(look: str, scale: float | None) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setCursorFlashTime(0)
    QPixmapCache.clear()
    qt_words.speak(application)
    fonts.set_scale(scale)
    theme.install(application, look)
