"""What the inventory does with photos: the dialog, the large view, and what is dropped or pasted on the card."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.inventory.photos.adder import PhotoAdder
from dealer_desktop.ui.inventory.photos.adding import Added, trouble
from dealer_desktop.ui.inventory.photos.dialog import PhotosDialog
from dealer_desktop.ui.inventory.photos.gallery import Gallery
from dealer_desktop.ui.inventory.photos.large_view import PhotoView
from dealer_desktop.ui.inventory.photos.sources import PhotoSource
from dealer_desktop.ui.session.context import UiContext


class CarPhotos(QObject):
    """``car`` tells which car is selected. Dialogs open over ``parent``.

    Where nothing shows what went wrong with adding, the dialog of that car is opened to say it.
    """

    def __init__(self, context: UiContext, gallery: Gallery, parent: QWidget, car: Callable[[], CarRow | None]) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._car = car
        self.adder = PhotoAdder(context, self)
        self.adder.refused.connect(self._say)
        self._dialog: PhotosDialog | None = None
        gallery.photos_wanted.connect(self.open)
        gallery.opened.connect(partial(self._see, gallery))
        gallery.pasted.connect(self._paste_on_card)
        gallery.dropped.connect(self._drop_on_card)

    def open(self) -> None:
        """The dialog of the selected car."""
        if (car := self._car()) is not None:
            self._open(car)

    def _open(self, car: CarRow) -> PhotosDialog:
        self._dialog = PhotosDialog(self._context, car, self.adder, self._parent)
        self._dialog.open()
        return self._dialog

    def _see(self, gallery: Gallery, number: int) -> None:
        if (car := self._car()) is not None and gallery.urls:
            PhotoView(gallery.urls, number, car.title, self._parent).open()

    def _is_shown(self, car: CarRow) -> bool:
        dialog = self._dialog
        return dialog is not None and isValid(dialog) and dialog.isVisible() and dialog.car.id == car.id

    def _say(self, car: CarRow, result: Added) -> None:
        """In the car's dialog, unless the person is busy in another one: then in the status bar."""
        if self._is_shown(car):
            return
        if QApplication.activeModalWidget() is None and self._parent.isVisible():
            self._open(car).show_result(result)
        else:
            self._context.tell(trouble(result).replace("\n", " "))

    def _paste_on_card(self) -> None:
        if (car := self._car()) is not None and not self.adder.paste(car):
            self._context.tell(_("There is no picture on the clipboard. Copy a photo, or its file, first."))

    def _drop_on_card(self, sources: Sequence[PhotoSource]) -> None:
        if (car := self._car()) is not None:
            self.adder.add(car, sources)
