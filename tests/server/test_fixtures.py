"""The fixtures that everybody's tests stand on."""

import os
from pathlib import Path

from dealer_desktop.core import paths
from dealer_desktop.server.connect import connect


def test_each_test_has_a_database_of_its_own(empty_database_url: str) -> None:
    with connect(empty_database_url) as connection:
        connection.execute("CREATE TABLE mine (id int)")
        assert connection.execute("SELECT count(*) FROM mine").fetchone() == (0,)


def test_no_test_reaches_the_persons_files() -> None:
    assert "pytest" in str(paths.data_folder())
    assert "pytest" in str(paths.config_folder())
    assert "pytest" in str(Path.cwd())
    assert not [name for name in os.environ if name.startswith("DB__")]
