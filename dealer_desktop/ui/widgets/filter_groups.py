"""The parts of the filters panel: boxes with counts, a range of two fields, and choices from what is in stock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.quantities import UnreadableNumber
from dealer_desktop.services.tables import Range
from dealer_desktop.ui import theme
from dealer_desktop.ui.widgets import tooltips
from dealer_desktop.ui.widgets.many_box import COUNT, ManyBox

_PAUSE = 500
"""Milliseconds without a key after which a range counts as typed."""


class Group(QWidget):
    """A heading and what stands under it. ``value()`` is the filter's value, None where it does not filter."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        heading = QLabel(title, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(theme.font("small"))
        theme.set_tone(heading, "second")
        layout.addWidget(heading)
        layout.addSpacing(2)
        heading.setVisible(bool(title))
        self.body = layout

    def value(self) -> Any:
        """For ``TableQuery.filters``."""
        raise NotImplementedError

    def words(self) -> str:
        """What is filtered, for its chip."""
        raise NotImplementedError

    def clear(self) -> None:
        """Filter nothing; says nothing."""
        raise NotImplementedError

    def state(self) -> Any:
        """The value as JSON can hold it."""
        raise NotImplementedError

    def restore(self, state: Any) -> None:
        """Take back what ``state()`` gave; what cannot be read filters nothing. Says nothing."""
        raise NotImplementedError


