"""``check-document``: what a code on paper says."""

from typing import Annotated

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core.i18n import gettext as _


def add_to(app: typer.Typer) -> None:
    def check_document(
        context: typer.Context,
        text: Annotated[str, typer.Argument(metavar="TEXT", help=_("The code, as a scanner reads it."))],
    ) -> None:
        from dealer_desktop.documents import sentences
        from dealer_desktop.services import dealer, document_codes

        with connection.connections(demo=bool(context.obj)) as connections:
            here = dealer.get(connections.reader)
            reading = document_codes.check(connections.reader, text)
        first, *more = sentences(reading, here.currency, here.timezone)
        is_good = reading.verdict.is_ours and reading.is_known
        if not reading.verdict.is_ours:
            typer.echo(first, err=True)
        else:
            for line in (first, *more):
                typer.echo(line)
        if not is_good:
            raise typer.Exit(1)

    app.command("check-document", help=_("Say what a code on paper says, whether it is ours, and what changed since."))(
        check_document
    )
