"""The photos of a car are put in order, removed, brought back and looked at, by mouse and keys."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dealer_desktop.services import car_photos, cars
from dealer_desktop.services.inputs.photos import PhotoStep
from dealer_desktop.services.rows import CarRow, PhotoRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.photos.large_view import PhotoView
from dealer_desktop.ui.inventory.photos.sources import from_files
from dealer_desktop.ui.inventory.photos.tile_list import dragged, with_moved
from dealer_desktop.ui.inventory.tab import InventoryTab
from tests.services.conftest import Shop
from tests.ui.desk import Desk, is_open
from tests.ui.inventory.conftest import MakePhoto, OpenPhotos
from tests.ui.inventory.photos.photo_hands import action, drop, files_of, names, press

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_main_photo_is_chosen(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot
) -> None:
    opened = open_photos()
    assert [row.is_main for row in opened.list.photos.photos] == [True, False, False]
    index = opened.list.photos.index(2)
    qtbot.mouseClick(opened.list.viewport(), Qt.MouseButton.LeftButton, pos=opened.list.visualRect(index).center())
    press(opened, desk, "makeMainButton")
    assert names(shop, chosen_car) == [(three[0].id, False), (three[1].id, False), (three[2].id, True)]
    assert not action(opened, "makeMainAction").isEnabled()
    assert action(opened, "makeMainAction").toolTip() == "This is the main photo already."
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Photo 3 of 3, main photo"
    opened.list.choose([1], 1)
    qtbot.keyClick(opened.list, Qt.Key.Key_M, CTRL)
    desk.settle()
    assert [is_main for _id, is_main in names(shop, chosen_car)] == [False, True, False]


def test_photos_are_put_in_order_by_keys_faster_than_the_server_answers(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot
) -> None:
    opened = open_photos()
    opened.list.choose([0], 0)
    for _time in range(2):
        qtbot.keyClick(opened.list, Qt.Key.Key_Right, CTRL)
    assert opened.list.chosen_rows() == [2]
    assert action(opened, "moveLaterAction").toolTip() == "It stands last already."
    qtbot.keyClick(opened.list, Qt.Key.Key_Left, CTRL)
    desk.settle()
    one, two, last = (row.id for row in three)
    assert [photo_id for photo_id, _main in names(shop, chosen_car)] == [two, one, last]


def test_photos_are_dragged_to_another_place(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow
) -> None:
    opened = open_photos()
    one, two, last = (row.id for row in three)
    first = opened.list.visualRect(opened.list.photos.index(0))
    drop(opened.list.viewport(), dragged([last]), first.center() - QPoint(20, 0))
    desk.settle()
    assert [photo_id for photo_id, _main in names(shop, chosen_car)] == [last, one, two]
    drop(opened.list.viewport(), dragged([last]), QPoint(first.center().x(), opened.list.viewport().height() - 5))
    desk.settle()
    assert [photo_id for photo_id, _main in names(shop, chosen_car)] == [one, two, last]


@pytest.mark.parametrize(
    ("moved", "place", "order"),
    [([1], 4, [2, 3, 4, 1]), ([4], 0, [4, 1, 2, 3]), ([3, 1], 2, [2, 1, 3, 4]), ([2], 2, [1, 2, 3, 4])],
)
def test_what_is_moved_keeps_its_own_order(moved: list[int], place: int, order: list[int]) -> None:
    assert with_moved([1, 2, 3, 4], moved, place) == order


def test_removed_photos_are_brought_back_to_where_they_stood(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot
) -> None:
    opened = open_photos()
    opened.list.choose([0, 1], 0)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    desk.settle()
    assert names(shop, chosen_car) == [(three[2].id, True)]
    assert opened.banner.words == "2 photos are removed."
    press(opened, desk, "undoButton")
    rows = car_photos.of_car(shop.reader, chosen_car.id)
    assert [(row.url, row.is_main) for row in rows] == [(row.url, row.is_main) for row in three]
    assert opened.banner.words == ""
    assert not action(opened, "undoRemoveAction").isEnabled()
    opened.list.choose([2], 2)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    qtbot.keyClick(opened.list, Qt.Key.Key_Z, CTRL)  # before the server answered
    desk.settle()
    assert [row.url for row in car_photos.of_car(shop.reader, chosen_car.id)] == [row.url for row in three]


def test_a_removed_photos_file_goes_when_the_dialog_is_closed(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto, share: Path, qtbot: QtBot
) -> None:
    opened = open_photos()
    drop(opened.list.viewport(), files_of(photo("1.jpg"), photo("2.jpg")), QPoint(30, 30))
    desk.settle()
    rows = car_photos.of_car(shop.reader, chosen_car.id)
    desk.wait(lambda: opened.list.photos.rowCount() == 2, "both are shown")
    opened.list.choose([0], 0)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    assert (share / rows[0].url).is_file()
    qtbot.keyClick(opened.list, Qt.Key.Key_Escape)
    desk.settle()
    assert not (share / rows[0].url).exists()
    assert (share / rows[1].url).is_file()
    assert (photo("1.jpg")).is_file()  # the person's own file is nobody's business


def test_the_files_of_photos_removed_one_right_after_the_other_go_too(
    open_photos: OpenPhotos, desk: Desk, photo: MakePhoto, share: Path, qtbot: QtBot
) -> None:
    opened = open_photos()
    drop(opened.list.viewport(), files_of(*(photo(f"{number}.jpg") for number in range(3))), QPoint(30, 30))
    desk.settle()
    desk.wait(lambda: opened.list.photos.rowCount() == 3, "all are shown")
    opened.list.choose([0], 0)
    for _time in range(3):
        qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    desk.settle()
    assert len(list(share.rglob("*.jpg"))) == 1  # the last one may be wanted back
    qtbot.keyClick(opened.list, Qt.Key.Key_Escape)
    desk.settle()
    assert list(share.rglob("*.jpg")) == []


def test_a_photo_from_elsewhere_is_removed_but_its_file_stays(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, qtbot: QtBot
) -> None:
    opened = open_photos()
    opened.list.choose([0], 0)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    qtbot.keyClick(opened.list, Qt.Key.Key_Escape)
    desk.settle()
    assert Path(three[0].url).is_file()


def test_what_another_pc_changes_shows_in_the_open_dialog(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow
) -> None:
    opened = open_photos()
    opened.list.choose([2], 2)
    cars.remove_photo(shop.maker, PhotoStep(request_id=uuid4(), photo_id=three[0].id))
    desk.wait(lambda: opened.list.photos.rowCount() == 2, "the removed one is gone")
    assert opened.list.chosen_ids() == [three[2].id]
    shop.sql("DELETE FROM car_photos")
    desk.wait(lambda: opened.list.photos.rowCount() == 0, "all are gone")
    assert desk.find(QWidget, "noPhotos", opened).isVisible()


def test_a_change_that_came_too_late_is_told_and_the_truth_is_shown(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, qtbot: QtBot
) -> None:
    opened = open_photos()
    opened._context.feed.changed.disconnect(opened._note_change)  # the news has not come yet
    shop.sql("DELETE FROM car_photos WHERE id = %s", three[0].id)
    opened.list.choose([2], 2)
    qtbot.keyClick(opened.list, Qt.Key.Key_Left, CTRL)
    desk.settle()
    assert opened.banner.words == "The photos of this car changed meanwhile. Order them again."
    assert [row.id for row in opened.list.photos.photos] == [three[1].id, three[2].id]


def test_who_may_not_change_photos_is_told(
    three: tuple[PhotoRow, ...],
    open_photos: OpenPhotos,
    desk: Desk,
    shop: Shop,
    chosen_car: CarRow,
    photo: MakePhoto,
    share: Path,
    qtbot: QtBot,
) -> None:
    shop.sql(
        "CREATE FUNCTION no_right() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE 'permission denied' USING ERRCODE = '42501'; END $$"
    )
    shop.sql("CREATE TRIGGER no_right BEFORE INSERT OR DELETE ON car_photos EXECUTE FUNCTION no_right()")
    opened = open_photos()
    opened.list.choose([1], 1)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    desk.settle()
    assert opened.banner.words == "Your role does not allow this. Ask a manager."
    assert opened.list.photos.rowCount() == 3
    drop(opened.list.viewport(), files_of(photo("1.jpg")), QPoint(30, 30))
    desk.settle()
    assert "Your role does not allow this. Ask a manager." in opened.banner.words
    assert [file for file in share.rglob("*") if file.is_file()] == []


# -- looking ----------------------------------------------------------------------------------------------------------


def test_a_photo_is_seen_large_with_the_keys_through_the_others(
    three: tuple[PhotoRow, ...], chosen_car: CarRow, inventory: InventoryTab, desk: Desk, qtbot: QtBot
) -> None:
    gallery = inventory._card.gallery
    desk.wait(lambda: len(gallery.urls) == 3, "the card shows all three")
    qtbot.mouseClick(gallery.large, Qt.MouseButton.LeftButton)
    view: Any = desk.dialog("photoView")
    desk.settle()
    assert view.url == three[0].url
    assert view.is_loaded
    assert view.canvas.has_photo
    assert view.place.text() == "1 of 3"
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.url == three[1].url
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    assert view.url == three[2].url
    qtbot.keyClick(view.canvas, Qt.Key.Key_Home)
    assert view.url == three[0].url
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(view.canvas.width() - 9, 20))
    assert view.url == three[1].url
    desk.settle()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not is_open(view)


def test_photos_that_only_went_by_are_not_read(
    chosen_car: CarRow, inventory: InventoryTab, desk: Desk, shop: Shop, photo: MakePhoto, qtbot: QtBot
) -> None:
    urls = [str(photo(f"{number}.jpg")) for number in range(30)]
    view = PhotoView(urls, 0, "Kia", inventory)
    view.open()
    for _time in range(20):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert len(jobs.board().running) <= 6  # who else needs a thread finds one
    desk.settle()
    assert view.url == urls[20]
    assert view.is_loaded
    assert not {urls[number] for number in range(5, 18)} & view._whole
    view.reject()


def test_a_photo_that_is_gone_says_so_in_both_views(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, qtbot: QtBot
) -> None:
    Path(three[1].url).unlink()
    opened = open_photos()
    desk.wait(
        lambda: "no such file" in str(opened.list.photos.index(1).data(Qt.ItemDataRole.ToolTipRole)), "it says so"
    )
    opened.list.choose([1], 1)
    opened.list.setFocus()
    qtbot.keyClick(opened.list, Qt.Key.Key_Return)
    view: Any = desk.dialog("photoView")
    desk.settle()
    assert view.url == three[1].url
    assert "there is no such file" in view.trouble.text()
    assert not view.canvas.has_photo


def test_two_hundred_photos_ask_only_for_what_is_in_view(
    open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, photo: MakePhoto
) -> None:
    shop.sql(
        "INSERT INTO car_photos (car_id, url) SELECT %s, %s || n || '.jpg' FROM generate_series(1, 200) n",
        chosen_car.id, str(photo("many.jpg").parent / "many"),
    )  # fmt: skip
    opened = open_photos()
    desk.wait(lambda: opened.list.photos.rowCount() == 200, "all are there")

    def told(row: int) -> bool:
        return bool(opened.list.photos.index(row).data(Qt.ItemDataRole.ToolTipRole))

    desk.wait(lambda: told(0), "the first was asked for")
    desk.settle()
    tried = [row for row in range(200) if told(row)]
    assert 8 <= len(tried) <= 40
    assert tried == list(range(len(tried)))


def refuse(shop: Shop, state: str, what: str = "DELETE") -> None:
    """From now on nobody can remove a photo (``INSERT``: add one)."""
    shop.sql(
        "CREATE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE 'refused' USING ERRCODE = '{state}'; END $$"
    )
    shop.sql(f"CREATE TRIGGER refused BEFORE {what} ON car_photos EXECUTE FUNCTION refused()")


def test_after_a_lost_connection_retry_removes_once(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot
) -> None:
    opened = open_photos()
    refuse(shop, "08006")
    opened.list.choose([0, 1], 0)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    desk.settle()
    assert "connection to the database was lost" in opened.banner.words
    assert opened.list.photos.rowCount() == 3  # as the database has it
    shop.sql("DROP TRIGGER refused ON car_photos")
    press(opened, desk, "retryButton")
    assert names(shop, chosen_car) == [(three[2].id, True)]
    assert opened.list.photos.rowCount() == 1
    assert opened.banner.words == ""
    qtbot.keyClick(opened.list, Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert [row.url for row in car_photos.of_car(shop.reader, chosen_car.id)] == [row.url for row in three]


def test_what_a_busy_database_did_not_bring_back_is_brought_back_by_retry(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot
) -> None:
    opened = open_photos()
    opened.list.choose([0, 1], 0)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    desk.settle()
    refuse(shop, "55P03", "INSERT")
    qtbot.keyClick(opened.list, Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert "The database is busy" in opened.banner.words
    shop.sql("DROP TRIGGER refused ON car_photos")
    press(opened, desk, "retryButton")
    rows = car_photos.of_car(shop.reader, chosen_car.id)
    assert [(row.url, row.is_main) for row in rows] == [(row.url, row.is_main) for row in three]


def test_a_refused_order_does_not_take_undo_away(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot
) -> None:
    opened = open_photos()
    opened.list.choose([0], 0)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    desk.settle()
    refuse(shop, "42501", "UPDATE")
    qtbot.keyClick(opened.list, Qt.Key.Key_Right, CTRL)
    desk.settle()
    assert "Your role does not allow this" in opened.banner.words
    shop.sql("DROP TRIGGER refused ON car_photos")
    qtbot.keyClick(opened.list, Qt.Key.Key_Z, CTRL)
    desk.settle()
    assert [row.url for row in car_photos.of_car(shop.reader, chosen_car.id)] == [row.url for row in three]


def test_a_refusal_that_comes_after_closing_is_still_told(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk, shop: Shop, chosen_car: CarRow, qtbot: QtBot
) -> None:
    opened = open_photos()
    refuse(shop, "42501")
    opened.list.choose([0], 0)
    qtbot.keyClick(opened.list, Qt.Key.Key_Delete)
    qtbot.keyClick(opened.list, Qt.Key.Key_Escape)
    assert not is_open(opened)
    desk.settle()
    told: Any = desk.dialog("errorDialog")
    assert told.text() == "Your role does not allow this. Ask a manager."
    told.close()
    assert len(names(shop, chosen_car)) == 3


def test_the_menu_of_a_photo_offers_what_the_buttons_do(
    three: tuple[PhotoRow, ...], open_photos: OpenPhotos, desk: Desk
) -> None:
    opened = open_photos()
    opened.list.choose([0], 0)
    possible = [entry.text() for entry in opened.list.actions() if entry.isEnabled()]
    assert possible == ["See it large", "Later", "Paste", "Remove"]


def test_the_files_go_with_a_deleted_car(
    chosen_car: CarRow, inventory: InventoryTab, desk: Desk, photo: MakePhoto, share: Path
) -> None:
    inventory.photos.adder.add(chosen_car, from_files([photo("1.jpg")]))
    desk.settle()
    assert list(share.rglob("*.jpg")) != []
    desk.act("deleteCarAction")
    box = desk.dialog("deleteCarDialog")
    desk.click(desk.find(QPushButton, "deleteButton", box))
    desk.settle()
    assert list(share.rglob("*.jpg")) == []
