"""Photos: scaled off the GUI thread; what is no photo is a placeholder, never a crash."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from dealer_desktop.core import settings
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.services import photos
from dealer_desktop.services.rows import PhotoRow
from dealer_desktop.ui import jobs
from dealer_desktop.ui.inventory.gallery import Gallery
from dealer_desktop.ui.widgets import car_picture
from dealer_desktop.ui.widgets.car_picture import CarPicture, read_photo

SIZE = QSize(336, 188)


def test_a_photo_fills_its_place(photo_file: str) -> None:
    image = read_photo(photo_file, SIZE)
    assert image.size() == SIZE
    assert image.pixelColor(100, 100) == QColor("steelblue")


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40), b"GIF89a"])
def test_what_is_no_picture_is_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(content)
    assert read_photo(str(file), SIZE).isNull()


def test_a_monstrous_picture_is_not_decoded(photo_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(car_picture, "_MAX_PIXELS", 800 * 600 - 1)
    assert read_photo(photo_file, SIZE).isNull()


def test_a_huge_file_and_a_missing_one_are_told(photo_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile):
        photos.read("/nowhere/photo.jpg")
    monkeypatch.setattr(photos, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="too large"):
        photos.read(photo_file)


def test_a_relative_photo_lies_below_the_photos_folder(
    photo_file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PHOTOS__URL", str(tmp_path))
    settings.reload()
    try:
        assert photos.read(Path(photo_file).name) == Path(photo_file).read_bytes()
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


def test_the_gallery_walks_through_all_photos(qtbot: QtBot, tmp_path: Path) -> None:
    files = []
    for number in range(7):
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(QColor(number * 30, 0, 0))
        files.append(str(tmp_path / f"{number}.png"))
        image.save(files[-1])
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.show()
    rows: list[Any] = [PhotoRow(n, 1, url, is_main=n == 3, position=n) for n, url in enumerate(files)]
    gallery.show_photos(rows)
    assert gallery.large.url == files[3]
    assert [small.url for small in gallery.small] == [files[3], files[0], files[1], files[2]]
    assert gallery.small[3]._more == 3
    seen = set()
    for _turn in range(7):
        seen.add(gallery.large.url)
        qtbot.mouseClick(gallery.large, Qt.MouseButton.LeftButton)
    assert seen == set(files)
    assert gallery.large.url == files[3]
    gallery.large.setFocus()
    qtbot.keyClick(gallery.large, Qt.Key.Key_Space)
    assert gallery.large.url == files[0]
    assert jobs.wait_for_all()
