"""A salesperson and a manager try every action on every record of a dealership, and the database refuses none."""

import os
import sys

import pytest


def main(records: int = 12) -> None:
    """Raises where an action is offered that the server refuses; pytest's own lines say which."""
    os.environ["WALKS"] = str(records)
    if pytest.main(["-q", "-n", "0", "tests/ui/window/test_walk.py"]) != 0:
        raise SystemExit("a window offers what the database refuses")
    print(f"every action on up to {records} records: nothing was refused")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
