"""The command line: every command is one module here."""

import re
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from dealer_desktop import __version__
from dealer_desktop.commands import (
    costs,
    database,
    documents,
    files,
    history,
    rehearsals,
    report,
    signing_in,
    staff,
    upkeep,
    window,
)
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _


class WrongUsage(Exception):
    """What was typed is no command of ours; the message says so in the person's language."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code
        """What the process leaves with."""


def carry_out(argv: Sequence[str], refusal: DealerError | None) -> int:
    """Do what ``argv`` (program name first) says and return the exit code.

    With ``refusal``, no command runs but help and version work. Raises WrongUsage, KeyboardInterrupt, DealerError, and
    what a command raises.
    """
    # Not by calling the Typer itself: that would put an exception hook of its own in place of the window's.
    command = get_command(_build(refusal))
    try:
        result = command.main(list(argv[1:]), prog_name="dealer-desktop", standalone_mode=False)
    except typer.TyperException as error:
        raise WrongUsage(_in_words(error.format_message()), getattr(error, "exit_code", 2)) from error
    except typer.Abort:
        raise KeyboardInterrupt from None
    return result if isinstance(result, int) else 0


def _build(refusal: DealerError | None) -> typer.Typer:
    """The command line in the language in use; with ``refusal``, no command runs but help and version work."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_("A desktop point of sale for car dealerships. Without a command it opens the window."),
    )

    def begin(
        context: typer.Context,
        demo: Annotated[
            bool, typer.Option("--demo", help=_("Use a bundled database of its own with sample stock and orders."))
        ] = False,
        user: Annotated[
            str,
            typer.Option("--user", metavar="EMAIL", help=_("Who works here; the password is asked for.")),
        ] = "",
        version: Annotated[bool, typer.Option("--version", help=_("Show the version and exit."))] = False,
    ) -> None:
        if version:
            typer.echo(f"Dealer Desktop {__version__}")
            raise typer.Exit
        if refusal is not None:
            raise refusal
        context.obj = demo
        signing_in.use(user)
        if context.invoked_subcommand is None:
            raise typer.Exit(window.open_window(demo=demo))

    app.callback(invoke_without_command=True)(begin)
    for module in (rehearsals, files, costs, documents, upkeep, database, staff, history, report):
        module.add_to(app)
    return app


def _in_words(message: str) -> str:
    """Typer's own sentences about wrong usage, in the person's language where they are the common ones."""
    sentences = (
        (r"No such command (?P<name>'[^']*')\.?", _("There is no command {name}.")),
        (r"No such option: (?P<name>\S+)(?: .*)?", _("There is no option {name}.")),
        (r"Missing command\.?", _("Say which command.")),
        (r"Missing (?:argument|option|parameter) (?P<name>'[^']*'(?: / '[^']*')*)\..*", _("{name} is missing.")),
        (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)", _("Nothing is known to do with “{name}”.")),
        (r"Option (?P<name>'[^']*') requires an argument\.?", _("The option {name} needs a value.")),
        (r"Invalid value for (?P<name>.+?): Input should be a valid integer.*", _("{name} must be a whole number.")),
        (r"Invalid value for (?P<name>.+?): Input should be greater than.*", _("{name} is too small.")),
        (r"Invalid value for (?P<name>.+?): (?P<what>.*)", _("{name}: {what}")),
        (r"Invalid value: (?P<what>.*)", "{what}"),
    )
    for pattern, sentence in sentences:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            message = sentence.format(**match.groupdict())
            break
    end = "" if message.endswith((".", "!", "?")) else "."
    return f"{message}{end} " + _("“dealer-desktop --help” shows what there is.")
