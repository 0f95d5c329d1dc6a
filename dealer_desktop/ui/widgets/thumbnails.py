"""Small pictures of photos: made off the GUI thread, kept in memory and on this PC's disk.

    thumbnails.board().arrived.connect(...)                 # a url: ask again now
    pixmap = thumbnails.board().want(url, QSize(336, 188))  # device pixels; None while it is made, or cannot be
    thumbnails.board().trouble(url)                         # why there is none, in words

The share is read once per photo: what is kept on the disk is one picture of a middling size, under a name made of the
file's place, length and time, and every smaller size is made of that.
"""

import hashlib
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from shiboken6 import isValid

from dealer_desktop.core import paths
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.file_faults import read_regular
from dealer_desktop.services import photo_files
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.widgets import picture_files

_log = logging.getLogger(__name__)
_KEPT = QSize(1024, 1024)
_QUALITY = 88
MOST_BYTES = 300_000_000
"""On the disk; about 2,000 photos."""
_LOOK_EVERY = 64
"""Files written until their sum is looked at again."""
MOST_MEMORY = 96_000_000
"""Bytes of pixels; about 250 of the list's at twice the usual resolution."""
_AT_ONCE = max(2, min(4, (os.cpu_count() or 2) - 1))
"""Jobs: the others wait, the newest wish first, since it is what a person looks at."""
_locks = [threading.Lock() for _number in range(16)]


# -- on a pool thread -------------------------------------------------------------------------------------------------


def read_photo(url: str, size: QSize) -> QImage:
    """The photo at ``url``, upright, scaled and cropped to fill ``size`` device pixels. Raises UnreadableFile."""
    with _locks[hash(url) % len(_locks)]:  # who wants another size of the same photo waits for its file
        image = middling(url)
    fill, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    image = image.scaled(size, fill, smooth)
    left, top = (image.width() - size.width()) // 2, (image.height() - size.height()) // 2
    return image.copy(left, top, size.width(), size.height())


def middling(url: str) -> QImage:
    """The photo within 1,024 x 1,024 pixels, from this PC's disk where it was read before. Raises UnreadableFile."""
    name = hashlib.sha256(photo_files.version(url).encode()).hexdigest()
    file = folder() / name[:2] / f"{name}.jpg"
    with suppress(OSError, picture_files.NotAPhoto):
        kept = picture_files.decode(read_regular(file, photo_files.MAX_BYTES), _KEPT)
        file.touch()
        return kept
    try:
        jpeg = picture_files.encode(picture_files.decode(photo_files.read(url), _KEPT), _QUALITY)
    except picture_files.NotAPhoto as error:
        raise UnreadableFile(file=url, reason=str(error)) from None
    _keep(file, jpeg)
    return picture_files.decode(jpeg, _KEPT)


def folder() -> Path:
    return paths.cache_folder() / "thumbnails"


_written = 0


def _keep(file: Path, jpeg: bytes) -> None:
    """On a disk that is full, or may only be read, it is made anew each time."""
    global _written
    half = file.with_name(f"{file.name}.{uuid4().hex}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(jpeg)
        half.replace(file)
    except OSError as error:
        _log.info("a thumbnail was not kept: %s", error)
        with suppress(OSError):
            half.unlink(missing_ok=True)
        return
    _written += 1
    if _written % _LOOK_EVERY == 1:
        prune()


def prune() -> None:
    """Delete those that were not looked at for the longest time, until the rest is below ``MOST_BYTES``."""
    found = sorted(_sizes(), reverse=True)
    total = 0
    for _when, size, file in found:
        total += size
        if total > MOST_BYTES:
            with suppress(OSError):
                file.unlink()


def _sizes() -> Iterator[tuple[float, int, Path]]:
    for file in folder().glob("*/*"):
        with suppress(OSError):
            about = file.stat()
            yield about.st_mtime, about.st_size, file


# -- on the GUI thread ------------------------------------------------------------------------------------------------


class Thumbnails(QObject):
    arrived = Signal(str)
    """Of this url there is something new: a picture, or the reason why there is none."""

    def __init__(self) -> None:
        super().__init__()
        # Not Qt's own cache: that one drops a quarter of all every ten seconds in which nothing new comes, and a list
        # that is painted again then blinks.
        self._made: OrderedDict[str, QPixmap] = OrderedDict()
        self._bytes = 0
        self._waiting: dict[str, tuple[str, QSize]] = {}
        self._running: set[str] = set()
        self._troubles: dict[str, str] = {}

    def want(self, url: str, size: QSize) -> QPixmap | None:
        """The photo at ``url`` filling ``size`` device pixels; where it has yet to be made, None: ``arrived`` tells."""
        key = f"{url}:{size.width()}x{size.height()}"
        made = self._made.get(key)
        if made is not None:
            self._made.move_to_end(key)
            return QPixmap(made)
        if url not in self._troubles and key not in self._running:
            self._waiting.pop(key, None)
            self._waiting[key] = (url, QSize(size))
            self._start()
        return None

    def forget(self) -> None:
        """Drop what is in memory; what is on the disk stays."""
        self._made.clear()
        self._bytes = 0

    def trouble(self, url: str) -> str:
        """Why the photo is not shown; empty where nothing is known against it."""
        return self._troubles.get(url, "")

    def try_again(self, url: str) -> None:
        """Forget why it could not be read: the share may be back."""
        self._troubles.pop(url, None)

    def _start(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            key, (url, size) = self._waiting.popitem()
            self._running.add(key)
            jobs.run(
                self,
                read_photo,
                url,
                size,
                done=partial(self._keep, key, url),
                failed=partial(self._failed, key, url),
            )

    def _keep(self, key: str, url: str, image: QImage) -> None:
        made = QPixmap.fromImage(image)
        self._made[key] = made
        self._bytes += _bytes_of(made)
        while self._bytes > MOST_MEMORY and len(self._made) > 1:
            self._bytes -= _bytes_of(self._made.popitem(last=False)[1])
        self._ended(key, url)

    def _failed(self, key: str, url: str, error: Exception) -> None:
        self._troubles[url] = sentence_of(error)
        self._ended(key, url)

    def _ended(self, key: str, url: str) -> None:
        self._running.discard(key)
        self._start()
        self.arrived.emit(url)


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8


_board: Thumbnails | None = None


def board() -> Thumbnails:
    """The one of this program, made on the GUI thread at first use."""
    global _board
    if _board is None or not isValid(_board):
        _board = Thumbnails()
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(_board.forget)
    return _board
