"""Servers of a test's own, which may be killed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealer_desktop.server import embedded
from dealer_desktop.server.cluster import Cluster


@pytest.fixture
def throwaway() -> Iterator[Path]:
    """A folder for a bundled database; what still runs in it is killed at the end."""
    folder = embedded.throwaway_folder()
    yield folder
    for shared in [shared for at, shared in embedded._servers.items() if at.is_relative_to(folder)]:
        shared._holders = 1
        shared.leave()
    for pgdata in folder.rglob("pgdata"):
        cluster = Cluster(pgdata.parent)
        if cluster.running():
            cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)
