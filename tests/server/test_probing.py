"""Whatever keeps a PC from a server is told as what it is, with what to do: by a real server with TLS.

What the set-up's Test and ``doctor`` say; each fault has a sentence that no other fault has.
"""

import dataclasses
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote
from uuid import uuid4

import pytest

from dealer_desktop.server import health, probing, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.health import Finding
from dealer_desktop.server.sign_in import OLDEST
from dealer_desktop.services import connecting
from tests.server.tls_servers import MAJOR, Server, needed, started_on, tls_server

pytestmark = needed


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tls_server() as one:
        yield one


@pytest.fixture
def started(server: Server) -> Iterator[Callable[..., Server]]:
    yield from started_on(server)


def url_of(
    server: Server, *, host: str = "localhost", port: int = 0, login: str = "dealer", password: str = "secret",
    database: str = "postgres", **settings: str,
) -> str:  # fmt: skip
    who = f"{quote(login, safe='')}:{password}@" if login else ""
    query = "&".join(f"{name}={value}" for name, value in ({"sslmode": "require"} | settings).items())
    return f"postgresql+psycopg://{who}{host}:{port or server.port}/{database}?{query}"


def problem(url: str, *, person: bool = False) -> str:
    """The one thing that is wrong."""
    found = [each.problem for each in probing.look(url, person=person).findings if each.problem]
    assert len(found) == 1, found
    assert "secret" not in found[0]
    return found[0]


def of(findings: tuple[Finding, ...], name: str) -> Finding:
    return next(finding for finding in findings if finding.name == name)


def verified(server: Server, certificate: str = "good") -> dict[str, str]:
    return {"sslmode": "verify-full", "sslrootcert": f"{server.folder}/{certificate}.crt"}


def test_a_wrong_name(server: Server) -> None:
    assert "The name srv-aut.invalid is not known" in problem(url_of(server, host="srv-aut.invalid"))


def test_a_wrong_port(server: Server) -> None:
    assert "nothing listens. Check the port" in problem(url_of(server))  # it is not started


def test_one_of_two_servers_is_enough(started: Callable[..., Server]) -> None:
    server = started()
    two = url_of(server).replace("@localhost", "@").replace(f":{server.port}/", "/")
    with unbound_port() as dead:
        two += f"&host=localhost:{dead}&host=localhost:{server.port}"
        found = probing.look(two)
    assert found.health is not None
    assert [bool(each.problem) for each in found.findings if each.name == "Server"] == [True, False]


@contextmanager
def unbound_port() -> Iterator[int]:
    """Taken by nobody, and nobody's to take."""
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@contextmanager
def listening(answer: bytes = b"") -> Iterator[int]:
    """A socket that takes connections, and answers once or never."""
    import threading

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            while True:
                try:
                    taken, _address = listener.accept()
                except OSError:
                    return
                if answer:
                    taken.recv(8)
                    taken.sendall(answer)
                    taken.close()
                else:
                    kept.append(taken)

        kept: list[socket.socket] = []
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        for taken in kept:
            taken.close()


def test_packets_that_are_swallowed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as port:
        assert "says nothing" in problem(url_of(server, port=port, connect_timeout="2"))
    # Not even the connection is taken: the queue of this listener is full.
    monkeypatch.setattr(probing, "_ANSWER_WITHIN", 0.5)
    with closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as full:
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        assert "does not answer at all" in problem(url_of(server, port=full.getsockname()[1]))
        for one in waiting:
            one.close()


