"""On a real server with TLS, with wrong certificates, and without: the words, and that nothing leaks before them."""

from collections.abc import Callable, Iterator

import pytest

from dealer_desktop.core.errors import ServerUnreachable
from dealer_desktop.core.person_errors import ServerTooOld
from dealer_desktop.core.server_errors import CertificateRefused, NotEncrypted, PasswordAskedUnsafely
from dealer_desktop.server import health, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import OLDEST, sign_in
from tests.server.tls_servers import MAJOR, Server, needed, started_on, tls_server

pytestmark = needed
old_server = pytest.mark.skipif(MAJOR * 10_000 >= OLDEST, reason=f"PostgreSQL {MAJOR} is not too old")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tls_server() as one:
        yield one


@pytest.fixture
def started(server: Server) -> Iterator[Callable[..., Server]]:
    yield from started_on(server)


SAFE = {"sslmode": "require", "require_auth": "scram-sha-256"}
"""What a server that is not this PC gets without settings."""


def test_a_server_with_tls_is_spoken_to_encrypted(started: Callable[..., Server]) -> None:
    with connect(started().url(**SAFE)) as connection:
        assert connection.info.pgconn.ssl_in_use


def test_a_certificate_is_accepted_only_of_the_right_name_and_maker(started: Callable[..., Server]) -> None:
    server = started()
    verified = {"sslmode": "verify-full", "require_auth": "scram-sha-256"}
    with connect(server.url(**verified, sslrootcert=f"{server.folder}/good.crt")) as connection:
        assert connection.info.pgconn.ssl_in_use
    with pytest.raises(CertificateRefused) as refused:
        connect(server.url(**verified, sslrootcert=f"{server.folder}/other.crt"))
    assert "certificate" in str(refused.value) and "secret" not in str(refused.value)


def test_a_certificate_of_another_host_is_refused(started: Callable[..., Server]) -> None:
    server = started(certificate="other")
    with pytest.raises(CertificateRefused) as refused:
        connect(server.url(sslmode="verify-full", sslrootcert=f"{server.folder}/other.crt"))
    assert "DB__HOST" in str(refused.value)


def test_a_server_without_tls_is_refused_unless_settings_allow_it(started: Callable[..., Server]) -> None:
    server = started(certificate=None)
    with pytest.raises(NotEncrypted) as refused:
        connect(server.url(**SAFE))
    assert "DB__SSLMODE=prefer" in str(refused.value)
    with connect(server.url(sslmode="prefer", require_auth="scram-sha-256")) as connection:
        assert not connection.info.pgconn.ssl_in_use


def test_who_can_be_overheard_is_told_so(started: Callable[..., Server]) -> None:
    """The server has the name of another PC here, though it is this one."""
    server = started(certificate="good")

    def url(**settings: str) -> str:
        return server.url(**settings).replace("@localhost:", "@srv-auto.example:")

    assert not health.is_overheard(url(sslmode="require"))
    assert health.is_overheard(url(sslmode="disable"))
    assert not health.is_overheard(server.url(sslmode="disable"))


@pytest.mark.parametrize("auth", ["password", "trust"])
def test_a_password_is_not_given_to_who_asks_unsafely(started: Callable[..., Server], auth: str) -> None:
    with pytest.raises(PasswordAskedUnsafely) as refused:
        connect(started(auth=auth).url(**SAFE))
    assert isinstance(refused.value, ServerUnreachable) and "secret" not in str(refused.value)


@old_server
def test_a_server_that_is_too_old_is_told_at_sign_in(started: Callable[..., Server]) -> None:
    with pytest.raises(ServerTooOld, match=str(MAJOR)):
        sign_in(started().url(**SAFE), "dealer", "secret")


@old_server
def test_doctor_says_that_a_server_without_roles_keeps_none(started: Callable[..., Server]) -> None:
    url = started().url(**SAFE)
    upgrade.upgrade(url)
    found = health.check(url)
    assert found.keeps_roles is not True
    assert any("16" in problem for problem in found.problems), found.problems
