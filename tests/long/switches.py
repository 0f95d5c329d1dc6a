"""Two people at one PC take each other's place 50 times: nothing of one is the other's, and nothing piles up."""

import os
import sys

import pytest


def main(switches: int = 50) -> None:
    """Raises where something leaks; pytest's own lines say what."""
    os.environ["SWITCHES"] = str(switches)
    if pytest.main(["-q", "-s", "-n", "0", "tests/ui/window/test_switching.py"]) != 0:
        raise SystemExit("something of one person stayed")
    print(f"{switches} switches between two people: nothing of one stayed")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