class Boxes(Group):
    """A few values, each with a box and with how many cars it would show."""

    def __init__(self, title: str, words: Mapping[Any, str], parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._boxes: dict[Any, QCheckBox] = {}
        self._counts: dict[Any, QLabel] = {}
        for value, word in words.items():
            box = QCheckBox(word, self)
            box.setObjectName(f"filter_{value}")
            box.toggled.connect(lambda _on: self.changed.emit())
            count = QLabel(self)
            count.setTextFormat(Qt.TextFormat.PlainText)
            theme.set_tone(count, "second")
            line = QHBoxLayout()
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(box, 1)
            line.addWidget(count)
            self.body.addLayout(line)
            self._boxes[value] = box
            self._counts[value] = count

    def set_counts(self, counts: Mapping[Any, int]) -> None:
        for value, label in self._counts.items():
            label.setText(formats.number(counts.get(value, 0)))

    def value(self) -> Any:
        """Overrides Group."""
        chosen = [value for value, box in self._boxes.items() if box.isChecked()]
        return chosen or None

    def words(self) -> str:
        """Overrides Group."""
        return ", ".join(box.text() for box in self._boxes.values() if box.isChecked())

    def clear(self) -> None:
        """Overrides Group."""
        self.restore([])

    def state(self) -> Any:
        """Overrides Group."""
        return [str(value) for value in self.value() or ()]

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        chosen = state if isinstance(state, list) else []
        for value, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(str(value) in chosen)
            box.blockSignals(False)


class FromTo(Group):
    """From and to, both included; what cannot be read, or is upside down, says so and filters nothing."""

    def __init__(
        self,
        title: str,
        name: str,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._read = read
        self._write = write
        self._unit = unit
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._settle)
        self._told: tuple[Any, Any] = (None, None)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.low, self.high = (self._field(f"{name}{end}", line) for end in ("From", "To"))
        self.low.setPlaceholderText(_("from"))
        self.high.setPlaceholderText(_("to"))
        self.low.setAccessibleName(_("{what}, from").format(what=title))
        self.high.setAccessibleName(_("{what}, to").format(what=title))
        self.body.addLayout(line)
        self.fault = QLabel(self)
        self.fault.setObjectName(f"{name}Error")
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        self.fault.setFont(theme.font("small"))
        theme.set_tone(self.fault, "red")
        self.fault.hide()
        self.body.addWidget(self.fault)

    def _field(self, name: str, line: QHBoxLayout) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setMaxLength(24)
        # Two stand beside each other, and a price has eight figures.
        field.setProperty("place", "narrow")
        field.textEdited.connect(lambda _text: self._pause.start())
        field.editingFinished.connect(self._finish)
        line.addWidget(field)
        return field

    def _finish(self) -> None:
        self._settle()
        for field in (self.low, self.high):
            value = self._typed(field)
            if value is not None:
                field.setText(self._write(value))
                if not field.hasFocus():
                    field.setCursorPosition(0)

    def _settle(self) -> None:
        self._pause.stop()
        now = self._ends()
        if now != self._told:
            self._told = now
            self.changed.emit()

    def _typed(self, field: QLineEdit) -> Any:
        try:
            return self._read(field.text().strip()) if field.text().strip() else None
        except UnreadableNumber:
            return None

    def _ends(self) -> tuple[Any, Any]:
        """What filters; and what does not is marked."""
        low, high = self._typed(self.low), self._typed(self.high)
        faults = [
            _("This is not a number.") if field.text().strip() and value is None else ""
            for field, value in ((self.low, low), (self.high, high))
        ]
        upside_down = low is not None and high is not None and low > high
        if upside_down:
            faults[1] = _("“To” is less than “from”: enter {number} or more.").format(number=self._write(low))
        for field, fault in zip((self.low, self.high), faults, strict=True):
            if bool(field.property("invalid")) != bool(fault):
                field.setProperty("invalid", bool(fault))
                field.style().unpolish(field)
                field.style().polish(field)
            field.setToolTip(tooltips.plain(fault))
        self.fault.setText(next(filter(None, faults), ""))
        self.fault.setVisible(any(faults))
        return (None, None) if upside_down else (low, high)

    def value(self) -> Any:
        """Overrides Group."""
        low, high = self._ends()
        return None if low is None and high is None else Range(low, high)

    def words(self) -> str:
        """Overrides Group."""
        low, high = self._typed(self.low), self._typed(self.high)
        low_text, high_text = (("" if end is None else self._write(end)) for end in (low, high))
        unit = f"\u00a0{self._unit}" if self._unit else ""
        if low is not None and high is not None:
            return f"{low_text}–{high_text}{unit}"
        if low is not None:
            return _("From {number}").format(number=low_text + unit)
        if high is not None:
            return _("Up to {number}").format(number=high_text + unit)
        return ""

    def clear(self) -> None:
        """Overrides Group."""
        self.restore(None)

    def state(self) -> Any:
        """Overrides Group: plain numbers, so that another language reads them too."""
        return ["" if end is None else f"{end:f}" for end in map(self._exact, (self.low, self.high))]

    def _exact(self, field: QLineEdit) -> Decimal | None:
        value = self._typed(field)
        return None if value is None else Decimal(value)

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        texts = state if isinstance(state, list) and len(state) == 2 else ("", "")
        self._pause.stop()
        for field, given in zip((self.low, self.high), texts, strict=True):
            field.setText(given if isinstance(given, str) else "")
            value = self._typed(field)
            field.setText("" if value is None else self._write(value))
        self._told = self._ends()  # takes the marks off


class Choice(Group):
    """Some of the values that the stock has, by name, or any; of ``known`` alone, the most first, where it is given."""

    def __init__(
        self,
        title: str,
        name: str,
        any_words: str,
        write: Callable[[Any], str] = str,
        known: Iterable[Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._any = any_words
        self._write = write
        self._known = None if known is None else frozenset(map(str, known))
        self._waiting: Mapping[Any, int] | None = None
        """Counts that came while the list was open."""
        self._wanted: list[str] = []
        """What was chosen in an earlier session and may not be in the list yet."""
        self.box = ManyBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(title)
        self.box.setMaxVisibleItems(16)
        self.box.addItem(any_words, None)
        self.box.values_changed.connect(self._choose)
        self.body.addWidget(self.box)

    def _choose(self) -> None:
        self._wanted = []
        self.changed.emit()

    def set_counts(self, counts: Mapping[Any, int]) -> None:
        """Offer these values; what is chosen stays chosen, also where no car is left of it."""
        if self.box.view().isVisible():
            # The list that a person is reading stays as it is.
            self._waiting = counts
            QTimer.singleShot(_PAUSE, self, lambda: self._set_waiting(counts))
            return
        self._waiting = None
        chosen = self.value() or []
        values: Sequence[Any] = [value for value in counts if value not in (None, "")]
        if self._known is None:
            values = sorted(values, key=lambda value: self._write(value).casefold().replace("ё", "е"))
        values = [*values, *(value for value in chosen if value not in values)]
        blocked = self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem(self._any, None)
        for value in values:
            self.box.addItem(self._write(value), value)
            self.box.setItemData(self.box.count() - 1, counts.get(value, 0), COUNT)
        self.box.blockSignals(blocked)
        self.box.set_values(chosen)
        # The counts stand beside the words, so the list is wider than the box.
        width = max((self.box.view().sizeHintForColumn(0), self.box.width() - 10)) + 56
        self.box.view().setMinimumWidth(min(width, 360))

    def _set_waiting(self, counts: Mapping[Any, int]) -> None:
        if self._waiting is counts:  # else newer ones came
            self.set_counts(counts)

    def value(self) -> Any:
        """Overrides Group."""
        return self._wanted or self.box.values() or None

    def words(self) -> str:
        """Overrides Group."""
        return ", ".join(self._write(value) for value in self.value() or ())

    def clear(self) -> None:
        """Overrides Group."""
        self.restore(None)

    def state(self) -> Any:
        """Overrides Group: one as a text, several as a list."""
        values = [str(value) for value in self.value() or ()]
        return values if len(values) > 1 else "".join(values)

    def restore(self, state: Any) -> None:
        """Overrides Group."""
        given = [state] if isinstance(state, str) else state if isinstance(state, list) else []
        plain = (_plain(each) for each in given if isinstance(each, str))
        wanted = [each for each in plain if each and (self._known is None or each in self._known)]
        self._wanted = list(dict.fromkeys(wanted))
        blocked = self.box.blockSignals(True)
        for each in self._wanted:
            if self.box.findData(each) < 0:
                self.box.addItem(self._write(each), each)
        self.box.blockSignals(blocked)
        self.box.set_values(self._wanted)

    def set_reason(self, reason: str) -> None:
        """Why nothing can be chosen here now; empty where it can."""
        self.box.setEnabled(not reason)
        self.box.setToolTip(tooltips.plain(reason))
        self.box.setAccessibleDescription(reason)


def _plain(remembered: str) -> str:
    """Without what no database takes: a zero, half a character."""
    return remembered.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
