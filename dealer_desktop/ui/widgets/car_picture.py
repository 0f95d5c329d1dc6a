"""A car's photo, read and scaled off the GUI thread; a drawn car stands in its place where there is none (yet)."""

from functools import cache, partial

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services import photos
from dealer_desktop.ui import jobs, theme

_RADIUS = 6.0
_MAX_PIXELS = 120_000_000
"""A picture with more is not decoded: such files are made to fill memory."""


def read_photo(url: str, size: QSize) -> QImage:
    """The photo at ``url``, upright, scaled and cropped to fill ``size`` device pixels. For a pool thread.

    Raises UnreadableFile where there is no file; returns a null image where the file is no picture or a monstrous one.
    """
    content = QBuffer()
    content.setData(QByteArray(photos.read(url)))
    content.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(content)
    reader.setAutoTransform(True)
    full = reader.size()
    if not full.isValid() or full.width() * full.height() > _MAX_PIXELS:
        return QImage()
    turned = reader.transformation().value & 4  # QImageIOHandler.TransformationRotate90: width and height change places
    wanted = size.transposed() if turned else size
    scaled = full.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    if scaled.width() < full.width():
        reader.setScaledSize(scaled)
    image = reader.read()
    if image.isNull():
        return image
    fill, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    image = image.scaled(size, fill, smooth)
    left, top = (image.width() - size.width()) // 2, (image.height() - size.height()) // 2
    return image.copy(left, top, size.width(), size.height())


@cache
def _silhouette() -> QPainterPath:
    """A saloon from the side, 100 units long and about 30 high."""
    body = QPainterPath(QPointF(2.5, 23.5))
    body.cubicTo(1.6, 20.5, 2.2, 17.2, 4.5, 15.8)
    body.cubicTo(10, 13.2, 18, 11.9, 27.5, 11.2)
    body.cubicTo(34, 6.2, 40, 2.6, 47.5, 2.1)
    body.cubicTo(54, 1.7, 60, 2.2, 66, 4.6)
    body.cubicTo(71, 6.6, 75.5, 9.2, 79, 10.4)
    body.cubicTo(85, 10.7, 92, 11.2, 95.6, 12.6)
    body.cubicTo(97.8, 13.6, 98, 18, 97.4, 21.5)
    body.cubicTo(97.2, 23, 96.4, 23.8, 95, 23.8)
    body.lineTo(4, 23.8)
    body.closeSubpath()
    windows = QPainterPath(QPointF(33.2, 11.2))
    windows.cubicTo(37.5, 7.4, 42, 4.9, 47.4, 4.5)
    windows.lineTo(51.2, 4.3)
    windows.lineTo(52.2, 11.1)
    windows.closeSubpath()
    windows.moveTo(54, 4.3)
    windows.cubicTo(60, 4.3, 65.5, 5.8, 72.4, 10.3)
    windows.lineTo(55, 11.1)
    windows.closeSubpath()
    arches, wheels = QPainterPath(), QPainterPath()
    for middle in (QPointF(20.5, 23.4), QPointF(78.5, 23.4)):
        arches.addEllipse(middle, 7.6, 7.6)
        wheels.addEllipse(middle, 6.2, 6.2)
        wheels.addEllipse(middle, 3.0, 3.0)
    wheels.setFillRule(Qt.FillRule.OddEvenFill)
    drawn = body.subtracted(arches).subtracted(windows)
    drawn.addPath(wheels)
    drawn.setFillRule(Qt.FillRule.OddEvenFill)
    return drawn


def paint_placeholder(painter: QPainter, rect: QRectF) -> None:
    """A quiet drawn car on a plain ground, in the middle of ``rect``."""
    colours = theme.tokens()
    painter.fillRect(rect, QColor(colours.subtle))
    scale = min(rect.width() * 0.58 / 100, rect.height() * 0.56 / 30)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - 50 * scale, rect.center().y() - 15.5 * scale)
    painter.scale(scale, scale)
    painter.fillPath(_silhouette(), QColor(colours.border))
    painter.restore()


class CarPicture(QWidget):
    """``show_photo(url)`` fills the widget with the photo, cropped; ``clicked`` where ``clickable`` was asked."""

    clicked = Signal()

    def __init__(self, size: QSize, parent: QWidget | None = None, *, clickable: bool = False) -> None:
        super().__init__(parent)
        self.setFixedSize(size)
        self._url = ""
        self._loaded = QPixmap()
        self._more = 0
        self._current = False
        self._clickable = clickable
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Photo of the car"))
        theme.changed().connect(self.update)

    @property
    def url(self) -> str:
        return self._url

    @property
    def has_photo(self) -> bool:
        """Whether a photo is shown, not its placeholder."""
        return not self._loaded.isNull()

    def show_photo(self, url: str | None) -> None:
        """Show the photo at ``url`` as soon as it is read; the drawn car where there is none or it cannot be read."""
        self._url = url or ""
        self._loaded = QPixmap()
        if self._url:
            key = self._key()
            if not QPixmapCache.find(key, self._loaded):
                ratio = self.devicePixelRatioF()
                size = QSize(round(self.width() * ratio), round(self.height() * ratio))
                jobs.run(
                    self,
                    read_photo,
                    self._url,
                    size,
                    done=partial(self._keep, self._url, key, ratio),
                    failed=lambda _error: None,  # the placeholder says it
                )
        self.update()

    def set_more(self, count: int) -> None:
        """Veil the photo with ``+count``: that many are not shown here. 0: no veil."""
        self._more = count
        self.update()

    def set_current(self, current: bool) -> None:
        """Whether this is the one that is shown large."""
        self._current = current
        self.update()

    def _key(self) -> str:
        return f"car-photo:{self._url}:{self.width()}x{self.height()}@{self.devicePixelRatioF()}"

    def _keep(self, url: str, key: str, ratio: float, image: QImage) -> None:
        if image.isNull():
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        QPixmapCache.insert(key, pixmap)
        if url == self._url:
            self._loaded = pixmap
            self.update()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Overrides QWidget: the size it was made with."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overrides QWidget."""
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, _RADIUS, _RADIUS)
        painter.setClipPath(shape)
        if self._loaded.isNull():
            paint_placeholder(painter, area)
        else:
            painter.drawPixmap(self.rect(), self._loaded)
        if self._more:
            painter.fillRect(area, QColor(0, 0, 0, 150))
            painter.setFont(theme.font("strong"))
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"+{self._more}")
        painter.setClipping(False)
        if self._current or self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), _RADIUS - 1, _RADIUS - 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Overrides QWidget."""
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QWidget: the keys of a button."""
        if self._clickable and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Overrides QWidget."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Overrides QWidget."""
        super().focusOutEvent(event)
        self.update()
