"""Which of a cluster's servers is asked first: the one that let us in last.

A dead machine answers nothing, and whoever asks it first waits out ``connect_timeout`` at every new connection.
"""

_last: dict[tuple[str, str], tuple[str, str]] = {}
"""By the lists of hosts and ports as they are set: where a connection was made last."""


def in_order(hosts: str, ports: str) -> tuple[str, str]:
    """libpq's lists ``hosts`` and ``ports`` with the server in front that let us in last."""
    last = _last.get((hosts, ports))
    servers = _servers(hosts, ports)
    if last is None or last not in servers:
        return hosts, ports
    servers = [last, *(server for server in servers if server != last)]
    return ",".join(host for host, _port in servers), ",".join(port for _host, port in servers)


def note(hosts: str, ports: str, host: str, port: str) -> None:
    """A connection of these lists was made to this server."""
    if "," in hosts:
        _last[hosts, ports] = host, port


def doubt(hosts: str, ports: str) -> None:
    """The server that let us in last says nothing any more: the next one in the list is asked first."""
    last = _last.get((hosts, ports))
    servers = _servers(hosts, ports)
    if last in servers:
        _last[hosts, ports] = servers[(servers.index(last) + 1) % len(servers)]


def _servers(hosts: str, ports: str) -> list[tuple[str, str]]:
    each, given = hosts.split(","), ports.split(",")
    return list(zip(each, given if len(given) == len(each) else given[:1] * len(each), strict=True))
