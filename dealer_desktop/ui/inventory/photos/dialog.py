"""The photos of one car: add, choose the main one, put in order, remove; what others change shows here too."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import car_photos
from dealer_desktop.services.rows import CarRow, PhotoRow
from dealer_desktop.services.transactions.connections import Ticket
from dealer_desktop.ui import jobs, theme
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.inventory.photos.adder import PhotoAdder
from dealer_desktop.ui.inventory.photos.adding import Added, PhotoAdding, trouble
from dealer_desktop.ui.inventory.photos.changes import PhotoChanges
from dealer_desktop.ui.inventory.photos.large_view import PhotoView
from dealer_desktop.ui.inventory.photos.progress import PhotoProgress
from dealer_desktop.ui.inventory.photos.tile_list import PhotoList, with_moved
from dealer_desktop.ui.session.changes import ChangeLike, concerns
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.theme.fonts import pixels
from dealer_desktop.ui.widgets import thumbnails
from dealer_desktop.ui.widgets.banner import Banner
from dealer_desktop.ui.widgets.buttons import ActionButton, WordButton, set_available
from dealer_desktop.ui.widgets.card import label
from dealer_desktop.ui.widgets.dialog_frame import DialogFoot, DialogHead, fit_into_window, room_for
from dealer_desktop.ui.widgets.loading_line import LoadingLine

_SIZE = (872, 640)
_PAUSE = 150
"""Milliseconds from the first of several notifications to the one reading that they make."""


class PhotosDialog(QDialog):
    """``adder`` adds what is chosen, dropped and pasted, also after the dialog is closed."""

    def __init__(self, context: UiContext, car: CarRow, adder: PhotoAdder, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("photosDialog")
        self.setWindowTitle(_("Photos of the car"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.car = car
        self._context = context
        self._adder = adder
        self._known = False
        self._reading: jobs.Job | None = None
        self._changes = PhotoChanges(context, car.id, adder)
        self._changes.written.connect(self._show_photos)
        self._changes.failed.connect(self._refused)
        self.list = PhotoList()
        self.banner = Banner(name="photosBanner")
        self.progress = PhotoProgress()
        self._make_actions()
        self._build()
        self.list.moved.connect(self._move_to)
        self.list.dropped.connect(lambda sources: adder.add(car, sources))
        self.list.opened.connect(self._see)
        self.list.chosen.connect(self._show_actions)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._read)
        context.feed.changed.connect(self._note_change)
        adder.began.connect(self.follow)
        if adder.current is not None:
            self.follow(adder.current)
        self._show_actions()
        self._read()

    # -- the look -----------------------------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        make = self._action
        self.add = make("addPhotosAction", _("Add…"), "plus", self._ask_for_files, "Ctrl+O")
        self.paste = make("pastePhotoAction", _("Paste"), "clipboard", self._paste, "Ctrl+V")
        self.main = make("makeMainAction", _("Make main"), "star", self._make_main, "Ctrl+M", "M")
        self.earlier = make("moveEarlierAction", _("Earlier"), "arrow-left", lambda: self._move(-1), "Ctrl+Left")
        self.later = make("moveLaterAction", _("Later"), "arrow-right", lambda: self._move(1), "Ctrl+Right")
        self.see = make("seePhotoAction", _("See it large"), "arrows-out", self._see_chosen, "Ctrl+Return")
        self.remove = make("removePhotosAction", _("Remove"), "trash", self._remove, "Del")
        self.undo = make("undoRemoveAction", _("Undo"), "arrow-u-up-left", self._undo, "Ctrl+Z")

    def _action(self, name: str, words: str, icon: str, slot: Callable[[], object], *keys: str) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.setObjectName(name)
        action.setIconText(words)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)
        set_available(action, None)
        return action

    def _build(self) -> None:
        head = DialogHead(self.car.title)
        self._about = head.about
        self._about.setObjectName("photosCount")
        self._line = LoadingLine()
        empty = label(
            _("No photos yet. Drop files here, paste a picture with Ctrl+V, or press Add."), "base", "second", wrap=True
        )
        empty.setObjectName("noPhotos")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setContentsMargins(pixels(120), 0, pixels(120), 0)
        empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty = empty
        self._pages = QStackedWidget()
        self._pages.setProperty("place", "surface")
        self._pages.addWidget(self.list)
        over = QVBoxLayout(self.list)
        over.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (head, self._toolbar(), self._line, self.banner):
            column.addWidget(part)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot())
        fit_into_window(self, *_SIZE)
        self.list.addActions([self.see, self.main, self.earlier, self.later, self.paste, self.remove, self.undo])
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.setFocus()

    def _toolbar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("place", "toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        buttons: list[ActionButton] = []
        for action in (self.add, self.paste, None, self.main, self.earlier, self.later, self.see, None, self.remove):
            if action is None:
                row.addSpacing(8)
                continue
            button = ActionButton(
                action, "primary" if action is self.add else "quiet", with_icon=action is not self.add
            )
            button.setObjectName(action.objectName().replace("Action", "Button"))
            row.addWidget(button)
            buttons.append(button)
        row.addStretch(1)
        if bar.sizeHint().width() > room_for(self).width():
            for button in buttons:  # letters of twice the size on a small screen
                button.leave_icon_out()
        return bar

    def _foot(self) -> QFrame:
        foot = DialogFoot()
        keys = label(_("Drag to change the order. Files may be dropped here from any folder."), "small", "second")
        self._keys = keys
        close = WordButton("closeButton", _("Close"), self.reject)
        close.setToolTip(_("Esc"))
        foot.row.addWidget(self.progress, 1)
        foot.row.addWidget(keys, 1)
        foot.row.addWidget(close)
        return foot

    # -- what is there ------------------------------------------------------------------------------------------------

    def _note_change(self, change: ChangeLike) -> None:
        if concerns(change, "car_photos") and not self._timer.isActive():
            self._timer.start()

    def _read(self) -> None:
        jobs.cancel(self._reading)
        ticket = Ticket()
        self._line.set_loading(not self._known)
        self._reading = jobs.run(
            self,
            car_photos.of_car,
            self._context.reader,
            self.car.id,
            ticket,
            done=self._were_read,
            failed=self._unreadable,
            ticket=ticket,
        )

    def _were_read(self, photos: Sequence[PhotoRow]) -> None:
        self._reading = None
        if not self._known:
            for photo in photos:
                thumbnails.board().try_again(photo.url)
        if self._changes.busy:
            self._timer.start()  # what is on its way to the database is shown already
        else:
            self._show_photos(photos)

    def _unreadable(self, error: Exception) -> None:
        self._reading = None
        self._line.set_loading(False)
        if not self.banner.words:  # why a change was not written, with its own Retry, is worth more
            self.banner.show_message(sentence_of(error), "amber", ("retryButton", _("Retry"), self._read_again))

    def _read_again(self) -> None:
        self.banner.clear()
        self._read()

    def _show_photos(self, photos: Sequence[PhotoRow]) -> None:
        self._known = True
        self._line.set_loading(False)
        self.list.show_photos(photos)
        self._show_actions()

    def _show_actions(self) -> None:
        count, chosen = self.list.photos.rowCount(), self.list.chosen_rows()
        words = ngettext("{count} photo", "{count} photos", count).format(count=formats.number(count))
        self._about.setText(words if count else "")
        self._empty.setVisible(self._known and count == 0)
        one = None if len(chosen) == 1 else _("Choose one photo first.")
        some = None if chosen else _("Choose a photo first.")
        is_main = len(chosen) == 1 and self.list.photos.photos[chosen[0]].is_main
        at_start = chosen == list(range(len(chosen)))
        at_end = chosen == list(range(count - len(chosen), count))
        set_available(self.main, one or (_("This is the main photo already.") if is_main else None))
        set_available(self.earlier, some or (_("It stands first already.") if at_start else None))
        set_available(self.later, some or (_("It stands last already.") if at_end else None))
        set_available(self.see, one)
        set_available(self.remove, some)
        set_available(self.undo, None if self._changes.removed else _("There is nothing to undo."))

    # -- what is done -------------------------------------------------------------------------------------------------

    def _ask_for_files(self) -> None:
        self._adder.ask_for_files(self.car, self)

    def _paste(self) -> None:
        if not self._adder.paste(self.car):
            self.banner.show_message(
                _("There is no picture on the clipboard. Copy a photo, or its file, first."), "second"
            )

    def _make_main(self) -> None:
        photo = self.list.photos.photos[self.list.chosen_rows()[0]]
        self._changes.set_main(photo)

    def _move(self, by: int) -> None:
        """The chosen ones together, one place on."""
        rows = self.list.chosen_rows()
        place = max(0, rows[0] - 1) if by < 0 else min(self.list.photos.rowCount(), rows[-1] + 2)
        self._move_to(self.list.chosen_ids(), place)

    def _move_to(self, photo_ids: Sequence[int], place: int) -> None:
        shown = {photo.id: photo for photo in self.list.photos.photos}
        order = with_moved(list(shown), photo_ids, place)
        if order != list(shown):
            self.list.show_photos([shown[photo_id] for photo_id in order])
            self._changes.set_order(order)
            self._show_actions()

    def _see_chosen(self) -> None:
        self._see(self.list.chosen_rows()[0])

    def _see(self, row: int) -> None:
        urls = [photo.url for photo in self.list.photos.photos]
        PhotoView(urls, row, self.car.title, self).open()

    def _remove(self) -> None:
        chosen = self.list.chosen_ids()
        gone = [photo for photo in self.list.photos.photos if photo.id in chosen]
        self.list.show_photos([photo for photo in self.list.photos.photos if photo.id not in chosen])
        self._changes.remove(gone)
        words = ngettext("{count} photo is removed.", "{count} photos are removed.", len(gone))
        self.banner.show_message(
            words.format(count=formats.number(len(gone))), "second", ("undoButton", _("Undo (Ctrl+Z)"), self._undo)
        )
        self._show_actions()
        self.list.setFocus()

    def _undo(self) -> None:
        self.banner.clear()
        self._changes.undo()
        self._show_actions()
        self.list.setFocus()

    def _refused(self, error: Exception, may_retry: bool) -> None:
        again = ("retryButton", _("Retry"), self._retry)
        self.banner.show_message(sentence_of(error), "amber", *([again] if may_retry else []))
        self._read()

    def _retry(self) -> None:
        self.banner.clear()
        self._changes.retry()

    # -- adding -------------------------------------------------------------------------------------------------------

    def follow(self, adding: PhotoAdding) -> None:
        """Show how far it is, and what became of it."""
        if adding.car.id == self.car.id:
            self._keys.hide()
            self.progress.follow(adding)
            adding.ended.connect(self._added)

    def _added(self, result: Added) -> None:
        self._keys.setVisible(self.progress.isHidden())
        self.show_result(result)

    def show_result(self, result: Added) -> None:
        """Say what was refused and why, and offer to go on with what was not tried."""
        words = trouble(result)
        if not words:
            return
        left = result.left
        again = _("Retry") if result.error is not None else _("Add the rest")
        button = ("retryButton", again, lambda: self._add_rest(left))
        self.banner.show_message(words, "amber", *([button] if left else []))

    def _add_rest(self, left: Sequence[object]) -> None:
        self.banner.clear()
        self._adder.add(self.car, left)  # type: ignore[arg-type]

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """Overrides QDialog: what was removed stays removed."""
        self._changes.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Overrides QDialog: the window's own cross is Escape."""
        if self.isVisible():
            self.reject()
        super().closeEvent(event)
