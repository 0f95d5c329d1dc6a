"""How high a form is: as high as it wants, never higher than the screen. It grows with what it says; it never jumps."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
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

    def _grow(self) -> None:
        """Until nothing scrolls that need not: wrapped words are known for certain only once they are laid out."""
        viewport = self._content.parentWidget()
        hidden = self._content.height() - viewport.height() if viewport is not None else 0
        wanted = self._limited(max(self._wanted(), self._dialog.height() + max(0, hidden)))
        if self._dialog.isVisible() and wanted > self._dialog.height():
            self._dialog.resize(self._width, wanted)
            self._timer.start()

    def _wanted(self) -> int:
        shown = [part for part in (self._content, *self._parts) if not part.isHidden()]
        return self._limited(sum(_height(part, self._width) for part in shown))

    def _limited(self, wanted: int) -> int:
        limit = round(self._dialog.screen().availableGeometry().height() * _OF_SCREEN)
        parent = self._dialog.parentWidget()
        if parent is not None:
            # Where a window is larger than its screen says (drawn without one), the window is the measure.
            limit = max(limit, parent.window().height() - pixels(32))
        return min(wanted, limit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Overrides QObject: an error line that comes or a hint that wraps makes the form higher."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._timer.start()
        return super().eventFilter(watched, event)


def _height(part: QWidget, width: int) -> int:
    layout = part.layout()
    if layout is not None:
        layout.activate()
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
