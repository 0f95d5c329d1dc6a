"""``doctor``, ``backup``, ``restore``, ``support``."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealer_desktop.commands import connection, new_server
from dealer_desktop.core import paths
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
        photos: Annotated[bool, typer.Option("--photos", help=_("With the photos of cars."))] = False,
        staff: Annotated[
            bool, typer.Option("--staff", help=_("With people’s passwords, as the server keeps them."))
        ] = False,
        superuser: Annotated[
            str, typer.Option("--superuser", metavar="S", help=_("Who may read them on a shared server."))
        ] = "",
    ) -> None:
        from dealer_desktop.server import backup as backups
        from dealer_desktop.services.backups import inside

        _use_photos(demo=bool(context.obj))
        with connection.database_url(demo=bool(context.obj)) as url:
            reading = new_server.superuser_url(superuser) if superuser else url
            more = inside(reading, with_photos=photos, with_passwords=staff)
            backups.backup(url, file, typer.echo, more=more)
        typer.echo(str(file.absolute()))

    def restore(
        context: typer.Context,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup to put in place."))],
        into: Annotated[
            str,
            typer.Option(
                "--into", metavar="NAME", help=_("A new database beside the one in use, which stays as it is.")
            ),
        ] = "",
    ) -> None:
        demo = bool(context.obj)
        _use_photos(demo=demo)
        with connection.owner_url(demo=demo) as url:
            if into:
                _restore_beside(url, file, into, shared=connection.is_shared(demo=demo))
            else:
                _restore(url, file, shared=connection.is_shared(demo=demo))

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


def _use_photos(*, demo: bool) -> None:
    """The demo's are beside its database, wherever the settings keep the dealership's."""
    if demo:
        from dealer_desktop.services import photo_files

        photo_files.keep_in(paths.demo_folder() / "photos")


def _restore(url: str, file: Path, *, shared: bool) -> None:
    """And give those who signed in the password that they had, or one for once, told here: this once."""
    from dealer_desktop import services
    from dealer_desktop.server import backup as backups
    from dealer_desktop.services import one_time, photo_files, rights

    came = backups.restore(url, file, typer.echo, keep_photo=photo_files.write)
    typer.echo(_("The database is restored from {file}.").format(file=file.absolute()))
    rights.give(url)  # a database's own rights come with no backup
    if came.logins is None and not shared:
        return  # a PC's own database, of which nobody knows whether anybody signed in
    connections = services.open_connections(url)
    try:
        given = one_time.give(connections, came.logins, came.verifiers)
    finally:
        connections.close()
    hand_out(given, _hand_out_words())


def _restore_beside(url: str, file: Path, name: str, *, shared: bool) -> None:
    from dealer_desktop.services import backups

    done = backups.restore_beside(url, file, name, typer.echo)
    typer.echo(
        _("{file} is restored into the database {name}; the one in use is as it was.").format(
            file=file.absolute(), name=name
        )
    )
    words = (
        _("To work with it, set DB__NAME={name} on every PC.")
        if shared
        else _("To work with it, close the program and run “dealer-desktop db use {name}”.")
    )
    typer.echo(words.format(name=name))
    hand_out(done.passwords, _hand_out_words())


def _hand_out_words() -> str:
    return _("Hand these passwords out: they are shown this once, and work until changed.")


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
