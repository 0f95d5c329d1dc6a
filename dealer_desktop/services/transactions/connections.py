"""The open database as screens hold it: a way to write, and a way to read whose questions can be taken back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from dealer_desktop.services.transactions.reader import Reader, Ticket
from dealer_desktop.services.transactions.standby import StandbyReader

if TYPE_CHECKING:
    from dealer_desktop.core.settings import DbConfig

__all__ = ["Connections", "Reader", "SessionMaker", "Ticket", "open_connections"]

SessionMaker = sessionmaker[Session]
"""What every write takes first: makes the session of its one transaction."""


@dataclass(frozen=True)
class Connections:
    """One open database."""

    session_maker: SessionMaker
    reader: Reader
    """For reads that can be canceled; its connections are never used for writes."""
    bulk_reader: Reader
    """For what is much and need not be of this moment: exports, the dashboard, the search of everything.

    It asks the standby where the settings name one (``DB__READ_HOST``), and else is ``reader``.
    """
    url_for_people: str
    """``dealer@server``, without the password."""
    user: str
    """The login."""

    @property
    def url(self) -> str:
        """With the password: for programs that connect on their own."""
        return str(self.session_maker.kw["bind"].url.render_as_string(hide_password=False))

    @property
    def _readers(self) -> set[Reader]:
        return {self.reader, self.bulk_reader}

    def renew(self, *, other_server: bool = False) -> bool:
        """The way to the server was lost and found again: no connection from before is used any more.

        ``other_server``: another takes the writes now. What is on its way to the first is sent to it at once, with the
        same request id; else it is waited for. Returns whether something that was to be shown could not be read.
        """
        import dealer_desktop.db as db

        failed = [reader.renew() for reader in self._readers]
        engine = self.session_maker.kw["bind"]
        if other_server:
            db.drop_connections(engine)
        else:
            engine.dispose()
        return any(failed)

    def use_password(self, password: str) -> None:
        """The login's password was changed: new connections need it."""
        import dealer_desktop.db as db

        for reader in self._readers:
            reader.use_password(password)
        db.use_password(self.session_maker.kw["bind"], password)

    def close(self) -> None:
        """Close every connection. What is running is canceled or fails as ConnectionLost."""
        for reader in self._readers:
            reader.close()
        self.session_maker.kw["bind"].dispose()


def open_connections(url: str, limits: "DbConfig | None" = None) -> Connections:
    """The database at ``url`` (``postgresql+psycopg://``). Nothing is connected until the first question."""
    import dealer_desktop.db as db
    from dealer_desktop.core.settings import DbConfig

    limits = limits or DbConfig()
    # A lock is waited for less long than an answer: else it would be taken for a server that is gone.
    patience = min(limits.lock_timeout, int(limits.read_timeout * 800))
    reading = limits.model_copy(update={"lock_timeout": patience})
    engine = db.make_engine(url, limits)
    name, user = _name_for_people(url)
    reader = Reader(db.make_engine(url, reading))
    standby = _standby_of(url, limits)
    return Connections(
        session_maker=db.make_session_maker(engine),
        reader=reader,
        bulk_reader=reader if standby is None else StandbyReader(db.make_engine(standby, reading), reader),
        url_for_people=name,
        user=user,
    )


def _standby_of(url: str, limits: "DbConfig") -> str | None:
    """The standby of the settings with the login of ``url``, where that leads to the settings' own server."""
    from sqlalchemy import make_url

    from dealer_desktop.core.settings import database_uri
    from dealer_desktop.server.connect import conninfo

    if not limits.read_host or conninfo(url).get("host") != limits.host:
        return None
    parts = make_url(url)
    options = {
        name: str(value) for name, value in parts.query.items() if name not in ("host", "port", "target_session_attrs")
    }
    return database_uri(
        hosts=limits.read_host.split(","),
        ports=(limits.read_port or limits.port.split(",")[0]).split(","),
        user=parts.username or "",
        password=parts.password or "",
        name=parts.database or "",
        options={**options},
        which="prefer-standby",
    )


def _name_for_people(url: str) -> tuple[str, str]:
    """``database@hosts`` and the login."""
    from sqlalchemy import make_url

    parts = make_url(url)
    hosts = parts.query.get("host", ())
    hosts = (hosts,) if isinstance(hosts, str) else hosts
    if parts.host:
        place = parts.host
    elif hosts and not hosts[0].startswith(("/", "@")):
        place = ", ".join(host.rpartition(":")[0] or host for host in hosts)
    else:
        import socket

        place = socket.gethostname()
    return f"{parts.database}@{place}", parts.username or ""
