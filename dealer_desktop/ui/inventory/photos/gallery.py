"""The photos of one car: one large, the others small beneath it; new ones are dropped and pasted here."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import PhotoRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.inventory.photos.sources import from_mime, holds_photos
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.car_picture import CarPicture

_LARGE = QSize(336, 188)
_SMALL = QSize(78, 48)
"""Pixels in a card at 100 %; in a wider or narrower one they keep their shape."""
_SHOWN = 4
_GAP = 8


class Gallery(QWidget):
    """A click on a small photo shows it large, here; a click on the large one asks for it in a window of its own.

    Left and Right go through them; the last small one tells how many more there are.
    """

    opened = Signal(int)
    """Which of ``urls`` is wanted in a window of its own."""
    photos_wanted = Signal()
    """The person wants to add photos, or to arrange them."""
    pasted = Signal()
    dropped = Signal(list)
    """PhotoSources."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setAcceptDrops(True)
        self._urls: tuple[str, ...] = ()
        self._current = 0
        self.large = CarPicture(_LARGE, self, clickable=True)
        self.large.setObjectName("mainPhoto")
        self.large.clicked.connect(self._open)
        self.small = [CarPicture(_SMALL, self, clickable=True) for _number in range(_SHOWN)]
        self._strip = QWidget(self)
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(0, _GAP, 0, 0)
        strip.setSpacing(_GAP)
        for number, picture in enumerate(self.small):
            picture.setObjectName(f"photo{number}")
            picture.clicked.connect(lambda number=number: self._show_small(number))
            strip.addWidget(picture)
        strip.addStretch(1)
        self.button = QPushButton(self)
        self.button.setObjectName("galleryPhotosButton")
        self.button.setFont(theme.font("medium"))
        self.button.setIcon(theme.icon("image", "text"))
        self.button.setAutoDefault(False)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self.button.clicked.connect(self.photos_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.large)
        layout.addWidget(self._strip)
        self._show()

    @property
    def urls(self) -> tuple[str, ...]:
        """The main one first, then in their order."""
        return self._urls

    def show_main(self, url: str | None) -> None:
        """The main photo, while the others are not known yet."""
        if url != (self._urls[0] if self._urls else None):
            self._urls = (url,) if url else ()
            self._current = 0
            self._show()

    def show_photos(self, photos: Sequence[PhotoRow]) -> None:
        """All photos, the main one first."""
        urls = tuple(photo.url for photo in sorted(photos, key=lambda photo: (not photo.is_main, photo.position)))
        if urls != self._urls:
            shown = self._urls[self._current] if self._current < len(self._urls) else ""
            same_main = bool(urls and self._urls and urls[0] == self._urls[0])
            self._urls = urls
            # A new main photo is shown: whoever chose it wants to see it.
            self._current = urls.index(shown) if same_main and shown in urls else 0
            self._show()

    def _first(self) -> int:
        """Which photo the first small one shows: the strip moves on with the large one."""
        last = max(0, len(self._urls) - _SHOWN)
        return min(last, self._current - _SHOWN + 2) if self._current >= _SHOWN - 1 else 0

    def _show(self) -> None:
        url = self._urls[self._current] if self._urls else None
        if self.large.url != (url or "") or not url:
            self.large.show_photo(url)
        self._show_words()
        first = self._first()
        for place, picture in enumerate(self.small):
            number = first + place
            picture.setVisible(number < len(self._urls))
            if number < len(self._urls):
                if picture.url != self._urls[number]:
                    picture.show_photo(self._urls[number])
                picture.set_hint(_("Photo {number} of {total}").format(number=number + 1, total=len(self._urls)))
                picture.set_current(number == self._current)
                hidden = len(self._urls) - first - _SHOWN
                picture.set_more(hidden if place == _SHOWN - 1 and hidden > 0 else 0)
        self._strip.setVisible(len(self._urls) > 1)

    def _show_words(self) -> None:
        count = len(self._urls)
        place = _("Photo {number} of {total}").format(number=self._current + 1, total=count)
        self.large.setAccessibleName(place if count else _("No photos yet"))
        see = _("Click to see it large, or press Enter.")
        self.large.set_hint(f"{place}. {see}" if count else _("Add photos: click, drop files here, or press Ctrl+V."))
        words = _("Photos…") if count else _("Add photos")
        self.button.setText("" if count else words)  # with its words it would hide a part of the photo
        self.button.setAccessibleName(words)
        self.button.setToolTip(
            _("Add, arrange and remove the photos; files may be dropped here, and pictures pasted with Ctrl+V")
        )
        self._place_button()

    def _place_button(self) -> None:
        """Over the large photo: in its corner, or, where there is none, under the drawn car."""
        self.button.adjustSize()
        area = self.large.geometry()
        if self._urls:
            self.button.resize(pixels(36), self.button.height())
            self.button.move(area.right() - self.button.width() - 7, area.bottom() - self.button.height() - 7)
        else:
            self.button.move(area.center().x() - self.button.width() // 2, area.bottom() - self.button.height() - 11)
        self.button.raise_()

    def _show_small(self, place: int) -> None:
        self._current = min(len(self._urls) - 1, self._first() + place)
        self._show()

    def _step(self, by: int) -> None:
        if self._urls:
            self._current = (self._current + by) % len(self._urls)
            self._show()

    def _open(self) -> None:
        if self._urls:
            self.opened.emit(self._current)
        else:
            self.photos_wanted.emit()

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QWidget."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Overrides QWidget."""
        menu = QMenu(self)
        menu.setObjectName("galleryMenu")
        if self._urls:
            menu.addAction(theme.icon("arrows-out"), _("See it large"), self._open)
        menu.addAction(theme.icon("image"), _("Photos…"), self.photos_wanted.emit)
        menu.addAction(theme.icon("clipboard"), _("Paste a photo"), self.pasted.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget: the photos are as wide as the card has room."""
        super().resizeEvent(event)
        wide = event.size().width()
        if wide != event.oldSize().width():
            self.large.setFixedSize(wide, round(wide * _LARGE.height() / _LARGE.width()))
            small = (wide - (_SHOWN - 1) * _GAP) // _SHOWN
            for picture in self.small:
                picture.setFixedSize(small, round(small * _SMALL.height() / _SMALL.width()))
        self._place_button()

    def minimumSizeHint(self) -> QSize:
        """Overrides QWidget: the card says how wide."""
        return QSize(0, super().minimumSizeHint().height())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Overrides QWidget."""
        if holds_photos(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.large.set_veil(_("Drop the photos here"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Overrides QWidget."""
        self.large.set_veil("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Overrides QWidget."""
        self.large.set_veil("")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(from_mime(event.mimeData()))
