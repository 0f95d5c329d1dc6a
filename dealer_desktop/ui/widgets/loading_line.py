"""A thin line under the toolbar while something loads: it glides, and only after a moment, so that nothing blinks."""

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dealer_desktop.ui import theme

_DELAY_MS = 150


class LoadingLine(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(2)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=33)
        self._timer.timeout.connect(self.update)
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(self._start)

    def set_loading(self, loading: bool) -> None:
        if loading:
            if not self._timer.isActive() and not self._delay.isActive():
                self._delay.start()
        else:
            self._delay.stop()
            self._timer.stop()
            self.update()

    def _start(self) -> None:
        self._clock.start()
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        if self._timer.isActive():
            width = self.width() * 0.25
            phase = (self._clock.elapsed() % 1400) / 1400
            left = -width + (self.width() + width) * phase
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillRect(QRectF(left, 0, width, self.height()), QColor(theme.tokens().accent))
        painter.end()
