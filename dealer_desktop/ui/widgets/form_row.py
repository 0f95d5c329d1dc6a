"""One line of a form: label left, field as wide as what it holds, under it a hint or what is wrong."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import ngettext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label as make_label
from dealer_desktop.ui.widgets.field import Field
from dealer_desktop.ui.widgets.icon_label import IconLabel

LABEL_WIDTH = 128


class FormRow(QWidget):
    """``check`` is asked when the person leaves the field: what is wrong and what to do, or None."""

    def __init__(
        self,
        name: str,
        words: str,
        field: Field,
        hint: str,
        check: Callable[[], str | None] | None,
        object_name: str = "",
    ) -> None:
        super().__init__()
        assert isinstance(field, QWidget)
        object_name = object_name or widget_name(name)
        self.name = name
        """Of the input's field."""
        self.field: Field = field
        self.widget: QWidget = field
        """The same, as Qt knows it."""
        self.expected: Decimal | None = None
        """An amount that is far from this one is asked about before it is saved."""
        self.is_fixed = False
        """Whether what stands here may not be changed at all."""
        self._hint_words = hint
        self._check = check
        field.setObjectName(object_name)
        field.setAccessibleName(words)
        field.left.connect(self._leave)
        self.label = make_label(words, "base", "second", wrap=True)
        self.label.setFixedWidth(pixels(LABEL_WIDTH))
        self.label.setMinimumHeight(pixels(32))
        self.label.setBuddy(field)
        self._icon = IconLabel("warning-circle", "red", 16, self)
        self._problem = make_label("", "small", "red", wrap=True)
        self._problem.setObjectName(f"{object_name}Error")
        self._hint = make_label(hint, "small", "second", wrap=True)
        self._hint.setObjectName(f"{object_name}Hint")
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
        field.refused.connect(self.set_problem)
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
        self.widget.setAccessibleDescription(words or self._hint_words)
        if bool(self.widget.property("invalid")) != bool(words):
            self.widget.setProperty("invalid", bool(words))
            self.widget.style().unpolish(self.widget)
            self.widget.style().polish(self.widget)

    @property
    def is_there(self) -> bool:
        """Whether the form shows it (once it is shown): what is hidden is not part of the input."""
        return not (self.isHidden() and self.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide))

    def set_hint(self, words: str) -> None:
        self._hint_words = words
        self._hint.setText(words)
        self._hint.setVisible(bool(words) and not self.problem)
        if not self.problem:
            self.widget.setAccessibleDescription(words)

    def fix(self, reason: str) -> None:
        """The value stays as it is, and ``reason`` under it says why."""
        self.is_fixed = True
        self.widget.setEnabled(False)
        self.set_hint(reason)

    def refusal(self) -> str:
        """Why the field cannot take its text at all; told at once, since a paste is over in a moment."""
        return self.field.refusal()

    def check(self) -> str:
        """Ask again what is wrong, show it and return it."""
        words = self.refusal() or ((self._check() or "") if self._check is not None else "")
        self.set_problem(words)
        return words

    def _leave(self) -> None:
        if self._check is not None and self.widget.isEnabled():
            self.check()


def widget_name(name: str) -> str:
    """The objectName of the widget that fills an input's field: ``customer_name``, ``customerName``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def wrong_sentence(wrong: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """What is wrong, each with its field's label, since the words stand apart from the fields there."""
    parts = [f"{labels[key]}: {words}" if key in labels else words for key, words in wrong.items()]
    parts = list(dict.fromkeys(parts))
    if len(parts) > 2:
        more = ngettext("{count} more field is marked.", "{count} more fields are marked.", len(parts) - 1)
        parts = [parts[0], more.format(count=len(parts) - 1)]
    return " ".join(parts)
