"""The pages of a paper on the screen, in the size that was chosen."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from dealer_desktop.ui import theme
from dealer_desktop.ui.printing.pages import PAGE, RESOLUTION, Pages

_GAP = 24
"""Pixels around the pages and between them."""
_A4 = 794
"""Pixels of 210 mm at 96 dots per inch."""


class PaperView(QWidget):
    """Pages under one another, as wide as the window gives them; ``sizeHint`` follows the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: Pages | None = None
        self._highest = 0
        self.zoom = 0
        """Per cent of the sheet's own size at 96 dots per inch; 0: as wide as there is room."""
        self.setObjectName("paperView")

    def show_pages(self, pages: Pages) -> None:
        self.pages = pages
        self.setAccessibleName(pages.paper.title)
        self.update()

    def fit(self, width: int, height: int = 0) -> None:
        """Take ``width`` pixels and the height that the pages then need; a price tag is seen whole in ``height``,
        since what matters most stands at its end."""
        count = len(self.pages) if self.pages else 1
        is_tag = self.pages is not None and self.pages.paper.large_print
        self._highest = height - 2 * _GAP if is_tag else 0
        size = self._page(width)
        self.setFixedHeight(count * (size.height() + _GAP) + _GAP)
        self.setMinimumWidth(size.width() + 2 * _GAP if self.zoom else 0)
        self.update()

    def top_of(self, page: int) -> int:
        """Where a page (from 0) begins."""
        return page * (self._page(self.width()).height() + _GAP)

    def _page(self, width: int) -> QSize:
        wide = max(width - 2 * _GAP, 100)
        if self.zoom:
            wide = round(_A4 * self.zoom / 100)
        elif self._highest > 0:
            wide = max(min(wide, int(self._highest * PAGE.width() / PAGE.height())), 100)
        return QSize(wide, round(wide * PAGE.height() / PAGE.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the pages in view; paper is white in a dark window too."""
        painter = QPainter(self)
        tokens = theme.tokens()
        painter.fillRect(self.rect(), QColor(tokens.subtle))
        size = self._page(self.width())
        left = (self.width() - size.width()) // 2
        for page in range(len(self.pages) if self.pages else 1):
            rect = QRect(QPoint(left, _GAP + page * (size.height() + _GAP)), size)
            if not rect.adjusted(-2, -2, 2, 2).intersects(event.rect()):
                continue
            painter.fillRect(rect, Qt.GlobalColor.white)
            painter.setPen(QPen(QColor(tokens.border), 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            if self.pages:
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.translate(rect.topLeft())
                self.pages.paint(painter, page, RESOLUTION * rect.width() / PAGE.width())
                painter.restore()


class PageArea(QScrollArea):
    """Gives its page view the width that is there."""

    page_changed = Signal(int)

    def __init__(self, view: PaperView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setWidget(view)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._tell_page)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_view()

    def fit_view(self) -> None:
        self._view.fit(self.viewport().width(), self.viewport().height())
        self._tell_page()

    @property
    def page(self) -> int:
        """The page (from 0) that most of the window shows."""
        count = len(self._view.pages) if self._view.pages else 1
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(page for page in range(count) if page == 0 or self._view.top_of(page) <= middle)

    def turn(self, pages: int) -> None:
        """Go forward, or back."""
        count = len(self._view.pages) if self._view.pages else 1
        wanted = min(max(self.page + pages, 0), count - 1)
        self.verticalScrollBar().setValue(self._view.top_of(wanted))

    def _tell_page(self) -> None:
        self.page_changed.emit(self.page)
