"""What a notification makes a table do: rows in view at once, ids at most once in two seconds, hidden tables later."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from dealer_desktop.services import tables
from dealer_desktop.ui.session.changes import ChangeFeed, ChangeLike, concerns
from dealer_desktop.ui.tables.model import WindowedTableModel

INTERVAL_MS = 2_000
_SOON_MS = 40
_BUSY_MS = 250


class Refresher(QObject):
    def __init__(self, feed: ChangeFeed, model: WindowedTableModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._own = tables.own_table(model.kind)
        self._shown = tables.shown_tables(model.kind)
        self._visible = False
        self._stale = False
        self._since = QElapsedTimer()
        self._ids_timer = QTimer(self, singleShot=True)
        self._ids_timer.timeout.connect(self._refresh_ids)
        self._rows_timer = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._rows_timer.timeout.connect(model.reread_window)
        feed.changed.connect(self._note)

    @property
    def is_stale(self) -> bool:
        return self._stale

    def set_visible(self, visible: bool) -> None:
        self._visible = visible
        if not visible and (self._ids_timer.isActive() or self._rows_timer.isActive()):
            self._stale = True
            self._ids_timer.stop()
            self._rows_timer.stop()
        if visible and self._stale and self._model.was_asked:
            self._stale = False
            self._model.reload()
            self.note_refreshed()

    def note_refreshed(self) -> None:
        self._ids_timer.stop()
        self._since.start()

    def _note(self, change: ChangeLike) -> None:
        if not concerns(change, *self._shown):
            return
        own = concerns(change, self._own)
        if not self._visible:
            self._stale = True
            if own:
                self._model.forget(change.ids)
            return
        # Another table's row says nothing of which rows of this one it shows in.
        self._model.forget(change.ids if own else None)
        seen = not own or change.ids is None or change.ids & self._model.watched_ids
        if seen and not self._rows_timer.isActive():  # begun anew, it would never end while changes stream in
            self._rows_timer.start()
        if not self._ids_timer.isActive():
            passed = self._since.elapsed() if self._since.isValid() else INTERVAL_MS
            self._ids_timer.start(max(_SOON_MS, INTERVAL_MS - passed))

    def _refresh_ids(self) -> None:
        if self._model.is_asking:
            # What is on its way may have been read before this change.
            self._ids_timer.start(_BUSY_MS)
            return
        self._since.start()
        self._model.refresh_ids()
