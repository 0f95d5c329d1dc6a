"""What ``doctor`` says of the settings and of the place where photos are kept."""

import os
from pathlib import Path

import pytest

from dealer_desktop.commands import checks
from dealer_desktop.core import paths, settings
from dealer_desktop.server.connect import conninfo
from dealer_desktop.services.checks import Check


def photos_check() -> Check:
    """The one finding, out of those that need no database."""
    return next(check for check in checks.run(demo=False) if check.name == "Photos")


def test_the_place_of_photos_is_tried_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert photos_check().problem is None  # with the person's data, where nothing is set
    monkeypatch.setenv("PHOTOS__URL", str(tmp_path / "share"))
    settings.reload()
    found = photos_check().problem
    assert found is not None
    assert "PHOTOS__URL" in found
    (tmp_path / "share").mkdir()
    assert photos_check().problem is None
    assert [file for file in (tmp_path / "share").rglob("*") if file.is_file()] == []


def test_a_password_in_the_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHOTOS__URL", "nowhere://anna:secret@server/photos")
    settings.reload()
    found = photos_check()
    assert found.problem is not None
    assert "secret" not in found.problem + found.finding
    assert "anna@server" in found.problem


@pytest.fixture
def shared(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name the test's database, as those of a showroom's PC name the dealership's."""
    found = conninfo(database_url)
    for name, key in (
        ("HOST", "host"),
        ("PORT", "port"),
        ("USER", "user"),
        ("PASSWORD", "password"),
        ("NAME", "dbname"),
    ):
        monkeypatch.setenv(f"DB__{name}", str(found[key]))
    settings.reload()


def test_a_server_that_nobody_reaches_is_told_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words of the set-up's test, though nobody is there to sign in."""
    monkeypatch.setenv("DB__HOST", "127.0.0.1")
    monkeypatch.setenv("DB__PORT", "1")
    settings.reload()
    found = {check.name: check.problem for check in checks.run(demo=False)}
    assert "nothing listens. Check the port" in str(found["Server"])


def test_photos_on_this_pc_of_a_shared_database_are_told(shared: None) -> None:
    found = photos_check().problem
    assert found is not None
    assert "PHOTOS__URL" in found


def test_photos_of_the_demo_belong_on_this_pc(shared: None) -> None:
    assert next(check for check in checks.run(demo=True) if check.name == "Photos").problem is None


def test_the_settings_folders_are_named() -> None:
    found = next(check for check in checks.run(demo=False) if check.name == "Settings folders")
    for folder in (paths.executable_folder(), Path.cwd(), paths.config_folder()):
        assert str(folder) in found.finding


@pytest.mark.skipif(os.name != "posix", reason="files belong to nobody here")
def test_a_settings_file_that_is_not_read_is_told() -> None:
    file = Path.cwd() / ".env"
    file.write_text("UI__THEME=dark\n")
    file.chmod(0o666)
    settings.reload()
    told = [check.problem for check in checks.run(demo=False) if check.name == "Settings files" and check.problem]
    assert len(told) == 1
    assert str(file) in told[0]


def test_settings_that_have_no_effect_any_more_are_told(shared: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def dealership() -> list[str]:
        return [check.finding for check in checks.run(demo=False) if check.name == "Dealership"]

    assert dealership() == []
    monkeypatch.setenv("DEALER__TAX_ID", "7707083893")
    settings.reload()
    assert len(dealership()) == 1
    assert "DEALER__TAX_ID" in dealership()[0]
    assert "DEALER__NAME" not in dealership()[0]
