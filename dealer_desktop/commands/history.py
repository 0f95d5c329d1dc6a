"""``history``: who changed what, and when."""

from datetime import date
from typing import Annotated

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.differences import difference


def add_to(app: typer.Typer) -> None:
    def history(
        context: typer.Context,
        table: Annotated[
            str, typer.Option("--table", metavar="TABLE", help=_("Only of this table, such as cars."))
        ] = "",
        row_id: Annotated[int | None, typer.Option("--id", metavar="ID", help=_("Only of this record."))] = None,
        by: Annotated[str, typer.Option("--by", metavar="EMAIL", help=_("Only what this person changed."))] = "",
        day: Annotated[str, typer.Option("--day", metavar="YYYY-MM-DD", help=_("Only of this day."))] = "",
    ) -> None:
        from dealer_desktop.services import dealer, stories

        try:
            wanted = date.fromisoformat(day) if day else None
        except ValueError:
            raise typer.BadParameter(_("write the day as 2026-01-31"), param_hint="--day") from None
        with connection.connections(demo=bool(context.obj)) as connections:
            zone = dealer.get(connections.reader).timezone
            last = None
            while True:
                found = stories.whole(
                    connections.reader, table_name=table, row_id=row_id, by=by, day=wanted, before=last
                )
                for entry in found:
                    told = difference(entry.action, entry.before, entry.after)
                    what = f"{entry.table_name} {entry.row_id}"
                    typer.echo("\t".join((formats.moment(entry.at, zone), entry.actor, what, entry.action, told)))
                if not found:
                    break
                last = found[-1].id
        if last is None:
            typer.echo(_("Nothing was changed."))

    app.command("history", help=_("Say who changed what, and when (managers)."))(history)
