"""The shared server of ``docker compose``: what its scripts make when they are run, and who reaches it.

There need be no Docker: the scripts are run as they stand, on Debian's PostgreSQL and on a copy of the checkout.
"""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from dealer_desktop.core import paths
from tests.server.tls_servers import PROGRAMS, Server, needed, tls_server

ROOT = paths.product_root()
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")


def needed_here(test: Callable[..., None]) -> Callable[..., None]:
    for mark in needed:
        test = mark(test)
    return test


def service(name: str) -> str:
    return part(rf"(?ms)^  {name}:\n(.*?)(?=^  \w|^\w)")


def part(pattern: str, text: str = COMPOSE) -> str:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return found[found.re.groups and 1]


def script(of: str) -> str:
    """The block of lines in it as the container gets it: Compose makes one $ of two."""
    block = re.search(r"(?m)^( *)(?:- |content: )\|\n((?:\1  +.*\n|\n)+)", of)
    assert block is not None, of
    return textwrap.dedent(block[2]).replace("$$", "$")


def test_it_is_reached_from_this_machine_alone_until_told_otherwise() -> None:
    assert re.findall(r'- "(.*):5432"', COMPOSE) == ["${DB_BIND:-127.0.0.1}:15432"]


def test_images_are_named_to_their_last_number() -> None:
    images = re.findall(r"image: (\S+)", COMPOSE)
    assert len(images) == 3
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?-\w+", image), image


def test_the_programs_login_is_no_superuser() -> None:
    assert "POSTGRES_USER" not in COMPOSE
    script = COMPOSE.split("content: |", 1)[1].split("\nvolumes:", 1)[0]
    (made,) = re.findall(r"CREATE ROLE (.*);", script)
    assert made == "dealer LOGIN CREATEROLE PASSWORD :'password'"
    assert "GRANT pg_signal_backend TO dealer" in script
    assert "CREATE DATABASE dealer OWNER dealer" in script
    assert "ALTER ROLE postgres PASSWORD NULL" in script


def test_it_encrypts_from_the_first_start() -> None:
    assert '"ssl=on"' in service("database")
    assert "DB__SSLMODE: require" in service("migrations")
    assert "service_completed_successfully" in service("database")


