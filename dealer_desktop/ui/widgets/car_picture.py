"""A car's photo, read and scaled off the GUI thread; a drawn car stands in its place where there is none (yet)."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.widgets import thumbnails, tooltips

_RADIUS = 6.0


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
        self._hint = ""
        self._veil = ""
        self._current = False
        self._clickable = clickable
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Photo of the car"))
        theme.changed().connect(self.update)
        thumbnails.board().arrived.connect(self._arrived)

    @property
    def url(self) -> str:
        return self._url

    @property
    def has_photo(self) -> bool:
        """Whether a photo is shown, not its placeholder."""
        return not self._loaded.isNull()

    def show_photo(self, url: str | None) -> None:
        """Show the photo at ``url`` as soon as it is read; the drawn car where there is none or it cannot be read.

        Why it cannot be read stands in the tooltip.
        """
        self._url = url or ""
        self._loaded = QPixmap()
        if self._url:
            thumbnails.board().try_again(self._url)
            self._look()
        self._show_hint()
        self.update()

    def set_hint(self, words: str) -> None:
        """The tooltip while nothing is wrong with the photo."""
        self._hint = words
        self._show_hint()

    def _wanted(self) -> QSize:
        """In device pixels."""
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    def _look(self) -> None:
        pixmap = thumbnails.board().want(self._url, self._wanted())
        if pixmap is not None:
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._loaded = pixmap

    def _arrived(self, url: str) -> None:
        if url == self._url and self._loaded.size() != self._wanted():
            self._look()
            self._show_hint()
            self.update()

    def _show_hint(self) -> None:
        trouble = thumbnails.board().trouble(self._url) if self._url else ""
        self.setToolTip(tooltips.plain(trouble or self._hint))
        self.setAccessibleDescription(trouble)

    def set_more(self, count: int) -> None:
        """Veil the photo with ``+count``: that many are not shown here. 0: no veil."""
        self.set_veil(f"+{count}" if count else "")

    def set_veil(self, words: str) -> None:
        """Darken the photo behind ``words``; empty: as it is."""
        self._veil = words
        self.update()

    def set_current(self, current: bool) -> None:
        """Whether this is the one that is shown large."""
        self._current = current
        self.update()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Overrides QWidget: the size it was made with."""
        return self.size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Overrides QWidget: the photo is asked for in the new size, and stretched until it is there."""
        super().resizeEvent(event)
        if self._url and self._loaded.size() != self._wanted():
            self._look()

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
        if self._veil:
            painter.fillRect(area, QColor(0, 0, 0, 150))
            painter.setFont(theme.font("strong"))
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._veil)
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
