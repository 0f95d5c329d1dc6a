"""``history``: who changed what, and when."""

from datetime import date
from typing import Annotated

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core import formats
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain.record_words import telling
from dealer_desktop.domain.record_words.writing import Manner


def add_to(app: typer.Typer) -> None:
    def history(
        context: typer.Context,
        table: Annotated[
            str, typer.Option("--table", metavar="TABLE", help=_("Only of this table, such as cars."))
        ] = "",
        row_id: Annotated[int | None, typer.Option("--id", metavar="ID", help=_("Only of this record."))] = None,
        by: Annotated[
            str,
            typer.Option(
                "--by", metavar="EMAIL", help=_("Only what this person changed: a login, or a part of a name.")
            ),
        ] = "",
        day: Annotated[str, typer.Option("--day", metavar="YYYY-MM-DD", help=_("Only of this day."))] = "",
    ) -> None:
        from dealer_desktop.services import dealer
        from dealer_desktop.services import history as service

        if table and table not in telling.tables():
            raise typer.BadParameter(
                _("choose one of {tables}").format(tables=", ".join(telling.tables())), param_hint="--table"
            )
        try:
            wanted = date.fromisoformat(day) if day else None
        except ValueError:
            raise typer.BadParameter(_("write the day as 2026-01-31"), param_hint="--day") from None
        with connection.connections(demo=bool(context.obj)) as connections:
            here = dealer.get(connections.reader)
            last = None
            while True:
                page = service.page(connections.reader, table_name=table, row_id=row_id, by=by, day=wanted, before=last)
                manner = Manner(here.currency, here.timezone, page.people)
                for entry in page.entries:
                    told = telling.difference(entry.table_name, entry.action, entry.before, entry.after, manner)
                    title = page.titles.get((entry.table_name, entry.row_id), "")
                    record = telling.record(entry.table_name, entry.row_id, title)
                    typer.echo("\t".join((formats.moment(entry.at, here.timezone), entry.actor, record, told)))
                if not page.entries:
                    break
                last = page.entries[-1].id
        if last is None:
            typer.echo(_("Nothing was changed."))

    app.command("history", help=_("Say who changed what, and when (managers)."))(history)
