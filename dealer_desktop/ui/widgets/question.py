"""A question with two answers, in the look of a form: what is asked, what follows, and the buttons."""

from PySide6.QtWidgets import QWidget

from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.form_frame import FormFrame

_WIDTH = 512


class Question(FormFrame):
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
        parent: QWidget,
    ) -> None:
        """``yes`` and ``no``: each button's objectName and words."""
        super().__init__(name, title, yes[1], _WIDTH, parent)
        self.form.addWidget(label(words, "base", wrap=True))
        self.set_consequence("", detail=more)
        self.set_cancel_words(no[1])
        self.set_keys("")
        self.save_button.setObjectName(yes[0])
        self.cancel_button.setObjectName(no[0])
        self.save_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.setDefault(True)
        self.save_button.setFocus()
