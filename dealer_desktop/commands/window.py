"""No command: the window; ``--demo`` where there is no display: the main job, played headless."""

import sys

from dealer_desktop.core import qt_libraries
from dealer_desktop.core.i18n import gettext as _


def open_window(*, demo: bool) -> int:
    """Show the window until it is closed; returns the exit code."""
    if demo and not qt_libraries.has_display():
        qt_libraries.require(display=False)
        import typer

        from dealer_desktop.commands import rehearsals

        typer.echo(_("There is no display, so the demo plays the main job without showing the window."))
        rehearsals.play_demo()
        return 0
    qt_libraries.require(display=True)
    from dealer_desktop import application

    application.start(sys.argv)
    return application.run()
