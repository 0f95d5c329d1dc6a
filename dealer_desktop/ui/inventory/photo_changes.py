"""Changes of a car's photos, written one after the other off the GUI thread: order, main photo, removing, undoing."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from dealer_desktop.core.errors import ConnectionLost
from dealer_desktop.services import car_photos, cars
from dealer_desktop.services.dealership import SessionMaker
from dealer_desktop.services.photo_inputs import PhotoInput, PhotoOrder, PhotoStep
from dealer_desktop.services.rows import PhotoRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.context import UiContext

Work = Callable[[SessionMaker], Sequence[PhotoRow]]


class PhotoChanges(QObject):
    """What a person does faster than the server answers waits its turn; ``busy`` until all is written.

    A removed photo's file is kept as long as it can be brought back: until the next ones are removed, or ``close``.
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
        self._forget_files()
        self._removed = tuple(photos)
        steps = [PhotoStep(request_id=uuid4(), photo_id=photo.id) for photo in photos]
        self._ask(lambda maker: [cars.remove_photo(maker, step) for step in steps][-1])

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
            self._ask(work)

    def close(self) -> None:
        """Nothing will be brought back any more: once all is written, the files go, and this object too."""
        self._closed = True
        if self._running is None:
            self._end()

    def _end(self) -> None:
        self._forget_files()
        self.deleteLater()

    def _forget_files(self) -> None:
        urls, self._removed = [photo.url for photo in self._removed], ()
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
        self._running = None
        if self._waiting:
            self._next()
            return
        self.written.emit(tuple(photos))
        if self._closed:
            self._end()

    def _not_done(self, error: Exception) -> None:
        work, self._running = self._running, None
        self._waiting.clear()
        self._lost = work if isinstance(error, ConnectionLost) else None
        self._removed = ()  # whether they are gone is not known, and what is still there must not be there twice
        if self._closed:
            jobs.board().unhandled.emit(error)  # nobody else is there to say it
            self.deleteLater()
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
