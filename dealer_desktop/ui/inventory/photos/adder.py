"""Adds photos to cars, one batch after the other, whether or not a dialog shows it."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.inventory.photos.adding import Added, PhotoAdding, told
from dealer_desktop.ui.inventory.photos.sources import PATTERN, PhotoSource, from_files, from_mime
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.file_dialogs import ask_to_open_several


class PhotoAdder(QObject):
    began = Signal(object)
    """A PhotoAdding."""
    refused = Signal(object, object)
    """The CarRow and what was Added, where some photos were not taken; before the next batch begins."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: deque[PhotoAdding] = deque()
        self.current: PhotoAdding | None = None
        self._closing = False
        context.closing.connect(self._stop)

    def ask_for_files(self, car: CarRow, parent: QWidget) -> QFileDialog:
        """In the system's own dialog; several at once."""

        def add(files: Sequence[Path]) -> None:
            self.add(car, from_files(files))

        patterns = ((_("Photos"), PATTERN), (_("All files"), "*"))
        return ask_to_open_several(parent, _("Add photos"), patterns, add, self._context.settings)

    def paste(self, car: CarRow) -> bool:
        """Add what is on the clipboard, files or a picture; False where there is none."""
        sources = from_mime(QGuiApplication.clipboard().mimeData())
        self.add(car, sources)
        return bool(sources)

    def add(self, car: CarRow, sources: Sequence[PhotoSource]) -> None:
        """Check, make small and store them, off the GUI thread."""
        if not sources:
            return
        adding = PhotoAdding(self._context, car, sources, self)
        adding.ended.connect(partial(self._ended, adding))
        self._waiting.append(adding)
        if self.current is None:
            self._next()

    def _next(self) -> None:
        self.current = self._waiting.popleft() if self._waiting else None
        if self.current is not None:
            self.began.emit(self.current)
            self.current.start()

    def _ended(self, adding: PhotoAdding, result: Added) -> None:
        self.current = None  # a dialog that is opened now has nothing to follow
        if result.photos:
            self._context.tell(told(result, adding.car))
        if not result.is_whole and not self._closing:
            self.refused.emit(adding.car, result)
        adding.deleteLater()
        self._next()

    def _stop(self) -> None:
        """The window closes: whoever closes it waits for what is being added, or has stopped it."""
        self._closing = True
        self._waiting.clear()
