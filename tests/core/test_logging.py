"""The log: rotating, and without secrets."""

import json
import logging as standard
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo

from dealer_desktop.core import logging, settings


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = standard.getLogger()
    handlers, level = list(root.handlers), root.level
    yield logging.set_up("DEBUG", tmp_path / "logs")
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    standard.captureWarnings(False)


@pytest.mark.parametrize(
    "leak",
    [
        "postgresql+psycopg://ivan@dealer.ru:{}@server/dealer",
        "postgresql://u:{}@h",
        "host=a password={} user=b",
        "host=a password='{}' user=b",
        "DB__PASSWORD={}",
        '{{"password": "{}", "host": "a"}}',
        "{{'password': '{}'}}",
        "PGPASSWORD={} psql",
        "ALTER ROLE x LOGIN PASSWORD '{}'",
        "SECRET_KEY={}",
        "secret_key: {}",
        "postgresql:///dealer?password={}&host=a",
        "https://h/f?X-Amz-Signature={}",
        "password => '{}'",
        "password := '{}'",
        "ENCRYPTED PASSWORD E'{}'",
        "ALTER ROLE x PASSWORD $${}$$",
        "ALTER ROLE x PASSWORD $pw${}$pw$",
        "password=b'{}'",
        "{{'password': b'{}'}}",
        r'"{{\"password\": \"{}\"}}"',
        "[('host', 'a'), ('password', '{}')]",
        'b"password", b"{}"',
        "psql --password {} -h a",
        "tool --client-secret={}",
        "<password>{}</password>",
        "AWS_SECRET_ACCESS_KEY={}",
        "PHOTOS__KEY={}",
        "PHOTOS__SECRET={}",
        "DB__OWNER_PASSWORD={}",
        "DB_INIT_PASSWORD: {}",
        "Authorization: Bearer {}",
        "apikey={}",
        "sslpassword={}",
        "passphrase = '{}'",
        "password%3D{}",
        "SCRAM-SHA-256$4096:{}",
        "DbConfig(host='a', password='{}', name='b')",
        "pass={}",
        "пароль: {}",
    ],
)
@pytest.mark.parametrize("secret", ["hunter22", "hunter22,comma", "p;a:s=s&hunter22"])
def test_what_looks_like_a_secret_is_masked(leak: str, secret: str) -> None:
    masked = logging.mask(leak.format(secret))
    assert "hunter22" not in masked
    assert "comma" not in masked
    assert "***" in masked


def test_a_quoted_password_with_spaces_is_masked_whole() -> None:
    assert "hunter" not in logging.mask("host=a password='the hunter' user=b")
    assert "user=b" in logging.mask("host=a password='the hunter' user=b")
    assert "hunter" not in logging.mask(r"password='it\'s a hunter'")
    assert "hunter" not in logging.mask("password=b'the hunter'")
    assert "hunter" not in logging.mask(r"{\"password\": \"the hunter\", \"user\": \"b\"}")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), min_size=6, max_size=40))
def test_a_known_secret_is_masked_wherever_it_stands(secret: str) -> None:
    logging.keep_secret(secret)
    try:
        uri = settings.database_uri(hosts=["h"], ports=["1"], user="u", password=secret, name="n", options={})
        assert secret not in logging.mask(f"before {secret}after {uri}") or secret in "***"
        assert uri.split(":")[2].split("@")[0] not in logging.mask(uri)
    finally:
        logging._secrets.clear()


def test_a_known_secret_is_masked_however_it_was_quoted() -> None:
    secret = 'it\'s "a" hunter\\Ёж&co'
    logging.keep_secret(secret)
    try:
        for said in (
            repr({"x": secret}),
            json.dumps([secret]),
            json.dumps([secret], ensure_ascii=False),
            make_conninfo(service=secret),
            f"SELECT '{secret.replace(chr(39), chr(39) * 2)}'",
            urlencode({"x": secret}),
        ):
            assert "hunter" not in logging.mask(said), said
    finally:
        logging._secrets.clear()


def test_an_ordinary_line_stays_as_it_is() -> None:
    for line in (
        "The window was opened",
        "order 5 at 12:30@noon",
        "https://example.com/a?b=c",
        "3 passwords were changed",
        "Token 5 was passed to the compass",
        "dao.cars: SELECT cars.id FROM cars",
        "(psycopg.errors.UniqueViolation) duplicate key value violates unique constraint",
    ):
        assert logging.mask(line) == line


def test_secrets_reach_the_file_neither_by_message_nor_by_traceback(log: Path) -> None:
    try:
        raise ValueError("cannot connect to postgresql://u:hunter22@h/d")
    except ValueError:
        standard.getLogger("dealer_desktop.test").exception("with password=%s it failed", "hunter23")
    text = log.read_text("utf-8")
    assert "it failed" in text
    assert "Traceback" in text
    assert "hunter2" not in text


def test_it_rotates_and_a_second_set_up_does_not_double_it(log: Path) -> None:
    logging.set_up("INFO", log.parent)
    standard.getLogger("x").info("once, по-русски")
    assert log.read_text("utf-8").count("once, по-русски") == 1
    for _ in range(6):
        standard.getLogger("x").info("x" * 1_000_000)
    assert sorted(file.name for file in log.parent.iterdir()) == [log.name, f"{log.name}.1", f"{log.name}.2"]


def test_a_folder_that_cannot_be_made_is_no_reason_not_to_start(tmp_path: Path, log: Path) -> None:
    (tmp_path / "file").write_text("")
    logging.set_up("INFO", tmp_path / "file" / "logs")
    standard.getLogger("x").info("nowhere")


@pytest.mark.skipif(os.name != "posix", reason="rights are inherited here")
def test_the_log_is_for_its_owners_eyes(log: Path, tmp_path: Path) -> None:
    def rights(file: Path) -> int:
        return stat.S_IMODE(file.stat().st_mode)

    log.touch()
    log.chmod(0o644)
    standard.getLogger("x").info("Иван, +79123456789")
    assert (rights(log.parent), rights(log)) == (0o700, 0o600)
    for _ in range(3):
        standard.getLogger("x").info("x" * 1_000_000)
    assert {rights(file) for file in log.parent.iterdir()} == {0o600}
    # A folder that was there before and that the settings name is the administrator's.
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o775)
    logging.set_up("DEBUG", tmp_path / "shared")
    assert rights(tmp_path / "shared") == 0o775


@pytest.mark.skipif(os.name != "posix", reason="links need rights of their own here")
def test_a_log_that_cannot_be_written_prints_nothing(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    logging.set_up("DEBUG", tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / logging.FILE_NAME).mkdir()
    standard.getLogger("x").info("nowhere")
    logging.set_up("DEBUG", tmp_path / "full")
    (tmp_path / "full" / logging.FILE_NAME).symlink_to("/dev/full")
    standard.getLogger("x").info("nowhere")
    told = capsys.readouterr()
    assert told.out + told.err == ""
