"""``import-cars``, ``export-cars``, ``print-order``: between the database and files."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core import i18n, qt_libraries
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _

if TYPE_CHECKING:
    from dealer_desktop.services.car_imports import ImportOptions

CARS_FILES = (".csv", ".xlsx")


class NothingImported(DealerError):
    """``reason`` in words, from the import's own summary."""

    def sentence(self) -> str:
        return str(self.reason)


def list_argument() -> Any:
    """The file of whatever imports a list."""
    return typer.Argument(metavar="FILE", help=_("csv, tsv, xlsx or ods"))


def map_option() -> Any:
    """Which column is what; of whatever imports a list."""
    return typer.Option(
        "--map",
        metavar="COLUMN=FIELD",
        help=_("The file's column = our field; repeatable. An empty field leaves the column out."),
    )


def add_to(app: typer.Typer) -> None:
    _add_import(app)
    _add_undo(app)
    _add_export(app)
    _add_print(app)


def _add_import(app: typer.Typer) -> None:
    # The choices stay plain strings here: their enum lives in the services, which cost half a second to import.
    def import_cars(
        context: typer.Context,
        file: Annotated[Path, list_argument()],
        map: Annotated[list[str] | None, map_option()] = None,
        set: Annotated[
            list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help=_("A value for every row; repeatable."))
        ] = None,
        mileage_unit: Annotated[
            str | None, typer.Option("--mileage-unit", metavar="km|mi", help=_("What the file's mileage is in."))
        ] = None,
        on_existing: Annotated[
            str,
            typer.Option(
                "--on-existing", metavar="skip|update", help=_("What to do with cars that are in stock already.")
            ),
        ] = "skip",
        all_or_nothing: Annotated[
            bool, typer.Option("--all-or-nothing", help=_("Import no car if one row is refused."))
        ] = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=_("Only say what would be imported and refused."))
        ] = False,
        rejects: Annotated[
            Path | None,
            typer.Option("--rejects", metavar="FILE", help=_("Write the refused rows there, with reasons.")),
        ] = None,
        answer: Annotated[
            list[str] | None,
            typer.Option(
                "--answer",
                metavar="KEY=VALUE",
                help=_("Decides what the file leaves open; the keys are told when it does. Repeatable."),
            ),
        ] = None,
    ) -> None:
        options = import_options(map, set, mileage_unit, on_existing, all_or_nothing, dry_run, rejects, answer)
        from dealer_desktop.services import car_imports

        with connection.connections(demo=bool(context.obj)) as connections:
            progress = _Progress(_("{done} of {total} rows"))
            with progress.shown():
                result = car_imports.run(connections.session_maker, file, options, progress.show)
        lines = car_imports.summary(result)
        for line in lines:
            typer.echo(line)
        if result.failed:
            raise NothingImported(reason=lines[0])

    app.command("import-cars", help=_("Import cars from a file."))(import_cars)


def _add_undo(app: typer.Typer) -> None:
    def undo_import(
        context: typer.Context,
        batch: Annotated[
            str, typer.Argument(metavar="ID", help=_("Which import; without it those that can be undone are listed."))
        ] = "",
    ) -> None:
        from uuid import UUID

        from dealer_desktop.services import car_imports

        try:
            wanted = UUID(batch) if batch else None
        except ValueError:
            raise typer.BadParameter(_("choose one of those that “undo-import” lists"), param_hint="ID") from None
        with connection.connections(demo=bool(context.obj)) as connections:
            if wanted is not None:
                lines = car_imports.undo_summary(car_imports.undo(connections.session_maker, wanted))
            else:
                lines = [car_imports.batch_words(found) for found in car_imports.recent(connections.reader)]
        for line in lines or [_("There is no import to undo.")]:
            typer.echo(line)

    app.command("undo-import", help=_("Take back what an import changed; list imports."))(undo_import)


def import_options(
    columns: list[str] | None,
    fixed: list[str] | None,
    mileage_unit: str | None,
    on_existing: str,
    all_or_nothing: bool = False,
    dry_run: bool = False,
    rejects: Path | None = None,
    answers: list[str] | None = None,
) -> "ImportOptions":
    """The options of an import as typed; a wrong one is wrong usage."""
    if mileage_unit not in (None, "km", "mi"):
        raise typer.BadParameter(_("choose km or mi"), param_hint="--mileage-unit")
    if on_existing not in ("skip", "update"):
        raise typer.BadParameter(_("choose skip or update"), param_hint="--on-existing")
    from dealer_desktop.services.car_imports import ImportOptions, WrongOption

    try:
        return ImportOptions.from_arguments(
            map=columns or [],
            set=fixed or [],
            answer=answers or [],
            mileage_unit=mileage_unit,
            on_existing=on_existing,
            all_or_nothing=all_or_nothing,
            dry_run=dry_run,
            rejects=rejects,
        )
    except WrongOption as wrong:
        raise typer.BadParameter(str(wrong)) from None


def _add_export(app: typer.Typer) -> None:
    def export_cars(
        context: typer.Context,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("csv or xlsx"))],
        search: Annotated[
            str, typer.Option("--search", metavar="TEXT", help=_("Only cars that match, as in the window."))
        ] = "",
    ) -> None:
        if file.suffix.lower() not in CARS_FILES:
            raise typer.BadParameter(_("name it .csv or .xlsx"), param_hint="FILE")
        from dealer_desktop.services import car_exports, tables

        with connection.connections(demo=bool(context.obj)) as connections:
            progress = _Progress(_("{done} of {total} cars"))
            query = tables.TableQuery(kind="cars", search=search)
            with progress.shown():
                count = car_exports.cars(connections.bulk_reader, file, query, progress.show)
        words = i18n.ngettext("{count} car written to {file}", "{count} cars written to {file}", count)
        typer.echo(words.format(count=count, file=file.absolute()))

    app.command("export-cars", help=_("Write the cars to a file."))(export_cars)


def _add_print(app: typer.Typer) -> None:
    def print_order(
        context: typer.Context,
        order_id: Annotated[int, typer.Argument(metavar="ID", help=_("The order's number."), min=1)],
        pdf: Annotated[Path, typer.Option("--pdf", metavar="FILE", help=_("Where the PDF is written."))],
        language: Annotated[
            str | None, typer.Option("--language", metavar="ru|en", help=_("The document's language."))
        ] = None,
    ) -> None:
        if language is not None and language not in i18n.LANGUAGES:
            raise typer.BadParameter(
                _("choose one of {languages}").format(languages=", ".join(i18n.LANGUAGES)), param_hint="--language"
            )
        qt_libraries.require(display=False)
        from dealer_desktop import application, documents
        from dealer_desktop.services import document_codes, document_templates, orders

        with connection.connections(demo=bool(context.obj)) as connections:
            details = orders.details(connections.reader, order_id)
            signer = document_codes.signer(connections.session_maker)
            documents.own_templates.use(document_templates.read(connections.reader))
        application.write_pdf(documents.order_summary(details, language or i18n.language(), signer=signer), pdf)
        typer.echo(str(pdf.absolute()))

    app.command("print-order", help=_("Write an order's summary as a PDF."))(print_order)


class _Progress:
    """One line on a terminal that counts; nothing where standard error is no terminal."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._wide = 0

    def show(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            text = self._words.format(done=done, total=total)
            typer.echo("\r" + text.ljust(self._wide), err=True, nl=False)
            self._wide = len(text)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        try:
            yield
        finally:
            if self._wide:
                typer.echo("\r" + " " * self._wide + "\r", err=True, nl=False)
