"""A few figures side by side, each under its word: what a form about money starts from."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dealer_desktop.ui.widgets.card import label


class Figures(QWidget):
    """``show_figures`` sets the values in the order of the words given at first."""

    def __init__(self, *words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(24)
        self._words = words
        self._values: list[QLabel] = []
        for word in words:
            column = QVBoxLayout()
            column.setSpacing(2)
            value = label("", "numberStrong", selectable=True)
            column.addWidget(label(word, "small", "second"))
            column.addWidget(value)
            layout.addLayout(column, 1)
            self._values.append(value)

    def show_figures(self, *values: str) -> None:
        for word, shown, text in zip(self._words, self._values, values, strict=True):
            shown.setText(text)
            shown.setAccessibleName(f"{word}: {text}")

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(shown.text() for shown in self._values)
