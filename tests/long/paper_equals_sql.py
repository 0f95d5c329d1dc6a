"""Every amount on the summaries of 1,000 random orders, as a PDF's text has it, is what SQL says."""

import os
import sys

import pytest


def main(orders: int = 1_000) -> None:
    """Raises where an amount differs; pytest's own lines say which order's."""
    os.environ["PAPER_ORDERS"] = str(orders)
    run = ["-q", "-n", "0", "tests/ui/printing/test_paper_read_back.py", "-k", "every_amount"]
    if pytest.main(run) != 0:
        raise SystemExit("an amount on paper is not what SQL says")
    print(f"the summaries of {orders} orders say what SQL says")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
