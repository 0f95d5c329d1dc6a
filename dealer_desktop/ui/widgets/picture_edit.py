"""A picture from a file, as a field of a form: its preview, another one instead, none."""

import base64
import binascii
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSettings, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.file_faults import read_regular, reason_of
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import jobs
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import file_dialogs, picture_files
from dealer_desktop.ui.widgets.field import Compound

_FITS = QSize(1040, 448)
"""Pixels that are kept: four times what paper shows."""
_MOST = 20_000_000
"""Bytes of a file that are read."""


class PictureEdit(Compound):
    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._value: bytes | None = None
        self.preview = QLabel()
        self.preview.setObjectName("logoPreview")
        self.preview.setFixedSize(pixels(130), pixels(48))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.choose_button = QPushButton(_("Choose a picture…"))
        self.choose_button.setObjectName("chooseLogoButton")
        self.remove_button = QPushButton(_("Remove"))
        self.remove_button.setObjectName("removeLogoButton")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.preview, self.choose_button, self.remove_button):
            layout.addWidget(part)
        layout.addStretch()
        self.setFocusProxy(self.choose_button)
        self.choose_button.clicked.connect(self._ask)
        self.remove_button.clicked.connect(lambda _checked=False: self.set_value(None))

    def value(self) -> bytes | None:
        return self._value

    def set_value(self, value: bytes | None) -> None:
        self._value = bytes(value) if value else None
        picture = QPixmap()
        if self._value is not None:
            picture.loadFromData(self._value)
        if not picture.isNull():
            picture = picture.scaled(
                self.preview.size(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self.preview.setPixmap(picture)
        self.remove_button.setEnabled(self._value is not None)
        self.changed.emit()

    def to_draft(self) -> str:
        return base64.b64encode(self._value).decode() if self._value else ""

    def from_draft(self, text: str) -> None:
        try:
            self.set_value(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError):
            return

    def take(self, file: Path) -> None:
        """The picture of ``file``; what cannot be one is refused in words."""
        jobs.run(
            self, _read, file, done=self.set_value, failed=lambda error: self.refused.emit(f"{file.name}: {error}")
        )

    def _ask(self) -> None:
        patterns = [(_("Pictures"), "*.png *.jpg *.jpeg *.webp *.bmp *.gif")]
        file_dialogs.ask_to_open(self, _("Choose a picture"), patterns, self.take, self._settings)


def _read(file: Path) -> bytes:
    """As a PNG without anything else that the file carried. Raises NotAPhoto."""
    try:
        content = read_regular(file, _MOST)
    except DealerError:
        raise
    except OSError as error:
        raise picture_files.NotAPhoto(reason=reason_of(error)) from None
    image = picture_files.decode(content, _FITS)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