def run_certificate(folder: Path, own: Path, **environment: str) -> None:
    """The certificate's script with its folders here; nobody need be root."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "chown").write_text("#!/bin/sh\n")
    (programs / "chown").chmod(0o755)
    text = script(service("certificate")).replace("/certificate", str(folder)).replace("/own", str(own))
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", "-euc", text], env={"DB_NAMES": "", "PATH": path, **environment}, check=True, timeout=60)


@pytest.fixture(scope="module")
def debian() -> Iterator[Server]:
    with tls_server() as one:
        yield one


@needed_here
def test_the_scripts_make_a_server_that_speaks_tls_alone(debian: Server) -> None:
    made = debian.folder / "made"
    made.mkdir()
    run_certificate(made, debian.folder / "nothing", DB_NAMES="srv-auto,192.168.1.5")
    before = (made / "server.crt").read_bytes()
    run_certificate(made, debian.folder / "nothing", DB_NAMES="another")
    assert (made / "server.crt").read_bytes() == before, "the PCs have a copy of the first one"
    names = subprocess.check_output(["openssl", "x509", "-in", made / "server.crt", "-noout", "-ext", "subjectAltName"])
    assert b"DNS:localhost, DNS:database, DNS:srv-auto, IP Address:192.168.1.5" in names
    for end in ("crt", "key"):
        shutil.copy(made / f"server.{end}", debian.folder / f"made.{end}")
        if os.getuid() == 0:
            shutil.chown(debian.folder / f"made.{end}", "nobody")
    debian.start(certificate="made")
    try:
        superuser = {"host": "127.0.0.1", "port": debian.port, "password": "secret", "user": "dealer"}
        with psycopg.connect(dbname="postgres", autocommit=True, **superuser) as connection:
            connection.execute("CREATE ROLE postgres SUPERUSER LOGIN PASSWORD 'of the first start'")
        superuser |= {"user": "postgres", "password": "of the first start"}
        with psycopg.connect(dbname="postgres", autocommit=True, **superuser) as connection:
            connection.execute("ALTER ROLE dealer RENAME TO somebody")
        owner = script(part(r"(?ms)^  owner:.*?(?=^  #)"))
        place = ("-h", "127.0.0.1", "-p", str(debian.port), "-U", "postgres")
        subprocess.run(
            [PROGRAMS / "psql", "-qX", "-v", "ON_ERROR_STOP=1", *place],
            input=owner, text=True, check=True, timeout=60, cwd="/",
            env={"PGPASSWORD": "of the first start", "DB_PASSWORD": "it's \\ quoted"},
        )  # fmt: skip
        # As the image's own script writes it.
        (debian.data / "pg_hba.conf").write_text("host all all all scram-sha-256\n")
        encrypted = script(part(r"(?ms)^  encrypted:.*?(?=^\w)"))
        subprocess.run(["bash", "-euc", encrypted], env={"PGDATA": str(debian.data), **os.environ}, check=True)
        if os.getuid() == 0:
            shutil.chown(debian.data / "pg_hba.conf", "nobody")
        debian.reload()
        login = "user=dealer dbname=dealer password='it\\'s \\\\ quoted'"
        dealer = f"host=localhost hostaddr=127.0.0.1 port={debian.port} {login}"
        for mode in ("require", f"verify-ca sslrootcert={debian.folder}/made.crt",
                     f"verify-full sslrootcert={debian.folder}/made.crt"):  # fmt: skip
            with psycopg.connect(f"{dealer} sslmode={mode}") as connection:
                assert connection.info.pgconn.ssl_in_use
                (is_superuser,) = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = user").fetchone()
                assert not is_superuser
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
            psycopg.connect(f"{dealer} sslmode=disable")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(dealer.replace("user=dealer", "user=postgres").replace("dbname=dealer", "dbname=postgres"))
    finally:
        debian.stop()


@needed_here
def test_an_own_certificate_is_taken(tmp_path: Path, debian: Server) -> None:
    own, made = tmp_path / "own", tmp_path / "made"
    own.mkdir()
    made.mkdir()
    for end in ("crt", "key"):
        shutil.copy(debian.folder / f"other.{end}", own / f"server.{end}")
    run_certificate(made, own)
    assert (made / "server.crt").read_bytes() == (own / "server.crt").read_bytes()
    assert (made / "server.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name != "posix", reason="the containers are Linux")
def test_a_revision_is_written_into_the_checkout(tmp_path: Path, database_url: str) -> None:
    """``docker compose run --rm migrations alembic revision -m "..."``.

    With ``--autogenerate`` it is the same file with what was compared; tests/migrations compares.
    """
    checkout, programs = tmp_path / "checkout", tmp_path / "programs"
    checkout.mkdir()
    programs.mkdir()
    for name in ("dealer_desktop", "resources"):
        (checkout / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "migrations", checkout / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "alembic.ini", checkout)
    # What the container installs is here already.
    (programs / "pip").write_text('#!/bin/sh\ncase "$*" in *--editable\\ .) exit 0 ;; *) exit 1 ;; esac\n')
    (programs / "alembic").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m alembic "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    before = set((checkout / "migrations" / "versions").glob("*.py"))
    where = psycopg.conninfo.conninfo_to_dict(database_url.replace("+psycopg", "", 1))
    settings = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
    environment = {f"DB__{name}": str(where[key]) for name, key in settings.items() if where.get(key)}
    command = ["sh", "-euc", script(service("migrations").split("entrypoint:")[1]), "migrations"]
    ran = subprocess.run(
        [*command, "alembic", "revision", "-m", "What changed"],
        cwd=checkout, capture_output=True, text=True, timeout=120,
        env={**os.environ, **environment, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": ""},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    (written,) = set((checkout / "migrations" / "versions").glob("*.py")) - before
    assert "What changed" in written.read_text("utf-8")
    assert written.stat().st_uid == checkout.stat().st_uid
