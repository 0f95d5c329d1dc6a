"""The schema's state is told without Alembic, and any number of PCs upgrade it once."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dealer_desktop.core import paths
from dealer_desktop.core.errors import Busy, LoginRefused, NoRightToUpgrade, SchemaNewer, ServerUnreachable
from dealer_desktop.server import upgrade
from dealer_desktop.server.connect import connect
from dealer_desktop.server.upgrade import VERSION_LOCK, VERSION_TABLE, SchemaStatus

ROOT = paths.product_root()

START = """
import sys
from dealer_desktop.server import upgrade
sys.stdin.readline()  # all start at the same moment
told = []
upgrade.upgrade(sys.argv[1], told.append)
print(upgrade.status(sys.argv[1]), len(told))
"""


def test_the_known_head_is_alembics() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(Config(str(paths.alembic_ini())))
    assert upgrade.head() == scripts.get_current_head()
    assert upgrade.known_revisions() == {script.revision for script in scripts.walk_revisions()}


def test_the_status_is_asked_without_alembic_and_sqlalchemy(database_url: str) -> None:
    code = (
        "import sys; from dealer_desktop.server import upgrade; print(upgrade.status(sys.argv[1]));"
        "print([name for name in ('alembic', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, database_url], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["current", "[]"]


def test_an_empty_database_becomes_current(empty_database_url: str) -> None:
    assert upgrade.status(empty_database_url) is SchemaStatus.EMPTY
    told: list[str] = []
    upgrade.upgrade(empty_database_url, told.append)
    assert upgrade.status(empty_database_url) is SchemaStatus.CURRENT
    assert all(words[0].isupper() for words in told)
    again: list[str] = []
    upgrade.upgrade(empty_database_url, again.append)
    assert again == []


def test_nothing_is_imported_from_the_folder_it_is_started_in(empty_database_url: str, tmp_path: Path) -> None:
    for name in ("alembic_postgresql_enum", "alembic_utils", "entities", "colorsys"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('planted')")
    code = (
        "import sys; from dealer_desktop.server import upgrade\n"
        "upgrade.upgrade(sys.argv[1])\n"
        "import colorsys; print(sys.path)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, empty_database_url],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(paths.product_root())},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "'.'" not in done.stdout and str(tmp_path) not in done.stdout
    assert upgrade.status(empty_database_url) is SchemaStatus.CURRENT


def test_an_older_schema_is_behind(database_url: str) -> None:
    older = sorted(upgrade.known_revisions() - {upgrade.head()})[0]
    with connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", [older])
    assert upgrade.status(database_url) is SchemaStatus.BEHIND


def test_eight_pcs_that_start_together_upgrade_once(empty_database_url: str) -> None:
    pcs = [
        subprocess.Popen(
            [sys.executable, "-c", START, empty_database_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for pc in pcs:
        assert pc.stdin
        pc.stdin.write("go\n")
        pc.stdin.flush()
    ends = [pc.communicate(timeout=120) for pc in pcs]
    assert [pc.returncode for pc in pcs] == [0] * 8, [errors for _out, errors in ends]
    assert {out.split()[0] for out, _errors in ends} == {"current"}
    with connect(empty_database_url) as connection:
        assert connection.execute("SELECT count(*), min(version_num) FROM alembic_version").fetchone() == (
            1,
            upgrade.head(),
        )
        assert connection.execute("SELECT count(*) FROM dealer").fetchone() == (1,)


def test_a_newer_schema_is_told_and_left_alone(database_url: str) -> None:
    with connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f00dfeed0001'")
    assert upgrade.status(database_url) is SchemaStatus.NEWER
    with pytest.raises(SchemaNewer) as refused:
        upgrade.upgrade(database_url)
    assert "ask an admin" in str(refused.value)
    assert "f00dfeed0001" in refused.value.for_admin()
    assert upgrade.revision(database_url) == "f00dfeed0001"


@pytest.fixture
def newcomer(empty_database_url: str) -> Iterator[str]:
    """The URL of a login that may connect and nothing else."""
    name = f"newcomer-{uuid4().hex[:8]}@dealer.ru"
    with connect(empty_database_url) as connection:
        connection.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD 'p%@/: x'")
        login = name.replace("@", "%40")
        tail = empty_database_url.split("@", 1)[1]
        yield f"postgresql+psycopg://{login}:p%25%40%2F%3A%20x@{tail}"
        connection.execute(f'DROP ROLE "{name}"')


def test_a_login_without_the_right_is_told_so(newcomer: str, empty_database_url: str) -> None:
    with pytest.raises(NoRightToUpgrade) as refused:
        upgrade.upgrade(newcomer)
    assert "@dealer.ru" in str(refused.value)
    assert upgrade.status(empty_database_url) is SchemaStatus.EMPTY
    upgrade.upgrade(empty_database_url)
    with connect(empty_database_url) as connection:
        older = sorted(upgrade.known_revisions() - {upgrade.head()})[0]
        connection.execute("UPDATE alembic_version SET version_num = %s", [older])
        connection.execute("GRANT SELECT ON alembic_version TO PUBLIC")
        connection.execute(f"GRANT CONNECT ON DATABASE {connection.info.dbname} TO PUBLIC")
    with pytest.raises(NoRightToUpgrade):
        upgrade.upgrade(newcomer)


def test_a_stranger_holds_up_no_upgrade(newcomer: str, empty_database_url: str) -> None:
    """Any login may take an advisory lock, and read who upgraded last; neither is in the way."""
    upgrade.upgrade(empty_database_url, revision="0004")
    with connect(empty_database_url) as owner:
        owner.execute("GRANT SELECT ON alembic_version TO PUBLIC")
    with connect(newcomer) as stranger, stranger.transaction():
        stranger.execute("SELECT pg_advisory_lock(7270311001)")
        stranger.execute("SELECT * FROM alembic_version")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), stranger.transaction():
            stranger.execute(VERSION_LOCK)
        upgrade.upgrade(empty_database_url, lock_wait=1)
    assert upgrade.status(empty_database_url) is SchemaStatus.CURRENT


def test_whoever_waits_too_long_for_another_pc_is_told(empty_database_url: str) -> None:
    told: list[str] = []
    with connect(empty_database_url) as other, other.transaction():
        other.execute(VERSION_TABLE)
        with pytest.raises(Busy):
            upgrade.upgrade(empty_database_url, told.append, lock_wait=0.3)
    assert any("Another PC" in words for words in told)


def test_whoever_waits_goes_on_when_the_other_is_done(empty_database_url: str) -> None:
    waiting = threading.Event()
    with connect(empty_database_url) as other, other.transaction():
        other.execute(VERSION_TABLE)
        other.execute(VERSION_LOCK)

        def watch(words: str) -> None:
            if "Another PC" in words:
                waiting.set()

        pc = threading.Thread(target=upgrade.upgrade, args=(empty_database_url, watch))
        pc.start()
        assert waiting.wait(10)
    pc.join(60)
    assert upgrade.status(empty_database_url) is SchemaStatus.CURRENT


def test_a_wrong_password_and_a_dead_server_are_told_apart(empty_database_url: str) -> None:
    user, tail = empty_database_url.split("//", 1)[1].split(":", 1)[0], empty_database_url.split("@", 1)[1]
    with pytest.raises(LoginRefused):
        upgrade.status(f"postgresql+psycopg://{user}:wrong@{tail}")
    with pytest.raises(LoginRefused):
        upgrade.status(f"postgresql+psycopg://nobody-{os.getpid()}:wrong@{tail}")
    with pytest.raises(ServerUnreachable) as unreachable:
        upgrade.status("postgresql+psycopg://a:secret@127.0.0.1:1/dealer")
    assert "127.0.0.1:1/dealer" in str(unreachable.value)
    assert "secret" not in str(unreachable.value)
