"""A car's photos with their files: taken in, taken away, brought back.

The file is written first and its row second, so that no row ever names a file that is not there. A row that is
removed leaves its file until nobody can want it back: whoever offers "Undo" calls ``forget_file`` when the offer is
over. A file too many, left by a program that was killed in between, harms nobody. A copy of the database that is
worked on needs a place for photos of its own: what is removed there is removed where it lies.
"""

import logging

from dealer_desktop.core.errors import Busy, ConnectionLost, DealerError
from dealer_desktop.dao import cars as dao
from dealer_desktop.dao.rows import PhotoRow
from dealer_desktop.services import car_facts, cars, photo_files
from dealer_desktop.services.inputs.cars import CarStep
from dealer_desktop.services.inputs.photos import NewPhoto, PhotoInput
from dealer_desktop.services.transactions.connections import Reader, SessionMaker, Ticket

_log = logging.getLogger(__name__)


def of_car(reader: Reader, car_id: int, ticket: Ticket | None = None) -> tuple[PhotoRow, ...]:
    """In their order."""
    return reader.run(ticket, lambda session: dao.photos(session, car_id))


def take_in(session_maker: SessionMaker, photo: NewPhoto, jpeg: bytes) -> PhotoRow:
    """Keep ``jpeg`` below ``PHOTOS__URL`` as the car's last photo; its first one becomes its main one.

    Raises PhotosOutOfReach, NotFound, NotAllowed, Busy, ConnectionLost. Where no row came of it the file is
    gone again; after a lost connection nobody knows, and one that is busy cannot tell what an earlier try stored: then
    it stays, and the same request finds or writes its row.
    """
    url = photo_files.new_url(photo.car_id, photo.request_id)
    photo_files.write(url, jpeg)
    given = PhotoInput(request_id=photo.request_id, car_id=photo.car_id, url=url)
    try:
        return car_facts.add_photo(session_maker, given)
    except (Busy, ConnectionLost):
        raise
    except Exception:
        photo_files.remove(url)
        raise


def forget_file(reader: Reader, url: str) -> None:
    """Delete the file of a photo that was removed, unless it is not ours or a row still names it.

    Raises ConnectionLost, Busy: without an answer it stays.
    """
    if photo_files.is_ours(url) and not reader.run(None, lambda session: dao.photo_is_named(session, url)):
        photo_files.remove(url)


def delete_car(session_maker: SessionMaker, reader: Reader, step: CarStep) -> int:
    """Delete a car that has no order and no review, with the files of its photos; returns its id.

    Raises CarHasHistory, NotFound. Only the files that its rows named go: another database, such as one to practise
    on, may keep its photos in the same place, and has cars with the same numbers.
    """
    named = [photo.url for photo in of_car(reader, step.car_id)]
    deleted = cars.delete(session_maker, step)
    for url in named:
        try:
            forget_file(reader, url)
        except DealerError as error:  # the car is gone all the same
            _log.info("the photo %s stays: %s", url, error)
    return deleted
