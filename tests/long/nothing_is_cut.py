"""Every tab and dialog can be read to its end at every size of text, not only at the smallest and the largest."""

import os

import pytest


def main() -> None:
    """Raises where something is cut; pytest's own lines say what."""
    os.environ["EVERY_SHAPE"] = "yes"
    if pytest.main(["-q", "-n", "2", "tests/ui/test_nothing_is_cut.py"]) != 0:
        raise SystemExit("something is cut")


if __name__ == "__main__":
    main()
