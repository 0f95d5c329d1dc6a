"""What is chosen before an import: columns, unit, condition, and what happens to cars that are in stock already."""

import re
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import names
from dealer_desktop.domain.enums import CarCondition
from dealer_desktop.services.car_imports import ImportOptions, ImportPlan, MileageUnit, OnExisting
from dealer_desktop.ui import theme
from dealer_desktop.ui.inventory.imports.mapping import ColumnMapping
from dealer_desktop.ui.inventory.imports.memory import Choices
from dealer_desktop.ui.inventory.imports.questions import Questions
from dealer_desktop.ui.inventory.imports.tables import PlainTable, show_preview
from dealer_desktop.ui.widgets.buttons import WordButton
from dealer_desktop.ui.widgets.card import label, line
from dealer_desktop.ui.widgets.fields import ComboBox

W = TypeVar("W", bound=QWidget)
_PROBLEMS = 4
"""Sentences that are shown at once."""


class ImportSetup(QWidget):
    changed = Signal()
    """Something was chosen: the file is understood anew."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self.mapping = ColumnMapping()
        self.questions = Questions()
        self.last_time = WordButton("lastChoicesButton", _("Choose as last time"), self._choose_as_last_time)
        self.last_time.setVisible(False)
        self._last = Choices()
        self.preview = PlainTable("importPreview", _("The first rows as they will be stored"))
        self.unit = ComboBox(
            [(None, _("As the file says")), (MileageUnit.KM, _("Kilometres")), (MileageUnit.MI, _("Miles"))], 168
        )
        self.condition = ComboBox(
            [(None, _("From the file")), *((kind, names.condition(kind)) for kind in CarCondition)], 152
        )
        self.existing = ComboBox(
            [(OnExisting.SKIP, _("Leave as they are")), (OnExisting.UPDATE, _("Update from the file"))], 192
        )
        self.all_or_nothing = QCheckBox(_("All rows or none"))
        self.all_or_nothing.setObjectName("allOrNothing")
        self.told = label("", "base", "red", wrap=True, selectable=True)
        self.told.setObjectName("importProblems")
        self._lay_out()
        self.mapping.changed.connect(self.changed)
        self.questions.changed.connect(self.changed)
        for box in (self.unit, self.condition, self.existing):
            box.activated.connect(lambda _index: self.changed.emit())
        self.all_or_nothing.clicked.connect(lambda _on: self.changed.emit())

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setContentsMargins(24, 12, 24, 12)
        choices.setSpacing(24)
        choices.addLayout(_named("mileageUnit", _("Mileage"), self.unit))
        choices.addLayout(_named("conditionForAll", _("Condition of all"), self.condition))
        choices.addLayout(_named("onExisting", _("Cars in stock already"), self.existing))
        choices.addWidget(self.all_or_nothing, 0, Qt.AlignmentFlag.AlignBottom)
        choices.addStretch(1)
        choices.addWidget(self.last_time, 0, Qt.AlignmentFlag.AlignBottom)
        heading = label(_("The first rows as they will be stored"), "small", "second")
        heading.setContentsMargins(24, 12, 24, 4)
        self.told.setContentsMargins(24, 0, 24, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.mapping, 3)
        column.addWidget(line())
        column.addWidget(self.questions)
        column.addWidget(heading)
        beside = QHBoxLayout()
        beside.setContentsMargins(8, 0, 0, 0)
        beside.addWidget(self.preview)
        column.addLayout(beside, 2)
        column.addWidget(line())
        column.addLayout(choices)
        column.addWidget(self.told)
        # Not larger with the letters: all of it has to go on a small screen.
        self.mapping.setMinimumHeight(120)
        self.preview.setMinimumHeight(120)

    def options(self) -> ImportOptions:
        """What is chosen now, to understand the file with: what nobody chose is taken to be as is likelier."""
        condition = self.condition.value()
        return ImportOptions(
            columns=self.mapping.columns(),
            fixed={"condition": str(condition)} if condition else {},
            answers=self.questions.chosen(),
            take_likely=True,
            currency=self._currency,
            mileage_unit=MileageUnit(self.unit.value()) if self.unit.value() else None,
            on_existing=OnExisting(self.existing.value()),
            all_or_nothing=self.all_or_nothing.isChecked(),
        )

    def decided(self) -> ImportOptions:
        """What is chosen and shown now, to be imported: the person saw every question with its answer."""
        return replace(self.options(), answers=self.questions.answers(), take_likely=False)

    def dry_run(self) -> ImportOptions:
        """The same, to be tried without writing."""
        return replace(self.decided(), dry_run=True)

    def choices(self) -> Choices:
        """What the person chose for files of this layout."""
        return Choices(
            self.mapping.columns(),
            self.questions.chosen(),
            str(self.unit.value() or ""),
            str(self.condition.value() or ""),
        )

    def offer(self, last: Choices) -> None:
        """Let the person choose as they did for a file of the same layout."""
        self._last = last
        self.last_time.setVisible(bool(last) and last != self.choices())

    def _choose_as_last_time(self) -> None:
        self.mapping.choose(self._last.columns)
        self.questions.choose(self._last.answers)
        self.unit.set_value(MileageUnit(self._last.unit) if self._last.unit else None)
        self.condition.set_value(CarCondition(self._last.condition) if self._last.condition else None)
        self.last_time.setVisible(False)
        self.changed.emit()

    def show_plan(self, plan: ImportPlan) -> None:
        """The file as it is understood now."""
        self.mapping.show_plan(plan)
        self.questions.show_questions(plan.questions)
        show_preview(self.preview, plan, self._currency)
        sentences = [plain_words(sentence) for sentence in plan.problems or plan.notes]
        more = len(sentences) - _PROBLEMS
        if more > 0:
            sentences = [*sentences[:_PROBLEMS], _("{count} more.").format(count=more)]
        theme.set_tone(self.told, "red" if plan.problems else "second")
        self.told.setText("\n".join(sentences))
        self.told.setVisible(bool(sentences))


def plain_words(sentence: str) -> str:
    """A sentence of the import without what only the command line knows: ``(--map condition=)``."""
    return re.sub(r"\s*\(--[^)]*\)", "", sentence)


def _named(name: str, words_: str, field: W) -> QVBoxLayout:
    field.setObjectName(name)
    field.setAccessibleName(words_)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label(words_, "small", "second"))
    column.addWidget(field)
    return column
