"""One photo in the list: the picture, its number, and whether it is the main one, by sign and word."""

from PySide6.QtCore import QEvent, QMargins, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import thumbnails, tooltips
from dealer_desktop.ui.widgets.car_picture import paint_placeholder

_PICTURE = QSize(186, 130)
_AROUND = 12
_WORDS = 24
Index = QModelIndex | QPersistentModelIndex


def _picture_size() -> QSize:
    """Under a narrower one larger words would have no room."""
    return QSize(max(_PICTURE.width(), pixels(_PICTURE.width())), max(_PICTURE.height(), pixels(_PICTURE.height())))


def tile_size() -> QSize:
    return _picture_size().grownBy(QMargins(_AROUND, _AROUND, _AROUND, _AROUND + pixels(_WORDS)))


class PhotoTile(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Overrides QStyledItemDelegate."""
        return tile_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Overrides QStyledItemDelegate."""
        photo = index.data(Qt.ItemDataRole.UserRole)
        colours = theme.tokens()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tile = QRectF(rect).adjusted(4, 4, -4, -4)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(tile, 8, 8)
        size = _picture_size()
        place = QRect(rect.left() + _AROUND, rect.top() + _AROUND, size.width(), size.height())
        self._paint_picture(painter, place, photo.url)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if selected or focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2 if focused else 1))
            painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), 8, 8)
        words = QRect(place.left() + 2, place.bottom() + 4, place.width() - 4, pixels(_WORDS))
        self._paint_words(painter, words, str(index.row() + 1), photo.url, is_main=photo.is_main)
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, url: str) -> None:
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        pixmap = thumbnails.board().want(url, QSize(round(place.width() * ratio), round(place.height() * ratio)))
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(place), 6, 6)
        painter.setClipPath(shape)
        if pixmap is None:
            paint_placeholder(painter, QRectF(place))
        else:
            painter.drawPixmap(place, pixmap)
        painter.restore()

    def _paint_words(self, painter: QPainter, words: QRect, number: str, url: str, *, is_main: bool) -> None:
        colours = theme.tokens()
        painter.setFont(theme.font("smallNumber"))
        painter.setPen(QColor(colours.second))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        if thumbnails.board().trouble(url):
            self._paint_sign(painter, words, "warning", _("Cannot be read"), "amber")
        elif is_main:
            self._paint_sign(painter, words, "star", _("Main photo"), "accent")

    def _paint_sign(self, painter: QPainter, words: QRect, icon: str, text: str, tone: str) -> None:
        colour = theme.tokens().tone(tone)
        side = pixels(14)
        top = words.center().y() - side // 2
        theme.paint_icon(painter, QRectF(words.left(), top, side, side), icon, colour)
        painter.setFont(theme.font("smallStrong"))
        painter.setPen(QColor(colour))
        place = words.adjusted(side + 6, 0, -pixels(24), 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Overrides QStyledItemDelegate: the words of a path are shown as plain text."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            words = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
            QToolTip.showText(event.globalPos(), tooltips.plain(words), view)
            return True
        return super().helpEvent(event, view, option, index)
