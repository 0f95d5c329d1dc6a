"""``report``: the manager's numbers of a span of days as a PDF and as tables, for a scheduler."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core import i18n, qt_libraries
from dealer_desktop.core.errors import NotAllowed
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import days as days_of_people
from dealer_desktop.domain.periods import Days, PeriodKind, days_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dealer_desktop.documents.paper import Paper
    from dealer_desktop.services.numbers import Numbers
    from dealer_desktop.services.own_numbers import OwnNumbers
    from dealer_desktop.services.rows import DealerRow
    from dealer_desktop.services.writing_tables import Table

PERIODS = tuple(kind.value.replace("_", "-") for kind in PeriodKind if kind is not PeriodKind.OWN)
TABLES = (".csv", ".xlsx")


def add_to(app: typer.Typer) -> None:
    def report(
        context: typer.Context,
        period: Annotated[str, typer.Option("--period", metavar="|".join(PERIODS), help=_("Which days."))] = "month",
        first: Annotated[str, typer.Option("--from", metavar="DAY", help=_("Own days: the first."))] = "",
        last: Annotated[str, typer.Option("--to", metavar="DAY", help=_("Own days: the last."))] = "",
        pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help=_("Where the PDF is written."))] = None,
        tables: Annotated[
            Path | None, typer.Option("--tables", metavar="FILE", help=_("The same as tables: csv or xlsx."))
        ] = None,
        language: Annotated[
            str | None, typer.Option("--language", metavar="ru|en", help=_("The document's language."))
        ] = None,
    ) -> None:
        own = _own_days(first, last)
        if own is None and period not in PERIODS:
            raise typer.BadParameter(
                _("choose one of {periods}").format(periods=", ".join(PERIODS)), param_hint="--period"
            )
        if pdf is None and tables is None:
            raise typer.BadParameter(
                _("say where it is written: --pdf FILE, --tables FILE or both"), param_hint="--pdf"
            )
        if tables is not None and tables.suffix.lower() not in TABLES:
            raise typer.BadParameter(_("name it .csv or .xlsx"), param_hint="--tables")
        if language is not None and language not in i18n.LANGUAGES:
            raise typer.BadParameter(
                _("choose one of {languages}").format(languages=", ".join(i18n.LANGUAGES)), param_hint="--language"
            )
        if pdf is not None:
            qt_libraries.require(display=False)
        _write(own, period, pdf, tables, language or i18n.language(), demo=bool(context.obj))

    app.command("report", help=_("Write the numbers of some days as a PDF, or as tables."))(report)


def _own_days(first: str, last: str) -> Days | None:
    """None where none are given. Raises typer.BadParameter."""
    if not first and not last:
        return None
    found: list[date] = []
    for text, hint in ((first, "--from"), (last or first, "--to")):
        day = days_of_people.read(text, year_needed=True)
        if day is None:
            raise typer.BadParameter(_("this is no day: {text}").format(text=text), param_hint=hint)
        found.append(day)
    if found[1] < found[0]:
        raise typer.BadParameter(_("the last day is before the first"), param_hint="--to")
    return Days(*found)


def _write(own: Days | None, period: str, pdf: Path | None, tables: Path | None, language: str, *, demo: bool) -> None:
    from dealer_desktop.services import dealer, numbers, own_numbers, users

    with connection.connections(demo=demo) as connections:
        row = dealer.get(connections.reader)
        today = datetime.now(ZoneInfo(row.timezone)).date()
        days = own or days_of(PeriodKind(period.replace("-", "_")), today)
        assert days is not None  # PERIODS has none whose days are typed
        who, reader = users.at_work(connections.reader), connections.bulk_reader
        if who.is_manager:
            _write_whole(numbers.read(reader, days, with_profit=True), row, pdf, tables, language)
        elif who.role is not None and who.user is not None:
            _write_own(own_numbers.read(reader, days, who.user.id), row, pdf, tables, language)
        else:
            raise NotAllowed


def _write_whole(found: "Numbers", dealer: "DealerRow", pdf: Path | None, tables: Path | None, language: str) -> None:
    from dealer_desktop import documents
    from dealer_desktop.services import number_tables

    if pdf is not None:
        _write_paper(documents.numbers_paper(found, dealer, language), pdf)
    if tables is not None:
        with i18n.speaking(language):
            _write_tables(number_tables.of(found), tables)


def _write_own(found: "OwnNumbers", dealer: "DealerRow", pdf: Path | None, tables: Path | None, language: str) -> None:
    """A salesperson sees the own row alone."""
    from dealer_desktop import documents
    from dealer_desktop.services import number_tables

    if pdf is not None:
        _write_paper(documents.own_numbers_paper(found, dealer, language), pdf)
    if tables is not None:
        with i18n.speaking(language):
            _write_tables(number_tables.of_own(found), tables)


def _write_paper(paper: "Paper", file: Path) -> None:
    from dealer_desktop import application

    application.write_pdf(paper, file)
    typer.echo(str(file.absolute()))


def _write_tables(tables: "Sequence[Table]", file: Path) -> None:
    from dealer_desktop.services import writing_tables

    writing_tables.write(tables, file)
    typer.echo(str(file.absolute()))
