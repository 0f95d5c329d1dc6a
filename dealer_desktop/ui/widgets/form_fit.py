"""How high a form is: as high as it wants, never higher than the screen. It grows with what it says; it never jumps."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from dealer_desktop.ui.theme.fonts import pixels

_OF_SCREEN = 0.92


class FormFit(QObject):
    """``content`` scrolls where there is no room for it; ``parts`` always stand in full."""

    def __init__(self, dialog: QDialog, content: QWidget, parts: Sequence[QWidget], width: int) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._content = content
        self._parts = tuple(parts)
        self._width = width
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._grow)
        for watched in (dialog, content):
            watched.installEventFilter(self)

    def fit(self) -> None:
        """Exactly as high as the form wants now."""
        self._dialog.resize(self._width, self._wanted())
        self._keep_in_view()

    def _grow(self) -> None:
        """Until nothing scrolls that need not: wrapped words are known for certain only once they are laid out."""
        viewport = self._content.parentWidget()
        hidden = self._content.height() - viewport.height() if viewport is not None else 0
        wanted = self._limited(max(self._wanted(), self._dialog.height() + max(0, hidden)))
        if self._dialog.isVisible() and wanted > self._dialog.height():
            self._dialog.resize(self._width, wanted)
            self._keep_in_view()
            self._timer.start()

    def _wanted(self) -> int:
        shown = [part for part in (self._content, *self._parts) if not part.isHidden()]
        return self._limited(sum(_height(part, self._width) for part in shown))

    def _limited(self, wanted: int) -> int:
        limit = round(self._dialog.screen().availableGeometry().height() * _OF_SCREEN)
        parent = self._dialog.parentWidget()
        if parent is not None and is_drawn_only():
            # The screen is none: the window is the measure.
            limit = max(limit, parent.window().height() - pixels(32))
        return min(wanted, limit)

    def _keep_in_view(self) -> None:
        """What grew below the screen's edge moves up, so that its buttons are there."""
        room, frame = self._dialog.screen().availableGeometry(), self._dialog.frameGeometry()
        below = frame.bottom() - room.bottom()
        if below > 0 and not is_drawn_only():
            self._dialog.move(frame.x(), max(room.top(), frame.y() - below))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject: an error line that comes or a hint that wraps makes the form higher."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._timer.start()
        return super().eventFilter(watched, event)


def is_drawn_only() -> bool:
    """Whether windows are drawn without a screen (pictures, tests): its size means nothing then."""
    return QGuiApplication.platformName() in ("offscreen", "minimal")


def _height(part: QWidget, width: int) -> int:
    layout = part.layout()
    if layout is not None:
        layout.activate()
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
