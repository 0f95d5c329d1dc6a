"""What a person does with photos: drag, drop, press; and what is then in the database."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from dealer_desktop.services import car_photos
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.inventory.photos.dialog import PhotosDialog
from tests.services.conftest import Shop
from tests.ui.desk import Desk


def names(shop: Shop, car: CarRow) -> list[tuple[int, bool]]:
    """The photos in the database: id and whether it is the main one."""
    return [(row.id, row.is_main) for row in car_photos.of_car(shop.reader, car.id)]


def files_of(*files: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return mime


def picture() -> QMimeData:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("darkgreen"))
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def drop(target: QWidget, mime: QMimeData, place: QPoint) -> None:
    """Come over ``target`` with it, and let go, as the window system tells it."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    QApplication.sendEvent(target, QDragEnterEvent(place, actions, mime, left, none))
    move = QDragMoveEvent(place, actions, mime, left, none)
    QApplication.sendEvent(target, move)
    assert move.isAccepted()
    event = QDropEvent(QPointF(place), actions, mime, left, none, QEvent.Type.Drop)
    QApplication.sendEvent(target, event)
    assert event.isAccepted()


def action(opened: PhotosDialog, name: str) -> QAction:
    found = opened.findChild(QAction, name)
    assert found is not None
    return found


def press(opened: PhotosDialog, desk: Desk, name: str) -> None:
    desk.click(desk.find(QPushButton, name, opened))
    desk.settle()
