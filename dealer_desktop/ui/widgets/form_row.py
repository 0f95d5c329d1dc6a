"""One line of a form: label left, field as wide as what it holds, under it a hint or what is wrong."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label as make_label
from dealer_desktop.ui.widgets.fields import Compound, LineEdit, TextEdit
from dealer_desktop.ui.widgets.icon_label import IconLabel

LABEL_WIDTH = 128


class FormRow(QWidget):
    """``check`` is asked when the person leaves the field: what is wrong and what to do, or None."""

    def __init__(
        self, name: str, words: str, field: QWidget, hint: str, check: Callable[[], str | None] | None
    ) -> None:
        super().__init__()
        self.name = name
        self.field = field
        self._hint_words = hint
        self._check = check
        field.setObjectName(name)
        field.setAccessibleName(words)
        if isinstance(field, QLineEdit):
            # After the field has written out what was typed: that counts as an edit, and takes a problem away.
            field.editingFinished.connect(self._leave)
        elif isinstance(field, Compound):
            field.left.connect(self._leave)
        else:
            field.installEventFilter(self)
        self.label = make_label(words, "base", "second", wrap=True)
        self.label.setFixedWidth(pixels(LABEL_WIDTH))
        self.label.setMinimumHeight(pixels(32))
        self.label.setBuddy(field)
        self._icon = IconLabel("warning-circle", "red", 16, self)
        self._problem = make_label("", "small", "red", wrap=True)
        self._problem.setObjectName(f"{name}Error")
        self._hint = make_label(hint, "small", "second", wrap=True)
        self._hint.setObjectName(f"{name}Hint")
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._problem, 1)
        column = QVBoxLayout()
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(field, 1)
        line.addStretch()  # a field that is as wide as what it holds stays at the left
        column.addLayout(line)
        column.addLayout(below)
        column.addWidget(self._hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        if isinstance(field, TextEdit):
            field.overflowed.connect(self._refuse_paste)
        self.set_problem("")

    @property
    def problem(self) -> str:
        return self._problem.text()

    def set_problem(self, words: str) -> None:
        """Say what is wrong under the field; empty when nothing is."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._icon.setVisible(bool(words))
        self._hint.setVisible(bool(self._hint_words) and not words)
        self.field.setAccessibleDescription(words or self._hint_words)
        if bool(self.field.property("invalid")) != bool(words):
            self.field.setProperty("invalid", bool(words))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def set_hint(self, words: str) -> None:
        self._hint_words = words
        self._hint.setText(words)
        self._hint.setVisible(bool(words) and not self.problem)

    def refusal(self) -> str:
        """Why the field cannot take its text at all; told at once, since a paste is over in a moment."""
        return self.field.refusal() if isinstance(self.field, LineEdit) else ""

    def _refuse_paste(self, limit: int) -> None:
        words = ngettext("At most {limit} character fits here.", "At most {limit} characters fit here.", limit)
        self.set_problem(words.format(limit=formats.number(limit)))

    def check(self) -> str:
        """Ask again what is wrong, show it and return it."""
        words = self.refusal() or ((self._check() or "") if self._check is not None else "")
        self.set_problem(words)
        return words

    def _leave(self) -> None:
        if self._check is not None and self.field.isEnabled():
            self.check()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            window = self.window()
            if window.isActiveWindow() or not window.isVisible() or window.focusWidget() is not self.field:
                self._leave()
        return super().eventFilter(watched, event)


def wrong_sentence(wrong: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """What is wrong, each with its field's label, since the words stand apart from the fields there."""
    parts = [f"{labels[key]}: {words}" if key in labels else words for key, words in wrong.items()]
    parts = list(dict.fromkeys(parts))
    if len(parts) > 2:
        more = ngettext("{count} more field is marked.", "{count} more fields are marked.", len(parts) - 1)
        parts = [parts[0], more.format(count=len(parts) - 1)]
    return " ".join(parts)
