"""The photos of a car come by dialog, drag and drop and clipboard; what is wrong is named, what is right is added."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from dealer_desktop.services import car_photos
from dealer_desktop.services.rows import CarRow
from dealer_desktop.ui.inventory.photos.dialog import PhotosDialog
from dealer_desktop.ui.inventory.photos.sources import from_files
from dealer_desktop.ui.inventory.tab import InventoryTab
from dealer_desktop.ui.widgets.question import Question
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open
from tests.ui.inventory.conftest import MakePhoto, OpenPhotos, dialog
from tests.ui.inventory.conftest import is_open as is_named_open
from tests.ui.inventory.photos.photo_hands import drop, files_of, names, picture, press

CTRL = Qt.KeyboardModifier.ControlModifier


def test_photos_are_added_by_the_systems_dialog(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto, share: Path
) -> None:
    opened = open_photos()
    desk.click(desk.find(QPushButton, "addPhotosButton", opened))
    system = dialog("openFileDialog")
    assert system.fileMode() == QFileDialog.FileMode.ExistingFiles
    system.filesSelected.emit([str(photo("1.jpg")), str(photo("Вид сзади.jpg"))])
    system.close()
    assert opened._context.settings.value("folders/photosDialog") == str(share.parent)
    desk.settle()
    rows = car_photos.of_car(shop.reader, chosen_car.id)
    assert [row.is_main for row in rows] == [True, False]
    assert all((share / row.url).is_file() for row in rows)
    desk.wait(lambda: opened.list.photos.rowCount() == 2, "both are shown")
    assert desk.told() == "2 photos added to Kia K5 2.5 GT Line."
    assert opened.banner.words == ""


def test_files_are_dropped_into_the_list_and_the_wrong_ones_are_named(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto, tmp_path: Path
) -> None:
    opened = open_photos()
    wrong = {"Прайс.jpg": "цены".encode(), "empty.png": b"", "cut.jpg": photo("whole.jpg").read_bytes()[:900]}
    for name, content in wrong.items():
        (tmp_path / name).write_bytes(content)
    drop(opened.list.viewport(), files_of(photo("1.jpg"), *(tmp_path / name for name in wrong)), QPoint(30, 30))
    desk.settle()
    assert len(names(shop, chosen_car)) == 1
    lines = opened.banner.words.splitlines()
    assert lines[0] == "3 files were not added:"
    assert lines[1].startswith("Прайс.jpg: it is no picture")
    assert lines[2] == "empty.png: it is empty."
    assert lines[3].startswith("cut.jpg: the picture is damaged or incomplete")
    assert opened.banner.buttons == []  # trying again would not help


def test_a_picture_is_pasted(open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot) -> None:
    opened = open_photos()
    QGuiApplication.clipboard().setText("no picture")
    qtbot.keyClick(opened.list, Qt.Key.Key_V, CTRL)
    assert "no picture on the clipboard" in opened.banner.words
    QGuiApplication.clipboard().setMimeData(picture())
    qtbot.keyClick(opened.list, Qt.Key.Key_V, CTRL)
    desk.settle()
    assert len(names(shop, chosen_car)) == 1


def test_an_address_from_a_browser_is_refused_with_what_to_do(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow
) -> None:
    opened = open_photos()
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/car.jpg")])
    drop(opened.list.viewport(), mime, QPoint(30, 30))
    desk.settle()
    assert "save the picture first" in opened.banner.words
    assert names(shop, chosen_car) == []


def test_photos_are_dropped_and_pasted_on_the_card(
    chosen_car: CarRow, inventory: InventoryTab, desk: Desk, shop: Shop, photo: MakePhoto, qtbot: QtBot
) -> None:
    gallery = inventory._card.gallery
    drop_on_card = files_of(photo("1.jpg"), photo("2.jpg"))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(40, 40), copy, drop_on_card, left, none)
    QApplication.sendEvent(gallery, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(gallery, QDropEvent(QPointF(40, 40), copy, drop_on_card, left, none))
    desk.settle()
    QGuiApplication.clipboard().setMimeData(files_of(photo("3.jpg")))
    gallery.large.setFocus()
    qtbot.keyClick(gallery.large, Qt.Key.Key_V, CTRL)
    desk.settle()
    assert [is_main for _id, is_main in names(shop, chosen_car)] == [True, False, False]
    desk.wait(lambda: len(gallery.urls) == 3, "the card shows all three")
    assert not is_named_open("photosDialog")


def test_what_went_wrong_on_the_card_is_told_in_the_dialog(
    chosen_car: CarRow, inventory: InventoryTab, desk: Desk, tmp_path: Path, open_photos: OpenPhotos
) -> None:
    (tmp_path / "notes.jpg").write_text("notes")
    QGuiApplication.clipboard().setMimeData(files_of(tmp_path / "notes.jpg"))
    inventory._card.gallery.pasted.emit()
    desk.settle()
    opened = desk.dialog("photosDialog")
    assert isinstance(opened, PhotosDialog)
    assert "notes.jpg: it is no picture" in opened.banner.words
    assert not opened.progress.isVisible()  # it is over


def test_an_unreachable_share_is_named_and_retry_adds_each_photo_once(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto, share: Path
) -> None:
    opened = open_photos()
    away = share.with_name("away")
    share.rename(away)
    drop(opened.list.viewport(), files_of(photo("1.jpg"), photo("2.jpg")), QPoint(30, 30))
    desk.settle()
    assert "PHOTOS__URL" in opened.banner.words
    assert str(share) in opened.banner.words
    assert names(shop, chosen_car) == []
    away.rename(share)
    press(opened, desk, "retryButton")
    assert len(names(shop, chosen_car)) == 2
    assert opened.banner.words == ""


def test_adding_is_stopped_and_gone_on_with(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto
) -> None:
    opened = open_photos()
    files = [photo(f"{number}.jpg") for number in range(12)]
    drop(opened.list.viewport(), files_of(*files), QPoint(30, 30))
    assert opened.progress.isVisible()
    desk.click(desk.find(QPushButton, "cancelAddingButton", opened))
    desk.settle()
    assert not opened.progress.isVisible()
    done = len(names(shop, chosen_car))
    assert done < 12
    assert f"{done} of 12 photos are added." in opened.banner.words
    press(opened, desk, "retryButton")
    assert len(names(shop, chosen_car)) == 12


def test_closing_the_dialog_does_not_stop_the_adding(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto, qtbot: QtBot
) -> None:
    opened = open_photos()
    drop(opened.list.viewport(), files_of(*(photo(f"{number}.jpg") for number in range(4))), QPoint(30, 30))
    qtbot.keyClick(opened.list, Qt.Key.Key_Escape)
    assert not is_open(opened)
    desk.settle()
    assert len(names(shop, chosen_car)) == 4
    assert desk.told() == "4 photos added to Kia K5 2.5 GT Line."


def test_what_is_dropped_meanwhile_is_followed_and_can_be_stopped_too(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto
) -> None:
    opened = open_photos()
    first, second = [photo("first.jpg")], [photo(f"{number}.jpg") for number in range(12)]
    drop(opened.list.viewport(), files_of(*first), QPoint(30, 30))
    drop(opened.list.viewport(), files_of(*second), QPoint(30, 30))
    desk.wait(lambda: opened.progress.bar.maximum() == 12, "the second batch is shown")
    desk.click(desk.find(QPushButton, "cancelAddingButton", opened))
    desk.settle()
    assert 1 <= len(names(shop, chosen_car)) < 13
    assert not opened.progress.isVisible()
    assert opened._keys.isVisible()


def test_stopped_to_close_the_window_no_other_photos_are_begun(
    chosen_car: CarRow, inventory: InventoryTab, desk: Desk, shop: Shop, photo: MakePhoto
) -> None:
    for batch in ("first", "second"):
        inventory.photos.adder.add(chosen_car, from_files([photo(f"{batch} {number}.jpg") for number in range(12)]))

    def agree() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, Question):
            desk.click(desk.find(QPushButton, "closeButton", box))
        else:
            QTimer.singleShot(20, agree)

    QTimer.singleShot(0, agree)
    desk.window.close()
    assert not desk.window.isVisible()
    desk.settle()
    assert len(names(shop, chosen_car)) < 12
    assert not desk.window.findChildren(PhotosDialog)
