"""Against a real server with TLS, with wrong certificates, and without: the words, and that nothing leaks before them.

The bundled PostgreSQL is built without TLS, so these need the system's.
"""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dealer_desktop.core.errors import ServerUnreachable
from dealer_desktop.core.person_errors import ServerTooOld
from dealer_desktop.core.server_errors import CertificateRefused, NotEncrypted, PasswordAskedUnsafely
from dealer_desktop.server import health, upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.sign_in import sign_in

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
pytestmark = [
    pytest.mark.skipif(not (PROGRAMS / "initdb").exists(), reason=f"there is no PostgreSQL in {PROGRAMS}"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl"),
    pytest.mark.skipif(os.name != "posix", reason="the server's own user is a POSIX one"),
]


def run(*command: str | Path, cwd: Path) -> None:
    """As somebody who is not root: PostgreSQL refuses root."""
    user = "nobody" if os.getuid() == 0 else None
    subprocess.run([str(part) for part in command], cwd=cwd, user=user, check=True, capture_output=True, timeout=60)


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "password").write_text("secret")
        for name, subject, days in (("good", "localhost", "2"), ("other", "elsewhere.example", "2")):
            self._certificate(name, subject, days)
        run(PROGRAMS / "initdb", "-D", self.data, "-U", "dealer", "--pwfile", folder / "password", cwd=folder)

    def _certificate(self, name: str, subject: str, days: str) -> None:
        run(
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", days, "-subj", f"/CN={subject}"),
            *("-addext", f"subjectAltName=DNS:{subject}", "-keyout", f"{name}.key", "-out", f"{name}.crt"),
            cwd=self.folder,
        )

    def start(self, *, certificate: str | None = "good", auth: str = "scram-sha-256") -> None:
        (self.data / "pg_hba.conf").write_text(f"host all all 127.0.0.1/32 {auth}\n")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync=off"
        if certificate:
            options += f" -c ssl=on -c ssl_cert_file={self.folder}/{certificate}.crt"
            options += f" -c ssl_key_file={self.folder}/{certificate}.key"
        run(
            PROGRAMS / "pg_ctl",
            "-D",
            self.data,
            "-w",
            "-o",
            options,
            "-l",
            self.folder / "log",
            "start",
            cwd=self.folder,
        )

    def stop(self) -> None:
        run(PROGRAMS / "pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop", cwd=self.folder)

    def url(self, **settings: str) -> str:
        query = "&".join(f"{name}={value}" for name, value in settings.items())
        return f"postgresql+psycopg://dealer:secret@localhost:{self.port}/postgres?hostaddr=127.0.0.1&{query}"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="dealer-tls-", dir="/tmp"))
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    try:
        yield Server(folder)
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def started(server: Server) -> Iterator[Callable[..., Server]]:
    running: list[Server] = []

    def start(**how: str | None) -> Server:
        server.start(**how)  # type: ignore[arg-type]
        running.append(server)
        return server

    yield start
    for one in running:
        one.stop()


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


def test_a_server_that_is_too_old_is_told_at_sign_in(started: Callable[..., Server]) -> None:
    with pytest.raises(ServerTooOld, match="15"):
        sign_in(started().url(**SAFE), "dealer", "secret")


def test_doctor_says_that_a_server_without_roles_keeps_none(started: Callable[..., Server]) -> None:
    url = started().url(**SAFE)
    upgrade.upgrade(url)
    found = health.check(url)
    assert found.keeps_roles is not True
    assert any("16" in problem for problem in found.problems), found.problems
