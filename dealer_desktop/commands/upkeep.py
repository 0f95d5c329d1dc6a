"""``doctor``, ``backup``, ``restore``, ``support``."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext

if TYPE_CHECKING:
    from dealer_desktop.services.one_time import OneTime


class ProblemsFound(DealerError):
    """``problems`` are sentences that say what is wrong and what to do."""

    def sentence(self) -> str:
        count = len(self.problems)
        words = ngettext("{count} problem found: {problems}", "{count} problems found: {problems}", count)
        return words.format(count=count, problems=" ".join(self.problems))


def add_to(app: typer.Typer) -> None:
    def backup(
        context: typer.Context,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where the backup is written."))],
    ) -> None:
        from dealer_desktop.server import backup as backups

        with connection.database_url(demo=bool(context.obj)) as url:
            backups.backup(url, file, typer.echo)
        typer.echo(str(file.absolute()))

    def restore(
        context: typer.Context,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup to put in place."))],
    ) -> None:
        from dealer_desktop.server import backup as backups

        with connection.owner_url(demo=bool(context.obj)) as url:
            logins = backups.restore(url, file, typer.echo)
            typer.echo(_("The database is restored from {file}.").format(file=file.absolute()))
            _let_in(url, logins, shared=connection.is_shared(demo=bool(context.obj)))

    def support(
        context: typer.Context,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where the zip is written."))],
    ) -> None:
        from dealer_desktop.commands import checks
        from dealer_desktop.services import support as writing

        writing.write(file, checks.run(demo=bool(context.obj)))
        typer.echo(str(file.absolute()))

    app.command("doctor", help=_("Say what this PC is connected to and what is wrong with it."))(doctor)
    app.command("backup", help=_("Write the whole database to a file."))(backup)
    app.command("restore", help=_("Put the whole database back from a file."))(restore)
    app.command("support", help=_("Write logs, settings and doctor’s findings to a zip, without secrets."))(support)


def _let_in(url: str, logins: "frozenset[str] | None", *, shared: bool) -> None:
    """Give those who signed in before a password for once, and tell it here: this once."""
    from dealer_desktop import services
    from dealer_desktop.services import one_time, rights

    rights.give(url)  # a database's own rights come with no backup
    if logins is None and not shared:
        return  # a PC's own database, of which nobody knows whether anybody signed in
    connections = services.open_connections(url)
    try:
        given = one_time.give(connections, logins)
    finally:
        connections.close()
    hand_out(given, _("Backups hold no passwords. Hand these out: they are shown this once, and work until changed."))


def hand_out(given: "Iterable[OneTime]", words: str) -> None:
    """Print passwords for once, below ``words``; nothing where there are none."""
    rows = ["\t".join((person.email, person.full_name, person.password or person.problem)) for person in given]
    for line in (words, *rows) if rows else ():
        typer.echo(line)


def doctor(context: typer.Context) -> None:
    from dealer_desktop.commands import checks

    problems: list[str] = []
    for check in checks.run(demo=bool(context.obj)):
        typer.echo(check.line)
        if check.problem is not None:
            problems.append(check.problem)
    if problems:
        raise ProblemsFound(problems=problems)
    typer.echo(_("Nothing is wrong."))
