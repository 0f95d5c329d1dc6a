"""The ids of a table's matches, in order: a million of them are 8 MB, kept as PostgreSQL sent them.

Nothing here turns all of them into Python's numbers, so nothing holds the interpreter for long.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import overload

_SIZE = 8
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
        first, second = memoryview(self._data), memoryview(other._data)
        shortest = min(len(self), len(other))
        head = _longest(shortest, lambda n: first[: n * _SIZE] == second[: n * _SIZE])
        rest = shortest - head
        tail = _longest(rest, lambda n: first[len(first) - n * _SIZE :] == second[len(second) - n * _SIZE :])
        return head, tail


def _longest(limit: int, same: Callable[[int], bool]) -> int:
    """The largest n up to ``limit`` for which ``same(n)``, which holds for every smaller n too."""
    if limit == 0 or same(limit):
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if same(middle):
            low = middle
        else:
            high = middle
    return low
