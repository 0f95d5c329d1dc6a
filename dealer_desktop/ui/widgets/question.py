"""What is told or asked in the look of a form: what it is about, what follows, and the buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.widgets.card import breakable, label
from dealer_desktop.ui.widgets.form_frame import FormFrame

_WIDTH = 512


class Notice(FormFrame):
    """Something to be read, with one button that closes it."""

    def __init__(self, name: str, title: str, words: str, button: tuple[str, str], parent: QWidget | None) -> None:
        """``button``: its objectName and words."""
        super().__init__(name, title, button[1], _WIDTH, parent)
        self._text = words
        self.form.addWidget(label(breakable(words), "base", wrap=True, selectable=True))
        self.set_keys("")
        self.cancel_button.hide()
        self.save_button.setObjectName(button[0])
        self.save_button.clicked.connect(self.accept)
        self._start_at_save()

    def text(self) -> str:
        """What is told or asked."""
        return self._text

    def _start_at_save(self) -> None:
        self.save_button.setDefault(True)
        self.save_button.setFocus()


class Question(Notice):
    """``exec()`` or ``accepted`` tells whether the person agreed; Escape and the window's cross are a no."""

    def __init__(
        self,
        name: str,
        title: str,
        words: str,
        more: str,
        *,
        yes: tuple[str, str],
        no: tuple[str, str],
        is_loss: bool = False,
        parent: QWidget,
    ) -> None:
        """``yes`` and ``no``: each button's objectName and words; ``is_loss``: Enter keeps all as it is."""
        super().__init__(name, title, words, yes, parent)
        self.set_consequence("", detail=more)
        self.set_cancel_words(no[1])
        self.cancel_button.setObjectName(no[0])
        self.cancel_button.show()
        self.cancel_button.clicked.connect(self.reject)
        if is_loss:
            self.save_button.setProperty("kind", "danger")
            self.save_button.setDefault(False)
            self.cancel_button.setDefault(True)
            self.cancel_button.setFocus()


def ask(
    parent: QWidget,
    name: str,
    title: str,
    question: str,
    consequence: str,
    yes: str,
    do: Callable[[], None],
    *,
    keep: str = "",
    is_loss: bool = False,
) -> Question:
    """What a step without a form will do; ``do`` is called when the person presses ``yes``. Still to be opened."""
    asked = Question(
        name,
        title,
        question,
        consequence,
        yes=("deleteButton" if is_loss else "yesButton", yes),
        no=("keepButton", keep or _("Cancel")),
        is_loss=is_loss,
        parent=parent,
    )
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.accepted.connect(do)
    return asked
