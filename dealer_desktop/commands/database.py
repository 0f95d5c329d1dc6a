"""``db upgrade``, ``db current``, ``db check``: the schema; ``db init`` makes all of a shared server."""

from typing import Annotated

import typer

from dealer_desktop.commands import connection, moving, new_server
from dealer_desktop.core import paths
from dealer_desktop.core.errors import DealerError, FileNotWritten, SchemaBehind, SchemaNewer
from dealer_desktop.core.i18n import gettext as _


class NamedByTheSettings(DealerError):
    """On a shared server the settings of each PC say which database it works with."""

    def sentence(self) -> str:
        return _("This PC works on a shared server: set DB__NAME to the database on every PC.")


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help=_("The database's schema."), rich_markup_mode=None)
    group.command("upgrade", help=_("Bring the schema up to date."))(upgrade)
    group.command("current", help=_("Show the schema's revision."))(current)
    group.command("check", help=_("Exit with 1 if the schema is not up to date."))(check)
    _add_use(group)
    new_server.add_to(group)
    moving.add_to(group)
    app.add_typer(group, name="db")


def upgrade(context: typer.Context) -> None:
    from dealer_desktop.server import upgrade as schema
    from dealer_desktop.services import rights

    with connection.owner_url(demo=bool(context.obj)) as url:
        status = schema.status(url)
        if status is schema.SchemaStatus.NEWER:
            raise SchemaNewer(revision=schema.revision(url))
        if status is not schema.SchemaStatus.CURRENT:
            connection.save_before_upgrade(demo=bool(context.obj))
            schema.upgrade(url, typer.echo)
        rights.give(url)
        typer.echo(_("The schema is up to date (revision {revision}).").format(revision=schema.revision(url)))


def current(context: typer.Context) -> None:
    from dealer_desktop.server import upgrade as schema

    with connection.database_url(demo=bool(context.obj)) as url:
        typer.echo(schema.revision(url) or _("There is no schema yet."))


def check(context: typer.Context) -> None:
    from dealer_desktop.server import upgrade as schema

    with connection.database_url(demo=bool(context.obj)) as url:
        status = schema.status(url)
        revision = schema.revision(url)
    if status is schema.SchemaStatus.NEWER:
        raise SchemaNewer(revision=revision)
    if status is not schema.SchemaStatus.CURRENT:
        raise SchemaBehind()
    typer.echo(_("The schema is up to date (revision {revision}).").format(revision=revision))


def _add_use(group: typer.Typer) -> None:
    def use(
        context: typer.Context,
        name: Annotated[str, typer.Argument(metavar="NAME", help=_("The database’s name."))] = "",
    ) -> None:
        _use(name, demo=bool(context.obj))

    group.command("use", help=_("Work with another database of this PC; without a name, list them."))(use)


def _use(name: str, *, demo: bool) -> None:
    if connection.is_shared(demo=demo):
        raise NamedByTheSettings()
    from dealer_desktop.server import beside, embedded, in_use

    with embedded.ensure_running(paths.demo_folder() if demo else None) as server:
        folder = server.data_folder
        if not name:
            for each in beside.names(server.url):
                typer.echo(f"{'*' if each == in_use.read(folder) else ' '} {each}")
            return
        try:
            beside.use(server.url, folder, name)
        except OSError as error:
            raise FileNotWritten(file=folder, reason=error.strerror or str(error)) from error
    typer.echo(_("This PC works with the database {name} from its next start on.").format(name=name))
