"""Photos for the demo's cars, drawn: each body in each colour, standing in a showroom."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QRadialGradient

WIDTH, HEIGHT = 1120, 640
_FLOOR = 0.72
"""Where the wall meets the floor, from the top."""
_JPEG_QUALITY = 90


@dataclass(frozen=True)
class _Body:
    """A car from its left side, in units of a hundredth of its length, the front on the left; as SVG paths."""

    outline: str
    glass: str
    doors: str
    front_wheel: float
    back_wheel: float
    radius: float
    sill: float
    """The lower edge of the doors."""


_BODIES = {
    "sedan": _Body(
        "M3 24 C2 21 2.3 17.5 5 16 C11 13.5 19 12.3 28 11.6 C34 6.6 40.5 3 48 2.6 C55 2.3 61 2.8 66.5 5"
        " C71.5 7 76 9.7 80 10.8 C86 11.1 92 11.6 95.6 13 C98 14 98 18.5 97.4 22"
        " C97.2 23.5 96.4 24.5 95 24.5 L4.5 24.5 Z",
        "M34 11.4 C38.5 7.6 43 5.3 48 5 L52 4.9 L53 11.2 Z M55 4.9 C60.5 4.9 66 6.5 72.5 10.6 L56 11.2 Z",
        "M33.5 11.6 C32.5 15 32.5 19 34 23 M54 11.4 L55 23 M71 11 C72 14 70.5 17 68.5 19",
        20.5, 79, 6.6, 23.4,
    ),
    "hatch": _Body(
        "M4 23.5 C3 20.5 3.2 16.8 6 15.3 C12 13 20 11.8 28.5 11 C35 5.6 41.5 2 49 1.6 C60 1.2 70 1.8 78 4.2"
        " C83 6.6 87.5 9.8 90.5 12.5 C93.5 14.5 94.5 18.5 94 21.5 C93.8 23 93 24 91.5 24 L5.5 24 Z",
        "M34.5 10.8 C39 6.8 43.5 4.3 48.5 4 L54 3.8 L55 10.6 Z"
        " M57 3.8 C65 3.7 72 4.6 77 6.2 C79.5 7.4 82 9 84 10.2 L58 10.6 Z",
        "M34 11.2 C33 15 33 19 34.5 22.8 M56 11 L57 22.8 M73 10.6 C74 14 72.5 16.5 70.5 18.5",
        21, 77.5, 6.7, 23,
    ),
    "wagon": _Body(
        "M3 24 C2 21 2.3 17.5 5 16 C11 13.5 19 12.3 28 11.6 C34 6.6 40.5 3 48 2.6 C62 1.8 77 2.4 86 4.2"
        " C90 7 93 10.5 95 13 C97.5 15 97.8 19 97.2 22 C97 23.5 96.2 24.5 95 24.5 L4.5 24.5 Z",
        "M34 11.4 C38.5 7.6 43 5.3 48 5 L52 4.9 L53 11.2 Z M55 4.8 L70 4.6 L71.5 10.9 L56 11.2 Z"
        " M73 4.7 C78 4.8 82 5.3 85 6.2 C87 7.6 88.5 9.2 89.5 10.6 L74.5 10.9 Z",
        "M33.5 11.6 C32.5 15 32.5 19 34 23 M54 11.4 L55 23 M72.5 11 C73 14 71.5 17 69 19",
        20.5, 79, 6.7, 23.4,
    ),
    "suv": _Body(
        "M3.5 22 C2.5 19 2.8 14.5 5 13 C11 11.3 18 10.2 26 9.6 C31 4.5 35.5 0.8 41 0.2 C55 -1.2 72 -0.9 84 0.6"
        " C88 3 91 6.5 93.5 10.5 C96 12 97 15 96.8 19 C96.8 21.5 96 23.5 94.5 23.8 L5 23.8 Z",
        "M31 9.6 C35 5.4 38.5 3 42 2.6 L52 2 L53 9.4 Z M55.5 1.9 L72 2 L73.5 9.3 L56.2 9.4 Z"
        " M75.5 2.2 L82 2.7 C84.5 4.5 86.5 6.7 88 9.2 L76.8 9.3 Z",
        "M31 9.8 C30 14 30.5 18 32.5 22.4 M54.2 9.6 L55 22.4 M74.5 9.5 C75 13 73.5 16 71 18",
        20, 78.5, 7.6, 22.6,
    ),
    "van": _Body(
        "M3 22.5 C2 19 2.5 14.5 4.5 12.5 C8 10.5 12 9.5 16 8.5 C21 3.5 26 -0.8 32 -2.2 C50 -3.6 75 -3.6 92 -2.4"
        " C95 -1 96.5 4 96.8 9 C97 13 97 18 96.8 21 C96.6 23 95.5 24 94 24 L5 24 Z",
        "M21 8.6 C25 4.3 29 1.2 33 0.4 L43 -0.2 L44 8.4 Z M47 -0.3 L66 -0.5 L66.5 8.3 L47.5 8.4 Z"
        " M69.5 -0.5 L90 0 C91.5 2.5 92.3 5.5 92.6 8.2 L70 8.3 Z",
        "M21 9 C20 13 22 19 27 22.8 M45.5 -2 L46 22.8 M68 -2.2 L68.5 15",
        17.5, 79, 6.7, 23.2,
    ),
}  # fmt: skip


def draw(body: str, color: str, file: Path, view: str = "side") -> None:
    """Write a ``body`` (sedan, hatch, wagon, suv, van) painted ``color`` (``#RRGGBB``) as a JPEG to ``file``."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if view != "side":
        # The front's and the back's pictures are the same scene from nearer.
        painter.scale(1.75, 1.75)
        painter.translate(-WIDTH * (0.04 if view == "front" else 0.39), -HEIGHT * 0.36)
    _draw_showroom(painter)
    painter.translate(WIDTH * 0.1, HEIGHT * 0.44)
    painter.scale(WIDTH * 0.8 / 100, WIDTH * 0.8 / 100)
    _draw_car(painter, _BODIES[body], QColor(color))
    painter.end()
    if not image.save(str(file), quality=_JPEG_QUALITY):
        raise OSError(f"{file} cannot be written")


def _draw_showroom(painter: QPainter) -> None:
    wall = QLinearGradient(0, 0, 0, HEIGHT * _FLOOR)
    wall.setColorAt(0, QColor("#C9CED7"))
    wall.setColorAt(1, QColor("#D9DDE3"))
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT * _FLOOR), wall)
    floor = QLinearGradient(0, HEIGHT * _FLOOR, 0, HEIGHT)
    floor.setColorAt(0, QColor("#B3BAC5"))
    floor.setColorAt(1, QColor("#C5CAD2"))
    painter.fillRect(QRectF(0, HEIGHT * _FLOOR, WIDTH, HEIGHT), floor)
    pane = WIDTH / 5
    for index in range(5):
        window = QRectF(pane * index + pane * 0.16, HEIGHT * 0.09, pane * 0.68, HEIGHT * 0.36)
        painter.fillRect(window, QColor("#E6E9ED"))


