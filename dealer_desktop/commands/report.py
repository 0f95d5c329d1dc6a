"""``report``: the manager's numbers of a span of days as a PDF and as tables, for a scheduler."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dealer_desktop.commands import connection
from dealer_desktop.core import i18n, qt_libraries
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.domain import days as days_of_people
from dealer_desktop.domain.periods import Days, PeriodKind, days_of

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
    from dealer_desktop.services import dealer, number_tables, numbers, users, writing_tables

    with connection.connections(demo=demo) as connections:
        row = dealer.get(connections.reader)
        today = datetime.now(ZoneInfo(row.timezone)).date()
        days = own or days_of(PeriodKind(period.replace("-", "_")), today)
        assert days is not None  # PERIODS has none whose days are typed
        is_manager = users.at_work(connections.reader).is_manager
        found = numbers.read(connections.bulk_reader, days, with_profit=is_manager)
    if pdf is not None:
        from dealer_desktop import application, documents

        application.write_pdf(documents.numbers_paper(found, row, language), pdf)
        typer.echo(str(pdf.absolute()))
    if tables is not None:
        with i18n.speaking(language):
            writing_tables.write(number_tables.of(found), tables)
        typer.echo(str(tables.absolute()))
