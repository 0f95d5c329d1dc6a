"""A bundled server that cannot start says why in one plain sentence, and leaves the data alone."""

import os
import subprocess
from pathlib import Path

import pytest

from dealer_desktop.core import i18n
from dealer_desktop.core.errors import BundledDatabaseFailed
from dealer_desktop.server.connect import connect
from tests.server.conftest import one, start

posix = pytest.mark.skipif(os.name != "posix", reason="permissions and mounts of POSIX")


def refusal(folder: Path) -> str:
    with pytest.raises(BundledDatabaseFailed) as failed:
        start(folder)
    words = str(failed.value)
    assert "Traceback" not in words
    assert words.endswith(".")
    return words


def test_data_of_another_version_is_told_and_left_alone(throwaway: Path) -> None:
    with start(throwaway):
        pass
    (throwaway / "pgdata" / "PG_VERSION").write_text("17\n")
    words = refusal(throwaway)
    assert "PostgreSQL 17" in words
    assert "PostgreSQL 18" in words
    assert str(throwaway) in words
    i18n.set_language("ru")
    assert "PostgreSQL 17" in refusal(throwaway)
    assert "backup" in refusal(throwaway)
    (throwaway / "pgdata" / "PG_VERSION").write_text("18\n")
    with start(throwaway) as server:
        assert one(server.url, "SELECT 1") == 1


def test_a_file_in_the_folders_place_is_told(throwaway: Path) -> None:
    (throwaway / "file").write_text("")
    assert str(throwaway / "file") in refusal(throwaway / "file")


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable_is_told(throwaway: Path) -> None:
    throwaway.chmod(0o500)
    assert "not writable" in refusal(throwaway / "database")


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root has a system user run PostgreSQL")
def test_as_root_a_folder_that_the_system_user_cannot_reach_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert "/var/lib" in refusal(tmp_path / "database")


def test_too_little_space_is_told(throwaway: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 20_000_000}))
    assert "full" in refusal(throwaway)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_told_and_loses_nothing(throwaway: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200m,mode=711", "none", str(throwaway)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        with start(throwaway) as server, connect(server.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS id")
        filler = throwaway / "filler"
        with filler.open("wb") as file, pytest.raises(OSError):
            while True:
                file.write(b"0" * 65536)
                file.flush()
        assert "full" in refusal(throwaway)
        filler.unlink()
        with start(throwaway) as server:
            assert one(server.url, "SELECT id FROM kept") == 7
    finally:
        subprocess.run(["umount", "-l", str(throwaway)], check=False)
