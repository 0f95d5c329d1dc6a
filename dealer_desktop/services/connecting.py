"""Where the shared server is, as a form has it: tried out step by step, and read from and kept in the settings."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import SecretStr, ValidationError

from dealer_desktop.core import chosen_database
from dealer_desktop.core.errors import InvalidInput
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.logging import keep_secret
from dealer_desktop.core.settings import APP_CONFIG, DbConfig

SSLMODES = ("", "require", "verify-full", "verify-ca", "prefer", "disable")
"""What a form offers; the first is what is used where nothing is set: ``require``, but not on this PC."""
CHECKED = ("verify-full", "verify-ca")
"""Those that compare the server's certificate with a file."""


@dataclass(frozen=True)
class Server:
    """As typed."""

    host: str = ""
    port: str = "5432"
    database: str = "dealer"
    sslmode: str = SSLMODES[0]
    sslrootcert: str = ""

    def config(self, login: str = "", password: str = "") -> DbConfig:
        """Raises InvalidInput, whose fields are ours."""
        values = self.values() | {"user": login}
        names = {"name": "database"}
        if not self.host.strip():
            raise InvalidInput({"host": _("Enter the server’s name or address.")})
        try:
            made = DbConfig.model_validate(values)
        except ValidationError as error:
            raise InvalidInput(
                {names.get(str(one["loc"][0]), str(one["loc"][0])): _sentence(one["msg"]) for one in error.errors()}
            ) from None
        if password:
            keep_secret(password)
        return made.model_copy(update={"password": SecretStr(password)})

    def values(self) -> dict[str, str]:
        """As ``DB__*`` has them."""
        return {
            "host": ",".join(part.strip() for part in self.host.split(",")),
            "port": self.port.replace(" ", ""),
            "name": self.database.strip(),
            "sslmode": self.sslmode,
            "sslrootcert": self.sslrootcert.strip() if self.sslmode in CHECKED else "",
        }


@dataclass(frozen=True)
class Found:
    """One thing that was looked at; ``problem`` is None where all is well."""

    name: str
    words: str
    problem: str | None = None


@dataclass(frozen=True)
class Tested:
    findings: tuple[Found, ...]
    got_in: bool
    """Whether a login was taken, so that all was looked at."""

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(found.problem for found in self.findings if found.problem)


def present() -> Server:
    """What the settings say now."""
    config = APP_CONFIG.db
    if not config.is_configured:
        return Server()
    return Server(config.host, config.port, config.name, config.sslmode or "", config.sslrootcert or "")


def test(server: Server, login: str, password: str, tell: Callable[[str], None], *, owner: bool = False) -> Tested:
    """Look at ``server``, with the login of the form, or with the settings' own where it is their server.

    ``owner``: the login is the one that owns the tables. Changes nothing. Raises InvalidInput.
    """
    from dealer_desktop.server import probing

    config = server.config(login.strip(), password)
    own = APP_CONFIG.db
    if not login and own.user and own.host == config.host:
        config = config.model_copy(update={"user": own.user, "password": own.password})
    probe = probing.look(config.sqlalchemy_db_uri, tell, person="@" in login, owner=owner)
    found = tuple(Found(each.name, each.words, each.problem) for each in probe.findings)
    return Tested(found, probe.health is not None)


def keep(server: Server, *, everybody: bool) -> str:
    """Write it into the settings; the file. Raises InvalidInput, ChosenElsewhere and FileNotWritten."""
    server.config()
    return str(chosen_database.keep(server.values(), everybody=everybody))


def keep_place(place: str, *, everybody: bool) -> str:
    """A bundled database is used: ``chosen_database.THIS_PC`` or ``DEMO``. Raises as ``keep``."""
    return str(chosen_database.keep({"place": place}, everybody=everybody))


def _sentence(message: str) -> str:
    """Pydantic's words around ours."""
    words = message.removeprefix("Value error, ")
    return words[:1].upper() + words[1:] + "."
