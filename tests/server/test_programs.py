"""PostgreSQL's own programs get nothing of ours that they do not need."""

import os
from pathlib import Path

import psutil
import pytest

from dealer_desktop.server import programs
from tests.server.conftest import start

SECRETS = [
    "DB__PASSWORD",
    "DB__OWNER_PASSWORD",
    "DB_INIT_PASSWORD",
    "SECRET_KEY",
    "secret_key",
    "PHOTOS__KEY",
    "PHOTOS__SECRET",
    "PHOTOS__URL",
    "AWS_SECRET_ACCESS_KEY",
    "PGPASSWORD",
    "GITHUB_TOKEN",
    "DEALER__NAME",
    "LD_PRELOAD",
    "LANG",
]


@pytest.mark.skipif(os.name != "posix", reason="another process's environment cannot be read here")
def test_the_server_inherits_no_secret(throwaway: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        if name != "LD_PRELOAD":
            monkeypatch.setenv(name, "hunter22")
    with start(throwaway) as server:
        assert server.pid
        # Its children write over theirs.
        inherited = psutil.Process(server.pid).environ()
        assert inherited["PATH"] == os.environ["PATH"]
        assert "hunter22" not in str(inherited)
        assert not set(SECRETS) & set(inherited)


def test_only_what_is_known_to_be_needed_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*SECRETS, "A_NAME_NOBODY_THOUGHT_OF"):
        monkeypatch.setenv(name, "hunter22")
    assert "hunter22" not in programs.environment().values()
    assert programs.environment()["LC_ALL"] == "C"
