"""``db move``: the bundled database of this PC, whole, to a shared server that ``db init`` made."""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealer_desktop.commands import signing_in
from dealer_desktop.commands.new_server import OWNER, url_as
from dealer_desktop.commands.upkeep import hand_out
from dealer_desktop.core import paths, settings_files
from dealer_desktop.core.errors import DealerError, FileNotWritten
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG

if TYPE_CHECKING:
    from dealer_desktop.services.one_time import OneTime


class AlreadyShared(DealerError):
    """The settings name a shared server."""

    def sentence(self) -> str:
        return _(
            "This PC works on a shared server already. To move its own database, take DB__HOST out of the settings."
        )


class OwnerNotGiven(DealerError):
    """Nobody says whose password that is, and there is no terminal to ask at."""

    def sentence(self) -> str:
        return _("Set DB__OWNER_PASSWORD to the password of {owner}, which “db init” showed.").format(owner=self.owner)


def add_to(group: typer.Typer) -> None:
    def move(
        to_host: Annotated[str, typer.Option("--to-host", metavar="H", help=_("The server’s name or address."))],
        to_port: Annotated[int, typer.Option("--to-port", metavar="P", min=1, max=65535)] = 5432,
        to_name: Annotated[str, typer.Option("--to-name", metavar="N", help=_("The database’s name."))] = "dealer",
    ) -> None:
        if APP_CONFIG.db.is_configured:
            raise AlreadyShared()
        from dealer_desktop.server import embedded, moving, upgrade
        from dealer_desktop.services import rights

        server = APP_CONFIG.db.model_copy(update={"host": to_host, "port": str(to_port), "name": to_name})
        target = url_as(server, APP_CONFIG.db.owner or OWNER, _owner_password())
        with embedded.ensure_running() as bundled:
            upgrade.upgrade(bundled.url, typer.echo)
            people = _people(target)
            with moving.held(bundled.url):
                logins = moving.copy(bundled.url, target, typer.echo)
                rights.give(target)
                given = _let_in(target, logins, people)
                _copy_photos()
                file = _switch(to_host, to_port, to_name)
        typer.echo(_("Everything is on {place} now, and {file} says so to this PC.").format(place=to_host, file=file))
        hand_out(given, _("Hand these passwords out: they are shown this once, and work until changed."))

    group.command("move", help=_("Move this PC’s own database to a shared server that “db init” made."))(move)


def _owner_password() -> str:
    given = APP_CONFIG.db.owner_password.get_secret_value()
    owner = APP_CONFIG.db.owner or OWNER
    if not given and signing_in.has_terminal():
        given = signing_in.ask(_("Password of {person}").format(person=owner))
    if not given:
        raise OwnerNotGiven(owner=owner)
    return given


def _people(target: str) -> list[tuple[str, str]]:
    """Who ``db init`` let in: e-mail and name."""
    from dealer_desktop import services
    from dealer_desktop.services import staff

    connections = services.open_connections(target, APP_CONFIG.db)
    try:
        return [(one.email, one.full_name) for one in staff.everybody(connections.reader) if one.is_active]
    finally:
        connections.close()


def _let_in(target: str, logins: "frozenset[str] | None", people: list[tuple[str, str]]) -> "tuple[OneTime, ...]":
    """Logins for the staff that came over; and whoever ``db init`` let in stays, with a new password where the rows do
    not know them.
    """
    from dealer_desktop import services
    from dealer_desktop.services import one_time

    connections = services.open_connections(target, APP_CONFIG.db)
    try:
        given = one_time.give(connections, logins)
        return given + tuple(
            one_time.add_admin(connections, email, name)
            for email, name in people
            if not one_time.knows(connections, email)
        )
    finally:
        connections.close()


def _copy_photos() -> None:
    """To where ``PHOTOS__URL`` says; where it says nothing they stay, and that is told."""
    from dealer_desktop.services import photo_files

    own = paths.data_folder() / "photos"
    files = sorted(file for file in own.rglob("*") if file.is_file() and not file.name.endswith(".part"))
    if not files:
        return
    if not APP_CONFIG.photos.url:
        typer.echo(
            _("The photos stay in {folder}. Copy them to a share and set PHOTOS__URL to it on every PC.").format(
                folder=own
            )
        )
        return
    for number, file in enumerate(files, start=1):
        photo_files.write(file.relative_to(own).as_posix(), file.read_bytes())
        if number % 100 == 0 or number == len(files):
            typer.echo(_("Photos: {done} of {total}").format(done=number, total=len(files)))


def _switch(host: str, port: int, name: str) -> Path:
    """Write where the database is into the settings file of this user, whole or not at all; the file.

    Raises FileNotWritten.
    """
    file = paths.config_folder() / settings_files.OWN_NAME
    lines = [f"DB__HOST={host}", f"DB__PORT={port}", f"DB__NAME={name}"]
    if APP_CONFIG.db.sslmode:
        lines.append(f"DB__SSLMODE={APP_CONFIG.db.sslmode}")
    try:
        if file.is_file():
            kept = file.read_text("utf-8").splitlines()
            lines = [line for line in kept if not line.strip().upper().startswith(("DB__", "EXPORT DB__"))] + lines
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, half = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
            out.flush()
            os.fsync(out.fileno())
        Path(half).replace(file)
    except OSError as error:
        raise FileNotWritten(file=file, reason=error.strerror or str(error)) from error
    return file
