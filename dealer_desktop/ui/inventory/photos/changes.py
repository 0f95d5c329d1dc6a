"""Changes of a car's photos, written one after the other off the GUI thread: order, main photo, removing, undoing."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from dealer_desktop.core.errors import Busy, ConnectionLost
from dealer_desktop.services import car_photos, cars
from dealer_desktop.services.inputs.photos import PhotoInput, PhotoOrder, PhotoStep
from dealer_desktop.services.rows import PhotoRow
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.ui import jobs
from dealer_desktop.ui.session.context import UiContext

Work = Callable[[SessionMaker], Sequence[PhotoRow]]


class PhotoChanges(QObject):
    """What a person does faster than the server answers waits its turn; ``busy`` until all is written.

    A removed photo's file is kept as long as it can be brought back: until the next ones are removed, or ``close``.
    It goes once all is written: before that a row may still name it.
    """

    written = Signal(tuple)
    """The car's photos as they are now; after the last of what was asked for."""
    failed = Signal(object, bool)
    """Why one was refused, and whether ``retry`` sends it again; what waited behind it is dropped."""

    def __init__(self, context: UiContext, car_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._car_id = car_id
        self._waiting: deque[Work] = deque()
        self._running: Work | None = None
        self._lost: Work | None = None
        self._removed: tuple[PhotoRow, ...] = ()
        self._removal: Work | None = None
        """What removes them, until it is written."""
        self._unsure: tuple[PhotoRow, ...] = ()
        """What a removal without an answer was about."""
        self._left_files: list[str] = []
        """Of photos that nobody can bring back any more."""
        self._closed = False

    @property
    def busy(self) -> bool:
        return self._running is not None

    @property
    def removed(self) -> tuple[PhotoRow, ...]:
        """What ``undo`` brings back."""
        return self._removed

    def set_order(self, photo_ids: Sequence[int]) -> None:
        order = PhotoOrder(request_id=uuid4(), car_id=self._car_id, photo_ids=tuple(photo_ids))
        self._ask(lambda maker: cars.order_photos(maker, order))

    def set_main(self, photo: PhotoRow) -> None:
        step = PhotoStep(request_id=uuid4(), photo_id=photo.id)
        self._ask(lambda maker: cars.set_main_photo(maker, step))

    def remove(self, photos: Sequence[PhotoRow]) -> None:
        """They are gone at once for everybody, and may be brought back."""
        self._give_up(self._removed)
        self._removed = tuple(photos)
        steps = [PhotoStep(request_id=uuid4(), photo_id=photo.id) for photo in photos]
        self._removal = lambda maker: [cars.remove_photo(maker, step) for step in steps][-1]
        self._ask(self._removal)

    def undo(self) -> None:
        """Bring back what was removed last, to where it stood."""
        # The main one last: each of them might become it else.
        back = sorted(self._removed, key=lambda photo: photo.is_main)
        self._removed = ()
        inputs = [
            PhotoInput(request_id=uuid4(), car_id=p.car_id, url=p.url, position=p.position, is_main=p.is_main)
            for p in back
        ]
        self._ask(partial(_bring_back, self._context, self._car_id, inputs))

    def retry(self) -> None:
        """Send again what got no answer, with its request ids: what was done already is not done twice."""
        if self._lost is not None:
            work, self._lost = self._lost, None
            if self._unsure:
                self._give_up(self._removed)
                self._removed, self._unsure, self._removal = self._unsure, (), work
            self._ask(work)

    def close(self) -> None:
        """Nothing will be brought back any more: once all is written, the files go, and this object too."""
        self._closed = True
        if self._running is None:
            self._end()

    def _end(self) -> None:
        self._give_up(self._removed + self._unsure)
        self._forget_files()
        self.deleteLater()

    def _give_up(self, photos: Sequence[PhotoRow]) -> None:
        self._left_files += [photo.url for photo in photos]

    def _forget_files(self) -> None:
        urls, self._left_files = self._left_files, []
        if urls:
            board = jobs.board()  # outlives the dialog
            jobs.run(board, _forget, self._context, urls, writes=True, failed=lambda _error: None)

    def _ask(self, work: Work) -> None:
        self._waiting.append(work)
        if self._running is None:
            self._next()

    def _next(self) -> None:
        self._running = self._waiting.popleft()
        jobs.run(self, self._running, self._context.session_maker, done=self._done, failed=self._not_done, writes=True)

    def _done(self, photos: Sequence[PhotoRow]) -> None:
        if self._running is self._removal:
            self._removal = None
        self._running = None
        if self._waiting:
            self._next()
            return
        self.written.emit(tuple(photos))
        if self._closed:
            self._end()
        else:
            self._forget_files()

    def _not_done(self, error: Exception) -> None:
        work, self._running = self._running, None
        self._waiting.clear()
        self._lost = work if isinstance(error, Busy | ConnectionLost) else None
        if self._removal is not None:
            # Whether they are gone is not known, and what is still there must not be there twice.
            removed, self._removed = self._removed, ()
            if self._lost is self._removal:
                self._unsure = removed
            else:
                self._give_up(removed)
            self._removal = None
        if self._closed:
            jobs.board().unhandled.emit(error)  # nobody else is there to say it
            self._end()
        else:
            self.failed.emit(error, self._lost is not None)


def _bring_back(
    context: UiContext, car_id: int, inputs: Sequence[PhotoInput], maker: SessionMaker
) -> Sequence[PhotoRow]:
    for photo in inputs:
        cars.add_photo(maker, photo)
    return car_photos.of_car(context.reader, car_id)


def _forget(context: UiContext, urls: Sequence[str]) -> None:
    for url in urls:
        car_photos.forget_file(context.reader, url)
