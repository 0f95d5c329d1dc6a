"""How far the adding of photos is, with a way to stop it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.inventory.photos.adding import PhotoAdding
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label


class PhotoProgress(QWidget):
    """Hidden while nothing is added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._adding: PhotoAdding | None = None
        self.words = label("", "base", "second")
        self.words.setObjectName("photosProgress")
        self.bar = QProgressBar()
        self.bar.setObjectName("photosProgressBar")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(pixels(200))
        self.stop = QPushButton(_("Cancel"))
        self.stop.setObjectName("cancelAddingButton")
        self.stop.setAccessibleName(_("Stop adding photos"))
        self.stop.setToolTip(_("Stop adding photos"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bar)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.stop)
        self.hide()

    def follow(self, adding: PhotoAdding) -> None:
        """The next one begins while it is still told that the last one ended: that one has no say any more."""
        if self._adding is not None:
            self._adding.progressed.disconnect(self._show)
            self._adding.ended.disconnect(self._ended)
        self._adding = adding
        adding.progressed.connect(self._show)
        adding.ended.connect(self._ended)
        self.stop.setEnabled(True)
        self._show(0, adding.total)
        self.show()

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        words = _("Adding photos: {done} of {total}").format(done=formats.number(done), total=formats.number(total))
        self.words.setText(words)
        self.bar.setAccessibleName(words)

    def _cancel(self) -> None:
        if self._adding is not None:
            self.stop.setEnabled(False)
            self.words.setText(_("Stopping"))
            self._adding.cancel()

    def _ended(self, _result: object) -> None:
        self._adding = None
        self.hide()
