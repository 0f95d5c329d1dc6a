"""The photos of one car: one large, the others small beneath it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import PhotoRow
from dealer_desktop.ui.widgets.car_picture import CarPicture

_LARGE = QSize(336, 188)
_SMALL = QSize(78, 48)
_SHOWN = 4


class Gallery(QWidget):
    """A click on a small photo, or on the large one, shows the next; the last tells how many more there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._urls: tuple[str, ...] = ()
        self._current = 0
        self.large = CarPicture(_LARGE, self, clickable=True)
        self.large.setObjectName("mainPhoto")
        self.large.clicked.connect(self._next)
        self.small = [CarPicture(_SMALL, self, clickable=True) for _number in range(_SHOWN)]
        self._strip = QWidget(self)
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(0, 8, 0, 0)
        strip.setSpacing(8)
        for number, picture in enumerate(self.small):
            picture.setObjectName(f"photo{number}")
            picture.clicked.connect(lambda number=number: self._show_small(number))
            strip.addWidget(picture)
        strip.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.large)
        layout.addWidget(self._strip)
        self.show_main(None)

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
            self._urls = urls
            self._current = urls.index(shown) if shown in urls else 0
            self._show()

    def _first(self) -> int:
        """Which photo the first small one shows: the strip moves on with the large one."""
        last = max(0, len(self._urls) - _SHOWN)
        return min(last, self._current - _SHOWN + 2) if self._current >= _SHOWN - 1 else 0

    def _show(self) -> None:
        url = self._urls[self._current] if self._urls else None
        if self.large.url != (url or "") or not url:
            self.large.show_photo(url)
        self.large.setToolTip(
            _("Photo {number} of {total}").format(number=self._current + 1, total=len(self._urls)) if url else ""
        )
        first = self._first()
        for place, picture in enumerate(self.small):
            number = first + place
            picture.setVisible(number < len(self._urls))
            if number < len(self._urls):
                if picture.url != self._urls[number]:
                    picture.show_photo(self._urls[number])
                picture.set_current(number == self._current)
                hidden = len(self._urls) - first - _SHOWN
                picture.set_more(hidden if place == _SHOWN - 1 and hidden > 0 else 0)
        self._strip.setVisible(len(self._urls) > 1)

    def _show_small(self, place: int) -> None:
        self._current = min(len(self._urls) - 1, self._first() + place)
        self._show()

    def _next(self) -> None:
        if self._urls:
            self._current = (self._current + 1) % len(self._urls)
            self._show()
