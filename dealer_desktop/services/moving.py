"""The bundled database of this PC, whole, to a shared server that ``db init`` made; from the command and the window.

Everything is compared on both sides before the settings name the new server; whatever goes wrong, or is canceled,
before, the old one still works. It stays as it is afterwards too, used by nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_desktop.core import chosen_database, paths
from dealer_desktop.core.errors import DealerError, NotAllowed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.person_errors import NotOurDatabase
from dealer_desktop.core.settings import APP_CONFIG, DbConfig

if TYPE_CHECKING:
    from dealer_desktop.server.embedded import BundledServer
    from dealer_desktop.services.one_time import OneTime
    from dealer_desktop.services.transactions.connections import Connections

Tell = Callable[[str], None]


class AlreadyShared(DealerError):
    """The settings name a shared server."""

    def sentence(self) -> str:
        return _(
            "This PC works on a shared server already. To move its own database, take DB__HOST out of the settings."
        )


class MoveCanceled(DealerError):
    def sentence(self) -> str:
        return _("The move was canceled. This PC goes on with its own database.")


class OtherWindowsOpen(DealerError):
    """Another program works with the old database, and would go on writing there."""

    def sentence(self) -> str:
        return _("Another window of the program is open on this PC. Close it, and move again. Nothing was switched.")


class CannotMoveThere(DealerError):
    """The server cannot be worked with; ``problem`` says why and what to do."""

    def sentence(self) -> str:
        return str(self.problem)


@dataclass(frozen=True)
class Moved:
    place: str
    """The new server."""
    file: Path
    """The settings file that names it now."""
    handed: "tuple[OneTime, ...]"
    """Passwords for once, of everybody who signs in there."""
    photos: Path | None
    """Where the photos stayed; None where they were copied, or there are none."""
    old: Path
    """The folder of the old database."""


def move(
    target: DbConfig,
    owner: str,
    password: str,
    tell: Tell,
    *,
    canceled: Callable[[], bool] = lambda: False,
    own: "Connections | None" = None,
) -> Moved:
    """Move to the server of ``target`` as the owner of its tables, then write the settings.

    ``own``: the window's connections, whose person must be an admin. Raises AlreadyShared, NotAllowed, MoveCanceled,
    OtherWindowsOpen, ChosenElsewhere, CannotMoveThere, NotOurDatabase, and what ``server.moving`` raises.
    """
    if APP_CONFIG.db.is_configured:
        raise AlreadyShared()
    if own is not None:
        from dealer_desktop.dao import people

        if not own.reader.run(None, people.at_work).is_admin:
            raise NotAllowed()
    # What could not be written at the end is told at the beginning.
    everybody = chosen_database.is_for_everybody()
    chosen_database.stronger_than(chosen_database.file_for(everybody=everybody))
    from dealer_desktop.server import backup_watch, embedded, kept_backups, moving, role_passwords, upgrade
    from dealer_desktop.services import rights

    def say(words: str) -> None:
        if canceled():
            raise MoveCanceled()
        tell(words)

    url = target.url_as(owner, password)
    with embedded.ensure_running() as bundled:
        if upgrade.status(bundled.url) is upgrade.SchemaStatus.BEHIND:
            kept_backups.before_upgrade(bundled, say)
        _demand_alone(bundled)
        _demand_ready(url, say)
        upgrade.upgrade(bundled.url, say)
        people_there = _people(url)
        with moving.held(bundled.url):
            try:
                logins = moving.copy(bundled.url, url, say, canceled)
            except backup_watch.BackupCanceled:
                raise MoveCanceled() from None
            say(_("Giving everybody their rights…"))
            rights.give(url)
            handed = _let_in(url, logins, role_passwords.read_if_allowed(bundled.url), people_there)
            photos = _copy_photos(say)
            say(_("Writing the settings…"))
            _demand_alone(bundled)
            file = chosen_database.keep(_values(target), everybody=everybody)
    return Moved(target.host, file, handed, photos, embedded.default_folder())


def _demand_alone(bundled: "BundledServer") -> None:
    """Raises OtherWindowsOpen."""
    from dealer_desktop.server import embedded

    if embedded.others_use(bundled):
        raise OtherWindowsOpen()


def _demand_ready(url: str, tell: Tell) -> None:
    """Raises CannotMoveThere and NotOurDatabase."""
    from dealer_desktop.server import probing
    from dealer_desktop.server.upgrade import SchemaStatus

    probe = probing.look(url, tell, owner=True)
    if probe.health is None:
        raise CannotMoveThere(problem=next(each.problem for each in probe.findings if each.problem))
    if probe.health.schema is SchemaStatus.EMPTY:
        raise NotOurDatabase(place=probe.health.place)


def _values(target: DbConfig) -> dict[str, str]:
    return {
        "host": target.host,
        "port": target.port,
        "name": target.name,
        "sslmode": target.sslmode or "",
        "sslrootcert": target.sslrootcert or "",
    }


def _people(url: str) -> list[tuple[str, str]]:
    """Who ``db init`` let in: e-mail and name."""
    from dealer_desktop import services
    from dealer_desktop.services import staff

    connections = services.open_connections(url, APP_CONFIG.db)
    try:
        return [(one.email, one.full_name) for one in staff.everybody(connections.reader) if one.is_active]
    finally:
        connections.close()


def _let_in(
    url: str, logins: "frozenset[str] | None", verifiers: Mapping[str, str], people: list[tuple[str, str]]
) -> "tuple[OneTime, ...]":
    """Logins for the staff that came over, with the passwords that they had, as far as this PC's server says what it
    keeps of them; and whoever ``db init`` let in stays, with a new password where the rows do not know them.
    """
    from dealer_desktop import services
    from dealer_desktop.services import one_time

    connections = services.open_connections(url, APP_CONFIG.db)
    try:
        given = one_time.give(connections, logins, verifiers)
        return given + tuple(
            one_time.add_admin(connections, email, name)
            for email, name in people
            if not one_time.knows(connections, email)
        )
    finally:
        connections.close()


def _copy_photos(tell: Tell) -> Path | None:
    """To where ``PHOTOS__URL`` says; where it says nothing they stay: their folder."""
    from dealer_desktop.services import photo_files

    own = paths.data_folder() / "photos"
    files = sorted(file for file in own.rglob("*") if file.is_file() and not file.name.endswith(".part"))
    if not files or not APP_CONFIG.photos.url:
        return own if files else None
    for number, file in enumerate(files, start=1):
        photo_files.write(file.relative_to(own).as_posix(), file.read_bytes())
        if number % 100 == 0 or number == len(files):
            tell(_("Photos: {done} of {total}").format(done=number, total=len(files)))
    return None
