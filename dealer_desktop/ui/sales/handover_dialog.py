"""What was checked while a car is handed over, for the act; what stays empty is a line to fill in by hand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import pgettext
from dealer_desktop.domain.document_facts import Checklist
from dealer_desktop.domain.enums import DocumentKind
from dealer_desktop.services.rows import OrderDetails
from dealer_desktop.ui.sales.numbered_documents import preview_numbered
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, fit_into_window
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit, NumberEdit, TextEdit


class HandoverDialog(QDialog):
    """``handoverDialog``: ``keys``, ``secondWheels``, ``documents``, ``mileage``, ``fuel``, ``damage``."""

    def __init__(self, context: UiContext, details: OrderDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._order = context, details.order
        title = _("Handover act")
        self.setObjectName("handoverDialog")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.keys = NumberEdit()
        self.second_wheels = ComboBox([(None, _("To fill in by hand")), (True, _("yes")), (False, _("no"))])
        self.documents = LineEdit(320)
        self.mileage = NumberEdit()
        self.fuel = LineEdit(120)
        self.damage = TextEdit(2, width=320)
        form = QFormLayout()
        form.setSpacing(8)
        for name, words, field in (
            ("keys", pgettext("paper", "Keys, pieces"), self.keys),
            ("secondWheels", _("Second set of wheels"), self.second_wheels),
            ("documents", _("Documents"), self.documents),
            ("mileage", _("Mileage, km"), self.mileage),
            ("fuel", _("Fuel"), self.fuel),
            ("damage", _("Visible damage"), self.damage),
        ):
            field.setObjectName(name)
            field.setAccessibleName(words)
            form.addRow(words, field)
        show = QPushButton(_("Show the act"), self)
        show.setObjectName("showButton")
        show.setProperty("kind", "primary")
        show.setDefault(True)
        show.clicked.connect(self.show_act)
        cancel = QPushButton(_("Cancel"), self)
        cancel.setObjectName("cancelButton")
        cancel.clicked.connect(self.reject)
        foot = DialogFoot()
        foot.row.addStretch(1)
        foot.row.addWidget(cancel)
        foot.row.addWidget(show)
        body = QVBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(12)
        body.addWidget(label(title, "title"))
        body.addWidget(label(_("What stays empty is a line to fill in by hand."), "base", "second", wrap=True))
        body.addLayout(form)
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(body, 1)
        layout.addWidget(foot)
        fit_into_window(self, 540, 480)

    def checklist(self) -> Checklist:
        return Checklist(
            keys=_number(self.keys.text()),
            second_wheels=self.second_wheels.value(),
            documents=self.documents.text().strip() or None,
            mileage=_number(self.mileage.text()),
            fuel=self.fuel.text().strip() or None,
            damage=self.damage.toPlainText().strip() or None,
        )

    def show_act(self) -> None:
        """The act's preview, in this dialog's place."""
        entered = self.checklist()
        preview = preview_numbered(
            self._context,
            self.parentWidget(),
            DocumentKind.HANDOVER_ACT,
            order_id=self._order.id,
            checklist=entered if entered != Checklist() else None,
        )
        self.accept()
        preview.open()


def _number(text: str) -> int | None:
    digits = "".join(character for character in text if character in "0123456789")
    return int(digits[:9]) if digits else None
