"""Which of the bundled server's databases this PC works with: the first that was made, or one restored beside it."""

from pathlib import Path

from dealer_desktop.server.provision import DATABASE

_FILE = "in-use"


def read(folder: Path) -> str:
    """Its name, for the bundled server in ``folder``."""
    try:
        return (folder / _FILE).read_text("utf-8").strip() or DATABASE
    except (FileNotFoundError, UnicodeDecodeError):
        return DATABASE


def write(folder: Path, name: str) -> None:
    """From the next start on; whole or not at all. Raises OSError."""
    half = folder / f".{_FILE}.new"
    half.write_text(name, "utf-8")
    half.replace(folder / _FILE)
