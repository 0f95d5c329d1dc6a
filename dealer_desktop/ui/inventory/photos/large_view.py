"""One photo as large as the window allows, with the arrow keys through the others."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import photo_files
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import picture_files, thumbnails, tooltips
from dealer_desktop.ui.widgets.buttons import IconButton, WordButton
from dealer_desktop.ui.widgets.car_picture import paint_placeholder
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot
from dealer_desktop.ui.widgets.loading_line import LoadingLine

_KEPT = 5
"""Photos in memory: the one in view, those beside it and where one came from."""
_AT_ONCE = 3
"""Photos that are read: whoever holds an arrow key down does not wait for all that went by, nor does the database."""


class PhotoView(QDialog):
    def __init__(self, urls: Sequence[str], first: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photoView")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self._urls = tuple(urls)
        self._current = first
        self._images: dict[str, QImage] = {}
        self._whole: set[str] = set()
        self._jobs: dict[str, jobs.Job] = {}
        self._wanted: list[str] = []
        """Near the one in view, and not asked for yet."""
        self.canvas = _Canvas(self)
        self.canvas.stepped.connect(self.step)
        self._line = LoadingLine()
        self.place = label("", "number", "second")
        self.place.setObjectName("photoPlace")
        self.trouble = label("", "base", "amber", wrap=True)
        self.trouble.setObjectName("photoTrouble")
        self.back = self._arrow("previousPhotoButton", "caret-left", _("Previous photo (Left)"), -1)
        self.on = self._arrow("nextPhotoButton", "caret-right", _("Next photo (Right)"), 1)
        self._build(title)
        self._fit_into(parent)
        self._show()

    def _build(self, title: str) -> None:
        close = WordButton("closeButton", _("Close"), self.reject)
        close.setToolTip(_("Esc"))
        foot = DialogFoot()
        row = foot.row
        for part in (self.back, self.place, self.on):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(label(title, "medium"))
        row.addWidget(self.trouble, 1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._line)
        column.addWidget(foot)
        self.canvas.setFocus()

    def _arrow(self, name: str, icon: str, words: str, by: int) -> IconButton:
        button = IconButton(None, icon, words, "outlined")
        button.setObjectName(name)
        button.clicked.connect(lambda: self.step(by))
        button.setVisible(len(self._urls) > 1)
        return button

    def _fit_into(self, parent: QWidget | None) -> None:
        around = parent.window() if parent is not None else None
        while around is not None and (above := around.parentWidget()) is not None:
            around = above.window()  # from a dialog, too, as large as the window allows
        room = around.size() if around is not None else self.screen().availableSize() * 0.8
        self.resize(max(pixels(480), room.width() - pixels(96)), max(pixels(360), room.height() - pixels(64)))

    # -- which one ----------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The one in view."""
        return self._urls[self._current]

    @property
    def is_loaded(self) -> bool:
        """Whether it is in view as it is, not only its thumbnail."""
        return self.url in self._whole

    def step(self, by: int) -> None:
        """To the next, or, with -1, the previous one; behind the last comes the first."""
        self.go_to((self._current + by) % len(self._urls))

    def go_to(self, number: int) -> None:
        self._current = number
        self._show()

    def _show(self) -> None:
        words = _("{number} of {total}").format(
            number=formats.number(self._current + 1), total=formats.number(len(self._urls))
        )
        self.place.setText(words)
        self.canvas.setAccessibleName(
            _("Photo {number} of {total}").format(number=self._current + 1, total=len(self._urls))
        )
        self.trouble.clear()
        self.canvas.show_image(self._images.get(self.url))
        near = [self._current, self._current + 1, self._current - 1]
        self._wanted = list(dict.fromkeys(self._urls[number % len(self._urls)] for number in near))
        self._read_on()
        self._line.set_loading(not self.is_loaded)

    def _read_on(self) -> None:
        while self._wanted and len(self._jobs) < _AT_ONCE:
            url = self._wanted.pop(0)
            if url not in self._whole and url not in self._jobs:
                self._read(url)

    def _read(self, url: str) -> None:
        ratio = self.devicePixelRatioF()
        screen = self.screen().size() * ratio
        self._jobs[url] = jobs.run(
            self,
            read_large,
            url,
            QSize(screen),
            done=partial(self._keep, url, True),
            failed=partial(self._failed, url),
        )
        if url == self.url:
            # From this PC's disk: something to look at while a slow share gives the rest.
            jobs.run(self, thumbnails.middling, url, done=partial(self._keep, url, False), failed=lambda _error: None)

    def _keep(self, url: str, whole: bool, image: QImage) -> None:
        if not whole and url in self._whole:
            return
        self._images.pop(url, None)
        self._images[url] = image
        if whole:
            self._jobs.pop(url, None)
            self._whole.add(url)
        for old in [old for old in self._images if old != self.url][: max(0, len(self._images) - _KEPT)]:
            del self._images[old]
            self._whole.discard(old)
        if url == self.url:
            self.canvas.show_image(image)
            self._line.set_loading(not self.is_loaded)
        self._read_on()

    def _failed(self, url: str, error: Exception) -> None:
        self._jobs.pop(url, None)
        if url == self.url:
            self._line.set_loading(False)
            self.trouble.setText(sentence_of(error))
            self.trouble.setToolTip(tooltips.plain(sentence_of(error)))
        self._read_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QDialog: the keys of every picture viewer; Escape closes."""
        key = event.key()
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.step(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self.step(-1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._urls) - 1)
        else:
            super().keyPressEvent(event)


class _Canvas(QWidget):
    """The photo in the middle; a click on its right half asks for the next, on the left one for the previous."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("photoCanvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pixmap = QPixmap()
        theme.changed().connect(self.update)

    @property
    def has_photo(self) -> bool:
        return not self._pixmap.isNull()

    def show_image(self, image: QImage | None) -> None:
        """None: the drawn car."""
        self._pixmap = QPixmap() if image is None else QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overrides QWidget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._pixmap.isNull():
            paint_placeholder(painter, QRectF(self.rect()))
            return
        painter.fillRect(self.rect(), QColor(theme.tokens().window))
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, *size.toTuple())
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Overrides QWidget."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.stepped.emit(1 if event.position().x() >= self.width() / 2 else -1)


def read_large(url: str, fits: QSize) -> QImage:
    """The photo within ``fits`` pixels. For a pool thread. Raises UnreadableFile."""
    try:
        return picture_files.decode(photo_files.read(url), fits)
    except picture_files.NotAPhoto as error:
        raise UnreadableFile(file=url, reason=str(error)) from None
