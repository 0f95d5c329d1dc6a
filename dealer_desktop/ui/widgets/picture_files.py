"""Pictures from files that may be anything: what a file is, is found in its content, never in its name.

Only formats that cameras, phones and web pages use are decoded, each by its own decoder: what Qt could read besides
(TIFF, SVG, icons) is no photo of a car, and is one more way to crash. Everything here is for a pool thread.
"""

import struct

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageReader, QImageWriter, QPainter

from dealer_desktop.core import formats
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _

_MOST_PIXELS = {"jpeg": 120_000_000}
"""JPEG is decoded at the size that is wanted, so that a large one does not need its own size in memory."""
_MOST_PIXELS_ELSE = 64_000_000
"""256 MB decoded: what Qt gives to one picture."""
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


class NotAPhoto(DealerError):
    """``reason`` as half a sentence, to stand after the file's name."""

    def sentence(self) -> str:
        return str(self.reason)


def decode(content: bytes, fits: QSize) -> QImage:
    """The picture upright, in sRGB, as large as ``fits`` at most; never enlarged. Raises NotAPhoto."""
    kind = kind_of(content)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    full = reader.size()
    if not full.isValid() or full.isEmpty():
        raise NotAPhoto(reason=_broken())
    pixels, most = full.width() * full.height(), _MOST_PIXELS.get(kind, _MOST_PIXELS_ELSE)
    if pixels > most:
        raise NotAPhoto(
            reason=_("it measures {width} × {height} pixels; at most {most} million pixels are taken").format(
                width=formats.number(full.width()), height=formats.number(full.height()), most=most // 1_000_000
            )
        )
    if kind == "gif" and reader.imageCount() > 1:
        raise NotAPhoto(reason=_moving())
    turned = reader.transformation().value & 4  # QImageIOHandler.TransformationRotate90: width and height change places
    wanted = _fitted(full, fits.transposed() if turned else fits)
    if kind == "jpeg" and wanted.width() * 2 < full.width():
        reader.setScaledSize(wanted * 2)  # the decoder skips what is not needed; the rest is scaled smoothly
    image = reader.read()
    if image.isNull():
        raise NotAPhoto(reason=_broken())
    return _plain(image, _fitted(image.size(), fits))


def encode(image: QImage, quality: int) -> bytes:
    """As a JPEG without any words, place or time in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.setOptimizedWrite(True)
    plain = image if not image.textKeys() and image.format() == QImage.Format.Format_RGB32 else _plain(image)
    if not writer.write(plain):
        raise NotAPhoto(reason=writer.errorString())
    return bytes(buffer.data().data())


def fitted(image: QImage, fits: QSize) -> QImage:
    """A picture that is in memory already, as ``decode`` would give it."""
    return _plain(image, _fitted(image.size(), fits))


def _fitted(size: QSize, fits: QSize) -> QSize:
    if size.width() <= fits.width() and size.height() <= fits.height():
        return size
    return size.scaled(fits, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _plain(image: QImage, size: QSize | None = None) -> QImage:
    """The pixels alone, in sRGB on white: what else a file carried is left behind."""
    image = QImage(image)
    image.setDevicePixelRatio(1)  # pasted from a fine screen it would be painted at half its size
    if size is not None and size != image.size():
        image = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    space = image.colorSpace()
    srgb = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if space.isValid() and space != srgb:
        converted = image.convertedToColorSpace(srgb)
        image = image if converted.isNull() else converted
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(QColor("white"))
    painter = QPainter(plain)
    painter.drawImage(0, 0, image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))
    painter.end()
    return plain


# -- what it is -------------------------------------------------------------------------------------------------------


def kind_of(content: bytes) -> str:
    """The decoder's name for what ``content`` is. Raises NotAPhoto with what it is instead, or that it is not whole."""
    head = content[:64]
    if not content:
        raise NotAPhoto(reason=_("it is empty"))
    if head.startswith(b"\xff\xd8\xff"):
        return _whole("jpeg", _is_whole_jpeg(content))
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        if b"acTL" in content[:4096]:
            raise NotAPhoto(reason=_moving())
        return _whole("png", b"IEND" in content[-64:])
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        if head[12:16] == b"VP8X" and len(head) > 20 and head[20] & 2:
            raise NotAPhoto(reason=_moving())
        return _whole("webp", len(content) >= 8 + int.from_bytes(head[4:8], "little"))
    if head.startswith((b"GIF87a", b"GIF89a")):
        return _whole("gif", b";" in content[-16:])
    if head.startswith(b"BM") and len(head) >= 54:
        return _whole("bmp", _is_whole_bmp(head, len(content)))
    raise NotAPhoto(reason=_what_else(content))


def _what_else(content: bytes) -> str:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head.lower()
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        return _("it is a HEIC picture; save it as JPEG on the phone, or open it and save it as JPEG here")
    if content[4:8] == b"ftyp":
        return _("it is a film, not a photo")
    if content.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return _("it is a TIFF or a camera's raw picture; save it as JPEG")
    if content.startswith(b"%PDF"):
        return _("it is a PDF document; save the picture in it as JPEG")
    if b"<svg" in lower:
        return _("it is a drawing (SVG), not a photo")
    if lower.startswith((b"<!doctype", b"<html")) or b"<html" in lower:
        return _("it is a web page, not a photo; save the picture itself")
    return _("it is no picture, whatever its name says; choose a JPEG or PNG file")


def _whole(kind: str, is_whole: bool) -> str:
    if not is_whole:
        raise NotAPhoto(reason=_broken())
    return kind


def _broken() -> str:
    return _("the picture is damaged or incomplete; copy it from the camera or the phone again")


def _moving() -> str:
    return _("it is an animation; save one picture of it as JPEG")


def _is_whole_jpeg(content: bytes) -> bool:
    """Whether the picture's end is there: Qt draws a cut JPEG grey from the cut on, without a word.

    ITU-T T.81, B.1.1: segments of a marker and a length, then the scans, then the marker FF D9. Phones put more behind.
    """
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return False
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == 0xDA:
            return content.find(b"\xff\xd9", at) > 0
        if marker in (0x01, *range(0xD0, 0xD8)):
            at += 2
            continue
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False


def _is_whole_bmp(head: bytes, length: int) -> bool:
    start, width, height, _planes, depth, packing = struct.unpack("<10xI4xiiHHI", head[:34])
    if packing not in (0, 3):  # run lengths: how long it is only its decoder knows
        return True
    line = (abs(width) * depth + 31) // 32 * 4
    return bool(length >= start + line * abs(height))
