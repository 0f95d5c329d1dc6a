"""How a window gets its database, step by step, off the GUI thread: reach the server, know the person, bring the schema
up to date, open the connections. ``application.py`` decides what is shown meanwhile; nothing here knows Qt.
"""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_desktop.core import chosen_database, paths, saved_passwords
from dealer_desktop.core.errors import (
    DealerError,
    LoginRefused,
    NoRightToUpgrade,
    NotAllowed,
    SchemaBehind,
    SchemaNewer,
)
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.person_errors import SignInRefused, UpgradeNeedsOwner
from dealer_desktop.core.settings import APP_CONFIG

if TYPE_CHECKING:
    from dealer_desktop.server.catching_up import Mark
    from dealer_desktop.server.embedded import BundledServer
    from dealer_desktop.server.sign_in import SignedIn
    from dealer_desktop.services import Connections
    from dealer_desktop.services.rows import AtWork, DealerRow

# Services and server, and with them SQLAlchemy, are imported where they are first needed: on the thread that connects,
# while the window is on the screen already.

_log = logging.getLogger(__name__)
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """Which database a window works on: ``folder`` of a bundled one, or the one that the settings say."""

    folder: Path | None = None
    is_demo: bool = False
    url: str = ""
    """A database that runs already; for tests."""
    settings: Path | None = None
    """Where the window's own settings are kept, if not with the person's; for rehearsals and tests."""
    signs_in: bool = False
    """People sign in at ``url``; for tests."""


@dataclass(frozen=True)
class Reached:
    """A server that answers, or one where somebody has to sign in before it says anything."""

    url: str
    """Its URL: with the login of the settings or of the bundled database, or with none."""
    server: "BundledServer | None" = None
    signs_in: bool = False
    """Whether a person has to sign in."""
    place: str = ""
    """The database in words, without a secret."""

    @property
    def current_url(self) -> str:
        """The URL now: a bundled server that was started again may listen elsewhere."""
        return self.server.url if self.server is not None else self.url

    def release(self) -> None:
        if self.server is not None:
            self.server.release()


@dataclass(frozen=True)
class Opened:
    """One person's connections, and what every screen needs of the dealer."""

    connections: "Connections"
    dealer: "DealerRow"
    at_work: "AtWork"
    is_overheard: bool = False
    """Whether the server is not this PC and the connection is not encrypted."""
    seen: "Mark | None" = None
    """Where the history stood before anything was read."""

    def close(self) -> None:
        self.connections.close()


def chosen_place() -> Place:
    """The place that the settings say."""
    config = APP_CONFIG.db
    if config.place == chosen_database.DEMO and not config.is_configured:
        return Place(paths.demo_folder(), is_demo=True)
    return Place()


def is_first_start() -> bool:
    """Whether nobody ever said where the database is: not in the settings, nor by having worked with this PC's own.

    As root its folder is every home's: there it is told by the window's settings in this home who did.
    """
    if APP_CONFIG.db.is_configured or chosen_database.is_chosen():
        return False
    was_used = (paths.bundled_folder() / "pgdata").exists()
    return not was_used or (paths.running_as_root() and not (paths.config_folder() / "window.ini").exists())


def reach(place: Place, tell: Tell) -> Reached:
    """Find the server, starting the bundled one. Raises a DealerError that says why there is none."""
    from dealer_desktop.server import connect

    if place.url:
        return Reached(place.url, None, place.signs_in, connect.place(place.url))
    if place.folder is None and APP_CONFIG.db.is_configured:
        url = APP_CONFIG.db.sqlalchemy_db_uri
        if not APP_CONFIG.db.user:
            # Nobody needs to type a password before a server that does not answer is told, and tried again.
            tell(_("Connecting to the database…"))
            with contextlib.suppress(LoginRefused):
                connect.connect(url).close()
        return Reached(url, None, not APP_CONFIG.db.user, connect.place(url))
    from dealer_desktop.server import embedded, sign_in

    tell(_("Starting the database of this PC…"))
    server = embedded.ensure_running(place.folder)
    try:
        _upgrade(server.url, tell, None if place.is_demo else server)
        signs_in = not place.is_demo and sign_in.staff_sign_in(server.url)
        return Reached(server.url, server, signs_in, _("the database of this PC"))
    except BaseException:
        server.release()
        raise


def sign_in(reached: Reached, email: str, password: str, remember: bool) -> "SignedIn":
    """Who that is; the password is kept in the system's keyring where they ask for it, and forgotten where not.

    Raises what ``server.sign_in`` raises.
    """
    from dealer_desktop.server import sign_in as server_sign_in

    found = server_sign_in.sign_in(reached.current_url, email, password)
    login = server_sign_in.login_of(email)
    if remember:
        saved_passwords.keep(reached.place, login, password)
    else:
        saved_passwords.forget(reached.place, login)
    return found


