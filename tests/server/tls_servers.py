"""Debian's PostgreSQL as an admin runs it: with TLS, certificates of several kinds, its own list of who may connect.

The bundled PostgreSQL is built without TLS, so these need the system's.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = max(
    Path("/usr/lib/postgresql").glob("*/bin"),
    key=lambda one: int(one.parent.name),
    default=Path("/usr/lib/postgresql/bin"),
)
MAJOR = int(PROGRAMS.parent.name) if PROGRAMS.parent.name.isdigit() else 0
needed = [
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
        for name, subject in (("good", "localhost"), ("other", "elsewhere.example")):
            self._certificate(name, subject)
        self._dated_certificate("expired", "20200101000000Z", "20210101000000Z")
        self._dated_certificate("early", "20990101000000Z", "20991231000000Z")
        run(PROGRAMS / "initdb", "-D", self.data, "-U", "dealer", "--pwfile", folder / "password", cwd=folder)

    def _certificate(self, name: str, subject: str) -> None:
        run(
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={subject}"),
            *("-addext", f"subjectAltName=DNS:{subject}", "-keyout", f"{name}.key", "-out", f"{name}.crt"),
            cwd=self.folder,
        )

    def _dated_certificate(self, name: str, first: str, last: str) -> None:
        """Of localhost, good between these moments alone; ``openssl req`` knows no past."""
        config = self.folder / "ca.conf"
        config.write_text(
            "[ca]\ndefault_ca = own\n[own]\ndatabase = index\nserial = serial\nnew_certs_dir = .\n"
            "default_md = sha256\npolicy = any\nx509_extensions = names\n[any]\ncommonName = supplied\n"
            "[names]\nsubjectAltName = DNS:localhost\n"
        )
        (self.folder / "index").write_text("")
        (self.folder / "serial").write_text("01")
        for made in ("index", "serial"):
            (self.folder / made).chmod(0o666)
        key, request = f"{name}.key", f"{name}.csr"
        run(
            *("openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"),
            *("-keyout", key, "-out", request),
            cwd=self.folder,
        )
        run(
            *("openssl", "ca", "-selfsign", "-batch", "-notext", "-config", config, "-keyfile", key, "-in", request),
            *("-startdate", first, "-enddate", last, "-out", f"{name}.crt"),
            cwd=self.folder,
        )

    def start(self, *, certificate: str | None = "good", auth: str = "scram-sha-256", database: str = "all") -> None:
        (self.data / "pg_hba.conf").write_text(f"host {database} all 127.0.0.1/32 {auth}\n")
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

    def reload(self) -> None:
        """Who may connect is read again."""
        run(PROGRAMS / "pg_ctl", "-D", self.data, "reload", cwd=self.folder)

    def stop(self) -> None:
        run(PROGRAMS / "pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop", cwd=self.folder)

    def url(self, **settings: str) -> str:
        query = "&".join(f"{name}={value}" for name, value in settings.items())
        return f"postgresql+psycopg://dealer:secret@localhost:{self.port}/postgres?hostaddr=127.0.0.1&{query}"


@contextmanager
def tls_server() -> Iterator[Server]:
    """One that can be started, again and again."""
    folder = Path(tempfile.mkdtemp(prefix="dealer-tls-", dir="/tmp"))
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    try:
        yield Server(folder)
    finally:
        shutil.rmtree(folder)


def started_on(server: Server) -> Iterator[Callable[..., Server]]:
    """``start(certificate=..., auth=...)``; stopped when the test ends."""
    running: list[Server] = []

    def start(**how: str | None) -> Server:
        server.start(**how)  # type: ignore[arg-type]
        running.append(server)
        return server

    yield start
    for one in running:
        one.stop()
