"""The package's entry for a Linux menu starts that very package, wherever it lies."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dealer_desktop.core import paths


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux")
@pytest.mark.parametrize("folder", ["DealerDesktop", 'Автосалон $5 «100 %» `x` "y" \\z'])
def test_the_menus_entry_starts_this_package(tmp_path: Path, folder: str) -> None:
    package = tmp_path / folder
    for part in ("linux", "icons"):
        shutil.copytree(paths.resources() / part, package / "_internal" / "resources" / part)
    script = package / "_internal" / "resources" / "linux" / "add-to-menu"
    home = tmp_path / "home"
    done = subprocess.run(
        ["sh", str(script)], env=os.environ | {"XDG_DATA_HOME": str(home)}, capture_output=True, text=True, check=True
    )
    entry = home / "applications" / "dealer-desktop.desktop"
    assert done.stdout.strip() == str(entry)
    lines = dict(line.split("=", 1) for line in entry.read_text("utf-8").splitlines() if "=" in line)
    # The key's own escapes, the quoted argument's, and the field codes, as the specification has them.
    quoted = lines["Exec"].replace("\\\\", "\\")
    assert re.fullmatch(r'"(?:[^"\\`$]|\\["\\`$])*"', quoted)
    assert re.sub(r"\\([\"\\`$])", r"\1", quoted[1:-1]).replace("%%", "%") == str(package / "DealerDesktop")
    assert Path(lines["Icon"]).is_file()
    assert lines["GenericName[ru]"] == "Рабочее место автосалона"
