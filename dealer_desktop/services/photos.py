"""Reading the pictures of cars, wherever they live: ``PHOTOS__URL`` may be a folder, a share or ``s3://``."""

from pathlib import Path, PurePath

from upath import UPath

from dealer_desktop.core import paths
from dealer_desktop.core.errors import UnreadableFile
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG

MAX_BYTES = 40_000_000
"""A larger file is no photo for a screen."""


def folder() -> UPath:
    """Where photos with a relative ``url`` are; a folder of the person's data where nothing is set."""
    return UPath(APP_CONFIG.photos.url) if APP_CONFIG.photos.url else UPath(paths.data_folder() / "photos")


def place(url: str) -> UPath:
    """The file that a photo's ``url`` names: an address or an absolute path as it is, else below ``folder()``."""
    if "://" in url or PurePath(url).is_absolute() or Path(url).is_absolute():
        return UPath(url)
    return folder() / url


def read(url: str) -> bytes:
    """The file behind a photo's ``url``. Raises UnreadableFile; may take as long as the share or the network does."""
    try:
        file = place(url)
        size = file.stat().st_size
        if size and size > MAX_BYTES:
            raise UnreadableFile(file=url, reason=_("it is too large for a photo"))
        content = bytes(file.read_bytes())
    except UnreadableFile:
        raise
    except Exception as error:  # each of upath's file systems has errors of its own
        raise UnreadableFile(file=url, reason=str(error)[:200] or type(error).__name__) from error
    if len(content) > MAX_BYTES:
        raise UnreadableFile(file=url, reason=_("it is too large for a photo"))
    return content
