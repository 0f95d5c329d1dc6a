"""Files that are written whole take their place, and nothing else's."""

import os
import stat
from pathlib import Path

import pytest

from dealer_desktop.core.file_faults import reason_of, take_place


def test_a_finished_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "part").write_text("new")
    (tmp_path / "file").write_text("old")
    take_place(tmp_path / "part", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "new"
    assert not (tmp_path / "part").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_device_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "part").write_text("new")
    with pytest.raises(OSError) as refused:
        take_place(tmp_path / "part", tmp_path / "pipe")
    assert reason_of(refused.value) == "it is a device, not a file"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
