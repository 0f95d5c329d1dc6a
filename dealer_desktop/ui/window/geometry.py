"""Where the window stands: as it was left, and wholly on the screen with its frame."""

from PySide6.QtCore import QByteArray, QMargins, QSettings, QSize
from PySide6.QtWidgets import QMainWindow

from dealer_desktop.ui.theme.fonts import pixels

_KEY = "window/geometry"
_FRAME = QMargins(4, 32, 4, 4)
"""What a window's frame usually takes of the screen, in pixels."""


def restore(window: QMainWindow, settings: QSettings) -> QSize:
    """As it was left, or a good size for this screen. Returns the size that it has now."""
    room = window.screen().availableGeometry().size().shrunkBy(_FRAME)
    window.setMinimumSize(QSize(1000, 600).boundedTo(room))
    window.resize(QSize(pixels(1440), pixels(900)).boundedTo(room))
    kept = settings.value(_KEY)
    if isinstance(kept, QByteArray):
        window.restoreGeometry(kept)
    return window.size()


def keep(window: QMainWindow, settings: QSettings) -> None:
    """For the next start."""
    settings.setValue(_KEY, window.saveGeometry())


def fit_on_screen(window: QMainWindow, first_size: QSize) -> QSize:
    """All of it is on the screen with its frame, unless somebody chose another size than ``first_size`` meanwhile.

    Returns the size that the program chose last.
    """
    if window.isMaximized() or window.isFullScreen() or window.size() != first_size:
        return first_size
    room, frame = window.screen().availableGeometry(), window.frameGeometry()
    if room.contains(frame):
        return first_size
    around = frame.size() - window.size()
    window.resize(window.size().boundedTo(room.size() - around))
    frame = window.frameGeometry()
    x = max(room.left(), min(frame.left(), room.right() + 1 - frame.width()))
    y = max(room.top(), min(frame.top(), room.bottom() + 1 - frame.height()))
    window.move(x, y)
    return window.size()
