"""The dealership's own templates, for admins: written beside the fields, tried on a real order, kept for all PCs."""

from dataclasses import fields
from typing import Any
from uuid import uuid4

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import Paper, built_in, draft_paper, order_summary, own_templates
from dealer_desktop.domain.document_facts import Buyer, CarFacts, Checklist, OrderFacts, Seller
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services import document_codes, document_templates, documents, orders
from dealer_desktop.services.inputs.base import parse
from dealer_desktop.services.inputs.documents import TemplateInput
from dealer_desktop.services.rows import CarRow, DealerRow, OrderRow
from dealer_desktop.ui import jobs, printing
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit

_OF_SUMMARY: dict[str, Any] = {"order": OrderRow, "car": CarRow, "dealer": DealerRow}
_OF_NUMBERED: dict[str, Any] = {
    "seller": Seller,
    "buyer": Buyer,
    "car": CarFacts,
    "order": OrderFacts,
    "checklist": Checklist,
}


class TemplatesDialog(QDialog):
    """``templatesDialog``: ``templateKind``, ``templateSource``, ``fieldsList``, ``orderNumber``, ``previewButton``,
    ``builtInButton``, ``saveButton``, ``errorLabel``."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sources: dict[str, str] = {}
        self.setObjectName("templatesDialog")
        self.setWindowTitle(_("Templates of documents"))
        self.setAccessibleName(_("Templates of documents"))
        names = {
            "order_summary": _("Order summary"),
            "contract": _("Sale contract"),
            "handover_act": _("Handover act"),
        }
        self.kind = ComboBox(list(names.items()), width=220)
        self.source = QPlainTextEdit(self)
        self.source.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.source.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.fields = QListWidget(self)
        self.number = LineEdit(100)
        self.number.setPlaceholderText(_("Order no."))
        self.error = QLabel(self)
        self.error.setWordWrap(True)
        for widget, name, words in (
            (self.kind, "templateKind", _("Document")),
            (self.source, "templateSource", _("Template")),
            (self.fields, "fieldsList", _("Fields")),
            (self.number, "orderNumber", _("Order no.")),
            (self.error, "errorLabel", ""),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(words)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.fields.itemActivated.connect(lambda item: self.source.insertPlainText(item.text()))
        head = QHBoxLayout()
        head.addWidget(label(self.windowTitle(), "title"))
        head.addStretch(1)
        head.addWidget(self.kind)
        middle = QHBoxLayout()
        middle.addWidget(self.source, 3)
        middle.addWidget(self.fields, 1)
        foot = DialogFoot()
        foot.row.addWidget(self.number)
        foot.row.addWidget(self._button("previewButton", _("Preview"), self.preview))
        foot.row.addWidget(self._button("builtInButton", _("As built in"), self._take_built_in))
        foot.row.addStretch(1)
        foot.row.addWidget(self._button("cancelButton", _("Close"), self.reject))
        self.save_button = self._button("saveButton", _("Save"), self.save)
        self.save_button.setProperty("kind", "primary")
        foot.row.addWidget(self.save_button)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(12)
        body.addLayout(head)
        body.addLayout(middle, 1)
        body.addWidget(self.error)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(body, 1)
        layout.addWidget(foot)
        fit_into_window(self, 1000, 720)
        jobs.run(self, document_templates.read, context.reader, done=self._show_sources, failed=self._fail)

    def _button(self, name: str, words: str, slot: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _show_sources(self, sources: dict[str, str]) -> None:
        self._sources = sources
        self._show_kind()

    def _show_kind(self) -> None:
        kind = str(self.kind.currentData())
        self.source.setPlainText(self._sources.get(kind) or built_in(kind))
        self._list_fields(kind)
        self.error.clear()

    def _take_built_in(self) -> None:
        self.source.setPlainText(built_in(str(self.kind.currentData())))

    def preview(self) -> None:
        """The paper of the order whose number was entered, made with what stands here."""
        number = "".join(each for each in self.number.text() if each in "0123456789")[:15]
        if not number:
            self.error.setText(_("Enter the number of an order to see its paper."))
            return
        kind, source = str(self.kind.currentData()), self.source.toPlainText()

        def render(language: str) -> Paper:
            with own_templates.trying(kind, source):
                if kind == "order_summary":
                    details = orders.details(self._context.reader, int(number))
                    signer = document_codes.signer(self._context.session_maker)
                    return order_summary(details, language, signer=signer)
                prepared = documents.prepare(self._context.reader, DocumentKind(kind), order_id=int(number))

                return draft_paper(DocumentKind(kind), prepared.facts, language)

        preview = printing.preview_of(self, [printing.PaperChoice("", kind, render)], self._context.settings)
        preview.open()

    def _list_fields(self, kind: str) -> None:
        """As a template writes them."""
        self.fields.clear()
        for name, parts in (_OF_SUMMARY if kind == "order_summary" else _OF_NUMBERED).items():
            for field in fields(parts):
                self.fields.addItem(f"{{{{ {name}.{field.name} }}}}")

    def save(self) -> None:
        """For all PCs; what is as built in is not kept."""
        kind, source = str(self.kind.currentData()), self.source.toPlainText()
        wanted = parse(TemplateInput, request_id=uuid4(), kind=kind, source="" if source == built_in(kind) else source)
        jobs.run(
            self,
            lambda: document_templates.save(self._context.session_maker, wanted),
            done=self._saved,
            failed=self._fail,
            writes=True,
        )

    def _saved(self, sources: dict[str, str]) -> None:
        self._sources = sources
        own_templates.use(sources)
        self.error.setText(_("Saved. Every PC prints so from now on."))

    def _fail(self, error: Exception) -> None:
        self.error.setText(sentence_of(error))
