"""What a form asks of a field's widget, whatever it holds."""

from typing import Any, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget


class Field(Protocol):
    """What a form asks of a field's widget (a QWidget). Texts for drafts hold an unfinished entry too."""

    @property
    def changed(self) -> SignalInstance:
        """On every change, by anybody."""

    @property
    def left(self) -> SignalInstance:
        """The person went on: it can be looked at whether all is well."""

    @property
    def refused(self) -> SignalInstance:
        """What was pasted is not taken, and why, in words."""

    def typed(self) -> Any:
        """What was typed, as ``services.inputs.base.parse`` takes it: text, a date, an enum's value, yes or no."""

    def set_value(self, value: Any) -> None:
        """Show what is stored; None for nothing."""

    def to_draft(self) -> str:
        """What stands here, as text; empty where nothing was entered."""

    def from_draft(self, text: str) -> None:
        """Put ``to_draft``'s text back; one that no longer fits is left out."""

    def problem(self) -> str | None:
        """What is wrong with what stands here by the field's own nature, told when it is left."""

    def refusal(self) -> str:
        """Why the text cannot be taken however it is meant; told at once. Empty if it can."""


def is_left(widget: QWidget) -> bool:
    """Whether the focus that ``widget`` just lost went on to another place of its window, not to another window."""
    window = widget.window()
    return window.isActiveWindow() or not window.isVisible() or window.focusWidget() is not widget


class Compound(QWidget):
    """A field of several parts in one line of a form. A subclass says how it is read, and how it is kept as text."""

    changed = Signal()
    left = Signal()
    refused = Signal(str)

    def value(self) -> Any:
        raise NotImplementedError

    def typed(self) -> Any:
        return self.value()

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def to_draft(self) -> str:
        raise NotImplementedError

    def from_draft(self, text: str) -> None:
        raise NotImplementedError

    def problem(self) -> str | None:
        return None

    def refusal(self) -> str:
        return ""
