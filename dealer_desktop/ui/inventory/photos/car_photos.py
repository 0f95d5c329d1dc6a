"""What the inventory does with photos: the dialog, the large view, and adding what is dropped or pasted on the card."""

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.inventory.photos.adding import Added, PhotoAdding, told, trouble
from dealer_desktop.ui.inventory.photos.dialog import PhotosDialog
from dealer_desktop.ui.inventory.photos.large_view import PhotoView
from dealer_desktop.ui.inventory.photos.sources import PATTERN, PhotoSource, from_files, from_mime
from dealer_desktop.ui.widgets.file_dialogs import ask_to_open_several

if TYPE_CHECKING:
    from dealer_desktop.ui.inventory.photos.gallery import Gallery
    from dealer_desktop.ui.inventory.tab import InventoryTab


class CarPhotos(QObject):
    """Photos are added one batch after the other, whether or not the dialog is open; it shows what it is told.

    Where nothing shows what went wrong, the dialog of that car is opened to say it.
    """

    began = Signal(object)
    """A PhotoAdding."""

    def __init__(self, tab: "InventoryTab", gallery: "Gallery") -> None:
        super().__init__(tab)
        self._tab = tab
        self._context = tab.context
        self._waiting: deque[PhotoAdding] = deque()
        self.current: PhotoAdding | None = None
        self._dialog: PhotosDialog | None = None
        self._closing = False
        self._context.closing.connect(self._stop)
        gallery.photos_wanted.connect(self.open)
        gallery.opened.connect(partial(self._see, gallery))
        gallery.pasted.connect(self._paste_on_card)
        gallery.dropped.connect(self._drop_on_card)

    @property
    def _car(self) -> CarRow | None:
        row = self._tab.row
        return row if isinstance(row, CarRow) else None

    def open(self) -> None:
        """The dialog of the selected car."""
        if (car := self._car) is not None:
            self._open(car)

    def _open(self, car: CarRow) -> PhotosDialog:
        self._dialog = PhotosDialog(self._context, car, self, self._tab)
        self._dialog.open()
        return self._dialog

    def _see(self, gallery: "Gallery", number: int) -> None:
        if (car := self._car) is not None and gallery.urls:
            PhotoView(gallery.urls, number, car.title, self._tab).open()

    # -- adding -------------------------------------------------------------------------------------------------------

    def ask_for_files(self, dialog: PhotosDialog) -> QFileDialog:
        """In the system's own dialog; several at once."""
        car = dialog.car

        def add(files: Sequence[Path]) -> None:
            self.add(car, from_files(files))

        patterns = ((_("Photos"), PATTERN), (_("All files"), "*"))
        return ask_to_open_several(dialog, _("Add photos"), patterns, add, self._context.settings)

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
        if not result.is_whole and not self._closing and not self._is_shown(adding.car):
            self._say(adding.car, result)
        adding.deleteLater()
        self._next()

    def _stop(self) -> None:
        """The window closes: whoever closes it waits for what is being added, or has stopped it."""
        self._closing = True
        self._waiting.clear()

    def _is_shown(self, car: CarRow) -> bool:
        dialog = self._dialog
        return dialog is not None and isValid(dialog) and dialog.isVisible() and dialog.car.id == car.id

    def _say(self, car: CarRow, result: Added) -> None:
        """In the car's dialog, unless the person is busy in another one: then in the status bar."""
        if QApplication.activeModalWidget() is None and self._tab.isVisible():
            self._open(car).show_result(result)
        else:
            self._context.tell(trouble(result).replace("\n", " "))

    def _paste_on_card(self) -> None:
        if (car := self._car) is not None and not self.paste(car):
            self._context.tell(_("There is no picture on the clipboard. Copy a photo, or its file, first."))

    def _drop_on_card(self, sources: Sequence[PhotoSource]) -> None:
        if (car := self._car) is not None:
            self.add(car, sources)
