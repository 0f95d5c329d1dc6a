"""Photos: scaled off the GUI thread; what is no photo is a placeholder, never a crash."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from dealer_desktop.core import settings
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.services import photo_files
from dealer_desktop.services.rows import PhotoRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.photos.gallery import Gallery
from dealer_desktop.ui.widgets.car_picture import CarPicture

SIZE = QSize(336, 188)


def test_a_huge_file_and_a_missing_one_are_told(photo_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile):
        photo_files.read("/nowhere/photo.jpg")
    monkeypatch.setattr(photo_files, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="too large"):
        photo_files.read(photo_file)


def test_a_relative_photo_lies_below_the_photos_folder(
    photo_file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PHOTOS__URL", str(tmp_path))
    settings.reload()
    try:
        assert photo_files.read(Path(photo_file).name) == Path(photo_file).read_bytes()
    finally:
        monkeypatch.undo()
        settings.reload()


def test_the_placeholder_stays_where_nothing_can_be_read(qtbot: QtBot) -> None:
    picture = CarPicture(SIZE)
    qtbot.addWidget(picture)
    for url in ("/nowhere/photo.jpg", "", None, "memory://there/is/nothing.jpg"):
        picture.show_photo(url)
        assert jobs.wait_for_all()
        assert not picture.has_photo
        assert not picture.grab().isNull()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Seven pictures."""
    found = []
    for number in range(7):
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(QColor(number * 30, 0, 0))
        found.append(str(tmp_path / f"{number}.png"))
        image.save(found[-1])
    return found


@pytest.fixture
def gallery(qtbot: QtBot, files: list[str]) -> Gallery:
    """They are a car's; the fourth is its main one."""
    made = Gallery()
    qtbot.addWidget(made)
    made.show()
    made.show_photos([PhotoRow(n, 1, url, is_main=n == 3, position=n) for n, url in enumerate(files)])
    return made


def test_the_gallery_walks_through_all_photos(qtbot: QtBot, gallery: Gallery, files: list[str]) -> None:
    assert gallery.large.url == files[3]
    assert [small.url for small in gallery.small] == [files[3], files[0], files[1], files[2]]
    assert gallery.small[3]._veil == "+3"
    gallery.large.setFocus()
    seen = set()
    for _turn in range(7):
        seen.add(gallery.large.url)
        qtbot.keyClick(gallery.large, Qt.Key.Key_Right)
    assert seen == set(files)
    assert gallery.large.url == files[3]
    qtbot.keyClick(gallery.large, Qt.Key.Key_Left)
    assert gallery.large.url == files[6]
    qtbot.mouseClick(gallery.small[0], Qt.MouseButton.LeftButton)
    assert gallery.large.url == gallery.urls[3]
    assert jobs.wait_for_all()


@pytest.mark.parametrize("how", ["click", "enter"])
def test_the_large_photo_asks_to_be_seen_alone(qtbot: QtBot, gallery: Gallery, how: str) -> None:
    gallery.large.setFocus()
    qtbot.keyClick(gallery.large, Qt.Key.Key_Right)
    with qtbot.waitSignal(gallery.opened, check_params_cb=lambda number: number == 1):
        if how == "click":
            qtbot.mouseClick(gallery.large, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(gallery.large, Qt.Key.Key_Return)
    assert jobs.wait_for_all()


def test_a_new_main_photo_is_shown_at_once(gallery: Gallery, files: list[str]) -> None:
    gallery.show_photos([PhotoRow(n, 1, url, is_main=n == 5, position=n) for n, url in enumerate(files)])
    assert gallery.large.url == files[5]
    assert jobs.wait_for_all()


def test_a_gallery_without_photos_offers_to_add_some(qtbot: QtBot) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.show()
    assert gallery.button.text() == "Add photos"
    for press in (gallery.button, gallery.large):
        with qtbot.waitSignal(gallery.photos_wanted):
            qtbot.mouseClick(press, Qt.MouseButton.LeftButton)


def test_what_is_missing_is_said_in_the_tooltip(qtbot: QtBot, tmp_path: Path) -> None:
    picture = CarPicture(SIZE)
    qtbot.addWidget(picture)
    picture.set_hint("Photo 1 of 2")
    picture.show_photo(str(tmp_path / "<b>gone</b>.jpg"))
    assert jobs.wait_for_all()
    assert "there is no such file" in picture.toolTip()
    assert picture.toolTip().startswith("<qt>")
    assert "&lt;b&gt;" in picture.toolTip()
    picture.show_photo(str(tmp_path / "Anna's photo.jpg"))
    assert jobs.wait_for_all()
    assert "Anna's photo.jpg" in picture.toolTip()
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(tmp_path / "there.jpg"))
    picture.show_photo(str(tmp_path / "there.jpg"))
    assert jobs.wait_for_all()
    assert picture.has_photo
    assert picture.toolTip() == "Photo 1 of 2"
