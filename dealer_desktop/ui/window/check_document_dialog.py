"""A paper that somebody brings: scan or paste its code, and see whether it is ours and what changed since."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import sentences
from dealer_desktop.services import document_codes
from dealer_desktop.services.document_codes import Reading
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, fit_into_window

_QUIET_MS = 250
"""A scanner types letter by letter: what stands there once it pauses is the code."""


class CheckDocumentDialog(QDialog):
    """``checkDocumentDialog``: ``code``, ``resultLabel``, ``openOrderButton``."""

    def __init__(self, context: UiContext, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__(parent)
        self._context = context
        self.reading: Reading | None = None
        self.setObjectName("checkDocumentDialog")
        self.setWindowTitle(_("Check a document"))
        self.setAccessibleName(_("Check a document"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = QPlainTextEdit(self)
        self.code.setObjectName("code")
        self.code.setAccessibleName(_("Code"))
        self.code.setPlaceholderText(_("Scan the code on the paper, or paste its text"))
        self.code.setTabChangesFocus(True)
        self.code.setFixedHeight(pixels(96))
        self.result_label = QLabel(self)
        self.result_label.setObjectName("resultLabel")
        self.result_label.setTextFormat(Qt.TextFormat.PlainText)
        self.result_label.setWordWrap(True)
        self.result_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = QPushButton(_("Open the order"), self)
        self.open_button.setObjectName("openOrderButton")
        self.open_button.setAccessibleName(_("Open the order"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.setAutoDefault(False)
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self._open_order)
        close = QPushButton(_("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self._pause = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._pause.timeout.connect(self._check)
        self.code.textChanged.connect(self._pause.start)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(12)
        body.addWidget(label(_("Check a document"), "title"))
        body.addWidget(self.code)
        body.addWidget(self.result_label, 1, Qt.AlignmentFlag.AlignTop)
        foot = DialogFoot()
        foot.row.addStretch(1)
        foot.row.addWidget(close)
        foot.row.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(body, 1)
        layout.addWidget(foot)
        fit_into_window(self, 560, 460)
        if text:
            self.code.setPlainText(text)

    def _check(self) -> None:
        text = self.code.toPlainText()
        self.open_button.setEnabled(False)
        if text.strip():
            jobs.run(
                self,
                lambda: (text, document_codes.check(self._context.reader, text)),
                done=self._show,
                failed=self._show_failure,
            )
        else:
            self._say("", "base")

    def _show(self, found: tuple[str, Reading]) -> None:
        text, reading = found
        if text != self.code.toPlainText():
            return
        self.reading = reading
        dealer = self._context.dealer
        is_good = reading.verdict.is_ours and reading.is_known
        tone = "red" if not is_good else "amber" if reading.changes else "green"
        self._say("\n".join(sentences(reading, dealer.currency, dealer.timezone)), tone)
        self.open_button.setEnabled(reading.verdict.is_ours and reading.claims is not None)
        if self.open_button.isEnabled():
            self.code.selectAll()  # the next scan replaces this one

    def _show_failure(self, error: Exception) -> None:
        self._say(sentence_of(error), "red")

    def _say(self, words: str, tone: str) -> None:
        self.result_label.setText(words)
        self.result_label.setAccessibleName(words)
        theme.set_tone(self.result_label, tone)

    def _open_order(self) -> None:
        if self.reading is not None and self.reading.claims is not None:
            order = self.reading.claims.order
            self.accept()
            self._context.show("orders", order)
