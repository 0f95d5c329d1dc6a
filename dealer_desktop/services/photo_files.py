"""The files of cars' photos, wherever they live: ``PHOTOS__URL`` may be a folder, a share or ``s3://``.

A photo that this program takes in is kept as ``cars/<car's id>/<request id>.jpg`` below that place, and its row names
it by just that, so that another PC finds it where the share is mounted elsewhere. Everything here may take as long as
the share or the network does: never call it on the GUI thread.
"""

import contextlib
import errno
import logging
import os
import re
import stat
from datetime import timedelta
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.request import url2pathname
from uuid import UUID, uuid4

from dealer_desktop.core import paths
from dealer_desktop.core.errors import PhotosOutOfReach, UnreadableFile
from dealer_desktop.core.file_faults import read_regular, reason_of
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG

if TYPE_CHECKING:
    from upath import UPath

_log = logging.getLogger(__name__)
MAX_BYTES = 40_000_000
"""A larger file is no photo for a screen."""
_OURS = re.compile(r"cars/\d+/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jpg")
_TRIES = 20
_LOCAL = ("", "file", "local")
_PROTOCOLS = frozenset({"file", "http", "https", "s3"})
"""Of the addresses in a photo's row, whatever else is installed."""
_RENAMING = ("smb", "sftp", "ssh", "ftp")
"""Where a file grows while it is written, and a finished one can be given its name at once."""


_home: Path | None = None


def keep_in(home: Path | None) -> None:
    """Keep photos in ``home``, whatever ``PHOTOS__URL`` says: the demo's do not belong with the dealership's."""
    global _home
    _home = home


def folder() -> "UPath":
    """Where photos with a relative ``url`` are; a folder of the person's data where nothing is set."""
    url = _setting()
    return _located(url) if url else _on_disk(_own_folder())


def _setting() -> str:
    return "" if _home is not None else APP_CONFIG.photos.url


def _own_folder() -> Path:
    return _home or paths.data_folder() / "photos"


def place(url: str) -> "UPath":
    """The file that a photo's ``url`` names: an address or an absolute path as it is, else below ``folder()``.

    Other programs write urls too, and what fsspec makes of one may be anything: a chain that unpacks an archive of any
    size, another PC's disk, a repository. So only files, the web, S3 and the kind of place that ``PHOTOS__URL`` names.
    Raises UnreadableFile.
    """
    kind, _colon, rest = url.partition("://")
    if rest and (kind.lower() not in _allowed() or "::" in url):
        raise UnreadableFile(file=url, reason=_("photos are not read from this kind of address"))
    if rest or PurePath(url).is_absolute() or Path(url).is_absolute():
        return _located(url)
    root = folder()
    if _is_local(root):
        return _on_disk(Path(str(root.path)) / url)  # where "memory:/" and "zip::" are names like any other
    if "::" in url:
        raise UnreadableFile(file=url, reason=_("photos are not read from this kind of address"))
    return root / url


def _allowed() -> frozenset[str]:
    own = _setting().partition("://")[0].lower() if "://" in _setting() else "file"
    return _PROTOCOLS | {own}


def new_url(car_id: int, request_id: UUID) -> str:
    """What a photo taken in for that request is called: the same at every repeat, and no other's."""
    return f"cars/{car_id}/{request_id}.jpg"


def is_ours(url: str) -> bool:
    """Whether this program made the file; nothing else is ever deleted."""
    return _OURS.fullmatch(url) is not None


def read(url: str) -> bytes:
    """The file behind a photo's ``url``. Raises UnreadableFile."""
    try:
        file = place(url)
        content = read_regular(Path(str(file.path)), MAX_BYTES + 1) if _is_local(file) else _fetched(file)
    except UnreadableFile:
        raise
    except Exception as error:  # each of upath's file systems has errors of its own
        raise UnreadableFile(file=url, reason=_reason(error)) from error
    if len(content) > MAX_BYTES:
        raise UnreadableFile(file=url, reason=_("it is too large for a photo"))
    return content


def _fetched(file: "UPath") -> bytes:
    """The beginning of a file elsewhere: on the web whoever answers may send without end, whatever length was said."""
    size = file.stat().st_size
    if size and size > MAX_BYTES:
        raise UnreadableFile(file=str(file), reason=_("it is too large for a photo"))
    if size and file.protocol not in ("http", "https"):
        return bytes(file.fs.cat_file(file.path))
    with file.fs.open(file.path, "rb") as opened:
        return bytes(opened.read(MAX_BYTES + 1))


def version(url: str) -> str:
    """Where the file is, how long and from when: equal as long as the picture is the same. Raises UnreadableFile."""
    try:
        file = place(url)
        found = file.stat()
        if _is_local(file) and not stat.S_ISREG(found.st_mode):
            raise OSError(errno.ENODEV, "it is no file")
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(file=url, reason=_reason(error)) from error
    return f"{file}|{found.st_size}|{found.st_mtime}"


