"""What a photo's row may name: other programs write it too, and a file that never ends must not end the program."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dealer_desktop.core import paths, settings
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.services import photo_files

posix = pytest.mark.skipif(os.name != "posix", reason="there are no such files here")


def pipe(folder: Path) -> str:
    os.mkfifo(folder / "photo.jpg")
    return str(folder / "photo.jpg")


def link_to_a_pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe")
    (folder / "photo.jpg").symlink_to(folder / "pipe")
    return str(folder / "photo.jpg")


def device(_folder: Path) -> str:
    return "/dev/zero"


def link_to_a_device(folder: Path) -> str:
    (folder / "photo.jpg").symlink_to("/dev/urandom")
    return str(folder / "photo.jpg")


def device_as_an_address(_folder: Path) -> str:
    return "file:///dev/zero"


def a_folder(folder: Path) -> str:
    return str(folder)


KINDS = [pipe, link_to_a_pipe, device, link_to_a_device, device_as_an_address, a_folder]


@posix
@pytest.mark.parametrize("make", KINDS)
def test_only_regular_files_are_read_and_the_program_ends(tmp_path: Path, make: Callable[[Path], str]) -> None:
    code = (
        "import sys\n"
        "from dealer_desktop.core.errors import UnreadableFile\n"
        "from dealer_desktop.services import photo_files\n"
        "for look in (photo_files.read, photo_files.version):\n"
        "    try:\n"
        "        look(sys.argv[1])\n"
        "    except UnreadableFile as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, make(tmp_path)],
        cwd=paths.product_root(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout, "it was read"


@pytest.mark.parametrize(
    "url",
    [
        "zip://a.jpg::file:///tmp/a.zip",
        "simplecache::file:///etc/passwd",
        "filecache::http://h/a.jpg",
        "file:///tmp/a::b",
        "http://h/a::zip://b",
        "s3://b/a::zip://c",
        "github://user:repo@main/a.jpg",
        "sftp://h/a.jpg",
        "ssh://h/a.jpg",
        "ftp://h/a.jpg",
        "smb://h/a/b.jpg",
        "memory://a.jpg",
        "data:image/jpeg;base64://AAAA",
        "reference://a",
        "dask://a",
        "tar://a.jpg",
        "jupyter://h/a",
        "MEMORY://a.jpg",
        "libarchive://a.jpg",
        "hdfs://h/a",
    ],
)
def test_an_address_of_another_kind_is_not_read(url: str) -> None:
    for look in (photo_files.read, photo_files.version):
        with pytest.raises(UnreadableFile, match="kind of address"):
            look(url)


@pytest.mark.parametrize("url", ["memory:/a.jpg", "zip::a.jpg", "a::b.jpg", "~/a.jpg", "file:a.jpg"])
def test_what_is_no_address_is_a_file_of_the_folder(url: str) -> None:
    assert Path(str(photo_files.place(url).path)).is_relative_to(photo_files._own_folder())


def test_the_kind_of_place_that_the_settings_name_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOS__URL", "memory://photos")
    settings.reload()
    photo_files.folder().fs.pipe_file("/photos/a.jpg", b"x" * 10)
    photo_files.folder().fs.pipe_file("/elsewhere/b.jpg", b"y")
    assert photo_files.read("a.jpg") == b"x" * 10
    assert photo_files.read("memory://elsewhere/b.jpg") == b"y"
    with pytest.raises(UnreadableFile):
        photo_files.read("zip::a.jpg")
    monkeypatch.setattr(photo_files, "MAX_BYTES", 9)
    with pytest.raises(UnreadableFile, match="large"):
        photo_files.read("a.jpg")


def test_a_file_is_read_no_further_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of nothing
    with pytest.raises(UnreadableFile, match="large"):
        photo_files.read(str(tmp_path / "huge.jpg"))
