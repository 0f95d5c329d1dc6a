"""What an import did, or would do: how many of each, and every refused row with line and reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services.car_imports import ImportResult
from dealer_desktop.ui.inventory.imports.setup import plain_words
from dealer_desktop.ui.inventory.imports.tables import PlainTable, show_refused
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label, line


class ImportProgress(QWidget):
    """How far it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", "title")
        self.bar = QProgressBar()
        self.bar.setObjectName("importProgress")
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(pixels(400))
        self.rows = label("", "base", "second")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for part in (self.title, self.bar, self.rows):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def begin(self, title: str) -> None:
        self.title.setText(title)
        self.rows.setText(_("Reading the file"))
        self.bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.bar.setAccessibleName(self.rows.text())
        words = _("{done} of {total} rows").format(done=formats.number(done), total=formats.number(total))
        self.rows.setText(words)


class ImportReport(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", "title", wrap=True)
        self.title.setObjectName("importResult")
        self.notes = label("", "base", "second", wrap=True, selectable=True)
        self.refused = PlainTable("refusedRows", _("Refused rows"))
        self._numbers: dict[str, QLabel] = {}
        figures = QHBoxLayout()
        figures.setSpacing(40)
        for key, words in (
            ("taken", _("new cars")),
            ("updated", _("updated")),
            ("skipped", _("in stock already, left as they are")),
            ("refused", _("refused")),
        ):
            figures.addLayout(self._figure(key, words))
        figures.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(24, 20, 24, 16)
        top.setSpacing(12)
        top.addWidget(self.title)
        top.addLayout(figures)
        top.addWidget(self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(line())
        beside = QHBoxLayout()
        beside.setContentsMargins(8, 0, 0, 0)
        beside.addWidget(self.refused)
        column.addLayout(beside, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    def _figure(self, key: str, words: str) -> QVBoxLayout:
        number = label("", "price")
        number.setObjectName(f"{key}Count")
        number.setAccessibleName(words)
        self._numbers[key] = number
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(number)
        column.addWidget(label(words, "small", "second"))
        return column

    def show_result(self, result: ImportResult) -> None:
        self.title.setText(result_title(result))
        for key, count in (
            ("taken", result.taken),
            ("updated", result.updated),
            ("skipped", result.skipped),
            ("refused", len(result.refused)),
        ):
            self._numbers[key].setText(formats.number(count))
        self.notes.setText("\n".join(map(plain_words, result.notes)))
        self.notes.setVisible(bool(result.notes))
        show_refused(self.refused, result.refused)
        self.refused.setVisible(bool(result.refused))
        self._rest.setVisible(not result.refused)

    def show_undone(self, lines: Sequence[str]) -> None:
        """That the import was taken back, and what stays."""
        self.title.setText(lines[0])
        for number in self._numbers.values():
            number.setText("—")
        self.notes.setText("\n".join(lines[1:]))
        self.notes.setVisible(len(lines) > 1)
        self.refused.setVisible(False)
        self._rest.setVisible(True)


def result_title(result: ImportResult) -> str:
    """One sentence: what was done, or that nothing was."""
    if result.dry_run:
        return _("Nothing is written yet. This is what the import would do.")
    if not result.written:
        return _("Nothing was written, because some rows are refused.")
    return ngettext("{count} car came into stock.", "{count} cars came into stock.", result.taken).format(
        count=formats.number(result.taken)
    )
