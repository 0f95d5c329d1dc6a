"""The list of ids answers as a list of numbers would."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_desktop.dao.ids import Ids

_id = st.integers(-(2**63), 2**63 - 1)
_few = st.lists(st.integers(0, 3) | _id, max_size=30)


@given(_few, st.integers(-40, 40), st.integers(-40, 40))
def test_it_is_a_list(numbers: list[int], first: int, last: int) -> None:
    ids = Ids.of(numbers)
    assert list(ids) == numbers
    assert len(ids) == len(numbers)
    assert list(ids[first:last]) == numbers[first:last]
    assert list(ids[:first] + ids[last:]) == numbers[:first] + numbers[last:]
    assert [ids[place] for place in range(-len(numbers), len(numbers))] == numbers + numbers
    for beyond in (len(numbers), -len(numbers) - 1):
        with pytest.raises(IndexError):
            ids[beyond]


@given(_few, _id)
def test_a_place_is_the_first_one(numbers: list[int], other: int) -> None:
    ids = Ids.of(numbers)
    for one in {*numbers, other}:
        assert ids.place_of(one) == (numbers.index(one) if one in numbers else -1)
        assert (one in ids) == (one in numbers)


def test_bytes_across_two_ids_are_no_id() -> None:
    ids = Ids.of([0x0102030405060708, 0x090A0B0C0D0E0F10])
    inside = struct.unpack(">q", bytes(range(5, 13)))[0]
    assert ids.place_of(inside) == -1
    assert Ids.of([0x0102030405060708, 0x090A0B0C0D0E0F10, inside]).place_of(inside) == 2


@given(_few, _few, _few, _few)
def test_common_ends(head: list[int], gone: list[int], come: list[int], tail: list[int]) -> None:
    old, new = head + gone + tail, head + come + tail
    first, last = Ids.of(old).common_ends(Ids.of(new))
    assert old[:first] == new[:first]
    assert old[len(old) - last :] == new[len(new) - last :]
    assert first + last <= min(len(old), len(new))
    middle = slice(first, len(old) - last), slice(first, len(new) - last)
    if old[middle[0]] and new[middle[1]]:
        assert old[first] != new[first]
        assert old[len(old) - last - 1] != new[len(new) - last - 1]


@pytest.mark.parametrize("place", [0, 1, 8_191, 8_192, 8_193, 16_384, 19_998, 19_999])
def test_common_ends_of_many(place: int) -> None:
    numbers = list(range(20_000))
    other = [*numbers[:place], -1, *numbers[place + 1 :]]
    assert Ids.of(numbers).common_ends(Ids.of(other)) == (place, 19_999 - place)
    assert Ids.of(numbers).common_ends(Ids.of(numbers)) == (20_000, 0)
    fewer = [*numbers[:place], *numbers[place + 1 :]]
    assert Ids.of(numbers).common_ends(Ids.of(fewer)) == (place, 19_999 - place)
    assert Ids.of(fewer).common_ends(Ids.of(numbers)) == (place, 19_999 - place)
