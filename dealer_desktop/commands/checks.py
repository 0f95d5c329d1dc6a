"""What ``doctor`` says of the database that the commands work on."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from dealer_desktop.commands import connection
from dealer_desktop.core import paths

if TYPE_CHECKING:
    from dealer_desktop.services.checks import Check


def run(*, demo: bool) -> "Iterator[Check]":
    from dealer_desktop.services import checks

    folder = paths.demo_folder() if demo else paths.data_folder()
    return checks.run(
        partial(connection.database_url, demo=demo), shared=connection.is_shared(demo=demo), folder=folder
    )
