"""A car's report as a sheet to read: headings, and label beside value."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dealer_desktop.core import formats, words
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.rows import ReportRow
from dealer_desktop.ui import theme
from dealer_desktop.ui.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.facts import Fact, Facts

_MOST = 400
"""Lines of one sheet: a report of thousands is cut, and says so."""


class ReportSheet(QDialog):
    def __init__(self, report: ReportRow, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportSheet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(words.report_type(report.report_type))
        self._left = _MOST
        content = QWidget()
        content.setProperty("place", "surface")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        self._column.addWidget(label(words.report_type(report.report_type), "title"))
        self._column.addWidget(label(formats.moment(report.created_at, context.dealer.timezone), "base", "second"))
        self._show(report.data)
        if self._left <= 0:
            self._column.addWidget(label(_("The report is longer; the rest is not shown."), "small", "second"))
        self._column.addStretch(1)
        area = QScrollArea()
        area.setProperty("place", "surface")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(content)
        close = QPushButton(_("Close"))
        close.setFont(theme.font("medium"))
        close.clicked.connect(self.accept)
        foot = QFrame()
        foot.setProperty("place", "dialogFoot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(24, 12, 24, 12)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(foot)
        self.resize(pixels(520), pixels(560))

    def _show(self, data: Mapping[str, Any]) -> None:
        """Plain values first, as one list; what has parts of its own follows under its heading."""
        plain = [Fact(_heading(key), _plain(value)) for key, value in data.items() if not _has_parts(value)]
        plain = plain[: max(0, self._left)]
        self._left -= len(plain)
        if plain:
            facts = Facts(label_width=176)
            facts.show_facts(*plain)
            self._column.addWidget(facts)
        for key, value in data.items():
            if not _has_parts(value) or self._left <= 0:
                continue
            self._left -= 1
            self._column.addSpacing(4)
            self._column.addWidget(label(_heading(key), "strong"))
            for part in value if isinstance(value, list) else [value]:
                self._show(part if isinstance(part, Mapping) else {"": part})


def _has_parts(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(v, Mapping | list) for v in value))


def _heading(key: str) -> str:
    """A JSON name as a person would write it: ``brake_pads`` becomes ``Brake pads``."""
    text = str(key).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _plain(value: Any) -> str:
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value) or "–"
    return "–" if value is None or value == "" else str(value)
