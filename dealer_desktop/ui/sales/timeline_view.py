"""The timeline as it is drawn: a dot a line on one thread, the words beside it."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.sales.timeline import Event, Stage

_GUTTER = 24
"""Width of the thread's column, in px."""
_DOT = 8.0


class TimelineView(QWidget):
    """``show_events`` draws the story; the widget is as tall as it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._events: tuple[Event, ...] = ()
        self._titles: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_GUTTER, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed().connect(self.update)

    def show_events(self, events: tuple[Event, ...]) -> None:
        """Draw ``events``; where they are the same as before, nothing moves."""
        if events == self._events:
            return
        self._events = events
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._titles = [self._add(index, event) for index, event in enumerate(events)]
        self.setAccessibleName(". ".join(" ".join(filter(None, (e.title, e.detail, e.when))) for e in events))
        self.updateGeometry()
        self.update()

    def _add(self, index: int, event: Event) -> QLabel:
        strong = event.stage is Stage.NEXT
        title = self._label(event.title, "medium" if strong else "base", "second" if event.stage is Stage.LATER else "")
        when = self._label(event.when, "smallNumber", "second")
        when.setWordWrap(False)
        row = index * 3
        self._grid.addWidget(title, row, 0)
        self._grid.addWidget(when, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if event.detail:
            self._grid.addWidget(self._label(event.detail, "small", "second"), row + 1, 0, 1, 2)
        if index < len(self._events) - 1:
            self._grid.setRowMinimumHeight(row + 2, 8)
        return title

    def _label(self, text: str, font: str, tone: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(theme.font(font))
        theme.set_tone(label, tone)
        label.show()
        return label

    def paintEvent(self, event: QPaintEvent) -> None:
        """Overrides QWidget: the thread and its dots, beside the titles' first lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centres = [self._dot_centre(title) for title in self._titles]
        painter.setPen(QPen(QColor(theme.tokens().border), 1))
        for above, below in pairwise(centres):
            painter.drawLine(QPointF(above.x(), above.y() + _DOT), QPointF(below.x(), below.y() - _DOT))
        for centre, entry in zip(centres, self._events, strict=True):
            self._paint_dot(painter, centre, entry.stage)
        painter.end()

    @staticmethod
    def _dot_centre(title: QLabel) -> QPointF:
        return QPointF(_DOT / 2 + 2, title.y() + title.fontMetrics().height() / 2)

    @staticmethod
    def _paint_dot(painter: QPainter, centre: QPointF, stage: Stage) -> None:
        tokens = theme.tokens()
        rect = QRectF(centre.x() - _DOT / 2, centre.y() - _DOT / 2, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if stage is Stage.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.grey))
            painter.drawEllipse(rect)
        elif stage is Stage.FAILED:
            painter.setPen(QPen(QColor(tokens.grey), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            cross = rect.adjusted(1, 1, -1, -1)
            painter.drawLine(cross.topLeft(), cross.bottomRight())
            painter.drawLine(cross.topRight(), cross.bottomLeft())
        else:
            coming = stage is Stage.NEXT
            painter.setPen(QPen(QColor(tokens.accent if coming else tokens.grey), 2 if coming else 1.5))
            painter.drawEllipse(rect)
