"""One point of a report's checklist: its mark, what was measured, and a note."""

import json
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import report_texts
from dealer_desktop.domain.enums import ReportType
from dealer_desktop.domain.report_form import Mark, Point
from dealer_desktop.services.inputs import report_entry
from dealer_desktop.services.inputs.report_entry import TypedPoint
from dealer_desktop.ui import theme
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.choice_bar import Choice, ChoiceBar
from dealer_desktop.ui.widgets.field import Compound
from dealer_desktop.ui.widgets.fields import LineEdit

_WORD = 92
_NUMBER = 84
_UNIT = 30


class PointField(Compound):
    """``value()`` is a TypedPoint. 1 to 4 set the mark, Up and Down go to the points above and below."""

    stepped = Signal(int)

    def __init__(self, kind: ReportType, point: Point, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point = point
        self._kind = kind
        words = report_texts.point(point)
        choices = [Choice(mark, report_texts.mark(kind, mark), *report_texts.ICONS[mark]) for mark in Mark]
        self.mark = ChoiceBar(choices, none=Mark.NOT_CHECKED)
        self.mark.setAccessibleName(words)
        self.mark.setAccessibleDescription(_("1 to 4 set the mark, Up and Down go to the next point"))
        self.mark.stepped.connect(self.stepped)
        self.mark.changed.connect(self._tell_mark)
        self._word = label("", "base", "second")
        self._word.setFixedWidth(pixels(_WORD))
        self.measure = self._measure_edit(words)
        self.note = LineEdit(limit=report_entry.NOTE)
        self.note.setPlaceholderText(_("Note"))
        self.note.setAccessibleName(_("{point}, note").format(point=words))
        self._lay_out()
        for edit in (self.measure, self.note):
            if edit is not None:
                edit.textChanged.connect(self.changed)
                edit.editingFinished.connect(self.left)
        self.setFocusProxy(self.mark)
        self._show_word()

    def _measure_edit(self, words: str) -> QLineEdit | None:
        if self.point.measure is None:
            return None
        edit = LineEdit(_NUMBER, limit=20)
        edit.setMinimumWidth(edit.maximumWidth())
        edit.setFont(theme.font("number"))
        told = report_texts.measure(self.point.measure)
        edit.setAccessibleName(f"{words}, {told}")
        edit.setToolTip(tooltips.plain(told))
        return edit

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self._word)
        if self.measure is not None and self.point.measure is not None:
            unit = label(report_texts.unit(self.point.measure) or "", "base", "second")
            unit.setFixedWidth(pixels(_UNIT))
            row.addWidget(self.measure)
            row.addWidget(unit)
        row.addWidget(self.note, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def setObjectName(self, name: str) -> None:
        """Overrides QObject: the parts are named after the whole."""
        super().setObjectName(name)
        for part, widget in (("mark", self.mark), ("measure", self.measure), ("note", self.note)):
            if widget is not None:
                widget.setObjectName(f"{name}_{part}")

    def value(self) -> TypedPoint:
        """Overrides Compound."""
        measure = self.measure.text() if self.measure is not None else ""
        return TypedPoint(self.mark.value(), measure, self.note.text())

    def set_value(self, value: TypedPoint) -> None:
        """Overrides Compound."""
        self.mark.set_value(value.mark)
        self.note.setText(value.note)
        self.note.setCursorPosition(0)
        if self.measure is not None:
            self.measure.setText(value.measure)

    def to_draft(self) -> str:
        """Overrides Compound."""
        value = self.value()
        return "" if value == TypedPoint() else json.dumps([value.mark, value.measure, value.note], ensure_ascii=False)

    def from_draft(self, text: str) -> None:
        """Overrides Compound."""
        try:
            mark, measure, note = json.loads(text) if text else (Mark.NOT_CHECKED, "", "")
            self.set_value(TypedPoint(Mark(mark), str(measure), str(note)))
        except (TypeError, ValueError):
            return

    def take_focus(self, other: "PointField") -> None:
        """Into the same part in which ``other`` has it."""
        parts = ((other.note, self.note), (other.measure, self.measure or self.note))
        theirs: list[QWidget] = [mine for part, mine in parts if part is not None and part.hasFocus()]
        (theirs or [self.mark])[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def problem(self) -> str | None:
        """What is wrong with the number, once the person has left it."""
        if self.measure is None or self.point.measure is None:
            return None
        try:
            report_entry.measured(self.measure.text(), self.point.measure)
        except ValueError as error:
            return str(error)
        return None

    def _tell_mark(self) -> None:
        self._show_word()
        self.changed.emit()

    def _show_word(self) -> None:
        mark: Any = self.mark.value()
        self._word.setText(report_texts.mark(self._kind, mark))
        theme.set_tone(self._word, "second" if mark is Mark.NOT_CHECKED else report_texts.ICONS[mark][1])
