"""Where somebody chose that the database is: kept whole, in the right file, with nobody's secret sent elsewhere."""

import os
import stat
from pathlib import Path

import pytest

from dealer_desktop.core import chosen_database, paths, settings
from dealer_desktop.core.chosen_database import ChosenElsewhere, NotForEverybody, NotForMe, is_chosen, keep
from tests.core.test_settings import write


@pytest.fixture(autouse=True)
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the executable."""
    folder = tmp_path / "program"
    folder.mkdir()
    monkeypatch.setattr(paths, "executable_folder", lambda: folder)
    return folder


def own() -> Path:
    return paths.config_folder() / "dealer.env"


def test_nothing_is_chosen_until_somebody_does(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_chosen()
    write(paths.config_folder(), "dealer.env", "UI__THEME=dark\n")
    assert not is_chosen()
    monkeypatch.setenv("DB__NAME", "dealer")
    assert is_chosen()
    monkeypatch.delenv("DB__NAME")
    (program / "dealer.env").write_text("# nobody is asked\n")
    assert is_chosen()


def test_a_choice_is_kept_for_this_user_and_read_again() -> None:
    assert keep({"place": "this-pc"}, everybody=False) == own()
    assert is_chosen()
    assert settings.load().db.place == "this-pc"
    assert not settings.load().db.is_configured
    keep({"host": "srv", "port": "5433", "sslrootcert": "/Диск C/it's # mine.crt"}, everybody=False)
    config = settings.load().db
    assert (config.host, config.port, config.place) == ("srv", "5433", "")
    assert config.sslrootcert == "/Диск C/it's # mine.crt"
    if os.name == "posix":
        assert stat.S_IMODE(own().stat().st_mode) == 0o600


def test_a_choice_for_everybody_stands_beside_the_program(program: Path) -> None:
    assert keep({"place": "this-pc"}, everybody=True) == program / "dealer.env"
    assert settings.load().db.place == "this-pc"
    if os.name == "posix":
        assert stat.S_IMODE((program / "dealer.env").stat().st_mode) == 0o644


def test_the_folder_of_the_program_is_all_that_other_pcs_need(program: Path, tmp_path: Path) -> None:
    """The certificate goes with it, and is found wherever the folder was copied to."""
    certificate = write(tmp_path / "Downloads", "server.crt", "-----BEGIN CERTIFICATE-----\n")
    choice = {"host": "srv", "sslmode": "verify-full", "sslrootcert": str(certificate)}
    for _twice in range(2):
        keep(choice, everybody=True)
        choice["sslrootcert"] = str(program / "server.crt")
    assert "DB__SSLROOTCERT=server.crt\n" in (program / "dealer.env").read_text()
    certificate.unlink()
    assert settings.load().db.sslrootcert == str(program / "server.crt")
    assert "verify-full" in settings.load().db.sqlalchemy_db_uri


def test_other_lines_stay_and_a_secret_is_no_other_servers() -> None:
    before = "UI__THEME=dark\n# of the shop\nDB__HOST=srv\nexport DB__PASSWORD=hunter22\nDB__USER=shop\nDB__PORT=1\n"
    write(paths.config_folder(), "dealer.env", before)
    keep({"host": "srv", "port": "2"}, everybody=False)
    assert own().read_text().splitlines() == [
        "UI__THEME=dark",
        "# of the shop",
        "export DB__PASSWORD=hunter22",
        "DB__USER=shop",
        "DB__HOST=srv",
        "DB__PORT=2",
    ]
    keep({"host": "other"}, everybody=False)
    assert own().read_text().splitlines() == ["UI__THEME=dark", "# of the shop", "DB__HOST=other"]


def test_what_is_read_before_is_not_talked_over(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice that would change nothing is refused, with what does say it."""
    (program / "dealer.env").write_text("DB__HOST=srv\n")
    with pytest.raises(ChosenElsewhere, match=str(program / "dealer.env")):
        keep({"place": "this-pc"}, everybody=False)
    assert not own().exists()
    keep({"place": "this-pc"}, everybody=True)
    assert settings.load().db.place == "this-pc"
    monkeypatch.setenv("DB__HOST", "srv")
    with pytest.raises(ChosenElsewhere, match="The environment"):
        keep({"place": "this-pc"}, everybody=True)


def test_a_file_that_may_not_be_written_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setattr(paths, "executable_folder", lambda: in_the_way)
    with pytest.raises(NotForEverybody) as told:
        keep({"place": "this-pc"}, everybody=True)
    assert str(in_the_way / "dealer.env") in str(told.value)
    assert "administrator" in str(told.value)
    monkeypatch.setattr(paths, "config_folder", lambda: in_the_way / "config")
    with pytest.raises(NotForMe, match="for all users"):
        keep({"place": chosen_database.DEMO}, everybody=False)
    assert in_the_way.read_text() == ""


def test_half_a_file_is_never_there(monkeypatch: pytest.MonkeyPatch) -> None:
    keep({"place": "this-pc"}, everybody=False)
    before = own().read_text()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(chosen_database.os, "fsync", full)
    with pytest.raises(NotForMe, match="No space left"):
        keep({"host": "srv"}, everybody=False)
    assert own().read_text() == before
    assert [file.name for file in own().parent.iterdir()] == ["dealer.env"]
