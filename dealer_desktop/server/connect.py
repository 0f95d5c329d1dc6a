"""A plain psycopg connection from one of our URLs, without SQLAlchemy, and what its failure means in words."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

from dealer_desktop.core.errors import DealerError, LoginRefused, ServerUnreachable

_LOGIN_REFUSED = (
    "password authentication failed",
    "no password supplied",
    "pg_hba.conf",
    "is not permitted to log in",
    # A Russian server says it in Russian.
    "проверку подлинности",
    "вход в систему",
)
_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3}
TCP_USER_TIMEOUT = 15_000
"""Milliseconds after which data that nobody acknowledged ends a connection (Linux; elsewhere libpq ignores it)."""


def conninfo(url: str) -> dict[str, Any]:
    """libpq's parameters of a ``postgresql+psycopg://`` URL, comma lists for a cluster included."""
    parts = urlsplit(url)
    found: dict[str, Any] = {"dbname": unquote(parts.path.lstrip("/"))}
    if parts.username:
        found["user"] = unquote(parts.username)
    if parts.password:
        found["password"] = unquote(parts.password)
    if parts.hostname:
        found |= {"host": parts.hostname, "port": str(parts.port or 5432)}
    hosts, ports = [], []
    for key, value in parse_qsl(parts.query):
        if key != "host":
            found[key] = value
        elif value.startswith(("/", "@")):
            hosts.append(value)
        else:
            host, _colon, port = value.rpartition(":") if ":" in value else (value, "", "")
            hosts.append(host)
            ports.append(port or "5432")
    if hosts:
        found["host"] = ",".join(hosts)
        if ports:
            found["port"] = ",".join(ports)
    return found


def place(url: str) -> str:
    """Where a URL leads, without its secrets: ``server:5432/dealer``; a socket is told as this PC's."""
    found = conninfo(url)
    host = found.get("host", "localhost")
    if host.startswith(("/", "@")):
        host, port = "localhost", ""
    else:
        port = found.get("port", "")
    return f"{host}:{port}/{found['dbname']}" if port else f"{host}/{found['dbname']}"


def connect(url: str, *, timeout: int = 5, **limits: int) -> psycopg.Connection[tuple[Any, ...]]:
    """An autocommit connection that notices a dead network; ``limits`` are settings in milliseconds.

    Raises ServerUnreachable or LoginRefused.
    """
    options = " ".join(f"-c {name}={value}" for name, value in limits.items())
    try:
        return psycopg.connect(
            **{
                "connect_timeout": timeout,
                "application_name": "dealer-desktop",
                "tcp_user_timeout": TCP_USER_TIMEOUT,
                **_KEEPALIVES,
                **conninfo(url),
            },
            options=options,
            autocommit=True,
        )
    except psycopg.OperationalError as error:
        raise connection_trouble(error, url) from error


def connection_trouble(error: Exception, url: str) -> DealerError:
    """Why no connection was made, as LoginRefused or ServerUnreachable (the driver gives no SQLSTATE here)."""
    text = str(error)
    user = conninfo(url).get("user", "")
    if any(mark in text for mark in _LOGIN_REFUSED) or (f'role "{user}" does not exist' in text):
        return LoginRefused(user=user)
    first = text.strip().splitlines()[0] if text.strip() else type(error).__name__
    for separator in ("FATAL:", "ВАЖНО:", "failed:"):
        if separator in first:
            first = first.split(separator)[-1]
            break
    return ServerUnreachable(place=place(url), reason=first.strip().rstrip("."))
