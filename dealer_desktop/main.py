"""The command line. With no command it opens the window; every command is one module in ``commands/``.

Here stands what all of them share: the language, the log, and how an error leaves: success is 0, a refusal 1 with one
line on standard error, wrong usage 2, and no traceback ever on the terminal.
"""

import io
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from dealer_desktop import __version__
from dealer_desktop.core import console, i18n
from dealer_desktop.core.errors import DealerError
from dealer_desktop.core.i18n import gettext as _

INTERRUPTED = 130
"""What a shell reports of a program ended by Ctrl+C."""

_log = logging.getLogger(__name__)


def run() -> None:
    """The console script."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave)
    sys.exit(execute(sys.argv))


def _leave(number: int, _frame: object) -> None:
    """Told to end, by a shutdown or a closed terminal: leave in order, so that the bundled database is stopped."""
    sys.exit(128 + number)


def execute(argv: Sequence[str]) -> int:
    """Do what ``argv`` (program name first) says and return the exit code."""
    has_console = _prepare_streams(argv)
    refusal, log_file = _prepare()
    try:
        # Not by calling the Typer itself: that would put an exception hook of its own in place of the window's.
        command = get_command(build(refusal))
        result = command.main(list(argv[1:]), prog_name="dealer-desktop", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        return _refuse(_in_words(error.format_message()), getattr(error, "exit_code", 2))
    except DealerError as error:
        _log.info("refused: %s", error)
        if not has_console and list(argv[1:]) in console.WINDOWS:
            console.show(error.in_full(), _("Dealer Desktop"))
        return _refuse(error.in_full())
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _silence_output()
        return 1
    except MemoryError:
        return _refuse(_("There is not enough memory."))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        _log.exception("unexpected error in %s", " ".join(argv[1:2]))
        if not has_console and list(argv[1:]) in console.WINDOWS:
            console.show(unexpected(log_file), _("Dealer Desktop"))
        return _refuse(unexpected(log_file))
    return result if isinstance(result, int) else 0


def unexpected(log_file: Path) -> str:
    """The sentence for an error that is ours."""
    if not log_file.is_file():
        # Nothing could be written there, so nobody is sent to look.
        return _("Something unexpected went wrong. Set LOG__DIR to a folder that you can write to, and try again.")
    return _("Something unexpected went wrong. The details are in {file}.").format(file=log_file)


def build(refusal: DealerError | None = None) -> typer.Typer:
    """The command line in the language in use; with ``refusal``, no command runs but help and version work."""
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


def _prepare() -> tuple[DealerError | None, Path]:
    """Language and log as the settings say; a wrong setting is kept until a command wants to run."""
    from dealer_desktop.core import logging as log
    from dealer_desktop.core.settings import APP_CONFIG

    logging.raiseExceptions = False  # a full disk under the log is no reason to print a traceback
    refusal = None
    language, level, folder = "auto", "INFO", None
    try:
        language, level, folder = APP_CONFIG.ui.language, APP_CONFIG.log.level, APP_CONFIG.log.dir
    except DealerError as error:
        refusal = error
    i18n.set_language(language)
    return refusal, log.set_up(level, folder)


def _prepare_streams(argv: Sequence[str]) -> bool:
    """Whatever the console's encoding is, a letter it lacks is replaced, not an error; a windowed program has none.

    False where nobody would read it.
    """
    console.attach(argv)
    has_console = sys.stderr is not None
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return has_console


def _silence_output() -> None:
    """Nobody reads any more: what is still buffered must not raise again while Python ends."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(devnull, stream.fileno())
        except (OSError, ValueError):
            continue


def _refuse(sentence: str, code: int = 1) -> int:
    try:
        typer.echo(" ".join(sentence.split()), err=True)
    except (BrokenPipeError, ValueError):
        _silence_output()
    return code


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
