"""What is in the window before the database is open: one quiet sentence, a line that moves, or why it did not open."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.icon_label import IconLabel
from dealer_desktop.ui.widgets.loading_line import LoadingLine


class StartPage(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("startPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = IconLabel("car", "second", 48, self)
        self._title = label(_("Dealer Desktop"), "title")
        self._words = label("", "base", "second", wrap=True)
        self._words.setObjectName("startText")
        self._words.setAlignment(centre)
        self._words.setFixedWidth(pixels(480))
        self._words.setMinimumHeight(pixels(40))
        self._line = LoadingLine(self)
        self._line.setFixedWidth(pixels(240))
        self._button = QPushButton(_("Try again"), self)
        self._button.setObjectName("startRetryButton")
        self._button.setAccessibleName(self._button.text())
        self._button.hide()
        self._retry: Callable[[], None] | None = None
        self.has_failed = False
        self._button.clicked.connect(self._pressed)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(2)
        for widget in (self._icon, self._title, self._line, self._words, self._button):
            layout.addWidget(widget, 0, centre)
        layout.addStretch(3)

    def retranslate(self) -> None:
        self._title.setText(_("Dealer Desktop"))
        self._button.setText(_("Try again"))
        self._button.setAccessibleName(self._button.text())

    @property
    def words(self) -> str:
        return self._words.text()

    def show_progress(self, words: str) -> None:
        self._icon.set_icon("car", "second")
        self._words.setText(words)
        self.has_failed = False
        self._line.set_loading(True)
        self._button.hide()

    def show_quiet(self, words: str) -> None:
        """One sentence, and nothing that moves."""
        self.show_progress(words)
        self._line.set_loading(False)

    def show_failure(self, sentence: str, retry: Callable[[], None] | None) -> None:
        self._icon.set_icon("warning", "amber")
        self._words.setText(sentence)
        self.has_failed = True
        self._line.set_loading(False)
        self._retry = retry
        self._button.setVisible(retry is not None)
        if retry is not None:
            self._button.setFocus()

    def _pressed(self) -> None:
        if self._retry is not None:
            self._button.hide()
            self._retry()

    def hideEvent(self, event: object) -> None:
        self._line.set_loading(False)
