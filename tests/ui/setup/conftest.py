"""A PC of its own, whose bundled database is the run's: made and prepared once for all tests."""

from pathlib import Path

import pytest

from dealer_desktop.core import paths
from dealer_desktop.server import embedded
from dealer_desktop.server.embedded import BundledServer


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PC on which nobody has started the program; the folder that it is started from."""
    program = tmp_path / "program"
    program.mkdir()
    monkeypatch.setattr(paths, "executable_folder", lambda: program)
    return program


@pytest.fixture
def own_database(server: BundledServer, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of the PC's own database."""
    monkeypatch.setattr(embedded, "default_folder", lambda: server.data_folder)
    monkeypatch.setattr(server._shared, "url", database_url)
    # The run's other processes work on that server too.
    monkeypatch.setattr(embedded, "others_use", lambda _server: False)
    return database_url
