"""Settings: where they are read from, which wins, and what is said of a wrong one."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import make_url

from dealer_desktop.core import i18n, logging, paths, settings
from dealer_desktop.core.errors import NoServerConfigured, WrongSetting
from dealer_desktop.core.settings import APP_CONFIG, DbConfig, database_uri
from dealer_desktop.server.connect import conninfo

# What a person may type into a password: everything but NUL.
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


def test_without_any_setting_the_bundled_database_is_used() -> None:
    assert not APP_CONFIG.db.is_configured
    with pytest.raises(NoServerConfigured) as told:
        _ = APP_CONFIG.db.sqlalchemy_db_uri
    assert "DB__HOST" in str(told.value)
    assert (APP_CONFIG.dealer.currency, APP_CONFIG.dealer.region) == ("RUB", "RU")
    assert (APP_CONFIG.ui.language, APP_CONFIG.ui.theme) == ("auto", "auto")


def test_the_environment_wins_over_files_and_near_files_over_far_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    write(paths.config_folder(), "dealer.env", "DEALER__NAME=far\nDEALER__PHONE=far\nLOG__LEVEL=debug\n")
    write(Path.cwd(), ".env", "DEALER__NAME=near\nDEALER__PHONE=near\nDEALER__ADDRESS=\n")
    monkeypatch.setenv("DEALER__NAME", "environment")
    settings.reload()
    assert APP_CONFIG.dealer.name == "environment"
    assert APP_CONFIG.dealer.phone == "near"
    assert APP_CONFIG.log.level == "DEBUG"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_saved_by_notepad_is_read(encoding: str) -> None:
    write(Path.cwd(), "dealer.env", "DB__HOST=server\r\nDEALER__NAME=Автосалон «Лада»\r\n", encoding)
    settings.reload()
    assert APP_CONFIG.db.host == "server"
    assert APP_CONFIG.dealer.name == "Автосалон «Лада»"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB__PORT", "abc"),
        ("DB__PORT", "0"),
        ("DB__PORT", "70000"),
        ("DB__PORT", "5432,"),
        ("DB__PORT", "²"),
        ("DB__PORT", "1,2"),
        ("DB__SSLMODE", "perhaps"),
        ("DB__REQUIRE_AUTH", "anything"),
        ("DB__CONNECT_TIMEOUT", "soon"),
        ("UI__THEME", "pink"),
        ("UI__LANGUAGE", "de"),
        ("DEALER__CURRENCY", "roubles"),
        ("DEALER__REGION", "Russia"),
        ("DEALER__TIMEZONE", "Moscow/Europe"),
        ("DEALER__TIMEZONE", "../../etc/passwd"),
        ("LOG__LEVEL", "LOUD"),
        ("ALGORITHM", "none"),
        ("DB", "not json"),
        ("DB__HOST", "a,,b"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    settings.reload()
    with pytest.raises(WrongSetting) as told:
        _ = APP_CONFIG.db
    assert str(told.value).startswith(f"The setting {name} is wrong")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [
        ("DB__PORT", "abc", "DB__PORT"),
        ("DB__HOST", "a,,b", "DB__HOST"),
        ("LOG__LEVEL", "LOUD", "LOG__LEVEL DEBUG INFO WARNING ERROR CRITICAL"),
        ("UI__THEME", "pink", "UI__THEME auto light dark"),
        ("DEALER__TIMEZONE", "Mars", "DEALER__TIMEZONE Europe Moscow"),
        ("DEALER__CURRENCY", "roubles", "DEALER__CURRENCY A Z"),
        ("ALGORITHM", "none", "ALGORITHM HS256 HS384 HS512"),
    ],
)
def test_a_wrong_value_is_told_whole_in_russian(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, known: str
) -> None:
    i18n.set_language("ru")
    monkeypatch.setenv(name, value)
    settings.reload()
    with pytest.raises(WrongSetting) as told:
        _ = APP_CONFIG.db
    assert set(re.findall("[A-Za-z][A-Za-z_0-9]*", str(told.value))) <= set(known.split())


def test_a_secret_is_in_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB__HOST", "server")
    monkeypatch.setenv("DB__PASSWORD", "s3cret-pa%ss@/: word")
    monkeypatch.setenv("SECRET_KEY", "signs-the-documents")
    settings.reload()
    assert "s3cret-pa%25ss%40%2F%3A%20word" in APP_CONFIG.db.sqlalchemy_db_uri
    shown = repr(APP_CONFIG.db) + str(APP_CONFIG.db) + repr(settings.load()) + str(settings.load().model_dump())
    assert "s3cret" not in shown
    assert "signs" not in shown
    # Once read, the log masks them wherever they stand.
    for leak in ("s3cret-pa%ss@/: word", "s3cret-pa%25ss%40%2F%3A%20word", "signs-the-documents"):
        assert leak not in logging.mask(f"connected with {leak} to it")


@pytest.mark.parametrize(
    ("text", "encoding", "word"),
    [
        ("DB__HOST=server\nthis is no setting\n", "utf-8", "2"),
        ("DEALER__NAME=Лада", "cp1251", "UTF-8"),
        ('DB__HOST="open\n', "utf-8", "1"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_name(text: str, encoding: str, word: str) -> None:
    file = write(Path.cwd(), "dealer.env", text, encoding)
    settings.reload()
    with pytest.raises(WrongSetting) as told:
        _ = APP_CONFIG.db
    assert str(file) in str(told.value)
    assert word in str(told.value)


def test_a_line_left_unfilled_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path.cwd(), ".env", "DB__HOST=server\nDB__PORT=\nDB__SSLMODE=\nUI__THEME=\nDEALER__CURRENCY=\n")
    settings.reload()
    assert (
        APP_CONFIG.db.sqlalchemy_db_uri
        == "postgresql+psycopg://server:5432/dealer?sslmode=require&require_auth=scram-sha-256"
    )
    assert APP_CONFIG.ui.theme == "auto"
    monkeypatch.setenv("DB__PORT", "6432")
    settings.reload()
    assert APP_CONFIG.db.port == "6432"


@given(user=words, password=words, name=words)
def test_any_password_reaches_the_server_as_it_is(user: str, password: str, name: str) -> None:
    url = database_uri(hosts=["server"], ports=["5432"], user=user, password=password, name=name, options={})
    read = make_url(url)
    assert (read.username, read.password, read.database) == (user, password, name)
    found = conninfo(url)
    assert (found["user"], found["password"], found["dbname"]) == (user, password, name)


def test_a_cluster_is_a_comma_list() -> None:
    config = DbConfig(host="a, b", port="5432,5433", user="u", sslmode="require")
    read = make_url(config.sqlalchemy_db_uri)
    assert read.query["host"] == ("a:5432", "b:5433")
    assert read.query["target_session_attrs"] == "read-write"
    assert conninfo(config.sqlalchemy_db_uri)["host"] == "a,b"
    assert conninfo(config.sqlalchemy_db_uri)["port"] == "5432,5433"
    assert make_url(DbConfig(host="a,b").sqlalchemy_db_uri).query["host"] == ("a:5432", "b:5432")


def test_addresses_of_every_kind() -> None:
    assert make_url(DbConfig(host="::1").sqlalchemy_db_uri).host == "::1"
    assert conninfo(DbConfig(host="::1", port="1").sqlalchemy_db_uri)["host"] == "::1"
    socket = DbConfig(host="/run/postgresql", user="u").sqlalchemy_db_uri
    assert conninfo(socket) == {"dbname": "dealer", "user": "u", "host": "/run/postgresql", "port": "5432"}


@pytest.mark.parametrize("name", ["DB__PASSWORD", "DB__OWNER_PASSWORD", "PHOTOS__KEY", "PHOTOS__SECRET", "SECRET_KEY"])
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "key-of-the-bucket")
    monkeypatch.setenv("DB__HOST", "h")
    config = settings.load()
    group = config
    for part in name.lower().split("__"):
        group = getattr(group, part)
    assert group.get_secret_value() == "key-of-the-bucket"
    for shown in (repr(config), str(config), repr(config.db), str(config.photos), str(config.model_dump())):
        assert "key-of-the-bucket" not in shown
    assert logging.mask("with key-of-the-bucket it failed") == "with *** it failed"
    logging._secrets.clear()


def test_a_standby_has_ports_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB__HOST", "a,b")
    monkeypatch.setenv("DB__READ_HOST", "c, d,e")
    monkeypatch.setenv("DB__READ_PORT", "5433")
    assert settings.load().db.read_host == "c,d,e"
    monkeypatch.setenv("DB__READ_PORT", "1,2,3")
    assert settings.load().db.read_port == "1,2,3"
    monkeypatch.setenv("DB__READ_PORT", "1,2")
    with pytest.raises(WrongSetting, match="DB__READ_PORT"):
        settings.load()
