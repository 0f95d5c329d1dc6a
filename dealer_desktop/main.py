"""How the program begins and leaves: with no command it opens the window, else ``commands/line.py`` reads the line.

Here stands what all of them share: the language, the log, and how an error leaves: success is 0, a refusal 1 with one
line on standard error, wrong usage 2, and no traceback ever on the terminal.
"""

import io
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

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
        result = _carry_out(argv, refusal)
        sys.stdout.flush()
    except DealerError as error:
        _log.info("refused: %s", error)
        if not has_console and list(argv[1:]) in console.WINDOWS:
            console.show(error.in_full(), _("Dealer Desktop"))
        return _refuse(error.in_full())
    except KeyboardInterrupt:
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
    return result


def _carry_out(argv: Sequence[str], refusal: DealerError | None) -> int:
    given = list(argv[1:])
    if given in console.WINDOWS and refusal is None:
        # Who waits for a window need not wait until all commands are imported and described.
        from dealer_desktop.commands import window

        return window.open_window(demo="--demo" in given)
    from dealer_desktop.commands import line

    try:
        return line.carry_out(argv, refusal)
    except line.WrongUsage as error:
        return _refuse(str(error), error.code)


def unexpected(log_file: Path) -> str:
    """The sentence for an error that is ours."""
    if not log_file.is_file():
        # Nothing could be written there, so nobody is sent to look.
        return _("Something unexpected went wrong. Set LOG__DIR to a folder that you can write to, and try again.")
    return _("Something unexpected went wrong. The details are in {file}.").format(file=log_file)


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
    import typer

    try:
        typer.echo(" ".join(sentence.split()), err=True)
    except (BrokenPipeError, ValueError):
        _silence_output()
    return code