def write(url: str, content: bytes) -> None:
    """Keep ``content`` under ``url``, whole or not at all. Raises PhotosOutOfReach.

    The place that ``PHOTOS__URL`` names is not made: where a share is not mounted, the photos would land under its
    mount point, on this PC alone.
    """
    try:
        root = folder()
        file = root / url
        if _is_local(file):
            _write_local(Path(str(root.path)), Path(str(file.path)), content)
        elif file.protocol in _RENAMING:
            if file.fs.exists(file.path):
                return  # the same request's, by an earlier try: these servers rename onto nothing
            half = f"{file.path}.{uuid4().hex}.part"
            file.fs.makedirs(file.parent.path, exist_ok=True)
            file.fs.pipe_file(half, content)
            file.fs.mv(half, file.path)
        else:
            file.fs.pipe_file(file.path, content)  # an object is there once it is whole
    except Exception as error:
        _log.warning("the photo %s was not written: %s", url, error)
        raise PhotosOutOfReach(place=_place_for_people(), reason=_reason(error)) from error


def demand_place() -> None:
    """That the folder or share which the settings name is there. Raises PhotosOutOfReach."""
    root = folder()
    if _setting() and _is_local(root) and not Path(str(root.path)).is_dir():
        raise PhotosOutOfReach(place=_place_for_people(), reason=_("there is no such file or folder"))


def try_out() -> str:
    """Write and delete a small file where photos are kept; the place, for people. Raises PhotosOutOfReach."""
    url = new_url(0, uuid4())
    write(url, b"")
    remove(url)
    return _place_for_people()


def remove(url: str) -> None:
    """Delete a file of ours; what cannot be deleted, or is gone, is left. Nothing that is not ours is touched."""
    if not is_ours(url):
        return
    try:
        file = folder() / url
        if _is_local(file):
            Path(str(file.path)).unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                Path(str(file.path)).parent.rmdir()  # of a car without other photos
        else:
            file.fs.rm_file(file.path)
    except Exception as error:
        _log.warning("the photo %s was not deleted: %s", url, error)


def _write_local(root: Path, file: Path, content: bytes) -> None:
    if _setting() and not root.is_dir():
        root.stat()  # says that it is not there
        raise NotADirectoryError(20, "it is no folder", str(root))
    half = file.with_name(f".{file.name}.{uuid4().hex}.part")
    try:
        with _opened(half) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _opened(file: Path) -> BinaryIO:
    """``file`` in its folder, which whoever removes a car's last photo takes away just then."""
    for _time in range(_TRIES):
        with contextlib.suppress(FileNotFoundError, FileExistsError):
            file.parent.mkdir(parents=True, exist_ok=True)
            return file.open("xb")
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.open("xb")


def _is_local(file: "UPath") -> bool:
    return file.protocol in _LOCAL


def _on_disk(path: Path) -> "UPath":
    from upath import UPath  # with fsspec a tenth of a second, which no start waits for

    return UPath(path)


def _located(url: str) -> "UPath":
    from upath import UPath

    if url.startswith("file://"):
        return UPath(url2pathname(url.removeprefix("file:" if os.name == "nt" else "file://")))
    if "://" not in url:
        return _on_disk(Path(url))
    if not url.startswith("s3://"):
        return UPath(url)
    _use_light_s3()
    photos = APP_CONFIG.photos
    config: dict[str, Any] = {
        "endpoint": photos.endpoint,
        "region": photos.region,
        "access_key_id": photos.key.get_secret_value(),
        "secret_access_key": photos.secret.get_secret_value(),
    }
    return UPath(
        url,
        config={name: value for name, value in config.items() if value},
        client_options={"allow_http": photos.endpoint.startswith("http://"), "timeout": "30s", "connect_timeout": "5s"},
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )


@cache
def _use_light_s3() -> None:
    """obstore instead of s3fs, which would bring botocore and aiohttp: 50 MB against 16."""
    from obstore.fsspec import register

    register("s3")


def _place_for_people() -> str:
    """Where the photos are, without a password that the address may hold."""
    url = _setting() or str(_own_folder())
    return re.sub(r"(?<=://)([^/@]*):[^/@]*@", r"\1@", url)


def _reason(error: Exception) -> str:
    """Half a sentence; the first line alone of what a library says at length."""
    if isinstance(error, FileNotFoundError):
        return _("there is no such file or folder")
    if isinstance(error, ImportError):
        return _("this kind of place needs a package that is not installed: {reason}").format(reason=str(error)[:200])
    return reason_of(error).partition("\n")[0].rstrip(" .")
