"""Where the product's own files are, and where it keeps a person's."""

import os
import sys
from pathlib import Path

import platformdirs

APP_NAME = "dealer-desktop"


def product_root() -> Path:
    """The folder that holds ``alembic.ini``, ``migrations/`` and ``resources/``.

    A checkout has them beside the package, a wheel inside it (``_data``), a PyInstaller folder where it unpacks data.
    """
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    package = Path(__file__).resolve().parent.parent
    if (package.parent / "migrations" / "env.py").is_file():
        return package.parent
    return package / "_data"


def alembic_ini() -> Path:
    return product_root() / "alembic.ini"


def migrations() -> Path:
    return product_root() / "migrations"


def resources() -> Path:
    return product_root() / "resources"


def guides() -> Path:
    """The guides for people who work with the program, with their pictures."""
    return product_root() / "docs"


def executable_folder() -> Path:
    """The folder of the packaged executable; of the interpreter's script otherwise, or of the interpreter itself."""
    script = Path(sys.argv[0]) if sys.argv and not getattr(sys, "frozen", False) else Path()
    return (script if script.is_file() else Path(sys.executable)).resolve().parent


def running_as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def config_folder() -> Path:
    return platformdirs.user_config_path(APP_NAME, appauthor=False)


def data_folder() -> Path:
    """The person's data: the bundled database, drafts, photos.

    As root ``/var/lib``: PostgreSQL runs as a system user there, which cannot reach below ``/root``.
    """
    if running_as_root():
        return Path("/var/lib") / APP_NAME
    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def bundled_folder() -> Path:
    """Where the bundled database of this user lives."""
    return data_folder() / "database"


def demo_folder() -> Path:
    """Where the demo keeps its own bundled database and photos."""
    return data_folder() / "demo"


def log_folder() -> Path:
    return platformdirs.user_log_path(APP_NAME, appauthor=False)


def cache_folder() -> Path:
    """What can be made again at any time: thumbnails."""
    return platformdirs.user_cache_path(APP_NAME, appauthor=False)
