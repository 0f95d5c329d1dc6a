"""A month to pick a day from: quiet, the chosen day filled, today ringed; no red Sundays, red is for money due."""

from PySide6.QtCore import QDate, QLocale, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels


class Calendar(QCalendarWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(formats.locale()))
        self.setFirstDayOfWeek(QLocale(formats.locale()).firstDayOfWeek())
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.setAccessibleName(_("Calendar"))
        self.setFixedSize(QSize(pixels(304), pixels(256)))
        for name, icon, words in (
            ("qt_calendar_prevmonth", "caret-left", _("Month before")),
            ("qt_calendar_nextmonth", "caret-right", _("Month after")),
        ):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(theme.icon(icon, "second"))
                button.setIconSize(QSize(pixels(16), pixels(16)))
                button.setAccessibleName(words)
                button.setToolTip(words)
        self._quiet_weekends()
        theme.changed().connect(self._quiet_weekends)

    def _quiet_weekends(self) -> None:
        words = QTextCharFormat()
        words.setForeground(QColor(theme.tokens().second))
        words.setFont(theme.font("small"))
        self.setHeaderTextFormat(words)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, words)

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        """Overrides QCalendarWidget."""
        colours = theme.tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(colours.surface))
        side = min(rect.width(), rect.height()) - 2
        centre = rect.toRectF().center()
        disc = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        tone = "text" if date.month() == self.monthShown() else "second"
        if date == self.selectedDate():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_fill))
            painter.drawEllipse(disc)
            tone = "on_accent"
        elif date == QDate.currentDate():
            painter.setPen(QColor(colours.accent))
            painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(theme.font("number"))
        painter.setPen(QColor(colours.tone(tone)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(date.day()))
        painter.restore()
