"""The database that a command works on: the shared server that is set, else the bundled one of this PC."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dealer_desktop.commands import signing_in
from dealer_desktop.core import paths
from dealer_desktop.core.errors import SchemaBehind, SchemaNewer
from dealer_desktop.core.settings import APP_CONFIG

if TYPE_CHECKING:
    from dealer_desktop.services import Connections


def is_shared(*, demo: bool = False) -> bool:
    """Whether the commands work on a server that the settings name."""
    return APP_CONFIG.db.is_configured and not demo


@contextmanager
def database_url(*, demo: bool = False) -> Iterator[str]:
    """The URL of the database, which runs until the block ends. Where the settings name a shared server and nobody who
    signs in, that is asked on the terminal. Raises NobodySignedIn where there is none, and what signing in raises.
    """
    if is_shared(demo=demo):
        yield signing_in.person_url()
        return
    from dealer_desktop.server import embedded

    with embedded.ensure_running(paths.demo_folder() if demo else None) as server:
        yield server.url


@contextmanager
def owner_url(*, demo: bool = False) -> Iterator[str]:
    """As ``database_url``, as the tables' owner: whoever DB__OWNER names, or DB__USER, or the terminal says."""
    if is_shared(demo=demo):
        yield signing_in.owner_url()
        return
    with database_url(demo=demo) as url:
        yield url


@contextmanager
def connections(*, demo: bool = False) -> "Iterator[Connections]":
    """Connections to that database. A bundled one is upgraded by the way, a shared one only by ``db upgrade``.

    Raises SchemaBehind or SchemaNewer.
    """
    from dealer_desktop import services
    from dealer_desktop.server import upgrade

    with database_url(demo=demo) as url:
        status = upgrade.status(url)
        if status is upgrade.SchemaStatus.NEWER:
            raise SchemaNewer(revision=upgrade.revision(url))
        if status is not upgrade.SchemaStatus.CURRENT:
            if APP_CONFIG.db.is_configured and not demo:
                raise SchemaBehind()
            save_before_upgrade(demo=demo)
            upgrade.upgrade(url, None)
        opened = services.open_connections(url, APP_CONFIG.db)
        try:
            yield opened
        finally:
            opened.close()


def save_before_upgrade(*, demo: bool = False) -> None:
    """A backup of the bundled database, where it has a schema that is about to change; the demo can be made anew.

    Raises FileNotWritten.
    """
    if demo or APP_CONFIG.db.is_configured:
        return
    from dealer_desktop.server import embedded, kept_backups, upgrade

    with embedded.ensure_running() as server:
        if upgrade.status(server.url) is upgrade.SchemaStatus.BEHIND:
            kept_backups.before_upgrade(server)
