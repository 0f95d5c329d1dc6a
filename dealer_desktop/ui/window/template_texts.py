"""What an admin typed into templates and has not saved: kept while typed, offered at the dialog's next opening."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer

from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.documents import built_in
from dealer_desktop.ui.session.drafts import Draft, Drafts
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.form_draft import PAUSE_MS

KEY = "templates"


class TemplateTexts(QObject):
    """The text of each kind of document: as it was typed, as the dealership keeps it, or as it is built in.

    ``used`` is called when the person takes the kept draft.
    """

    def __init__(self, drafts: Drafts, banner: Banner, used: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._banner = banner
        self._used = used
        self._saved: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._offered: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._keep)

    def __getitem__(self, kind: str) -> str:
        return self._typed.get(kind, self.saved(kind))

    def saved(self, kind: str) -> str:
        """As every PC prints it today."""
        return self._saved.get(kind) or built_in(kind)

    def use_saved(self, saved: Mapping[str, str]) -> None:
        """What the dealership keeps, by kind; what was typed stays, but for what is the same now."""
        self._saved = dict(saved)
        for kind, text in list(self._typed.items()):
            self.type(kind, text)

    def type(self, kind: str, text: str) -> None:
        """``text`` stands in the editor of ``kind``."""
        if text == self.saved(kind):
            self._typed.pop(kind, None)
        else:
            self._typed[kind] = text
        self._pause.start()

    def offer(self) -> None:
        """In the banner, what was left unsaved at another time."""
        draft = self._drafts.get(KEY)
        if draft is None or all(text == self.saved(kind) for kind, text in draft.values.items()):
            return
        self._offered = dict(draft.values)
        self._banner.show_message(
            _("What was typed here before and not saved was kept."),
            "second",
            ("useDraftButton", _("Use the draft"), self._use),
            ("dropDraftButton", _("Discard"), self._drop),
        )

    def leave(self) -> None:
        """The dialog is closed: what was typed a moment ago is kept too; else the draft stays as it is."""
        if self._pause.isActive():
            self._keep()

    def _keep(self) -> None:
        """On the disk; what is on offer stays beside what is typed."""
        self._pause.stop()
        texts = {**self._offered, **self._typed}
        if texts:
            self._drafts.keep(Draft(key=KEY, values=texts, request_id=uuid4()))
        else:
            self._drafts.forget(KEY)

    def _use(self) -> None:
        for kind, text in self._offered.items():
            self.type(kind, text)
        self._offered.clear()
        self._banner.clear()
        self._used()

    def _drop(self) -> None:
        self._offered.clear()
        self._banner.clear()
        self._keep()
