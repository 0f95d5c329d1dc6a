"""What is known of a car besides its own row: photos, reports, reviews."""

from sqlalchemy.orm import Session

from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.dao import cars as dao
from dealer_desktop.dao.rows import PhotoRow, ReportRow, ReviewRow
from dealer_desktop.services.inputs.photos import PhotoInput, PhotoOrder, PhotoStep
from dealer_desktop.services.inputs.reports import ReportInput, ReviewInput
from dealer_desktop.services.transactions.connections import SessionMaker
from dealer_desktop.services.transactions.found import found
from dealer_desktop.services.transactions.once import carry_out


def add_photo(session_maker: SessionMaker, photo: PhotoInput) -> PhotoRow:
    """The first photo of a car becomes its main one. Raises NotFound, NotAllowed."""

    def work(session: Session) -> int:
        _lock(session, photo.car_id)
        is_main = photo.is_main or not dao.photos(session, photo.car_id)
        place = {} if photo.position is None else {"position": photo.position}
        photo_id = dao.insert_photo(session, car_id=photo.car_id, url=photo.url, **place)
        if is_main:
            dao.set_main_photo(session, photo.car_id, photo_id)
        return photo_id

    return carry_out(session_maker, "photo.add", photo, work, _photo)


def set_main_photo(session_maker: SessionMaker, step: PhotoStep) -> tuple[PhotoRow, ...]:
    """Returns the car's photos. Raises NotFound."""

    def work(session: Session) -> int:
        photo = _lock_photo(session, step.photo_id)
        dao.set_main_photo(session, photo.car_id, photo.id)
        return photo.car_id

    return carry_out(session_maker, "photo.set_main", step, work, dao.photos)


def order_photos(session_maker: SessionMaker, order: PhotoOrder) -> tuple[PhotoRow, ...]:
    """Returns the car's photos in their new order. Raises NotFound, InvalidInput where the list is not the car's."""

    def work(session: Session) -> int:
        _lock(session, order.car_id)
        known = [photo.id for photo in dao.photos(session, order.car_id)]
        if sorted(known) != sorted(order.photo_ids):
            raise InvalidInput({"photo_ids": _("The photos of this car changed meanwhile. Order them again.")})
        dao.order_photos(session, order.photo_ids)
        return order.car_id

    return carry_out(session_maker, "photo.order", order, work, dao.photos)


def remove_photo(session_maker: SessionMaker, step: PhotoStep) -> tuple[PhotoRow, ...]:
    """Returns the photos that are left, the next one as the main one; the file itself is not touched."""

    def work(session: Session) -> int:
        photo = _lock_photo(session, step.photo_id)
        dao.delete_photo(session, photo.id)
        left = dao.photos(session, photo.car_id)
        if photo.is_main and left:
            dao.set_main_photo(session, photo.car_id, left[0].id)
        return photo.car_id

    return carry_out(session_maker, "photo.remove", step, work, dao.photos)


def add_report(session_maker: SessionMaker, report: ReportInput) -> ReportRow:
    """Raises NotFound."""

    def work(session: Session) -> int:
        _lock(session, report.car_id)
        return dao.insert_report(session, car_id=report.car_id, report_type=report.report_type, data=report.data)

    return carry_out(session_maker, "report.add", report, work, _report)


def add_review(session_maker: SessionMaker, review: ReviewInput) -> ReviewRow:
    """Raises NotFound."""

    def work(session: Session) -> int:
        _lock(session, review.car_id)
        return dao.insert_review(session, **review.model_dump(exclude={"request_id"}))

    return carry_out(session_maker, "review.add", review, work, _review)


def _lock(session: Session, car_id: int) -> None:
    found(dao.lock(session, car_id))


def _lock_photo(session: Session, photo_id: int) -> PhotoRow:
    """The photo, its car locked: who changes the photos of one car waits for the other."""
    _lock(session, _photo(session, photo_id).car_id)
    return _photo(session, photo_id)


def _photo(session: Session, photo_id: int) -> PhotoRow:
    return found(dao.photo(session, photo_id))


def _report(session: Session, report_id: int) -> ReportRow:
    return found(dao.report(session, report_id))


def _review(session: Session, review_id: int) -> ReviewRow:
    return found(dao.review(session, review_id))
