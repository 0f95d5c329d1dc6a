"""The dealership's own templates, for admins: written beside the fields, tried on a real order, kept for all PCs."""

from functools import partial
from uuid import uuid4

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.documents import Paper, broken_at, built_in, own_templates, template_fields
from dealer_desktop.services import document_templates
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import TemplateInput
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit
from dealer_desktop.ui.window.template_papers import newest_order, paper_of
from dealer_desktop.ui.window.template_texts import TemplateTexts


class TemplatesDialog(QDialog):
    """``templatesDialog``: ``templateKind``, ``templateSource``, ``fieldsSearch``, ``fieldsList``, ``orderNumber``,
    ``previewButton``, ``builtInButton``, ``saveButton``, ``errorLabel``. Nothing can be typed before the dealership's
    own templates are read: it would be taken for what every PC prints.
    """

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("templatesDialog")
        self.setWindowTitle(_("Templates of documents"))
        self.setAccessibleName(_("Templates of documents"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kind = ComboBox(list(_names().items()), width=260)
        self.source = QPlainTextEdit(self)
        self.source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.source.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.search = LineEdit()
        self.search.setPlaceholderText(_("Find a field"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find_fields)
        self.fields = QListWidget(self)
        self.fields.setToolTip(_("Press Enter or double-click to write it where the cursor stands"))
        self.fields.setSpacing(2)
        self.fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.number = LineEdit(100)
        self.banner = Banner(self)
        self.texts = TemplateTexts(context.drafts, self.banner, self._show_kind, self)
        self.error = QLabel(self)
        self.error.setWordWrap(True)
        for widget, name, words in (
            (self.kind, "templateKind", _("Document")),
            (self.source, "templateSource", _("Template")),
            (self.search, "fieldsSearch", _("Find a field")),
            (self.fields, "fieldsList", _("Fields")),
            (self.number, "orderNumber", _("Order no.")),
            (self.error, "errorLabel", ""),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(words)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.source.textChanged.connect(self._note_text)
        self.fields.itemActivated.connect(self._insert)
        head = QHBoxLayout()
        head.addWidget(label(self.windowTitle(), "title"))
        head.addStretch(1)
        head.addWidget(self.kind)
        middle = QHBoxLayout()
        middle.addWidget(self.source, 3)
        right = QVBoxLayout()
        right.addWidget(self.search)
        right.addWidget(self.fields, 1)
        middle.addLayout(right, 2)
        foot = DialogFoot()
        foot.row.addWidget(label(_("Order no."), "base", "second"))
        foot.row.addWidget(self.number)
        self.preview_button = WordButton("previewButton", _("Preview"), self.preview)
        self.built_in_button = WordButton("builtInButton", _("As built in"), self._take_built_in)
        foot.row.addWidget(self.preview_button)
        foot.row.addWidget(self.built_in_button)
        foot.row.addStretch(1)
        foot.row.addWidget(WordButton("cancelButton", _("Close"), self.reject))
        self.save_button = WordButton("saveButton", _("Save"), self.save, "primary")
        foot.row.addWidget(self.save_button)
        self._body = QWidget(self)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(12)
        body.addLayout(head)
        body.addLayout(middle, 1)
        body.addWidget(self.error)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.banner)
        layout.addWidget(self._body, 1)
        layout.addWidget(foot)
        fit_into_window(self, 1000, 720)
        self._read()

    def _read(self) -> None:
        self._lock(True)
        self.banner.clear()
        reader = self._context.reader
        jobs.run(self, document_templates.read, reader, done=self._show_sources, failed=self._fail_to_read)
        jobs.run(self, newest_order, self._context, done=self._propose, failed=self._fail)

    def _lock(self, locked: bool) -> None:
        self._body.setEnabled(not locked)
        for button in (self.preview_button, self.built_in_button, self.save_button):
            button.setEnabled(not locked)

    def _show_sources(self, sources: dict[str, str]) -> None:
        self.texts.use_saved(sources)
        self._lock(False)
        self._show_kind()
        self.texts.offer()
        self.source.setFocus()

    def _fail_to_read(self, error: Exception) -> None:
        self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self._read))

    def _propose(self, order_id: int | None) -> None:
        if order_id is not None and not self.number.text():
            self.number.setText(str(order_id))

    def _show_kind(self) -> None:
        kind = str(self.kind.currentData())
        with QSignalBlocker(self.source):
            self.source.setPlainText(self.texts[kind])
        self.fields.clear()
        for words in template_fields.fields_of(kind):
            item = QListWidgetItem(words, self.fields)
            item.setToolTip(tooltips.plain(words))  # whole, where the list is narrower
        self._find_fields()
        self.number.setEnabled(kind != "drawer_report")
        self.error.clear()

    def _note_text(self) -> None:
        self.texts.type(str(self.kind.currentData()), self.source.toPlainText())

    def _find_fields(self) -> None:
        wanted = self.search.text().strip().lower()
        for row in range(self.fields.count()):
            item = self.fields.item(row)
            item.setHidden(wanted not in item.text().lower())

    def _insert(self, item: QListWidgetItem) -> None:
        self.source.insertPlainText(item.text())
        self.source.setFocus()

    def _take_built_in(self) -> None:
        self.source.setPlainText(built_in(str(self.kind.currentData())))

    def preview(self) -> None:
        """The paper of the order whose number was entered, made with what stands here."""
        number = "".join(each for each in self.number.text() if each in "0123456789")[:15]
        kind, source = str(self.kind.currentData()), self.source.toPlainText()
        if not number and kind != "drawer_report":
            self.error.setText(_("Enter the number of an order to see its paper."))
            return
        self.error.clear()
        render = partial(_tried, self._context, kind, source, int(number or 0))
        printing.preview_of(self, [printing.PaperChoice("", kind, render)], self._context.settings).open()

    def save(self) -> None:
        """For all PCs; what is as built in is not kept."""
        kind, source = str(self.kind.currentData()), self.source.toPlainText()
        broken = broken_at(source)
        if broken is not None:
            self._show_line(broken[0])
            self.error.setText(
                _("Line {line} is broken: {reason}. Not saved.").format(line=broken[0], reason=broken[1])
            )
            return
        wanted = parse(TemplateInput, request_id=uuid4(), kind=kind, source="" if source == built_in(kind) else source)
        jobs.run(
            self,
            lambda: document_templates.save(self._context.session_maker, wanted),
            done=self._saved,
            failed=self._fail,
            writes=True,
        )

    def _show_line(self, line: int) -> None:
        cursor = QTextCursor(self.source.document().findBlockByNumber(max(line - 1, 0)))
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        self.source.setTextCursor(cursor)
        self.source.setFocus()

    def _saved(self, sources: dict[str, str]) -> None:
        self.texts.use_saved(sources)
        own_templates.use(sources)
        self.error.setText(_("Saved. Every PC prints so from now on."))

    def done(self, result: int) -> None:
        """Overrides QDialog: what is not saved is kept."""
        self.texts.leave()
        super().done(result)

    def _fail(self, error: Exception) -> None:
        self.error.setText(sentence_of(error))


def _tried(context: UiContext, kind: str, source: str, order_id: int, language: str) -> Paper:
    with own_templates.trying(kind, source):
        return paper_of(context, kind, order_id, language)


def _names() -> dict[str, str]:
    return {
        "order_summary": _("Order summary"),
        "contract": _("Sale contract"),
        "handover_act": _("Handover act"),
        "receipt": pgettext("document", "Receipt"),
        "price_tag": _("Price tag"),
        "takings": _("Takings"),
        "delivery_list": _("Delivery list"),
        "drawer_report": _("Drawer report"),
    }