def test_another_program_at_that_port(server: Server) -> None:
    with listening(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert "another program answers" in problem(url_of(server, port=port))


def test_the_login_the_database_and_who_is_let_in(started: Callable[..., Server]) -> None:
    server = started()
    asked = probing.look(url_of(server, login=""))
    assert [each.problem for each in asked.findings] == [None, None]
    assert of(asked.findings, "Login").words == "the server asks for it"
    assert "DB__PASSWORD" in problem(url_of(server, password="wrong"))
    assert "This e-mail and password are not accepted" in problem(url_of(server, login="anna@dealer.ru"), person=True)
    assert "has no such database" in problem(url_of(server, database="daeler"))


def test_a_pc_that_the_servers_list_does_not_know(started: Callable[..., Server]) -> None:
    told = problem(url_of(started(database="another")))
    assert "hostssl postgres all 127.0.0.1/32 scram-sha-256" in told


def test_no_encryption(started: Callable[..., Server]) -> None:
    assert "does not encrypt" in problem(url_of(started(certificate=None)))


@pytest.mark.parametrize(
    ("shown", "known", "words"),
    [
        ("other", "other", "made out to another name"),
        ("good", "other", "not the one in"),
        ("expired", "expired", "has expired"),
        ("early", "early", "is not valid yet"),
        ("good", "nowhere", "cannot be read"),
    ],
)
def test_a_certificate(started: Callable[..., Server], shown: str, known: str, words: str) -> None:
    server = started(certificate=shown)
    assert words in problem(url_of(server, **verified(server, known)))


def test_the_right_certificate(started: Callable[..., Server]) -> None:
    server = started()
    found = probing.look(url_of(server, **verified(server)))
    assert found.health is not None
    assert of(found.findings, "Encryption").problem is None


def test_what_is_typed_into_the_form_is_what_is_tried(started: Callable[..., Server]) -> None:
    server = started(certificate="other")
    typed = connecting.Server("localhost", str(server.port), "postgres", "verify-full", f"{server.folder}/other.crt")
    told: list[str] = []
    tested = connecting.test(typed, "dealer", "secret", told.append)
    assert "made out to another name" in tested.problems[0]
    assert not tested.got_in
    assert told[0] == f"Looking for localhost:{server.port}…"
    tested = connecting.test(dataclasses.replace(typed, sslmode="verify-ca"), "dealer", "secret", told.append)
    assert tested.got_in
    assert "needs an upgrade" in " ".join(tested.problems)


def test_schema_rights_version_locale_and_clock(started: Callable[..., Server]) -> None:
    """What only whoever got in can see."""
    server = started()
    url = url_of(server)
    fresh = f"d{uuid4().hex[:8]}"
    with connect(url) as connection:
        connection.execute(f"CREATE DATABASE {fresh} TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'".encode())
    url = url_of(server, database=fresh)
    empty = probing.look(url).findings
    assert "needs an upgrade" in str(of(empty, "Schema").problem)
    assert "locale C" in str(of(empty, "Russian search").problem)
    assert "dealer-desktop db init" in str(of(probing.look(url, person=True).findings, "Schema").problem)
    too_old = of(probing.look(url, person=True).findings, "PostgreSQL").problem
    assert (MAJOR * 10_000 < OLDEST) == ("needs PostgreSQL 16" in str(too_old))
    first = min(upgrade.known_revisions())
    upgrade.upgrade(url, revision=first)
    assert "needs an upgrade" in str(of(probing.look(url).findings, "Schema").problem)
    with connect(url) as connection:
        connection.execute("CREATE ROLE stranger LOGIN PASSWORD 'secret'")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer than this program" in str(of(probing.look(url).findings, "Schema").problem)
    assert "stranger has no rights" in problem(url_of(server, login="stranger", database=fresh))


def test_a_clock_that_is_off(started: Callable[..., Server], monkeypatch: pytest.MonkeyPatch) -> None:
    url = url_of(started())
    real = time.time
    monkeypatch.setattr(health.time, "time", lambda: real() - 7200)
    assert "Set this PC's clock" in str(of(probing.look(url).findings, "Clocks").problem)


def test_a_server_older_than_any_that_works(started: Callable[..., Server]) -> None:
    """Which is not installed here: what was seen of this one, with another number."""
    found = health.check(url_of(started()))
    old = dataclasses.replace(found, server_version="14.9", major_version=14)
    assert "14.9 is too old" in str(of(old.findings, "PostgreSQL").problem)
