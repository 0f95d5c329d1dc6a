"""Timing a work beside its floor: machines are noisy, so only ratios taken in turn mean something."""

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(a: Callable[[], object], b: Callable[[], object], rounds: int) -> float:
    """Median of the pairwise ratios of the times of ``a`` and ``b``, taken in turn."""
    return statistics.median(seconds(a) / seconds(b) for _ in range(rounds))
