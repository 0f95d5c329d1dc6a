"""Adding photos to a car: read, checked, made small and stored one by one off the GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from dealer_desktop.core import formats
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext
from dealer_desktop.services import car_photos
from dealer_desktop.services.inputs.photos import NewPhoto
from dealer_desktop.services.rows import CarRow, PhotoRow
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.ui import jobs
from dealer_desktop.ui.errors import sentence_of
from dealer_desktop.ui.inventory.photos.sources import PhotoSource, prepare
from dealer_desktop.ui.session.context import UiContext
from dealer_desktop.ui.widgets.picture_files import NotAPhoto

_TOLD = 8
"""Refused files that are named; of more it is said how many."""


@dataclass
class Added:
    """What became of it."""

    photos: list[PhotoRow] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """A file's name and why, as half a sentence."""
    left: list[PhotoSource] = field(default_factory=list)
    """Not tried, or not known whether stored: to be sent again as they are."""
    error: Exception | None = None
    """Why it stopped, if not because a person stopped it."""

    @property
    def is_whole(self) -> bool:
        return not (self.refused or self.left or self.error)


class PhotoAdding(QObject):
    """``start`` begins; ``ended`` gives what became of it, also after ``cancel``."""

    progressed = Signal(int, int)
    ended = Signal(object)
    """An Added."""

    def __init__(self, context: UiContext, car: CarRow, sources: Sequence[PhotoSource], parent: QObject) -> None:
        super().__init__(parent)
        self.car = car
        self.total = len(sources)
        self._context = context
        self._sources = list(sources)
        self._result = Added(left=list(sources))
        self._job: jobs.Job | None = None

    def start(self) -> None:
        self._job = jobs.run(
            self,
            _add_all,
            self._context.session_maker,
            self.car.id,
            self._sources,
            self._result,
            takes_job=True,
            writes=True,
            name=_("Adding photos"),
            done=lambda _none: None,
            failed=self._failed,
        )
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(self._finish)

    def cancel(self) -> None:
        """What is stored already stays."""
        jobs.cancel(self._job)

    def _failed(self, error: Exception) -> None:
        self._result.error = error

    def _finish(self) -> None:
        self._job = None
        self.ended.emit(self._result)


def _add_all(
    job: jobs.Job, session_maker: SessionMaker, car_id: int, sources: Sequence[PhotoSource], result: Added
) -> None:
    """A file that is no photo is passed over; where the database or the share refuses one, all wait for a person."""
    for number, source in enumerate(sources, start=1):
        if job.is_canceled():
            return
        try:
            jpeg = prepare(source)
            given = NewPhoto(request_id=source.request_id, car_id=car_id)
            result.photos.append(car_photos.take_in(session_maker, given, jpeg))
        except NotAPhoto as error:
            result.refused.append((source.name, str(error)))
        except DealerError as error:
            result.error = error
            return
        result.left.pop(0)
        job.report(number, len(sources))


def told(result: Added, car: CarRow) -> str:
    """For the status bar."""
    count = len(result.photos)
    words = ngettext("{count} photo added to {car}.", "{count} photos added to {car}.", count)
    return words.format(count=formats.number(count), car=car.title)


def trouble(result: Added) -> str:
    """What a person has to know, a line a sentence; empty where all is well."""
    lines = []
    if result.error is not None:
        lines.append(sentence_of(result.error))
    if result.left:
        count, total = len(result.photos), len(result.photos) + len(result.refused) + len(result.left)
        words = ngettext("{count} of {total} photo is added.", "{count} of {total} photos are added.", total)
        lines.append(words.format(count=formats.number(count), total=formats.number(total)))
    if result.refused:
        count = len(result.refused)
        words = ngettext("{count} file was not added:", "{count} files were not added:", count)
        lines.append(words.format(count=formats.number(count)))
        lines += [_("{file}: {reason}.").format(file=name, reason=reason) for name, reason in result.refused[:_TOLD]]
        if count > _TOLD:
            lines.append(_("and {count} more.").format(count=formats.number(count - _TOLD)))
    return "\n".join(lines)
