"""``db move``: the bundled database of this PC, whole, to a shared server that ``db init`` made."""

from typing import Annotated

import typer

from dealer_desktop.commands import signing_in
from dealer_desktop.commands.upkeep import hand_out
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.settings import APP_CONFIG, OWNER


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
        from dealer_desktop.services import moving

        if APP_CONFIG.db.is_configured:
            raise moving.AlreadyShared()
        target = APP_CONFIG.db.model_copy(update={"host": to_host, "port": str(to_port), "name": to_name})
        moved = moving.move(target, APP_CONFIG.db.owner or OWNER, _owner_password(), typer.echo)
        if moved.photos is not None:
            words = _("The photos stay in {folder}. Copy them to a share and set PHOTOS__URL to it on every PC.")
            typer.echo(words.format(folder=moved.photos))
        typer.echo(
            _("Everything is on {place} now, and {file} says so to this PC.").format(place=to_host, file=moved.file)
        )
        hand_out(moved.handed, _("Hand these passwords out: they are shown this once, and work until changed."))

    group.command("move", help=_("Move this PC’s own database to a shared server that “db init” made."))(move)


def _owner_password() -> str:
    given = APP_CONFIG.db.owner_password.get_secret_value()
    owner = APP_CONFIG.db.owner or OWNER
    if not given and signing_in.has_terminal():
        given = signing_in.ask(_("Password of {person}").format(person=owner))
    if not given:
        raise OwnerNotGiven(owner=owner)
    return given
