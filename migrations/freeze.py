"""``python migrations/freeze.py 0005``: keep the rules as they are now for a revision, beside those that it builds on.

Only what differs from the newest frozen file of its name is written, to ``versions/rules_0005/``.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # a checkout that is not installed

import frozen

from dealer_desktop.models import rules
from dealer_desktop.models.rules import kept


def freeze(revision: str) -> list[Path]:
    """Write the files; their paths."""
    target = frozen.VERSIONS / f"rules_{revision}"
    earlier = sorted(folder.name for folder in frozen.VERSIONS.glob("rules_*") if folder.name < target.name)
    before = frozen.Rules(*earlier).files
    now = {file.name: file.read_text("utf-8") for file in rules.files()}
    now["kept.sql"] = "-- The triggers of the tables that have a history.\n\n" + "\n".join(kept.triggers()) + "\n"
    target.mkdir(exist_ok=True)
    written = []
    for name, text in now.items():
        if name in before and before[name].read_text("utf-8") == text:
            (target / name).unlink(missing_ok=True)
        else:
            (target / name).write_text(text, "utf-8")
            written.append(target / name)
    return written


if __name__ == "__main__":
    for file in freeze(sys.argv[1]):
        print(file)  # noqa: T201
