"""Which settings files are read, and that a stranger's host never gets this person's password."""

import os
import stat
from pathlib import Path

import pytest

from dealer_desktop.core import paths, settings, settings_files
from dealer_desktop.core.settings import DbConfig
from dealer_desktop.server.connect import conninfo
from tests.core.test_settings import write

posix = pytest.mark.skipif(os.name != "posix", reason="files belong to nobody here")


@pytest.mark.parametrize(
    "near", ["DB__HOST=stranger\n", "db__port=6432\n", 'DB={"host": "stranger"}\n', "DB__SSLMODE=disable\n"]
)
def test_of_the_files_one_alone_says_where_the_database_is(near: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(paths.config_folder(), "dealer.env", "DB__HOST=ours\nDB__USER=u\nDB__PASSWORD=hunter22\nDEALER__NAME=Лада\n")
    assert settings.load().db.password.get_secret_value() == "hunter22"
    write(Path.cwd(), ".env", near)
    config = settings.load()
    assert config.db.password.get_secret_value() == config.db.user == ""
    assert config.db.host in ("stranger", "")
    assert config.dealer.name == "Лада", "what is no part of the database comes from all of them"
    monkeypatch.setenv("DB__USER", "environment")
    assert settings.load().db.user == "environment", "the environment may add to it"


def test_a_file_whose_lines_were_left_unfilled_gives_nothing() -> None:
    write(paths.config_folder(), "dealer.env", "DB__HOST=ours\nDB__PASSWORD=hunter22\n")
    write(Path.cwd(), "dealer.env", "DB__HOST=\nDB__PASSWORD=\nUI__THEME=dark\n")
    config = settings.load()
    assert (config.db.host, config.ui.theme) == ("ours", "dark")


def test_of_two_files_in_a_folder_one_gives_the_database() -> None:
    write(Path.cwd(), ".env", "DB__HOST=weaker\nDB__PASSWORD=hunter22\n")
    write(Path.cwd(), "dealer.env", "DB__HOST=stronger\n")
    config = settings.load()
    assert (config.db.host, config.db.password.get_secret_value()) == ("stronger", "")


@posix
@pytest.mark.parametrize("name", ["dealer.env", ".env"])
@pytest.mark.parametrize("how", ["world", "group", "owner", "link"])
def test_a_file_of_the_working_folder_that_others_may_write_is_not_read(name: str, how: str, tmp_path: Path) -> None:
    file = write(Path.cwd(), name, "DB__HOST=stranger\nUI__THEME=dark\n")
    if how == "world":
        file.chmod(0o646)
    elif how == "group":
        os.chown(file, -1, 65534) if os.geteuid() == 0 else pytest.skip("only root gives files to other groups")
        file.chmod(0o664)
    elif os.geteuid() != 0:
        pytest.skip("only root gives files away")
    elif how == "owner":
        os.chown(file, 65534, -1)
    else:
        file = file.rename(tmp_path / "theirs")
        (Path.cwd() / name).symlink_to(file)
        os.chown(Path.cwd() / name, 65534, -1, follow_symlinks=False)
    config = settings.load()
    assert (config.db.host, config.ui.theme) == ("", "auto")
    assert list(settings_files.left_out()) == [Path.cwd() / name]
    assert not settings_files.files()


@posix
def test_a_file_of_ones_own_group_is_read() -> None:
    file = write(Path.cwd(), ".env", "DB__HOST=ours\n")
    file.chmod(0o664)
    if not settings_files._is_private_group(file.stat().st_gid):
        pytest.skip("this user has no group of its own")
    assert settings.load().db.host == "ours"


@posix
def test_the_persons_own_folder_may_be_arranged_as_it_likes() -> None:
    write(paths.config_folder(), "dealer.env", "DB__HOST=ours\n").chmod(0o666)
    assert settings.load().db.host == "ours"


@posix
def test_a_pipe_in_the_working_folder_holds_nobody_up() -> None:
    os.mkfifo(Path.cwd() / ".env")
    assert stat.S_ISFIFO((Path.cwd() / ".env").stat().st_mode)
    assert settings.load().db.host == ""


# -- a server that is not this PC -------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["server", "10.0.0.5", "localhost,server", "127.0.0.1.nip.io", "::2", "db.local"])
def test_a_server_elsewhere_is_spoken_to_encrypted(host: str) -> None:
    found = conninfo(DbConfig(host=host, user="u").sqlalchemy_db_uri)
    assert (found["sslmode"], found["require_auth"]) == ("require", "scram-sha-256")
    said = conninfo(DbConfig(host=host, sslmode="prefer", require_auth="md5,scram-sha-256").sqlalchemy_db_uri)
    assert (said["sslmode"], said["require_auth"]) == ("prefer", "md5,scram-sha-256")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "127.0.0.1", "127.8.0.1", "::1", "/run/postgresql", "@socket"]
)
def test_on_this_pc_nothing_is_asked_for(host: str) -> None:
    found = conninfo(DbConfig(host=host, user="u").sqlalchemy_db_uri)
    assert "sslmode" not in found and "require_auth" not in found
