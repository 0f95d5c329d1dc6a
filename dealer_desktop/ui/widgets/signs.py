"""A status as a small sign, a word and a colour, never colour alone.

sign = signs.order_sign(row.status)      # Sign(shape, tone, word)
Column("status", _("Status"), sign=lambda row: signs.order_sign(row.status), ...)
StatusSign(sign)                         # the same as a widget, for cards
"""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarStatus, DeliveryStatus, OrderStatus, PaymentStatus
from dealer_desktop.ui import theme


class Shape(Enum):
    RING = auto()
    HALF = auto()
    DISC = auto()
    DASHES = auto()
    CHECK = auto()
    CHECKED_DISC = auto()
    CLOCK = auto()
    PIE = auto()
    CROSS = auto()


@dataclass(frozen=True)
class Sign:
    shape: Shape
    tone: str
    word: str
    quiet: bool = False
    """The record is done with: its row is written in the second text colour."""


def car_sign(status: CarStatus) -> Sign:
    shape, tone = {
        CarStatus.AVAILABLE: (Shape.RING, "green"),
        CarStatus.RESERVED: (Shape.HALF, "amber"),
        CarStatus.SOLD: (Shape.DISC, "grey"),
    }[status]
    return Sign(shape, tone, names.car_status(status), quiet=status is CarStatus.SOLD)


def order_sign(status: OrderStatus) -> Sign:
    shape, tone = {
        OrderStatus.PENDING: (Shape.DASHES, "amber"),
        OrderStatus.PAID: (Shape.CHECK, "green"),
        OrderStatus.PROCESSING: (Shape.CLOCK, "accent"),
        OrderStatus.IN_DELIVERY: (Shape.PIE, "accent"),
        OrderStatus.COMPLETED: (Shape.CHECKED_DISC, "grey"),
        OrderStatus.CANCELED: (Shape.CROSS, "grey"),
    }[status]
    return Sign(shape, tone, names.order_status(status), quiet=not status.is_active)


def payment_sign(status: PaymentStatus) -> Sign:
    shape, tone = {
        PaymentStatus.PENDING: (Shape.DASHES, "amber"),
        PaymentStatus.PAID: (Shape.CHECK, "green"),
        PaymentStatus.FAILED: (Shape.CROSS, "grey"),
    }[status]
    return Sign(shape, tone, names.payment_status(status), quiet=status is PaymentStatus.FAILED)


def delivery_sign(status: DeliveryStatus) -> Sign:
    shape, tone = {
        DeliveryStatus.PENDING: (Shape.DASHES, "amber"),
        DeliveryStatus.IN_PROGRESS: (Shape.PIE, "accent"),
        DeliveryStatus.DELIVERED: (Shape.CHECKED_DISC, "grey"),
        DeliveryStatus.FAILED: (Shape.CROSS, "grey"),
    }[status]
    return Sign(shape, tone, names.delivery_status(status), quiet=not status.is_open)


SIDE = 12
"""The sign's width in px at the usual text size."""


def paint_sign(painter: QPainter, rect: QRectF, sign: Sign) -> None:
    """Draw the sign into the square ``rect``."""
    colour = QColor(theme.tokens().tone(sign.tone))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = rect.width() * (0.17 if sign.shape is Shape.RING else 0.13)
    ring = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    pen = QPen(colour, width)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match sign.shape:
        case Shape.DISC | Shape.CHECKED_DISC:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(rect)
        case Shape.DASHES:
            length = ring.width() * 3.14159 / 8 / width
            pen.setDashPattern([length * 0.5, length * 0.5])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawEllipse(ring)
        case _:
            painter.drawEllipse(ring)
    inner = rect.adjusted(width * 1.9, width * 1.9, -width * 1.9, -width * 1.9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if sign.shape is Shape.HALF:
        painter.drawPie(rect, 90 * 16, 180 * 16)
    elif sign.shape is Shape.CLOCK:
        painter.drawPie(inner, 90 * 16, -180 * 16)
    elif sign.shape is Shape.PIE:
        painter.drawPie(inner, 90 * 16, -270 * 16)
    _paint_mark(painter, rect, sign, width, colour)
    painter.restore()


def _paint_mark(painter: QPainter, rect: QRectF, sign: Sign, width: float, colour: QColor) -> None:
    """The tick or the cross inside."""
    ground = QColor(theme.tokens().surface)
    pen = QPen(ground if sign.shape is Shape.CHECKED_DISC else colour, width * 1.05)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)

    def at(x: float, y: float) -> QPointF:
        return QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y)

    if sign.shape in (Shape.CHECK, Shape.CHECKED_DISC):
        painter.drawPolyline([at(0.29, 0.52), at(0.44, 0.67), at(0.71, 0.36)])
    elif sign.shape is Shape.CROSS:
        painter.drawLine(at(0.36, 0.36), at(0.64, 0.64))
        painter.drawLine(at(0.64, 0.36), at(0.36, 0.64))


class _SignMark(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sign: Sign | None = None
        self.setFixedSize(QSize(SIDE + 2, SIDE + 2))
        theme.changed().connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.sign is not None:
            painter = QPainter(self)
            paint_sign(painter, QRectF(1, 1, SIDE, SIDE), self.sign)
            painter.end()


class StatusSign(QWidget):
    """Sign and word side by side."""

    def __init__(self, sign: Sign | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = _SignMark(self)
        self._word = QLabel(self)
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self._word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if sign is not None:
            self.set_sign(sign)

    def set_sign(self, sign: Sign) -> None:
        self._mark.sign = sign
        self._word.setText(sign.word)
        self.setAccessibleName(sign.word)
        self._mark.update()
        self.updateGeometry()
