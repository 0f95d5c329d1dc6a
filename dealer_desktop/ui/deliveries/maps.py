"""An address on a map: the PC's own program or browser is asked, nothing is fetched by us."""

from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def map_url(address: str, region: str) -> str:
    """Where the people of ``region`` (an ISO country) look for an address."""
    place = quote(" ".join(address.split()), safe="")
    if region in ("RU", "BY", "KZ"):
        return f"https://yandex.ru/maps/?text={place}"
    return f"https://www.openstreetmap.org/search?query={place}"


def show_on_map(address: str, region: str) -> None:
    """Open it in whatever the PC opens such links with."""
    QDesktopServices.openUrl(QUrl(map_url(address, region), QUrl.ParsingMode.StrictMode))
