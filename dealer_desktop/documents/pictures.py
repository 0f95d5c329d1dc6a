"""Sizes of pictures, read from their first bytes: a logo keeps its shape and never grows over the page."""

import base64
import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    uri: str
    width: int
    height: int


def fitted(data: bytes | None, *, width: int, height: int) -> Picture | None:
    """A PNG or JPEG as a data URI, as large as fits into ``width`` x ``height`` pixels; None where it is neither."""
    size = _size(data) if data else None
    if data is None or size is None or not size[0] or not size[1]:
        return None
    scale = min(width / size[0], height / size[1])
    uri = "data:image;base64," + base64.b64encode(data).decode()
    return Picture(uri, max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))


def _size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """From the frame header (ITU T.81, B.2.2): markers C0 to CF but C4, C8 and CC."""
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return None
