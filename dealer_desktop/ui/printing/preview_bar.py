"""The line above the pages: which document, in which language, how large, which page; and how it is printed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSpinBox, QWidget

from dealer_desktop.core import i18n
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.printing.choices import PaperChoice
from dealer_desktop.ui.printing.pages import Size
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.buttons import IconButton
from dealer_desktop.ui.widgets.fields import ComboBox

_ZOOMS = (50, 75, 100, 150, 200)
MOST_COPIES = 99


class PreviewBar(QFrame):
    """``printDocument``, ``printLanguage``, ``printZoom``; ``printPaper`` and ``printCopies`` for the foot."""

    turned = Signal(int)
    """Pages forward, or back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.document = _choice("printDocument", _("Document"), [], 300)
        self.document.hide()
        names = {"ru": _("Russian"), "en": _("English")}
        self.language = _choice("printLanguage", _("Language of the document"), list(names.items()), 140)
        self.language.setCurrentIndex(self.language.findData(i18n.language()))
        zooms: list[tuple[object, str]] = [(0, _("Whole width")), *((each, f"{each} %") for each in _ZOOMS)]
        self.zoom = _choice("printZoom", _("Size on the screen"), zooms, 140)
        self.size_box = _choice("printPaper", _("Paper size"), [], 80)
        self.copies_words = QLabel(_("Copies"), self)
        self.copies_words.setProperty("tone", "second")
        self.copies = QSpinBox(self)
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setObjectName("printCopies")
        self.copies.setAccessibleName(_("Copies"))
        self.copies.setFixedHeight(pixels(32))
        self.copies.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.copies_words.setBuddy(self.copies)
        self.back = self._turner("previousPageButton", "caret-left", _("Previous page"), -1)
        self.on = self._turner("nextPageButton", "caret-right", _("Next page"), 1)
        self.page = QLabel(self)
        self.page.setObjectName("printPage")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        for part in (self.document, self.language, self.zoom):
            row.addWidget(part)
        row.addStretch(1)
        for turner in (self.back, self.page, self.on):
            row.addWidget(turner)

    def _turner(self, name: str, icon: str, words: str, pages: int) -> IconButton:
        button = IconButton(icon=icon, words=words, parent=self)
        button.setObjectName(name)
        button.clicked.connect(lambda: self.turned.emit(pages))
        return button

    def show_page(self, page: int, count: int) -> None:
        """``page`` counts from 0."""
        self.page.setText(_("{page} of {pages}").format(page=page + 1, pages=count))
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page < count - 1)

    @property
    def sheet(self) -> Size:
        return Size(self.size_box.currentData() or Size.A4)

    def offer(self, choices: Sequence[PaperChoice]) -> None:
        """The papers to choose from; one alone is no choice."""
        for choice in choices:
            self.document.addItem(choice.words)
        self.document.setMinimumWidth(pixels(260))
        self.document.setVisible(len(choices) > 1)

    def offer_sizes(self, sizes: Sequence[str], chosen: Size) -> None:
        self.size_box.clear()
        for size in sizes:
            self.size_box.addItem(size, size)
        self.size_box.setCurrentIndex(max(self.size_box.findData(chosen.value), 0))
        self.size_box.setVisible(len(sizes) > 1)


def _choice(name: str, words: str, entries: Sequence[tuple[object, str]], width: int) -> ComboBox:
    box = ComboBox(entries, width=width)
    box.setObjectName(name)
    box.setAccessibleName(words)
    return box
