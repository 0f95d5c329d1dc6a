"""``import-costs``: what cars cost, from a file."""

from pathlib import Path
from typing import Annotated

import typer

from dealer_desktop.commands import connection
from dealer_desktop.commands.files import NothingImported, list_argument, map_option
from dealer_desktop.core.i18n import gettext as _


def add_to(app: typer.Typer) -> None:
    def import_costs(
        context: typer.Context,
        file: Annotated[Path, list_argument()],
        map: Annotated[list[str] | None, map_option()] = None,
        kind: Annotated[
            str | None, typer.Option("--kind", metavar="KIND", help=_("What was paid for, of lines that do not say."))
        ] = None,
        all_or_nothing: Annotated[
            bool, typer.Option("--all-or-nothing", help=_("Enter no cost if one line is refused."))
        ] = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=_("Only say what would be entered and refused."))
        ] = False,
        rejects: Annotated[
            Path | None,
            typer.Option("--rejects", metavar="FILE", help=_("Write the refused lines there, with reasons.")),
        ] = None,
    ) -> None:
        from uuid import uuid4

        from dealer_desktop.domain.enums import CostKind
        from dealer_desktop.services import cost_imports

        columns = _columns(map or [], cost_imports.FIELDS)
        kinds = [each.value for each in CostKind]
        if kind is not None and kind not in kinds:
            words = _("choose one of {kinds}").format(kinds=", ".join(kinds))
            raise typer.BadParameter(words, param_hint="--kind")
        with connection.connections(demo=bool(context.obj)) as connections:
            found = cost_imports.read(file, CostKind(kind) if kind else None, columns)
            if dry_run:
                taken = cost_imports.tried(connections.reader, found, all_or_nothing=all_or_nothing)
            else:
                taken = cost_imports.take(connections.session_maker, uuid4(), found, all_or_nothing=all_or_nothing)
        if rejects is not None and taken.refused:
            cost_imports.write_rejects(file, taken.refused, rejects)
        lines = cost_imports.summary(taken, dry_run=dry_run)
        for line in lines:
            typer.echo(line)
        if taken.refused and not (taken.taken or taken.known):
            raise NothingImported(reason=lines[0])

    app.command("import-costs", help=_("Import what cars cost from a file."))(import_costs)


def _columns(texts: list[str], fields: tuple[str, ...]) -> dict[str, str]:
    """As typed; a wrong one is wrong usage."""
    found: dict[str, str] = {}
    for text in texts:
        header, equals, field = (part.strip() for part in text.rpartition("="))
        if not equals or not header or (field and field not in fields):
            words = _("write it as {example}; the fields are {fields}")
            raise typer.BadParameter(
                words.format(example="--map total=amount", fields=", ".join(fields)), param_hint="--map"
            )
        found[header] = field
    return found
