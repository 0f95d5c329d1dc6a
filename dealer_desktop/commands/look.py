"""``selftest`` and ``screenshots``: the window without a person."""

from pathlib import Path
from typing import Annotated

import typer

from dealer_desktop.commands.files import import_options
from dealer_desktop.core import qt_libraries
from dealer_desktop.core.i18n import gettext as _


def add_to(app: typer.Typer) -> None:
    _add_selftest(app)
    _add_screenshots(app)


def _add_selftest(app: typer.Typer) -> None:
    def selftest(
        cars: Annotated[
            Path | None, typer.Option("--cars", metavar="FILE", help=_("Cars to import; else some of our own."))
        ] = None,
        map: Annotated[
            list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help=_("As in import-cars."))
        ] = None,
        set: Annotated[
            list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help=_("As in import-cars."))
        ] = None,
        mileage_unit: Annotated[
            str | None, typer.Option("--mileage-unit", metavar="km|mi", help=_("As in import-cars."))
        ] = None,
        on_existing: Annotated[
            str, typer.Option("--on-existing", metavar="skip|update", help=_("As in import-cars."))
        ] = "skip",
        all_or_nothing: Annotated[bool, typer.Option("--all-or-nothing", help=_("As in import-cars."))] = False,
        rejects: Annotated[Path | None, typer.Option("--rejects", metavar="FILE", help=_("As in import-cars."))] = None,
    ) -> None:
        options = import_options(map, set, mileage_unit, on_existing, all_or_nothing, rejects=rejects)
        qt_libraries.require(display=False)
        from dealer_desktop import application

        raise typer.Exit(application.play_main_job(cars=cars, options=options, say=typer.echo))

    app.command("selftest", help=_("Sell a car through the real window, headless, on a throw-away database."))(selftest)


def _add_screenshots(app: typer.Typer) -> None:
    def screenshots(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("Where the pictures are written."))],
    ) -> None:
        qt_libraries.require(display=False)
        from dealer_desktop import application

        raise typer.Exit(application.draw_screenshots(folder, say=typer.echo))

    app.command("screenshots", help=_("Draw every tab and dialog of the demo as PNG files."))(screenshots)


def play_demo() -> int:
    """The main job on the demo's database, headless, a line per step."""
    qt_libraries.require(display=False)
    from dealer_desktop import application

    return application.play_demo(say=typer.echo)
