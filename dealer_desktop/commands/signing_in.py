"""Who the commands work as on a shared server: the settings' login, else a person who signs in on the terminal.

A password is asked for without an echo, or comes by DB__PASSWORD in the environment; never as an argument, which every
program of the PC can read in the list of processes.
"""

import contextlib
import sys

import typer

from dealer_desktop.core.errors import DealerError, LoginRefused
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.core.server_errors import LoginWithoutRights
from dealer_desktop.core.settings import APP_CONFIG


class NobodySignedIn(DealerError):
    """The settings name a server and nobody who signs in, and there is no terminal to ask at."""

    def sentence(self) -> str:
        return _(
            "Nobody is signed in: set DB__USER and DB__PASSWORD in the environment, or call this at a terminal, which "
            "asks for e-mail and password."
        )


class OwnerNotKnown(DealerError):
    """Only the tables' owner does this, and there is no terminal to ask at."""

    def sentence(self) -> str:
        return _(
            "Only the owner of the tables does this: set DB__OWNER and DB__OWNER_PASSWORD in the environment, or call "
            "this at a terminal, which asks for both."
        )


_person = ""
"""The e-mail that ``--user`` named."""


def use(email: str) -> None:
    """Whom the command line names; empty: whoever the settings say."""
    global _person
    _person = email.strip()


def person_url() -> str:
    """The shared server's URL as whoever works here. Raises NobodySignedIn, and what ``server.sign_in`` raises."""
    config = APP_CONFIG.db
    if config.user and not _person:
        return config.sqlalchemy_db_uri
    from dealer_desktop.server import connect, sign_in

    # Nobody needs to type a password before a server that does not answer is told.
    with contextlib.suppress(LoginRefused, LoginWithoutRights):
        connect.connect(config.sqlalchemy_db_uri).close()
    # Of the environment or a settings file: a password that stands there for this one person.
    password = config.password.get_secret_value() if _person and config.user in ("", _person) else ""
    if not password and not has_terminal():
        raise NobodySignedIn()
    email = _person or typer.prompt(_("E-mail"), err=True)
    password = password or ask(_("Password of {person}").format(person=email))
    return sign_in.sign_in(config.sqlalchemy_db_uri, email, password).url


def owner_url() -> str:
    """The shared server's URL as the tables' owner. Raises OwnerNotKnown."""
    config = APP_CONFIG.db
    owner, password = config.owner, config.owner_password.get_secret_value()
    if not (owner and password):
        if config.user and owner in ("", config.user):
            return config.sqlalchemy_db_uri
        if not has_terminal():
            raise OwnerNotKnown()
        owner = owner or typer.prompt(_("Login of the tables’ owner"), err=True)
        password = ask(_("Password of {person}").format(person=owner))
    from dealer_desktop.server import sign_in

    return sign_in.with_login(config.sqlalchemy_db_uri, owner, password)


def has_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(words: str) -> str:
    """A password from the terminal, without an echo; empty where none is typed."""
    given: str = typer.prompt(words, hide_input=True, default="", show_default=False, err=True)
    keep_secret(given)
    return given
