"""``db upgrade``, ``db current``, ``db check``: the schema; ``db init`` makes all of a shared server."""

import typer

from dealer_desktop.commands import connection, moving, new_server
from dealer_desktop.core.errors import SchemaBehind, SchemaNewer
from dealer_desktop.core.i18n import gettext as _


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(help=_("The database's schema."), rich_markup_mode=None)
    group.command("upgrade", help=_("Bring the schema up to date."))(upgrade)
    group.command("current", help=_("Show the schema's revision."))(current)
    group.command("check", help=_("Exit with 1 if the schema is not up to date."))(check)
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
