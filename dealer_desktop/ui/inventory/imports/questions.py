"""What a file leaves open: a sentence and a choice for each, the likelier one chosen."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.services.car_imports import Question
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.fields import ComboBox

_ROW = 44
_ROWS_SHOWN = 3


class Questions(QWidget):
    """``changed`` after the person chose; ``answers()`` is what ``ImportOptions.answers`` takes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importQuestions")
        self._chosen: dict[str, str] = {}
        """What the person chose, also for questions that come up later again."""
        self._shown: tuple[Question, ...] = ()
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setProperty("place", "surface")
        heading = label(_("Please check: the file leaves this open"), "small", "second")
        heading.setContentsMargins(24, 12, 24, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(self._area)
        self.setVisible(False)

    def chosen(self) -> Mapping[str, str]:
        """What the person chose, without what is only likelier."""
        return dict(self._chosen)

    def answers(self) -> dict[str, str]:
        """The answer that is shown for every question."""
        return self._chosen | {question.key: question.answer for question in self._shown if question.answer}

    def choose(self, answers: Mapping[str, str]) -> None:
        """As the person answered another time."""
        self._chosen = dict(answers)

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        if questions != self._shown:
            self._shown = questions
            self._build()
        self.setVisible(bool(questions))

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("place", "surface")
        grid = QGridLayout(content)
        grid.setContentsMargins(24, 4, 24, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for row, question in enumerate(self._shown):
            words = label(question.words, "base", wrap=True)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            box = ComboBox([(choice.value, choice.words) for choice in question.choices], 248)
            box.setMinimumWidth(pixels(248))
            box.setObjectName(f"question_{question.key}")
            box.setAccessibleName(question.words)
            box.set_value(question.answer or question.likely)
            box.activated.connect(lambda _index, key=question.key, box=box: self._choose(key, box))
            grid.addWidget(words, row, 0)
            grid.addWidget(box, row, 1)
        self._area.setWidget(content)
        rows = min(len(self._shown), _ROWS_SHOWN)
        self._area.setFixedHeight(pixels(_ROW * rows + 12))

    def _choose(self, key: str, box: ComboBox) -> None:
        self._chosen[key] = str(box.value())
        self.changed.emit()