def enter(reached: Reached, person: "SignedIn | None", place: Place, tell: Tell) -> Opened:
    """Open the database as ``person``, or with the login that the settings or the bundled database give.

    A schema that is behind is upgraded by whoever may: the login itself, else the owner's of the settings. Raises
    UpgradeNeedsOwner where nobody here may, and every other DealerError that says why it cannot be opened.
    """
    from dealer_desktop import services
    from dealer_desktop.server import health
    from dealer_desktop.services import catching_up, users
    from dealer_desktop.services import dealer as dealer_service

    url = person.url if person is not None else reached.current_url
    if reached.server is None:  # a bundled one was brought up to date when it was reached
        tell(_("Connecting to the database…"))
        _upgrade(url, tell)
    connections = services.open_connections(url, APP_CONFIG.db)
    try:
        if place.is_demo:
            assert place.folder is not None
            _fill_demo(connections, place.folder, tell)
        seen = None
        with contextlib.suppress(NotAllowed, SchemaBehind):  # then it hears of everything
            seen = catching_up.mark(connections.reader)
        opened = Opened(
            connections,
            dealer_service.get(connections.reader),
            users.at_work(connections.reader),
            reached.server is None and health.is_overheard(url),
            seen,
        )
        keep_photos_of(place)
        return opened
    except BaseException:
        connections.close()
        raise


def upgrade_as_owner(reached: Reached, owner: str, password: str, tell: Tell) -> None:
    """Upgrade the schema as the tables' owner, whose password an admin gives. Raises SignInRefused and what
    ``server.upgrade`` raises.
    """
    from dealer_desktop.server import sign_in as server_sign_in
    from dealer_desktop.server import upgrade

    try:
        upgrade.upgrade(server_sign_in.with_login(reached.current_url, owner, password), tell)
    except LoginRefused:
        raise SignInRefused() from None


def keep_photos_of(place: Place | None) -> None:
    """Photos of a bundled database are kept beside it; of none, where the settings say."""
    from dealer_desktop.services import photo_files

    photo_files.keep_in(place.folder / "photos" if place is not None and place.folder is not None else None)


def keep_backup(server: "BundledServer") -> str:
    """The day's backup of the bundled database, where it has none yet. A sentence where the newest is too old."""
    from dealer_desktop.server import kept_backups

    try:
        if kept_backups.is_due(server.data_folder):
            kept_backups.keep(server)
    except Exception:  # whatever it was: it is tried again, and told once the last one is too old
        _log.exception("no backup was kept")
    return kept_backups.warning(server.data_folder)


def backup_warning(server: "BundledServer") -> str:
    """A sentence where the newest kept backup is too old."""
    from dealer_desktop.server import kept_backups

    return kept_backups.warning(server.data_folder)


def _upgrade(url: str, tell: Tell, server: "BundledServer | None" = None) -> None:
    """``server``: the bundled one, which is saved first."""
    from dealer_desktop.server import upgrade

    status = upgrade.status(url)
    if status is upgrade.SchemaStatus.NEWER:
        raise SchemaNewer(revision=upgrade.revision(url))
    if status is upgrade.SchemaStatus.CURRENT:
        return
    if server is not None and status is upgrade.SchemaStatus.BEHIND:
        from dealer_desktop.server import kept_backups

        kept_backups.before_upgrade(server, tell)
    owner, password = APP_CONFIG.db.owner, APP_CONFIG.db.owner_password.get_secret_value()
    if owner and password:
        from dealer_desktop.server import sign_in as server_sign_in

        url = server_sign_in.with_login(url, owner, password)
    try:
        upgrade.upgrade(url, tell)
    except NoRightToUpgrade as error:
        raise UpgradeNeedsOwner() from error


def _fill_demo(connections: "Connections", folder: Path, say: Tell) -> None:
    """The demo's data, made at the first call."""
    from dealer_desktop import demo

    def report(done: int, total: int) -> None:
        if done % 20 == 0:
            say(_("Making the sample data, {percent} %…").format(percent=done * 100 // total))

    demo.fill(connections, folder, report)


def with_password(person: "SignedIn", password: str) -> "SignedIn":
    """The same person after the password was changed."""
    from dealer_desktop.server import connect
    from dealer_desktop.server import sign_in as server_sign_in

    login = str(connect.conninfo(person.url)["user"])
    return replace(person, url=server_sign_in.with_login(person.url, login, password), has_one_time=False)


def is_welcome(person: "SignedIn") -> bool:
    """Whether the server still takes this person's login; a server that cannot be asked has not refused."""
    from dealer_desktop.server import connect

    try:
        connect.connect(person.url).close()
    except LoginRefused:
        return False
    except DealerError:
        return True
    return True
