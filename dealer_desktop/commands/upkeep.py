"""``doctor``, ``backup``, ``restore``."""

from pathlib import Path
from typing import Annotated

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.i18n import ngettext


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

        with connection.database_url(demo=bool(context.obj)) as url:
            backups.restore(url, file, typer.echo)
        typer.echo(_("The database is restored from {file}.").format(file=file.absolute()))

    app.command("doctor", help=_("Say what this PC is connected to and what is wrong with it."))(doctor)
    app.command("backup", help=_("Write the whole database to a file."))(backup)
    app.command("restore", help=_("Put the whole database back from a file."))(restore)


def doctor(context: typer.Context) -> None:
    from dealer_desktop.commands import checks

    problems: list[str] = []
    for check in checks.run(demo=bool(context.obj)):
        mark = "  " if check.problem is None else "! "
        typer.echo(f"{mark}{check.name}: {check.finding}" if check.finding else f"{mark}{check.name}")
        if check.problem is not None:
            problems.append(check.problem)
    if problems:
        raise ProblemsFound(problems=problems)
    typer.echo(_("Nothing is wrong."))
