"""What is a picture, and what only says so; whatever a file does, it is refused in words and never fills the memory."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QColorSpace, QImage

from dealer_desktop.ui.inventory.photos.sources import LONGEST, PhotoSource, prepare
from dealer_desktop.ui.widgets import picture_files
from dealer_desktop.ui.widgets.picture_files import NotAPhoto

ROOM = QSize(2560, 2560)
SRGB = QColorSpace.NamedColorSpace.SRgb


def painted(width: int = 320, height: int = 240) -> QImage:
    """Red at the left, green at the right, so that a turn is seen; with noise enough for a file of some length."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(height):
            shade = (x * 7 + y * 13) % 40
            image.setPixelColor(x, y, QColor(215 + shade, 0, 0) if x < width // 2 else QColor(0, 160 + shade, 0))
    return image


def saved(image: QImage, kind: str = "jpeg", quality: int = 95) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind, quality)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *before: bytes) -> bytes:
    """A PNG that says it is that large, in a few hundred bytes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(before) + rest


def turned(jpeg: bytes, orientation: int, extra: bytes = b"") -> bytes:
    """``jpeg`` with an EXIF segment that says how the camera was held."""
    tiff = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0) + bytes(4) + extra
    body = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "bmp"])
def test_what_cameras_phones_and_pages_use_is_taken(kind: str) -> None:
    content = saved(painted(), kind)
    image = picture_files.decode(content, ROOM)
    assert image.size() == QSize(320, 240)
    assert image.pixelColor(20, 120).red() > 180
    assert image.pixelColor(300, 120).green() > 130


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "bmp"])
@pytest.mark.parametrize("part", [0.2, 0.6, 0.98])
def test_a_cut_file_is_damaged(kind: str, part: float) -> None:
    content = saved(painted(), kind)
    with pytest.raises(NotAPhoto, match="damaged or incomplete"):
        picture_files.decode(content[: int(len(content) * part)], ROOM)


def test_a_jpeg_whose_small_preview_is_whole_is_still_cut() -> None:
    """The preview inside has an end of its own."""
    content = turned(saved(painted()), 1, extra=saved(painted(32, 24)))
    assert not picture_files.decode(content, ROOM).isNull()
    with pytest.raises(NotAPhoto, match="damaged or incomplete"):
        picture_files.decode(content[: len(content) // 2], ROOM)


def test_what_a_phone_puts_behind_a_jpeg_does_no_harm() -> None:
    assert not picture_files.decode(saved(painted()) + b"ftypmp42 a film of two seconds", ROOM).isNull()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"Price list of October, with a name that ends in jpg", "no picture, whatever its name says"),
        (b"\0\0\0\x20ftypheic" + bytes(40), "HEIC"),
        (b"\0\0\0\x20ftypavif" + bytes(40), "HEIC"),
        (b"\0\0\0\x20ftypisom" + bytes(40), "film"),
        (b"II*\0" + bytes(60), "TIFF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "web page"),
        (b"PK\x03\x04" + bytes(60), "no picture"),
        (b"MZ" + bytes(60), "no picture"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "damaged"),
        (b"GIF89a", "damaged"),
    ],
)
def test_what_is_something_else_is_called_by_its_name(content: bytes, words: str) -> None:
    with pytest.raises(NotAPhoto, match=words):
        picture_files.decode(content, ROOM)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(NotAPhoto, match=r"60,000 × 60,000 pixels; at most 64 million"):
        picture_files.decode(png(60_000, 60_000), ROOM)


def test_a_jpeg_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(saved(painted()))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", 65_500, 65_500)
    with pytest.raises(NotAPhoto, match="at most 120 million"):
        picture_files.decode(bytes(content), ROOM)


def test_an_animation_is_refused() -> None:
    with pytest.raises(NotAPhoto, match="animation"):
        picture_files.decode(png(10, 10, chunk(b"acTL", struct.pack(">II", 2, 0))), ROOM)
    frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff"
    assert picture_files.decode(gif + frame + b";", ROOM).size() == QSize(1, 1)
    with pytest.raises(NotAPhoto, match="animation"):
        picture_files.decode(gif + frame + frame + b";", ROOM)
    webp = b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02" + bytes(40)
    with pytest.raises(NotAPhoto, match="animation"):
        picture_files.decode(webp, ROOM)


@pytest.mark.parametrize(("orientation", "size"), [(1, (320, 240)), (3, (320, 240)), (6, (240, 320)), (8, (240, 320))])
def test_a_photo_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    image = picture_files.decode(turned(saved(painted()), orientation), ROOM)
    assert image.size().toTuple() == size
    red = {1: (20, 120), 3: (300, 120), 6: (120, 20), 8: (120, 300)}[orientation]
    assert image.pixelColor(*red).red() > 180
    assert image.pixelColor(*red).green() < 60


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_a_large_one_is_made_smaller_and_a_small_one_is_not_made_larger(kind: str) -> None:
    wide = saved(painted(2000, 100), kind)
    assert picture_files.decode(wide, QSize(500, 500)).size() == QSize(500, 25)
    assert picture_files.decode(turned(wide, 6) if kind == "jpeg" else wide, QSize(500, 500)).size().toTuple() == (
        (25, 500) if kind == "jpeg" else (500, 25)
    )
    assert picture_files.decode(wide, ROOM).size() == QSize(2000, 100)
    line = QImage(3000, 1, QImage.Format.Format_RGB32)
    line.fill(QColor("red"))
    assert picture_files.decode(saved(line, "png"), QSize(500, 500)).size() == QSize(500, 1)


def test_another_colour_space_becomes_that_of_screens() -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 160, 0))
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    read = picture_files.decode(saved(image, "png"), ROOM)
    assert read.pixelColor(20, 20).red() < 8
    assert read.pixelColor(20, 20) == image.convertedToColorSpace(QColorSpace(SRGB)).pixelColor(20, 20)
    assert read.pixelColor(20, 20) != QColor(0, 160, 0)


def test_what_is_transparent_stands_on_white() -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    assert picture_files.decode(saved(image, "png"), ROOM).pixelColor(20, 20) == QColor("white")


def test_what_is_kept_says_neither_where_nor_by_whom(tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(turned(saved(painted(4000, 60)), 6, extra=b"GPS 55.7558 N 37.6173 E"))
    kept = prepare(PhotoSource("photo.jpg", file=file))
    assert b"GPS" not in kept
    assert b"Exif" not in kept
    image = QImage.fromData(kept)
    assert image.size() == QSize(round(60 * LONGEST / 4000), LONGEST)
    assert image.textKeys() == []
    assert image.pixelColor(10, 100).red() > 180  # turned as the camera said, though that is no longer written


def test_words_in_a_png_are_left_behind() -> None:
    image = painted()
    image.setText("Author", "I. Ivanov")
    content = saved(image, "png")
    assert b"Ivanov" in content
    assert b"Ivanov" not in picture_files.encode(picture_files.decode(content, ROOM), 90)
    assert b"Ivanov" not in prepare(PhotoSource("clipboard", image=image))


Make = Callable[[Path], Path]


def _folder(place: Path) -> Path:
    (place / "Photos").mkdir()
    return place / "Photos"


def _huge(place: Path) -> Path:
    file = place / "huge.jpg"
    with file.open("wb") as out:
        out.write(b"\xff\xd8\xff")
        out.truncate(40_000_001)  # a hole: it takes no room on the disk
    return file


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_folder, "it is a folder"),
        (_huge, "larger than 40 MB"),
        (lambda place: place / "gone.jpg", "there is no such file"),
        (lambda place: Path("/dev/zero"), "it is a device"),
    ],
)
def test_what_is_no_file_for_a_photo_is_refused_in_words(make: Make, words: str, tmp_path: Path) -> None:
    file = make(tmp_path)
    if str(file).startswith("/dev") and not file.exists():
        pytest.skip("there are no devices in folders here")
    with pytest.raises(NotAPhoto, match=words):
        prepare(PhotoSource(file.name, file=file))


def test_a_picture_from_a_fine_screen_is_taken_whole() -> None:
    image = painted()
    image.setDevicePixelRatio(2)
    kept = picture_files.decode(prepare(PhotoSource("pasted", image=image)), ROOM)
    assert kept.size() == QSize(320, 240)
    assert kept.pixelColor(20, 230).red() > 180
    assert kept.pixelColor(310, 230).green() > 140
    assert kept.pixelColor(310, 230).red() < 60
    assert image.devicePixelRatio() == 2  # the clipboard's own stays as it is
