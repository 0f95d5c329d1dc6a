"""How every form looks: banners, a head, rows that scroll where there is no room, and the foot with its buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui import theme
from dealer_desktop.ui.session import layouts
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.card import title as make_title
from dealer_desktop.ui.widgets.dialog_frame import room_for
from dealer_desktop.ui.widgets.form_fit import FormFit
from dealer_desktop.ui.widgets.form_foot import FormFoot
from dealer_desktop.ui.widgets.form_news import FormNews

WIDTH = 592


class FormFrame(QDialog):
    def __init__(self, name: str, title: str, save: str, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = ""
        """What the form is about in words, for a draft's name."""
        self._save_words = save
        self._cancel_words = _("Cancel")
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._width = min(pixels(width), room_for(self).width())
        self._build(save)

    def say_what_about(self, words: str, detail: str = "") -> None:
        """The form's head: whose order it is, and what else tells it from others."""
        self.about = words
        self.head.addWidget(make_title(words))
        if detail:
            self.head.addWidget(label(detail, "base", "second", wrap=True))

    def set_save_words(self, words: str) -> None:
        """What saving is called now; the button keeps it after a refusal."""
        self._save_words = words
        self.save_button.setText(words)
        self.save_button.setAccessibleName(words)

    def set_cancel_words(self, words: str) -> None:
        """Where "Cancel" would be taken for what is being done."""
        self._cancel_words = words
        self.cancel_button.setText(words)
        self.cancel_button.setAccessibleName(words)

    def set_consequence(self, words: str, value: str = "", tone: str = "", detail: str = "") -> None:
        """What saving will do, in plain view: "Due after this payment:" and the amount; ``detail`` under it."""
        self.foot.set_consequence(words, value, tone, detail)

    def tell_beside_consequence(self, words: str) -> None:
        """What else is to be known before saving, as that a manager must allow it."""
        self.foot.tell(words)

    def set_keys(self, words: str) -> None:
        """Which keys do it, where these are others than a form's."""
        self.foot.set_keys(words)

    def set_error(self, words: str) -> None:
        self.foot.set_error(words)

    def show_widget(self, widget: QWidget) -> None:
        """Scroll to a part of the form where it is higher than the screen."""
        self._area.ensureWidgetVisible(widget)

    def show_top(self) -> None:
        self._area.ensureVisible(0, 0)

    def _show_title(self) -> None:
        """Inside too: over the question, or quietly over whose order it is, where that is the head."""
        if not self._title.text():
            self._title.setText(self.windowTitle())
            role, tone = ("small", "second") if self.head.count() > 1 else ("title", "")
            self._title.setFont(theme.font(role))
            theme.set_tone(self._title, tone)

    def _build(self, save: str) -> None:
        self.draft_banner = Banner(self, name="draftBanner")
        self.banner = Banner(self, name="formBanner")
        self.news_banner = Banner(self, name="newsBanner")
        self.news = FormNews(self.news_banner)
        self._head = QFrame(self)
        self._head.setProperty("place", "dialogHead")
        self.head = QVBoxLayout(self._head)
        self.head.setContentsMargins(24, 16, 24, 16)
        self.head.setSpacing(4)
        self._title = label("", "title", wrap=True)
        self.head.addWidget(self._title)
        content = QWidget()
        self.form = QVBoxLayout(content)
        self.form.setContentsMargins(24, 20, 24, 20)
        self.form.setSpacing(12)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        self._area.setMinimumHeight(1)  # Qt's own is higher than a question without fields, and the foot would pay
        self.foot = FormFoot(save, self)
        self.error_label = self.foot.error_label
        self.save_button = self.foot.save_button
        self.cancel_button = self.foot.cancel_button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.draft_banner, self.news_banner, self.banner, self._head):
            layout.addWidget(widget)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.foot)
        parts = (self.draft_banner, self.news_banner, self.banner, self._head, self.foot)
        self.fit = FormFit(self, content, parts, self._width)

    def showEvent(self, event: QShowEvent) -> None:
        self._show_title()
        super().showEvent(event)
        self.fit.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Overrides QDialog: nobody took the key; it may be a shortcut's on a Russian keyboard."""
        if not layouts.take(self, event):
            super().keyPressEvent(event)
