"""The zip for support: what helps is in it; no secret and no customer, whatever the logs and the settings hold."""

import logging as standard
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dealer_desktop.core import logging, settings
from dealer_desktop.core.errors import CarNotAvailable, FileNotWritten
from dealer_desktop.core.person_errors import SupportCanceled
from dealer_desktop.services import support
from dealer_desktop.services.checks import Check
from tests.test_main import say, use_as_shared_server  # noqa: F401

Say = Callable[..., tuple[int, str, str]]

# What must not get out, each with a part by which it would be known.
CUSTOMERS = {
    "Ёлкина Агриппина Львовна": ("Ёлкин", "Агриппин", "Львовн"),
    "Zebulon Quackenbush": ("Zebulon", "Quackenbush"),
    "ООО «Рога и копыта»": ("Рога", "копыт"),
    "agrippina.yolkina@example.ru": ("agrippina", "yolkina", "example.ru"),
    "+7 912 345-67-89": ("912", "345-67", "67-89"),
    "8(912)3456789": ("3456789",),
    "4509 123456, выдан ОВД Тверской": ("123456", "ОВД"),
    "г. Мухосранск, ул. Баумана, д. 7": ("Мухосранск", "Баумана"),
    "770708389312": ("770708389312",),
    "XTA210990Y2765432": ("XTA2109", "2765432"),
}
SECRETS = ("correct horse battery", "postgresql://anna:hunter22@db/dealer", "SCRAM-SHA-256$4096:c2FsdA==$a2V5:a2V5")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> standard.Logger:
    """The product's log, in a folder of the test's own."""
    monkeypatch.setenv("LOG__DIR", str(tmp_path / "logs"))
    settings.reload()
    logging.set_up("DEBUG", tmp_path / "logs")
    return standard.getLogger("dealer_desktop.main")


def read(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def fail(words: str) -> None:
    raise KeyError(f'duplicate key value violates unique constraint "uq_users_email"\nDETAIL:  Key (email)=({words})')


def test_no_customer_and_no_secret_gets_out(log: standard.Logger, tmp_path: Path) -> None:
    logging.keep_secret(SECRETS[0])
    for words in (*CUSTOMERS, *SECRETS):
        log.info("refused: %s", CarNotAvailable(status="reserved", order_id=1042, by=words))
        log.warning("the customer %s, %r: {'customer_name': '%s', 'password': '%s'}", words, words, words, words)
        try:
            fail(words)
        except KeyError:
            log.exception("order %s failed", words)
    support.write(tmp_path / "support.zip", [Check("Database", "server:5432/dealer", "Give it CREATEROLE.")])
    found = read(tmp_path / "support.zip")
    assert set(found) == {"findings.txt", "settings.txt", "logs/dealer-desktop.log"}
    whole = "\n".join(found.values())
    for parts in CUSTOMERS.values():
        assert [part for part in parts if part.lower() in whole.lower()] == []
    assert [secret for secret in (*SECRETS, "hunter22", "c2FsdA", "correct horse") if secret in whole] == []
    assert stat.S_IMODE((tmp_path / "support.zip").stat().st_mode) == 0o600


def test_what_helps_is_there(log: standard.Logger, tmp_path: Path) -> None:
    log.info("refused: %s", CarNotAvailable(status="reserved", order_id=1042, by="Zebulon Quackenbush"))
    try:
        fail("a@b.ru")
    except KeyError:
        log.exception("unexpected error in %s", "import-cars")
    checks = [Check("PostgreSQL", "18.1"), Check("Database", "server:5432/dealer", "Give it CREATEROLE.")]
    support.write(tmp_path / "support.zip", checks)
    found = read(tmp_path / "support.zip")
    assert found["findings.txt"].splitlines() == [
        "  PostgreSQL: 18.1",
        "! Database: server:5432/dealer",
        "    Give it CREATEROLE.",
    ]
    told = found["logs/dealer-desktop.log"]
    assert "INFO" in told.splitlines()[0]
    assert "dealer_desktop.main: refused: This car was just reserved by … … (order 1042)" in told
    assert "duplicate key value violates unique constraint" in told
    assert "KeyError" in told
    assert 'File "tests/services/test_support.py", line' in told
    assert "in fail" in told


def test_settings_are_told_without_their_secrets(
    say: Say,  # noqa: F811
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    use_as_shared_server(database_url, monkeypatch)
    for name, value in {
        "SECRET_KEY": "a very secret key of forty letters, or so",
        "DB__OWNER": "dealer_owner",
        "DB__OWNER_PASSWORD": "the owner's own word",
        "PHOTOS__URL": str(tmp_path / "photos"),
        "PHOTOS__KEY": "AKIAEXAMPLEKEY",
        "PHOTOS__SECRET": "photos secret word",
        "DEALER__NAME": "Автосалон Ёлкиной",
    }.items():
        monkeypatch.setenv(name, value)
    password = settings.APP_CONFIG.db.password.get_secret_value()
    code, out, err = say("support", str(tmp_path / "support.zip"))
    assert (code, err) == (0, "")
    assert out == f"{tmp_path / 'support.zip'}\n"
    found = read(tmp_path / "support.zip")
    told = found["settings.txt"]
    assert "DB__OWNER=dealer_owner\n" in told
    assert "DB__OWNER_PASSWORD=***\n" in told
    assert "SECRET_KEY=***\n" in told
    assert "DB__SSLROOTCERT=\n" in told
    whole = "\n".join(found.values())
    for secret in (password, "very secret", "owner's own", "AKIAEXAMPLEKEY", "photos secret", "Ёлкиной"):
        assert secret not in whole, secret
    assert "PostgreSQL: 18" in found["findings.txt"]
    assert str(Path.home()) not in whole


def test_a_zip_that_is_not_wanted_or_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(SupportCanceled):
        support.write(tmp_path / "support.zip", [], canceled=lambda: True)
    with pytest.raises(FileNotWritten):
        support.write(tmp_path / "no such folder" / "support.zip", [])
    assert list(tmp_path.iterdir()) == []
