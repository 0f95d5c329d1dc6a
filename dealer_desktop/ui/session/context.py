"""What every tab and dialog is given: the connections, what changes in the database, and the way to the window."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from dealer_desktop.core import formats, paths
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.ui.session.changes import ChangeFeed, ChangeLike, concerns
from dealer_desktop.ui.session.drafts import Drafts
from dealer_desktop.ui.session.person import Person
from dealer_desktop.ui.session.undo import Undo

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from dealer_desktop.services import Connections, Reader, SessionMaker
    from dealer_desktop.services.rows import AtWork, DealerRow

Offered = tuple[str, str, Callable[[], object]]
"""A button: objectName, words, what it does."""


def window_settings() -> QSettings:
    """What this PC's user chose before anybody signed in: the window's place and size."""
    return QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)


class UiContext(QObject):
    """``UiContext(connections, feed, dealer)``; ``home`` are the window's settings, beside which the person's are kept.

    ``settings`` are what the login chose, ``drafts`` what it typed and did not save: other people at the same PC have
    their own. ``data_folder`` tells one database from another; what people call it, where none is given.

    Tabs do not know each other: they ask for a record of another tab with ``show(kind, id)`` and the main window goes
    there. ``tell(sentence)`` says in the status bar what was done.
    """

    show_requested = Signal(str, object)
    """The kind of a list, and the id to select there."""
    search_requested = Signal(str, str)
    """A kind, and what to put into its search box."""
    list_requested = Signal(str, object)
    """A kind, and the states of its list's filters that it is narrowed to."""
    enter_requested = Signal(str, object, str)
    """A kind, an id, and the field to enter there."""
    check_asked = Signal()
    """Somebody brings a paper whose code is to be checked."""
    told = Signal(str)
    offered = Signal(str, str, object)
    """The nearest thing that may be wanted after what was told: a button's objectName, its words, what it does."""
    lock_asked = Signal()
    """Cover the window until the person comes back."""
    switch_asked = Signal()
    """Somebody else wants to sign in."""
    password_changed = Signal(str)
    """The person's own; new connections need it."""
    appearance_changed = Signal()
    """Another language or theme was chosen."""
    setup_asked = Signal()
    """Somebody wants to say anew where the database is."""
    moved = Signal()
    """The database is on another server now, and the settings say so."""
    dealer_changed = Signal()
    """The dealer's row is another one: by this window or by anybody's."""
    closing = Signal()
    """The window closes: what has not begun is not begun any more, and nothing is opened."""

    def __init__(
        self,
        connections: "Connections",
        feed: ChangeFeed,
        dealer: "DealerRow",
        home: QSettings | None = None,
        parent: QObject | None = None,
        *,
        data_folder: str = "",
        at_work: "AtWork | None" = None,
        signed_in: bool = False,
    ) -> None:
        super().__init__(parent)
        self.connections = connections
        self._acting = threading.local()
        self.feed = feed
        self.dealer = dealer
        feed.changed.connect(self._follow_dealer)
        self._at_work = at_work
        self.data_folder = data_folder
        """Of the bundled server; empty on a shared one."""
        self.can_set_up = False
        """Whether the settings say where the database is, so that another may be chosen."""
        self.can_move = False
        """Whether it is this PC's own, which may be moved to a shared server."""
        self.signed_in = signed_in
        """Whether a person signed in; else the login is the settings' or the bundled database's."""
        folder = Path((home if home is not None else window_settings()).fileName()).parent
        person = Person(folder, connections.user, data_folder or connections.url_for_people)
        self.settings = person.settings
        self.drafts = Drafts(person.drafts_folder, self)
        self.undo = Undo(self)

    def close(self) -> None:
        """The window is closed: everything chosen and typed is on the disk."""
        self.settings.sync()
        self.drafts.close()

    def _follow_dealer(self, change: ChangeLike) -> None:
        """What is printed and counted is everywhere as the dealer's row says now."""
        if concerns(change, "dealer"):
            from dealer_desktop.services import dealer
            from dealer_desktop.ui import jobs

            jobs.run(self, dealer.get, self.reader, done=self._use_dealer, failed=lambda _error: None)

    def _use_dealer(self, row: "DealerRow") -> None:
        if row != self.dealer:
            self.dealer = row
            self.dealer_changed.emit()

    @property
    def at_work(self) -> "AtWork":
        """Who works here, and what they may."""
        if self._at_work is None:
            from dealer_desktop.services import users

            self._at_work = users.at_work(self.reader)
        return self._at_work

    @property
    def reader(self) -> "Reader":
        return self.connections.reader

    @property
    def bulk_reader(self) -> "Reader":
        """For what is much and may be a moment old; ``words_as_of`` says where it is older."""
        return self.connections.bulk_reader

    def words_as_of(self, moment: "datetime | None") -> str:
        """That what is shown is as of ``moment``; nothing where it is of now (None)."""
        if moment is None:
            return ""
        return _("What is shown is as of {time}.").format(time=formats.clock(moment, self.dealer.timezone))

    @property
    def session_maker(self) -> "SessionMaker":
        """What writes go through: the person's own, or on this thread a manager's (``acting_as``)."""
        acting: Connections | None = getattr(self._acting, "connections", None)
        return (acting or self.connections).session_maker

    @contextmanager
    def acting_as(self, connections: "Connections") -> Iterator[None]:
        """On this thread only: the writes of one act go through these connections."""
        self._acting.connections = connections
        try:
            yield
        finally:
            self._acting.connections = None

    def show(self, kind: str, row_id: int) -> None:
        """Go to the tab of ``kind`` and select the record there."""
        self.show_requested.emit(kind, row_id)

    def show_list(self, kind: str, filters: Mapping[str, object]) -> None:
        """Go to the tab of ``kind`` with its list narrowed to ``filters``: the panel's own states."""
        self.list_requested.emit(kind, dict(filters))

    def tell(self, sentence: str, offer: "Offered | None" = None) -> None:
        """One quiet sentence in the status bar, for some seconds, with ``offer`` as a button beside it."""
        self.told.emit(sentence)
        if offer is not None:
            self.offered.emit(*offer)

    def money(self, value: "Decimal", *, cents: bool = True) -> str:
        """An amount in the dealer's currency."""
        return formats.money(value, self.dealer.currency, cents=cents)

    @property
    def currency_symbol(self) -> str:
        return formats.currency_symbol(self.dealer.currency)