def _draw_car(painter: QPainter, body: _Body, paint: QColor) -> None:
    ground = 24 + body.radius
    shadow = QRadialGradient(QPointF(50, 0), 52)
    shadow.setColorAt(0, QColor(20, 24, 32, 130))
    shadow.setColorAt(0.8, QColor(20, 24, 32, 70))
    shadow.setColorAt(1, QColor(20, 24, 32, 0))
    painter.save()
    painter.translate(0, ground - 0.4)
    painter.scale(1, 0.045)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    painter.drawEllipse(QPointF(50, 0), 52, 52)
    painter.restore()

    outline = _path(body.outline)
    arches = QPainterPath()
    for middle in (body.front_wheel, body.back_wheel):
        arches.addEllipse(QPointF(middle, 24), body.radius + 1, body.radius + 1)
    top = outline.boundingRect().top()
    lacquer = QLinearGradient(0, top, 0, 25)
    lacquer.setColorAt(0, paint.lighter(122))
    lacquer.setColorAt(0.42, paint.lighter(108))
    lacquer.setColorAt(0.5, paint)
    lacquer.setColorAt(1, paint.darker(150))
    painter.fillPath(outline, QColor("#1B1D21"))
    painter.fillPath(outline.subtracted(arches), lacquer)

    painter.setClipPath(outline.subtracted(arches))
    painter.fillRect(QRectF(0, body.sill, 100, 4), QColor(22, 24, 28, 215))
    _draw_lights(painter, body)
    painter.setPen(QPen(paint.darker(165), 0.22))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(body.doors))
    painter.setPen(QPen(paint.lighter(140), 0.3))
    painter.drawLine(QPointF(8, 16.6), QPointF(93, 15.4))
    painter.setClipping(False)

    glass = QLinearGradient(0, top, 0, 12)
    glass.setColorAt(0, QColor("#39424D"))
    glass.setColorAt(1, QColor("#1D232B"))
    painter.fillPath(_path(body.glass), glass)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.darker(140))
    for handle in (49.5, 66):
        painter.drawRoundedRect(QRectF(handle, 13.6, 3.2, 0.7), 0.35, 0.35)
    for middle in (body.front_wheel, body.back_wheel):
        _draw_wheel(painter, QPointF(middle, 24), body.radius)


def _draw_lights(painter: QPainter, body: _Body) -> None:
    ends = _path(body.outline).boundingRect()
    lamp = QPainterPath(QPointF(ends.left(), 16.2))
    lamp.lineTo(ends.left() + 8.5, 14.4)
    lamp.lineTo(ends.left() + 6.5, 17)
    lamp.lineTo(ends.left(), 18)
    lamp.closeSubpath()
    painter.fillPath(lamp, QColor("#F4F7FA"))
    tail = QPainterPath(QPointF(ends.right(), 14.2))
    tail.lineTo(ends.right() - 7, 14)
    tail.lineTo(ends.right() - 4.5, 16.6)
    tail.lineTo(ends.right(), 17.4)
    tail.closeSubpath()
    painter.fillPath(tail, QColor("#C8272B"))


def _draw_wheel(painter: QPainter, middle: QPointF, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#191B1E"))
    painter.drawEllipse(middle, radius, radius)
    rim = radius * 0.7
    painter.setBrush(QColor("#C9CDD3"))
    painter.drawEllipse(middle, rim, rim)
    painter.setBrush(QColor("#40454C"))
    painter.drawEllipse(middle, rim * 0.88, rim * 0.88)
    painter.save()
    painter.translate(middle)
    painter.setPen(QPen(QColor("#D3D7DC"), rim * 0.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for _ in range(5):
        painter.drawLine(QPointF(0, 0), QPointF(0, -rim * 0.82))
        painter.rotate(72)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#8E949C"))
    painter.drawEllipse(QPointF(0, 0), rim * 0.2, rim * 0.2)
    painter.restore()


def _path(text: str) -> QPainterPath:
    """An SVG path of absolute M, L, C and Z."""
    path = QPainterPath()
    for command, numbers in re.findall(r"([MLCZ])([^MLCZ]*)", text):
        values = [float(number) for number in numbers.split()]
        points = [QPointF(*pair) for pair in zip(values[::2], values[1::2], strict=True)]
        if command == "M":
            path.moveTo(points[0])
        elif command == "L":
            path.lineTo(points[0])
        elif command == "C":
            path.cubicTo(*points)
        else:
            path.closeSubpath()
    return path
