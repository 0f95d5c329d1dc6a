"""``selftest``, ``screenshots``, and ``--demo`` without a display: the real window without a person."""

import atexit
import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealer_desktop.commands.files import import_options
from dealer_desktop.core import i18n, paths, qt_libraries
from dealer_desktop.core.i18n import gettext as _

if TYPE_CHECKING:
    from dealer_desktop.application import Place
    from dealer_desktop.services.car_imports import ImportOptions
    from dealer_desktop.ui.rehearsal import MainJob
    from dealer_desktop.ui.window.main_window import MainWindow

OWN_CARS = 60
"""How many cars of our own the self-test imports where it is given none."""


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
        run_selftest(cars, options)

    app.command("selftest", help=_("Sell a car through the real window, headless, on a throw-away database."))(selftest)


def _add_screenshots(app: typer.Typer) -> None:
    def screenshots(
        folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("Where the pictures are written."))],
        scale: Annotated[
            float | None, typer.Option("--scale", min=0.9, max=2.0, help=_("How large the text is: 0.9 to 2."))
        ] = None,
        size: Annotated[
            str, typer.Option("--size", metavar="WxH", help=_("How large the window is, in pixels."))
        ] = "1440x900",
        language: Annotated[str, typer.Option("--language", metavar="ru|en", help=_("One language alone."))] = "",
        theme: Annotated[str, typer.Option("--theme", metavar="light|dark", help=_("One look alone."))] = "",
    ) -> None:
        width, _by, height = size.lower().partition("x")
        if not (width.isdecimal() and height.isdecimal()):
            raise typer.BadParameter(_("write it as 1280x720"), param_hint="--size")
        for given, known, option in (
            (language, i18n.LANGUAGES, "--language"),
            (theme, ("light", "dark"), "--theme"),
        ):
            if given and given not in known:
                raise typer.BadParameter(
                    _("choose one of {languages}").format(languages=", ".join(known)), param_hint=option
                )
        qt_libraries.require(display=False)
        _use_a_good_screen()
        from dealer_desktop.ui.rehearsal import screenshots

        with _throwaway_folder() as place, _opened(place, is_demo=True) as (window, job):
            job.wait_for_the_window()
            screenshots.draw_all(
                window,
                folder,
                _own_cars(place),
                typer.echo,
                languages=tuple(filter(None, [language])),
                looks=tuple(filter(None, [theme])),
                size=(int(width), int(height)),
                scale=scale,
            )
            _draw_numbers(window, folder, tuple(filter(None, [language])), tuple(filter(None, [theme])), scale)

    app.command("screenshots", help=_("Draw every tab and dialog of the demo as PNG files."))(screenshots)


def _draw_numbers(
    window: "MainWindow", folder: Path, languages: tuple[str, ...], looks: tuple[str, ...], scale: float | None
) -> None:
    """The manager's page: of the demo, of ten years, and of an empty database, which the demo is afterwards."""
    from dealer_desktop.server import rehearsal_rows
    from dealer_desktop.ui.rehearsal import numbers_views, screenshots

    assert window.context is not None
    url = window.context.connections.url
    for prepare, periods in (
        (None, numbers_views.FULL),
        (rehearsal_rows.ten_years, numbers_views.LONG),
        (rehearsal_rows.nothing, numbers_views.EMPTY),
    ):
        if prepare is not None:
            prepare(url)
        screenshots.draw_numbers(window, folder, periods, typer.echo, languages=languages, looks=looks, scale=scale)


def _use_a_good_screen() -> None:
    """Pictures as a screen of 1920x1200 at twice the pixels shows them; without, Qt draws for one of 800x800."""
    if not sys.platform.startswith("linux"):
        os.environ.setdefault("QT_SCALE_FACTOR", "2")
        return
    screen = {"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1200, "logicalDpi": 96, "dpr": 2}
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
        json.dump({"screens": [screen]}, file)
    atexit.register(Path(file.name).unlink, missing_ok=True)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file.name}"


def run_selftest(cars: Path | None, options: "ImportOptions") -> None:
    """Raises StepFailed, which names the step and the reason."""
    results = Path(tempfile.mkdtemp(prefix="dealer-desktop-selftest-"))
    with _throwaway_folder() as place, _opened(place) as (window, job), _told(job):
        job.wait_for_the_window()
        job.begin(_("Cars are imported"))
        job.done(_import(window, cars or _own_cars(results), options))
        _play(job, results)
    typer.echo(_("Everything worked."))


def play_demo() -> None:
    """The main job on the demo's database, headless, a line per step, some pictures at the end. Raises StepFailed."""
    qt_libraries.require(display=False)
    results = Path(tempfile.mkdtemp(prefix="dealer-desktop-demo-"))
    from dealer_desktop.ui.rehearsal import screenshots

    opened = _opened(paths.demo_folder(), is_demo=True, settings=results / "window.ini")
    with opened as (window, job), _told(job):
        job.wait_for_the_window()
        pdf = _play(job, results)
        job.begin(_("Pictures are drawn"))
        pictures = screenshots.draw_some(window, results)
        job.done()
    for file in (pdf, *pictures):
        typer.echo(str(file))


def _play(job: "MainJob", results: Path) -> Path:
    job.see_the_stock()
    job.sell()
    job.take_deposit()
    job.take_balance()
    job.deliver()
    return job.print_summary(results)


@contextlib.contextmanager
def _told(job: "MainJob") -> Iterator[None]:
    """What goes wrong inside is told with its step."""
    from dealer_desktop.core.errors import DealerError

    try:
        yield
    except DealerError as error:
        raise job.failed(error) from error


@contextlib.contextmanager
def _opened(
    folder: Path, *, is_demo: bool = False, settings: Path | None = None
) -> "Iterator[tuple[MainWindow, MainJob]]":
    """The window on the bundled database in ``folder``, closed when the block ends."""
    from dealer_desktop import application
    from dealer_desktop.ui.rehearsal import MainJob

    place: Place = application.Place(folder, is_demo=is_demo, settings=settings or folder / "window.ini")
    window = application.start(["dealer-desktop"], place)
    try:
        yield window, MainJob(window, typer.echo)
    finally:
        application.close(window)


@contextlib.contextmanager
def _throwaway_folder() -> Iterator[Path]:
    from dealer_desktop.server import embedded

    folder = embedded.throwaway_folder()
    try:
        # Nobody needs this database after a power failure, so it does not wait for the disk.
        with embedded.ensure_running(folder, settings={"fsync": "off", "synchronous_commit": "off"}):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _import(window: "MainWindow", file: Path, options: "ImportOptions") -> str:
    """Import while the window stays open; returns the result's first line. Raises what the import raises."""
    from dealer_desktop.services import car_imports

    assert window.context is not None
    result = car_imports.run(window.context.session_maker, file, options)
    return car_imports.summary(result)[0]


def _own_cars(folder: Path) -> Path:
    """A file of cars as a dealer's program exports it."""
    import csv
    from datetime import date

    from dealer_desktop.demo import stock

    file = folder / "meridian.csv"
    some = stock.cars(date.today(), seed=1)[-OWN_CARS:]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=list(some[0].values), delimiter=";")
        writer.writeheader()
        writer.writerows(car.values for car in some)
    return file
