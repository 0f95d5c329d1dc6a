"""Where new photos come from: files, what is dragged here, the clipboard. ``prepare`` makes of each what is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtGui import QImage

from dealer_desktop.core.file_faults import read_regular, reason_of
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.photo_files import MAX_BYTES
from dealer_desktop.ui.widgets import picture_files
from dealer_desktop.ui.widgets.picture_files import NotAPhoto

LONGEST = 2560
"""Pixels of the longer edge that are kept: a large screen's worth."""
_QUALITY = 88
PATTERN = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.heic *.heif"
"""What is offered to choose from; HEIC too: who does not see a phone's photos is not told what to do with them."""


@dataclass(frozen=True)
class PhotoSource:
    """One photo that is to be added, with the request id under which it is added once, however often it is tried."""

    name: str
    """As the person knows it."""
    file: Path | None = None
    image: QImage | None = None
    request_id: UUID = field(default_factory=uuid4)


def from_files(files: Iterable[Path]) -> list[PhotoSource]:
    return [PhotoSource(file.name, file=file) for file in files]


def holds_photos(mime: QMimeData) -> bool:
    """Whether there may be a photo in it: what exactly is found out when it is read."""
    return mime.hasImage() or mime.hasUrls()


def from_mime(mime: QMimeData) -> list[PhotoSource]:
    """Files before pixels: a program that offers both offers the file's icon or a small copy as pixels."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return from_files(files)
    if mime.hasImage():
        image = QImage(mime.imageData())
        if not image.isNull():
            return [PhotoSource(_("Picture from the clipboard"), image=image)]
    return [PhotoSource(url.toDisplayString()) for url in mime.urls()]


def prepare(source: PhotoSource) -> bytes:
    """The photo as it is kept: upright, ``LONGEST`` at most, a JPEG that does not say where or by whom it was taken.

    For a pool thread. Raises NotAPhoto.
    """
    if source.image is not None:
        return picture_files.encode(picture_files.fitted(source.image, QSize(LONGEST, LONGEST)), _QUALITY)
    if source.file is None:
        raise NotAPhoto(reason=_("it is an address on the web; save the picture first and add the file"))
    return picture_files.encode(picture_files.decode(_read(source.file), QSize(LONGEST, LONGEST)), _QUALITY)


def _read(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise NotAPhoto(reason=_("it is a folder; open it and choose the photos in it"))
        content = read_regular(file, MAX_BYTES + 1)
    except OSError as error:
        raise NotAPhoto(reason=reason_of(error)) from None
    if len(content) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise NotAPhoto(reason=_("it is larger than {most} MB; save a smaller copy").format(most=most))
    return content
