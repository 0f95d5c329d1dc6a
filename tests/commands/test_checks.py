"""What ``doctor`` says of the place where photos are kept."""

from pathlib import Path

import pytest

from dealer_desktop.commands import checks
from dealer_desktop.core import settings


def photos_check() -> checks.Check:
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
