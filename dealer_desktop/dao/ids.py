"""The ids of a table's matches, in order: a million of them are 8 MB, kept as PostgreSQL sent them.

Nothing here turns all of them into Python's numbers, so nothing holds the interpreter for long.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import overload

_SIZE = 8
_SLICE = 8_192
"""Ids that are compared at once."""
_one = struct.Struct(">q")


class Ids(Sequence[int]):
    """Never changed: ``+`` and slices make new ones."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes = b"") -> None:
        """``data``: 8 bytes an id, the highest first, as ``int8send`` writes it."""
        self._data = data

    @classmethod
    def of(cls, ids: Iterable[int]) -> "Ids":
        return cls(b"".join(map(_one.pack, ids)))

    def __len__(self) -> int:
        return len(self._data) // _SIZE

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> "Ids": ...
    def __getitem__(self, place: int | slice) -> "int | Ids":
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            if step != 1:
                raise ValueError("ids are cut in their order only")
            return Ids(self._data[first * _SIZE : last * _SIZE])
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        found: int = _one.unpack_from(self._data, place * _SIZE)[0]
        return found

    def __iter__(self) -> Iterator[int]:
        return (found[0] for found in _one.iter_unpack(self._data))

    def __add__(self, other: "Ids") -> "Ids":
        return Ids(self._data + other._data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ids) and self._data == other._data

    def __hash__(self) -> int:
        return hash(self._data)

    def __contains__(self, wanted: object) -> bool:
        return isinstance(wanted, int) and self.place_of(wanted) >= 0

    def place_of(self, wanted: int) -> int:
        """Where ``wanted`` stands, -1 where it does not: a search for its bytes, 2 ms in a million."""
        data, sought = self._data, _one.pack(wanted)
        at = data.find(sought)
        while at >= 0 and at % _SIZE:
            at = data.find(sought, at + 1)
        return at // _SIZE if at >= 0 else -1

    def common_ends(self, other: "Ids") -> tuple[int, int]:
        """How many ids both share at their beginning, and how many of the rest at their end."""
        first, second = self._data, other._data
        ends = len(first), len(second)
        shortest = min(len(self), len(other))
        head = _longest(shortest, lambda a, b: first[a:b] == second[a:b])
        tail = _longest(
            shortest - head, lambda a, b: first[ends[0] - b : ends[0] - a] == second[ends[1] - b : ends[1] - a]
        )
        return head, tail


def _longest(limit: int, same: Callable[[int, int], bool]) -> int:
    """The first of ``limit`` ids that differs, ``limit`` where none does; ``same(a, b)`` compares the bytes between.

    Slices of bytes are compared by the machine, views of them by Python, a byte at a time: a third of a second for a
    million ids. Short slices cost no memory to speak of.
    """
    low = 0
    while low < limit and same(low * _SIZE, min(low + _SLICE, limit) * _SIZE):
        low = min(low + _SLICE, limit)
    high = min(low + _SLICE, limit)
    while low < high:
        middle = (low + high + 1) // 2
        if same(low * _SIZE, middle * _SIZE):
            low = middle
        else:
            high = middle - 1
    return low
