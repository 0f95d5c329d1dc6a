"""The header: quiet words, the sorted column strong with its own arrow, columns to move, hide and drag wider."""

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.tables.columns import RIGHT, Column
from dealer_desktop.ui.theme.fonts import pixels

PADDING = 12
FIRST_PADDING = 16
_ARROW = 8


class Header(QHeaderView):
    columns_changed = Signal()
    """The person chose other columns."""
    reset_requested = Signal()
    arrange_requested = Signal()
    """The person wants the columns in a list, for the keyboard."""

    def __init__(self, columns: tuple[Column, ...], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setStretchLastSection(False)
        self.setMinimumSectionSize(pixels(48))
        self.setFixedHeight(pixels(32))
        self.setFont(theme.font("small"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def least_width(self, number: int) -> int:
        """What the title needs when it is strong and has the arrow beside it."""
        metrics = QFontMetrics(theme.font("smallStrong"))
        # Before an amount's title the arrow may stand in the column's own air.
        air = PADDING + 4 if self._columns[number].align == RIGHT else 2 * PADDING
        return metrics.horizontalAdvance(self._columns[number].title) + _ARROW + 6 + air

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), pixels(32))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        colours = theme.tokens()
        column = self._columns[logicalIndex]
        is_sorted = self.sortIndicatorSection() == logicalIndex and column.sort is not None
        painter.fillRect(rect, QColor(colours.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.hairline))
        font = theme.font("smallStrong" if is_sorted else "small")
        painter.setFont(font)
        painter.setPen(QColor(colours.text if is_sorted else colours.second))
        area = rect.adjusted(FIRST_PADDING if rect.left() == 0 else PADDING, 0, -PADDING, -1)
        if column.align == RIGHT:
            area.setLeft(rect.left() + 4)
        room = area.width() - (_ARROW + 6 if is_sorted else 0)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, column.align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if is_sorted:
            width = metrics.horizontalAdvance(shown)
            left = area.right() - width - _ARROW - 5 if column.align == RIGHT else area.left() + width + 6
            self._paint_arrow(painter, left, area.center().y())

    def _paint_arrow(self, painter: QPainter, left: int, middle: int) -> None:
        up = -1 if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(theme.tokens().text), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(
            [
                QPointF(left + 0.5, middle + 0.5 - up * 2),
                QPointF(left + 4, middle + 0.5 + up * 2),
                QPointF(left + 7.5, middle + 0.5 - up * 2),
            ]
        )
        painter.restore()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        shown = [i for i in range(self.count()) if not self.isSectionHidden(i)]
        for number, column in enumerate(self._columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(number in shown)
            # The last column stays: an empty table could not be brought back.
            action.setEnabled(len(shown) > 1 or number not in shown)
            action.triggered.connect(lambda checked, n=number: self._choose(n, checked))
        menu.addSeparator()
        menu.addAction(_("Restore the columns")).triggered.connect(self.reset_requested)
        menu.addAction(_("Columns and sorting…")).triggered.connect(self.arrange_requested)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(place))

    def _choose(self, number: int, shown: bool) -> None:
        self.setSectionHidden(number, not shown)
        self.columns_changed.emit()
