"""Thumbnails: read once from the share, kept on this PC within a limit, made anew when the photo changed."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPixmapCache
from pytestqt.qtbot import QtBot

from dealer_desktop.core import settings
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.services import photo_files
from dealer_desktop.ui import jobs
from dealer_desktop.ui.widgets import thumbnails

SIZE = QSize(168, 94)


def photo(file: Path, colour: str = "steelblue", size: tuple[int, int] = (2000, 1500)) -> str:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(file))
    return str(file)


def kept() -> list[Path]:
    return sorted(thumbnails.folder().glob("*/*"))


def near(found: QColor, wanted: str) -> bool:
    """As far as a JPEG keeps a colour."""
    other = QColor(wanted)
    return all(
        abs(a - b) <= 4
        for a, b in zip(found.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )


def test_a_photo_is_read_from_the_share_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = photo(tmp_path / "1.jpg")
    image = thumbnails.read_photo(url, SIZE)
    assert image.size() == SIZE
    assert near(image.pixelColor(80, 40), "steelblue")
    assert len(kept()) == 1
    # Nobody may read the photo itself any more: every other size comes from what is kept.
    content = Path(url).read_bytes()
    stamp = Path(url).stat()
    Path(url).write_bytes(bytes(len(content)))
    os.utime(url, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert near(thumbnails.read_photo(url, QSize(60, 60)).pixelColor(30, 30), "steelblue")


def test_a_photo_that_changed_is_read_again(tmp_path: Path) -> None:
    url = photo(tmp_path / "1.png")
    thumbnails.read_photo(url, SIZE)
    photo(tmp_path / "1.png", "darkred", (1000, 800))
    assert near(thumbnails.read_photo(url, SIZE).pixelColor(80, 40), "darkred")


def test_what_is_kept_and_broken_is_made_anew(tmp_path: Path) -> None:
    url = photo(tmp_path / "1.png")
    thumbnails.read_photo(url, SIZE)
    kept()[0].write_bytes(b"broken by a full disk")
    assert near(thumbnails.read_photo(url, SIZE).pixelColor(80, 40), "steelblue")


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    thumbnails.folder().parent.mkdir(parents=True)
    thumbnails.folder().write_text("in the way")
    assert thumbnails.read_photo(photo(tmp_path / "1.png"), SIZE).size() == SIZE


def test_what_was_not_looked_at_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        thumbnails.read_photo(photo(tmp_path / f"{number}.png", size=(100 + number, 100)), SIZE)
    files = kept()
    for age, file in enumerate(files):
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    monkeypatch.setattr(thumbnails, "MOST_BYTES", files[0].stat().st_size * 2 + 200)
    thumbnails.prune()
    assert kept() == sorted(files[:2])


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40), b"<svg/>"])
def test_what_is_no_picture_says_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"photo\.jpg cannot be read"):
        thumbnails.read_photo(str(file), SIZE)


def test_a_missing_one_is_asked_for_once_until_it_is_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    board = thumbnails.board()
    url = str(tmp_path / "later.png")
    with qtbot.waitSignal(board.arrived, check_params_cb=lambda found: found == url):
        assert board.want(url, SIZE) is None
    assert "there is no such file" in board.trouble(url)
    photo(tmp_path / "later.png")
    assert board.want(url, SIZE) is None
    assert not jobs.board().running  # a list that is painted again does not ask a dead share again
    board.try_again(url)
    with qtbot.waitSignal(board.arrived, check_params_cb=lambda found: found == url):
        assert board.want(url, SIZE) is None
    found = board.want(url, SIZE)
    assert found is not None
    assert found.size() == SIZE
    assert board.trouble(url) == ""


def test_many_wishes_are_few_jobs_and_the_newest_comes_first(qtbot: QtBot, tmp_path: Path) -> None:
    board = thumbnails.board()
    urls = [photo(tmp_path / f"{number}.png", size=(40, 30)) for number in range(30)]
    arrived: list[str] = []
    board.arrived.connect(arrived.append)
    try:
        for url in urls:
            board.want(url, SIZE)
        assert len(jobs.board().running) <= 4
        assert jobs.wait_for_all()
    finally:
        board.arrived.disconnect(arrived.append)
    assert sorted(arrived) == sorted(urls)
    assert arrived.index(urls[-1]) < arrived.index(urls[4])


def test_what_was_made_stays_until_others_need_its_room(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = thumbnails.board()
    board.forget()
    monkeypatch.setattr(thumbnails, "MOST_MEMORY", 3 * SIZE.width() * SIZE.height() * 4)
    urls = [photo(tmp_path / f"{number}.png", size=(40, 30)) for number in range(4)]

    def make(url: str) -> None:
        with qtbot.waitSignal(board.arrived, check_params_cb=lambda found: found == url):
            assert board.want(url, SIZE) is None

    for url in urls[:3]:
        make(url)
    QPixmapCache.clear()  # as Qt does by and by
    assert all(board.want(url, SIZE) is not None for url in reversed(urls[:3]))
    make(urls[3])
    assert [board.want(url, SIZE) is not None for url in (urls[0], urls[1], urls[3])] == [True] * 3
    assert board.want(urls[2], SIZE) is None
    assert jobs.wait_for_all()


def test_a_photo_elsewhere_than_in_a_folder_has_a_thumbnail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOS__URL", "memory://thumbnails")
    settings.reload()
    url = "memory://thumbnails/1.jpg"
    photo_files.place(url).write_bytes(Path(photo(tmp_path / "1.jpg")).read_bytes())
    assert near(thumbnails.read_photo(url, SIZE).pixelColor(80, 40), "steelblue")
    photo_files.place(url).unlink()
    with pytest.raises(UnreadableFile, match="no such file"):
        thumbnails.read_photo(url, SIZE)
