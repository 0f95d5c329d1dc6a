"""Where a shared server is: its name, port, database and encryption."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.connecting import CHECKED, SSLMODES, Server
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import breakable
from dealer_desktop.ui.widgets.field import Compound, Field
from dealer_desktop.ui.widgets.fields import ComboBox, LineEdit
from dealer_desktop.ui.widgets.file_dialogs import ask_to_open
from dealer_desktop.ui.widgets.form_row import FormRow

_LINE = 64
"""Letters that surely have room in one."""


class ServerFields(QWidget):
    changed = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        """``settings`` remember the folder of the certificate."""
        super().__init__(parent)
        self.rows: dict[str, FormRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.host = LineEdit(320, limit=500)
        self.host.setPlaceholderText("srv-auto")
        self.port = LineEdit(128, limit=60)
        self.database = LineEdit(320, limit=63)
        self.sslmode = ComboBox(((mode, _words(mode)) for mode in SSLMODES), 320)
        self.certificate = CertificateEdit(settings)
        self.add("host", _("Server"), self.host, _("Its name or address; a cluster’s, parted by commas."))
        self.add("port", _("Port"), self.port)
        self.add("database", _("Database"), self.database)
        self.add("sslmode", _("Encryption"), self.sslmode)
        self.add("sslrootcert", _("Certificate"), self.certificate, _("A copy of the server’s, on this PC."))
        self.certificate.file.setObjectName("sslrootcert")
        self.certificate.setObjectName("sslrootcertField")
        self.sslmode.currentIndexChanged.connect(self._offer_certificate)
        self.show_server(Server())

    def add(self, name: str, words: str, field: Field, hint: str = "", object_name: str = "") -> FormRow:
        """One more line."""
        row = FormRow(name, words, field, hint, None, object_name)
        field.changed.connect(self._change)
        self.rows[name] = row
        self._layout.addWidget(row)
        return row

    def server(self) -> Server:
        """As typed."""
        return Server(
            self.host.text().strip(),
            self.port.text().strip(),
            self.database.text().strip(),
            str(self.sslmode.value() or ""),
            self.certificate.value(),
        )

    def show_server(self, server: Server) -> None:
        self.host.set_value(server.host)
        self.port.set_value(server.port)
        self.database.set_value(server.database)
        self.sslmode.set_value(server.sslmode)
        self.certificate.set_value(server.sslrootcert)
        self._offer_certificate()

    def show_wrong(self, wrong: Mapping[str, str]) -> None:
        """What is wrong in which field; the first of them takes the focus."""
        for name, row in self.rows.items():
            row.set_problem(wrong.get(name, ""))
        first = next((row for name, row in self.rows.items() if name in wrong), None)
        if first is not None:
            first.widget.setFocus()

    def _offer_certificate(self) -> None:
        self.rows["sslrootcert"].setVisible(self.sslmode.value() in CHECKED)

    def _change(self) -> None:
        self.show_wrong({})
        self.changed.emit()


class CertificateEdit(Compound):
    """The path of a file, typed or chosen."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.file = LineEdit(320, limit=1000)
        self.button = QPushButton(_("Choose…"), self)
        self.button.setObjectName("chooseCertificateButton")
        self.button.setAccessibleName(_("Choose the certificate"))
        self.button.setFont(theme.font("medium"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.choose)
        self.file.changed.connect(self.changed)
        self.file.left.connect(self.left)
        self.file.refused.connect(self.refused)
        self.file.setAccessibleName(_("Certificate"))
        self.setFocusProxy(self.file)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.file, 1)
        layout.addWidget(self.button)
        self.setMaximumWidth(pixels(420))

    def choose(self) -> None:
        kinds = [(_("Certificates"), "*.crt *.pem *.cer"), (_("All files"), "*")]
        ask_to_open(self.window(), _("The server’s certificate"), kinds, self._take, self._settings)

    def _take(self, file: Path) -> None:
        self.file.setText(str(file))

    def value(self) -> str:
        return self.file.text().strip()

    def set_value(self, value: object) -> None:
        self.file.set_value(value)

    def to_draft(self) -> str:
        return self.value()

    def from_draft(self, text: str) -> None:
        self.set_value(text)


def in_line(text: str) -> str:
    """A sentence with a path in it: broken only where it has no room in a dialog's line."""
    return breakable(text, _LINE)


def _words(sslmode: str) -> str:
    words: Mapping[str, Callable[[], str]] = {
        "": lambda: _("Encrypted, but not inside this PC"),
        "require": lambda: _("Encrypted"),
        "verify-full": lambda: _("Encrypted, certificate and name checked"),
        "verify-ca": lambda: _("Encrypted, certificate checked"),
        "prefer": lambda: _("Encrypted if the server can"),
        "disable": lambda: _("Not encrypted"),
    }
    return words[sslmode]()
