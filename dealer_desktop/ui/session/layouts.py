"""Shortcuts work whatever layout the keyboard is in: Ctrl+Л is the key of Ctrl+K.

Where the system tells Qt only the letter of the layout in use, no shortcut fits. Such a key comes to its window when
nobody took it: ``take(window, event)`` then does what the same key does in English.
"""

from collections.abc import Iterator

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from dealer_desktop.domain.keyboard import TO_ENGLISH

_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def take(window: QWidget, event: QKeyEvent) -> bool:
    """Whether ``event`` was a key of the Russian layout held with Ctrl or Alt; then it is done."""
    key = english_key(event)
    if key is None or not event.modifiers() & _COMMAND:
        return False
    focus = window.focusWidget() or window
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    action = _action_of(window, focus, QKeySequence(QKeyCombination(held, key)))
    if action is not None:
        action.trigger()
    else:
        # What widgets do by themselves: copy, paste, choose all; and the reason of an action that is not possible.
        QApplication.sendEvent(focus, QKeyEvent(event.type(), key, event.modifiers()))
    return True


def english_key(event: QKeyEvent) -> Qt.Key | None:
    """The key by its English letter; None where it is no letter of the Russian layout."""
    typed = event.text().lower()
    letter = typed if len(typed) == 1 and typed != typed.translate(TO_ENGLISH) else ""
    if not letter and 0x400 <= event.key() < 0x500:
        letter = chr(event.key()).lower()
    english = letter.translate(TO_ENGLISH)
    return Qt.Key(ord(english.upper())) if english and english != letter else None


def _action_of(window: QWidget, focus: QWidget, keys: QKeySequence) -> QAction | None:
    for widget in _reached(window, focus):
        for action in widget.actions():
            if action.isEnabled() and action.isVisible() and keys in action.shortcuts():
                return action
    return None


def _reached(window: QWidget, focus: QWidget) -> Iterator[QWidget]:
    """The widgets whose actions' keys work where the focus is, the nearest first."""
    widget: QWidget | None = focus
    while widget is not None:
        yield widget
        if widget is window:
            return
        widget = widget.parentWidget()
    yield window
