"""Whether the database behind a URL can be worked with, found out from the name to the clock, each in words.

One way for ``doctor`` and for the test of the set-up: what is wrong is a finding whose problem says what to do.
"""

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dealer_desktop.core.connecting_errors import (
    HostUnknown,
    NothingComesBack,
    NotLetIn,
    OwnerRefused,
    PortRefused,
    SaysNothing,
)
from dealer_desktop.core.errors import DealerError, LoginRefused, ServerUnreachable
from dealer_desktop.core.i18n import gettext as _
from dealer_desktop.core.person_errors import SignInRefused
from dealer_desktop.core.server_errors import CertificateRefused
from dealer_desktop.server import certificates, health
from dealer_desktop.server.connect import conninfo, timed_out
from dealer_desktop.server.health import Finding, Health

_log = logging.getLogger(__name__)
_ANSWER_WITHIN = 5.0
"""Seconds for a server to take or refuse a connection; each of a cluster's is asked."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Probe:
    findings: tuple[Finding, ...]
    health: Health | None = None
    """What was seen by whoever got in."""


@dataclass(frozen=True)
class _Door:
    """One host and port of the server."""

    host: str
    port: int

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


def look(
    url: str, tell: Tell = lambda _words: None, *, person: bool = False, owner: bool = False, shared: bool = True
) -> Probe:
    """Every step as far as it goes; raises nothing of the server's.

    Without a login in ``url`` it ends where a server asks for one. ``person``: the login is somebody's e-mail;
    ``owner``: it is the one that owns the tables.
    ``shared``: somebody set where the server is, and is told what to set otherwise.
    """
    found, findings = conninfo(url), list[Finding]()
    doors = _doors(found)
    open_doors = []
    for door in doors:
        finding = _knock(door, tell)
        findings.append(finding)
        if finding.problem is None:
            open_doors.append(door)
    if doors and not open_doors:
        return Probe(tuple(findings))
    tell(_("Connecting to the database…"))
    try:
        seen = health.check(url)
    except DealerError as fault:
        if "bundled" in fault.facts:
            fault = _with(fault, bundled=not shared)
        return Probe((*findings, _fault(fault, found, open_doors, person=person, owner=owner)))
    findings += health.for_people(seen) if person else seen.findings
    return Probe(tuple(findings), seen)


def _with(fault: DealerError, **facts: object) -> DealerError:
    """The same with other facts; what caused it too."""
    made = type(fault)(**fault.facts | facts)
    made.__cause__ = fault.__cause__
    return made


def _doors(found: dict[str, Any]) -> list[_Door]:
    """Those on the network; a socket of this PC has neither name nor port."""
    hosts, ports = str(found.get("host", "")).split(","), str(found.get("port", "5432")).split(",")
    each = ports if len(ports) == len(hosts) else ports[:1] * len(hosts)
    return [
        _Door(host, int(port))
        for host, port in zip(hosts, each, strict=True)
        if host and not host.startswith(("/", "@"))
    ]


def _knock(door: _Door, tell: Tell) -> Finding:
    tell(_("Looking for {place}…").format(place=door.place))
    try:
        _try(door)
    except ServerUnreachable as fault:
        return Finding(_("Server"), door.place, str(fault))
    return Finding(_("Server"), _("{place} is there").format(place=door.place))


def _try(door: _Door) -> None:
    """Take a connection and leave it. Raises HostUnknown, PortRefused, NothingComesBack."""
    facts = {"place": door.place, "host": door.host, "port": door.port}
    try:
        addresses = socket.getaddrinfo(door.host, door.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise HostUnknown(**facts, reason=str(error)) from error
    refused: OSError | None = None
    for family, kind, protocol, _name, address in addresses:
        try:
            with socket.socket(family, kind, protocol) as way:
                way.settimeout(_ANSWER_WITHIN)
                way.connect(address)
                return
        except OSError as error:
            # Of a name's addresses the one that refuses tells more than one that is not reached.
            if not isinstance(refused, ConnectionRefusedError):
                refused = error
    if isinstance(refused, ConnectionRefusedError):
        raise PortRefused(**facts, reason=str(refused)) from refused
    raise NothingComesBack(**facts, reason=str(refused)) from refused


def _fault(fault: DealerError, found: dict[str, Any], doors: list[_Door], *, person: bool, owner: bool) -> Finding:
    """What stopped it, as exactly as it can be told."""
    if isinstance(fault, LoginRefused) and not isinstance(fault, NotLetIn):
        if not found.get("user"):
            return Finding(_("Login"), _("the server asks for it"))
        user = str(found["user"])
        refused = SignInRefused() if person else OwnerRefused(user=user) if owner else fault
        return Finding(_("Login"), user, str(refused))
    if isinstance(fault, CertificateRefused):
        _log.info("the certificate is refused: %s", fault)
        exact = (certificates.why_refused(found, door.host, door.port, _ANSWER_WITHIN) for door in doors)
        return Finding(_("Encryption"), _("refused"), str(next(filter(None, exact), fault)))
    if doors and timed_out(fault):
        fault = SaysNothing(place=doors[0].place)
    return Finding(_("Database"), str(found.get("dbname", "")), str(fault))
